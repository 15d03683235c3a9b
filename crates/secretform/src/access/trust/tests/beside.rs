//! What stands beside a subject that is tight: names without ids, pull requests, symbols, other
//! principals and issuers.

use super::*;

#[test]
fn names_and_ids() {
    let like = |values: &[&str], expected: &[&str]| with(&[("StringLike", "sub", values)], expected);
    like(&["repo:acme/platform:*"], &["SF320 condition[1].values[0]"]);
    like(&["repo:acme/*"], &["SF320 condition[1].values[0]"]);
    like(&["repo:acme/$repo:*"], &["SF320 condition[1].values[0]"]);
    like(&["repo:acme/a:*", "repo:acme/b:*"], &["SF320 condition[1].values"]);
    like(&["repo:acme/a:*", "repo:acme@1/a@2:*", "repo:other/b:*"], &["SF320 condition[1].values[2]"]);
    like(&["repo:acme/a:*", "repo:acme@$id/a@2:*"], &[]);
    like(
        &["repo:acme@*/platform@*:*"],
        &["SF320 condition[1].values[0] < repo:acme@70000001/platform@900000001:ref:refs/heads/main"],
    );
    with(
        &[("StringEquals", "repository_owner_id", &["1"]), ("StringLike", "sub", &["repo:acme@*/x@*:*"])],
        &[],
    );
    // GitHub Enterprise Server sends no ids.
    let host = "git.acme.example/_services/token";
    let sub: Line<'_> = ("StringLike", "git.acme.example/_services/token:sub", &["repo:acme/x:*"]);
    let aud: Line<'_> = ("StringEquals", "git.acme.example/_services/token:aud", &["sts.amazonaws.com"]);
    check(&[statement("Allow", "Federated", &provider(host), &[sub, aud])], &[]);
    // There it is colleagues who get in.
    let sub: Line<'_> = ("StringLike", "git.acme.example/_services/token:sub", &["repo:*"]);
    check(
        &[statement("Allow", "Federated", &provider(host), &[sub, aud])],
        &[&format!("SF121 condition[0].values[0] warning < {STRANGER}")],
    );
}

#[test]
fn pull_requests_and_secrets() {
    let check = |value: &str, more: &[Line<'_>], expected: &[&str]| {
        let mut all = vec![AUD, ("StringLike", "sub", std::slice::from_ref(&value))];
        all.extend(more);
        let role = Role { reads_secrets: true, providers: Vec::new() };
        assert_eq!(shown(&[github(&all)], &role), expected, "{value}");
    };
    check(
        "repo:acme@1/x@2:pull_request",
        &[],
        &["SF322 condition[1].values[0] < repo:acme@1/x@2:pull_request"],
    );
    check("repo:acme@1/x@2:*", &[], &["SF322 condition[1].values[0] < repo:acme@1/x@2:pull_request"]);
    check(
        "repo:$o/$r:pull_request",
        &[],
        &["SF324 condition[1].values[0] note", "SF322 condition[1].values[0]"],
    );
    check("repo:acme@1/x@2:environment:*", &[], &[]);
    check("repo:acme@1/x@2:ref:refs/heads/*", &[], &[]);
    check("repo:acme@1/x@2:*", &[("StringEquals", "ref", &["refs/heads/main"])], &[]);
}

#[test]
fn what_only_terraform_knows_is_said_so() {
    with(&[("StringLike", "sub", &["$sub"])], &["SF324 condition[1].values[0]"]);
    with(&[("StringLike", "sub", &["repo:$o/$r:*"])], &["SF324 condition[1].values[0] note"]);
    with(
        &[("StringLike", "sub", &["repo:$o/$r:*", "*"])],
        &["SF324 condition[1].values[0] note", &format!("SF121 condition[1].values[1] < {STRANGER}")],
    );
    with(
        &[("StringLike", "sub", &["repo:*/$r:*"])],
        &["SF121 condition[1].values[0] < repo:stranger/${var.r}:ref:refs/heads/main"],
    );
    let mut open = github(&[AUD]);
    let mut condition = Record::new();
    condition.set("test", Datum::Text("StringLike".into()));
    condition.set("variable", Datum::Text(format!("{HOST}:sub").into()));
    condition.set("values", Datum::Symbol(Expression::reference("var.subjects").unwrap()));
    open.push("condition", condition);
    check(&[open], &["SF324 condition[1].values"]);
    // The keys, or the subjects, say whose provider it is.
    let unknown = |conditions| statement("Allow", "Federated", "$provider", conditions);
    check(&[unknown(&[AUD])], &[&format!("SF120 statement[0] < {STRANGER}")]);
    check(
        &[unknown(&[("StringLike", "$url:sub", &["repo:*"])])],
        &["SF321 statement[0]", &format!("SF121 condition[0].values[0] < {STRANGER}")],
    );
    check(&[unknown(&[("StringEquals", "$url:sub", &["system:serviceaccount:a:b"])])], &[]);
    check(&[unknown(&[])], &["SF324 principals[0]"]);
    let cluster = "oidc.eks.eu-west-1.amazonaws.com/id/1A2B";
    check(&[statement("Allow", "Federated", &provider(cluster), &[])], &[]);
}

