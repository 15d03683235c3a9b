//! Trust policies and their verdicts; every witness is decided again by the plain evaluator.

mod beside;
mod strangers;
mod whole;

use super::*;
use crate::model::iam::Operator;
use crate::model::{Datum, Expression, Text};

const HOST: &str = "token.actions.githubusercontent.com";

/// A condition: operator, key, values. A key without `:` is a claim of GitHub's; `$x` in a value
/// is the symbol `var.x`.
type Line<'a> = (&'a str, &'a str, &'a [&'a str]);

fn text(value: &str) -> Text {
    let mut out = Text::new();
    for (at, piece) in value.split('$').enumerate() {
        if at > 0 {
            let end = piece.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(piece.len());
            out.push_symbol(Expression::reference(&format!("var.{}", &piece[..end])).unwrap());
            out.push_str(&piece[end..]);
        } else {
            out.push_str(piece);
        }
    }
    out
}

fn list(values: &[&str]) -> Datum {
    Datum::List(values.iter().map(|value| Datum::text(text(value))).collect())
}

fn statement(effect: &str, kind: &str, principal: &str, conditions: &[Line<'_>]) -> Record {
    let mut record = Record::new();
    record.set("effect", Datum::Text(effect.into()));
    record.set("actions", list(&["sts:AssumeRoleWithWebIdentity"]));
    let mut principals = Record::new();
    principals.set("type", Datum::Text(kind.into()));
    principals.set("identifiers", list(&[principal]));
    record.push("principals", principals);
    for (test, key, values) in conditions {
        let mut condition = Record::new();
        condition.set("test", Datum::Text((*test).into()));
        let key = if key.contains(':') { text(key) } else { format!("{HOST}:{key}").into() };
        condition.set("variable", Datum::text(key));
        condition.set("values", list(values));
        record.push("condition", condition);
    }
    record
}

fn provider(host: &str) -> String {
    format!("arn:aws:iam::123456789012:oidc-provider/{host}")
}

fn github(conditions: &[Line<'_>]) -> Record {
    statement("Allow", "Federated", &provider(HOST), conditions)
}

const AUD: Line<'_> = ("StringEquals", "aud", &["sts.amazonaws.com"]);

/// The verdicts as `CODE path`, with what stands in a witness behind them.
fn shown(statements: &[Record], role: &Role) -> Vec<String> {
    let verdicts = judge(statements, role);
    for verdict in &verdicts {
        let Some(witness) = &verdict.witness else { continue };
        let decision = decide(statements, witness);
        assert_ne!(decision, Decision::Refused, "{verdict:?}");
        let plain =
            !format!("{statements:?}").contains("Symbol") && !format!("{statements:?}").contains("aws:");
        assert!(!plain || decision == Decision::Admitted, "{verdict:?}");
    }
    verdicts
        .iter()
        .map(|verdict| {
            let mut line = format!("{} {}", verdict.rule().code, verdict.path());
            if verdict.severity != verdict.rule().severity {
                line.push_str(&format!(" {}", verdict.severity.name()));
            }
            match &verdict.witness {
                Some(witness @ Witness::Token { .. }) => {
                    line.push_str(&format!(" < {}", witness.claim("sub").unwrap_or("no sub")));
                }
                Some(Witness::Caller) => line.push_str(" < everybody"),
                None => {}
            }
            line.replace("statement[0].", "")
        })
        .collect()
}

#[track_caller]
fn check(statements: &[Record], expected: &[&str]) {
    assert_eq!(shown(statements, &Role::default()), expected);
}

#[track_caller]
fn with(conditions: &[Line<'_>], expected: &[&str]) {
    let mut all = vec![AUD];
    all.extend(conditions);
    check(&[github(&all)], expected);
}

const STRANGER: &str = "repo:stranger/anything:ref:refs/heads/main";

#[test]
fn tight_ones_are_clean() {
    for values in [
        &["repo:acme@1/platform@2:ref:refs/heads/main"][..],
        &["repo:acme/platform:ref:refs/heads/main", "repo:acme@1/platform@2:ref:refs/heads/main"],
        &["repo:acme@1/platform@2:environment:production"],
        &["repository_id:2:environment:production", "repository_owner_id:1:environment:x"],
        &["job_workflow_ref:acme/flows/.github/workflows/x.yml@refs/heads/main"],
    ] {
        with(&[("StringEquals", "sub", values)], &[]);
        with(&[("StringLike", "sub", values)], &[]);
        with(&[("ForAnyValue:StringLike", "sub", values)], &[]);
    }
    with(&[("StringLike", "sub", &["repo:acme@1/*"])], &[]);
    with(&[("StringLike", "sub", &["repo:acme@1/*", "repo:acme/*"])], &[]);
    with(&[("StringLike", "SUB", &["repo:acme@1/platform@2:*"])], &[]);
    with(&[("StringLike", "sub", &["repo:*:job_workflow_ref:acme/flows/.github/workflows/x.yml@*"])], &[]);
    let flow: Line<'_> =
        ("StringEquals", "job_workflow_ref", &["acme/flows/.github/workflows/deploy.yml@refs/heads/main"]);
    with(&[flow], &[]);
    with(&[flow, ("StringLike", "sub", &["repo:*"])], &[]);
    with(&[("StringEquals", "repository_owner_id", &["1"]), ("StringLike", "sub", &["repo:*"])], &[]);
}

#[test]
fn what_asks_for_nobody_lets_strangers_in() {
    let open = format!("SF120 statement[0] < {STRANGER}");
    with(&[], &[&open]);
    with(&[("StringEquals", "ref", &["refs/heads/main"])], &[&open]);
    with(&[("StringEquals", "environment", &["production"])], &[&open]);
    with(&[("StringLike", "ref", &["refs/pull/*"])], &[&open]);
    with(
        &[("StringNotEquals", "sub", &["repo:evil/x:pull_request"])],
        &[&format!("SF120 condition[1].test < {STRANGER}")],
    );
    with(
        &[("StringNotLike", "sub", &["repo:stranger/*", "repo:x/*"])],
        &["SF120 condition[1].test < repo:q/anything:ref:refs/heads/main"],
    );
    with(&[("Null", "sub", &["false"])], &[&format!("SF120 condition[1].test < {STRANGER}")]);
    // AWS refuses it, though nobody else gets in.
    with(&[("StringEquals", "repository_id", &["2"])], &["SF120 statement[0]"]);
    with(
        &[("StringEquals", "repository_id", &["2"]), ("StringLike", "sub", &["*"])],
        &["SF120 condition[2].values[0]"],
    );
}

#[test]
fn one_loose_value_is_enough() {
    let like = |values: &[&str], expected: &[&str]| with(&[("StringLike", "sub", values)], expected);
    for value in ["*", "repo:*", "repo:*/*", "repo:*:ref:refs/heads/main", "*:ref:refs/heads/main", "r*"] {
        like(&[value], &[&format!("SF121 condition[1].values[0] < {STRANGER}")]);
    }
    like(&["repo:acme@1/x@2:*", "*"], &[&format!("SF121 condition[1].values[1] < {STRANGER}")]);
    like(
        &["repo:acme*/infra:ref:refs/heads/main"],
        &["SF121 condition[1].values[0] < repo:acme-stranger/infra:ref:refs/heads/main"],
    );
    like(
        &["repo:acme*"],
        &["SF121 condition[1].values[0] < repo:acme-stranger/anything:ref:refs/heads/main"],
    );
    like(&["repo:acm?/infra:*"], &["SF121 condition[1].values[0] < repo:acmx/infra:ref:refs/heads/main"]);
    like(&["repo:*/infra:*"], &["SF121 condition[1].values[0] < repo:stranger/infra:ref:refs/heads/main"]);
    like(
        &["*:environment:production"],
        &["SF121 condition[1].values[0] < repo:stranger/anything:environment:production"],
    );
    like(&["environment:production"], &["SF121 condition[1].values[0] < environment:production"]);
    with(
        &[("StringEquals", "sub", &["ref:refs/heads/main"])],
        &["SF121 condition[1].values[0] < ref:refs/heads/main"],
    );
    with(
        &[("StringEqualsIgnoreCase", "sub", &["pull_request"])],
        &["SF121 condition[1].values[0] < pull_request"],
    );
    like(
        &["repository_owner:*:environment:x"],
        &["SF121 condition[1].values[0] < repository_owner:stranger:environment:x"],
    );
    with(
        &[("StringLike", "job_workflow_ref", &["*/deploy.yml@refs/heads/main"])],
        &[&format!("SF121 condition[1].values[0] < {STRANGER}")],
    );
    // A branch may be called so.
    like(
        &["repo:*@1/platform@2:*"],
        &["SF121 condition[1].values[0] < repo:stranger/anything:base_ref:@1/platform@2:sha:x"],
    );
    // Two blocks of one operator and key are one list.
    with(
        &[("StringLike", "sub", &["repo:acme@1/x@2:*"]), ("StringLike", "sub", &["repo:*"])],
        &[&format!("SF121 condition[2].values[0] < {STRANGER}")],
    );
    // Another condition of the statement keeps the rest out, or doesn't.
    with(
        &[("StringLike", "sub", &["repo:*"]), ("StringNotLike", "sub", &["repo:stranger/*"])],
        &["SF121 condition[1].values[0] < repo:x/anything:ref:refs/heads/main"],
    );
    with(
        &[("StringLike", "sub", &["repo:*"]), ("StringEquals", "sub", &["repo:acme@1/x@2:pull_request"])],
        &[],
    );
    with(
        &[("StringLike", "sub", &["repo:*"]), ("IpAddress", "aws:SourceIp", &["192.0.2.0/24"])],
        &[&format!("SF121 condition[1].values[0] warning < {STRANGER}")],
    );
}

#[test]
fn statements_are_judged_alone_and_deny_wins() {
    let tight: &[Line<'_>] = &[AUD, ("StringEquals", "sub", &["repo:acme@1/x@2:pull_request"])];
    let loose: &[Line<'_>] = &[AUD, ("StringLike", "sub", &["repo:*"])];
    check(
        &[github(tight), github(loose)],
        &[&format!("SF121 statement[1].condition[1].values[0] < {STRANGER}")],
    );
    let deny = |conditions| statement("Deny", "Federated", &provider(HOST), conditions);
    check(&[github(loose), deny(&[("StringNotLike", "sub", &["repo:acme@1/*"])])], &[]);
    check(&[github(loose), deny(&[("StringNotEquals", "repository_owner_id", &["1"])])], &[]);
    check(
        &[github(loose), deny(&[("StringLike", "sub", &["repo:evil/*"])])],
        &[&format!("SF121 condition[1].values[0] < {STRANGER}")],
    );
    let service = statement("Allow", "Service", "ec2.amazonaws.com", &[]);
    check(
        &[service.clone(), github(&[])],
        &[&format!("SF120 statement[1] < {STRANGER}"), "SF321 statement[1]"],
    );
    check(&[service], &[]);
}

#[test]
fn what_never_holds_is_dead() {
    let equals = |value: &str, expected: &[&str]| with(&[("StringEquals", "sub", &[value])], expected);
    equals("repo:acme/x:*", &["SF123 condition[1].values[0]"]);
    equals("repo:acme@1/*", &["SF123 condition[1].values[0]"]);
    for value in [
        "acme/x:ref:refs/heads/main",
        "repo:acme/x:refs/heads/main",
        "repo:acme/x:main",
        "repo:acme/x:ref:main",
        "repo:acme/x:branch:main",
        "Repo:acme/x:pull_request",
        "repo:acme:ref:refs/heads/main",
        "repo:acme/x:environment",
        "https://github.com/acme/x",
        "",
    ] {
        with(&[("StringLike", "sub", &[value])], &["SF123 condition[1].values[0]"]);
    }
    with(&[("StringEquals", "repository_owner", &["acme"])], &["SF123 condition[1].variable"]);
    with(
        &[("StringEquals", "iss", &["https://token.actions.githubusercontent.com"])],
        &["SF123 condition[1].variable"],
    );
    with(&[("StringLike", "gitlab.com:sub", &["repo:acme/x:*"])], &["SF123 condition[1].variable"]);
    // A key begins with the host, without `https://`.
    let url = format!("https://{HOST}:sub");
    with(&[("StringLike", &url, &["repo:acme@1/x@2:*"])], &["SF123 condition[1].variable"]);
    let sub: Line<'_> = ("StringEquals", "sub", &["repo:acme@1/x@2:pull_request"]);
    // Of a claim whose values may take other forms nothing is called dead.
    with(&[sub, ("StringLike", "ref", &["refs/pull/*"])], &[]);
    with(&[sub, ("StringEquals", "repository", &["acme@1/x@2"])], &[]);
    with(&[sub, ("StringEquals", "sub", &["repo:acme@1/y@3:pull_request"])], &[]);
    with(&[sub, ("StringLike", "sub", &["repo:acme@1/y@3:*"])], &["SF123 statement[0]"]);
    with(&[sub, ("Null", "sub", &["true"])], &["SF123 statement[0]"]);
    // One value of a list.
    with(
        &[("StringEquals", "sub", &["repo:acme@1/x@2:pull_request", "repo:acme@1/*"])],
        &["SF123 condition[1].values[1]"],
    );
}

#[test]
fn what_holds_without_the_claim_is_no_guard() {
    let sub: &[&str] = &["repo:acme@1/x@2:pull_request"];
    for operator in ["ForAllValues:StringEquals", "StringEqualsIfExists", "ForAllValues:StringLikeIfExists"] {
        with(&[(operator, "sub", sub)], &["SF122 condition[1].test < no sub"]);
    }
    with(
        &[("StringEquals", "sub", sub), ("ForAllValues:StringLike", "sub", sub)],
        &["SF122 condition[2].test warning"],
    );
    check(
        &[github(&[("ForAllValues:StringEquals", "aud", AUD.2), ("StringEquals", "sub", sub)])],
        &["SF321 condition[0].test"],
    );
    with(
        &[("StringEquals", "sub", sub), ("ForAllValues:StringEquals", "iss", &["https://x"])],
        &["SF323 condition[2].variable"],
    );
    with(
        &[("StringEquals", "sub", sub), ("StringNotEquals", "event_name", &["pull_request"])],
        &["SF323 condition[2].variable"],
    );
    with(
        &[("StringEquals", "sub", sub), ("StringEqualsIfExists", "repository_owner", &["acme"])],
        &["SF323 condition[2].variable"],
    );
}

#[test]
fn audiences() {
    let sub: Line<'_> = ("StringEquals", "sub", &["repo:acme@1/x@2:pull_request"]);
    check(&[github(&[sub])], &["SF321 statement[0]"]);
    check(&[github(&[sub, ("StringLike", "aud", &["*"])])], &["SF321 condition[1].values[0]"]);
    check(&[github(&[sub, ("StringEquals", "aud", &["*"])])], &["SF123 condition[1].values[0]"]);
    check(&[github(&[sub, ("StringEquals", "aud", &["sts.amazonaws.com.cn"])])], &[]);
    check(
        &[github(&[sub, ("StringEquals", "aud", &["STS.amazonaws.com"])])],
        &["SF321 condition[1].values[0]"],
    );
    check(&[github(&[sub, ("StringNotEquals", "aud", &["x"])])], &["SF321 condition[1].test"]);
    let role = |audience: &str| Role {
        reads_secrets: false,
        providers: vec![(HOST.to_owned(), vec![audience.to_owned()])],
    };
    let policy = [github(&[sub, ("StringEquals", "aud", &["https://github.com/acme"])])];
    assert_eq!(shown(&policy, &role("https://github.com/acme")), [""; 0]);
    assert_eq!(shown(&policy, &role("sts.amazonaws.com")), ["SF123 condition[1].values[0]"]);
}

#[test]
fn the_operators_decide_alike_in_both_ways_of_asking() {
    // What the search finds the evaluator confirms, over operators and values at random.
    let operators = ["StringEquals", "StringLike", "StringEqualsIgnoreCase", "StringNotLike"];
    let values = ["repo:*", "repo:acme*", "*", "repo:acme@1/x@2:*", "REPO:STRANGER/*"];
    for a in operators {
        for b in operators {
            for x in values {
                for y in values {
                    assert!(Operator::new(a).is_ok());
                    shown(&[github(&[AUD, (a, "sub", &[x]), (b, "sub", &[y])])], &Role::default());
                    let deny = statement("Deny", "Federated", &provider(HOST), &[(b, "sub", &[y])]);
                    shown(&[github(&[AUD, (a, "sub", &[x])]), deny], &Role::default());
                }
            }
        }
    }
}