#[test]
fn everybody_and_all_but() {
    let tight: &[Line<'_>] = &[AUD, ("StringEquals", "sub", &["repo:acme@1/x@2:pull_request"])];
    let everyone = |kind: &str, conditions: &[Line<'_>]| {
        let mut record = statement("Allow", kind, "*", conditions);
        record.set("actions", list(&["sts:AssumeRole"]));
        record
    };
    check(&[github(tight), everyone("AWS", &[])], &["SF124 statement[1].principals[0] < everybody"]);
    check(&[github(tight), everyone("*", &[])], &["SF124 statement[1].principals[0] < everybody"]);
    check(&[github(tight), everyone("AWS", &[("StringEquals", "aws:PrincipalOrgID", &["o-1"])])], &[]);
    check(&[github(tight), everyone("AWS", &[("StringEquals", "sts:ExternalId", &["x"])])], &[]);
    check(
        &[github(tight), everyone("AWS", &[("StringLike", "sts:RoleSessionName", &["x"])])],
        &["SF124 statement[1].principals[0] < everybody"],
    );
    check(
        &[github(tight), statement("Allow", "AWS", "arn:aws:iam::*:role/x", &[])],
        &["SF124 statement[1].principals[0]"],
    );
    // The keys pin the issuer, as long as there are any.
    check(&[statement("Allow", "*", "*", tight)], &[]);
    let nobody = statement("Allow", "*", "*", &[]);
    check(&[nobody], &["SF124 principals[0] < 110169484474386276334"]);
    let mut star = github(tight);
    star.set("actions", list(&["sts:*"]));
    check(&[star], &["SF125 actions warning"]);
    let mut not = github(tight);
    not.set("actions", Datum::Null);
    not.set("not_actions", list(&["sts:TagSession"]));
    check(&[not], &["SF125 not_actions"]);
    let mut not = Record::new();
    not.set("actions", list(&["sts:AssumeRoleWithWebIdentity"]));
    let principals = github(tight).blocks("principals")[0].clone();
    not.push("not_principals", principals);
    github(tight).blocks("condition").iter().for_each(|block| not.push("condition", block.clone()));
    check(&[not], &["SF125 not_principals[0]"]);
}

#[test]
fn other_issuers() {
    let check = |host: &str, aud: &str, sub: &str, expected: &[&str]| {
        let (audience, subject) = (format!("{host}:aud"), format!("{host}:sub"));
        let mut lines: Vec<Line<'_>> = vec![("StringEquals", &audience, std::slice::from_ref(&aud))];
        if !sub.is_empty() {
            lines.push(("StringLike", &subject, std::slice::from_ref(&sub)));
        }
        check(&[statement("Allow", "Federated", &provider(host), &lines)], expected);
    };
    let gitlab = |sub, expected: &[&str]| check("gitlab.com", "https://gitlab.com", sub, expected);
    gitlab("project_path:acme/infra:ref_type:branch:ref:main", &[]);
    gitlab("project_path:acme/*", &[]);
    gitlab("", &["SF120 statement[0] < project_path:stranger/anything:ref_type:branch:ref:main"]);
    gitlab(
        "project_path:*/infra:*",
        &["SF121 condition[1].values[0] < project_path:stranger/infra:ref_type:branch:ref:main"],
    );
    let hcp = |sub, expected: &[&str]| check("app.terraform.io", "aws.workload.identity", sub, expected);
    hcp("organization:acme:project:p:workspace:w:run_phase:*", &[]);
    hcp("organization:acme:*", &[]);
    hcp(
        "organization:*:workspace:production:*",
        &["SF121 condition[1].values[0] < organization:stranger:project:Default \
         Project:workspace:production:run_phase:plan"],
    );
    hcp("organization:acme:workspace:w", &["SF123 condition[1].values[0]"]);
    let buildkite = |sub, expected: &[&str]| check("agent.buildkite.com", "sts.amazonaws.com", sub, expected);
    buildkite("organization:acme:pipeline:deploy:*", &[]);
    buildkite(
        "*:pipeline:deploy:*",
        &[
            "SF121 condition[1].values[0] < organization:stranger:pipeline:deploy:ref:refs/heads/main:commit:0a1b2c3d:step:deploy",
        ],
    );
    let circle = |sub, expected: &[&str]| check("oidc.circleci.com/org/1a", "1a", sub, expected);
    circle("org/1a/project/2b/user/*", &[]);
    circle(
        "",
        &[
            "SF120 statement[0] warning < org/11111111-1111-1111-1111-111111111111/project/22222222-2222-2222-2222-222222222222/user/33333333-3333-3333-3333-333333333333",
        ],
    );
    check("scalr.io", "aws.scalr-run-workload", "*", &["SF120 condition[1].values[0]"]);
}
