//! Whole models: the reference's grants, and everything that only a whole can get wrong.

use super::*;
use crate::model::iam::Condition;
use crate::model::{Expression, ResourcePolicy, iam};

fn var(name: &str) -> Expression {
    Expression::reference(name).unwrap()
}

fn group(label: &str) -> Group {
    Group::builder(label).build().unwrap()
}

fn external(label: &str) -> Group {
    Group::builder(label).external(true).build().unwrap()
}

fn secret(group: &Group, label: &str) -> Secret {
    Secret::builder(label).group(group).build().unwrap()
}

fn reader(label: &str, grant: crate::model::GrantBuilder) -> Reader {
    Reader::new(label, [grant.build().unwrap()]).unwrap()
}

fn in_document(document: &str) -> Place {
    Place::statement(document, "oidc.tf").unwrap()
}

fn base() -> ModelBuilder {
    let airbyte = group("airbyte");
    Model::builder()
        .region(var("var.aws_region"))
        .account_id(var("var.aws_account_id"))
        .secret(secret(&airbyte, "api-credentials"))
        .secret(secret(&airbyte, "snowflake-credentials"))
        .group(external("terraform"))
        .group(external("dlt"))
        .group(airbyte)
}

fn kinds(builder: ModelBuilder) -> Vec<(InvalidKind, Option<Subject>)> {
    builder.build().err().into_iter().flatten().map(|error| (error.kind(), error.subject())).collect()
}

fn resources(builder: ModelBuilder) -> Vec<String> {
    let model = builder.build().unwrap();
    let grant = model.grants().last().unwrap();
    grant.resolved.statement().resources().items().iter().map(ToString::to_string).collect()
}

#[test]
fn a_group_is_its_prefix_and_a_secret_its_name_and_six() {
    let grant = Grant::builder(in_document("ci"))
        .sid("SecretsManagerAccess")
        .reads(Read::Group("terraform".to_owned()))
        .reads(&group("airbyte"))
        .reads(SecretRef::in_group("airbyte", "api-credentials"))
        .reads(SecretRef::in_group("dlt", "token"))
        .reads(Read::Each("airbyte".to_owned()))
        .resource("arn:aws:secretsmanager:eu-west-2:111122223333:secret:x");
    let arn = "arn:aws:secretsmanager:${var.aws_region}:${var.aws_account_id}:secret:";
    assert_eq!(
        resources(base().reader(reader("ci", grant))),
        [
            format!("{arn}terraform/*"),
            format!("{arn}airbyte/*"),
            format!("{arn}airbyte/api-credentials-??????"),
            format!("{arn}dlt/token-??????"),
            format!("{arn}airbyte/snowflake-credentials-??????"),
            "arn:aws:secretsmanager:eu-west-2:111122223333:secret:x".to_owned(),
        ]
    );
}

#[test]
fn references_are_of_declared_secrets_only() {
    let grant = Grant::builder(in_document("ci"))
        .by(By::Reference)
        .suffix(crate::model::Suffix::Any)
        .reads(SecretRef::in_group("airbyte", "api-credentials"))
        .reads(SecretRef::in_group("dlt", "token"));
    assert_eq!(
        resources(base().reader(reader("ci", grant))),
        [
            "${aws_secretsmanager_secret.airbyte_api_credentials.arn}",
            "arn:aws:secretsmanager:${var.aws_region}:${var.aws_account_id}:secret:dlt/token-*",
        ]
    );
}

#[test]
fn the_grants_scope_wins_over_groups_and_directorys() {
    let partner = Group::builder("partner").external(true).account_id("111122223333").build().unwrap();
    let grant = |it: crate::model::GrantBuilder| reader("ci", it.reads(&partner));
    let model = || Model::builder().region("eu-west-2").account_id("444455556666").group(partner.clone());
    assert_eq!(
        resources(model().reader(grant(Grant::builder(in_document("ci"))))),
        ["arn:aws:secretsmanager:eu-west-2:111122223333:secret:partner/*"]
    );
    let everywhere = Grant::builder(in_document("ci")).account_id("*").region("*").partition("aws-cn");
    assert_eq!(
        resources(model().reader(grant(everywhere))),
        ["arn:aws-cn:secretsmanager:*:*:secret:partner/*"]
    );
    let nowhere = Model::builder().group(group("a"));
    let nowhere = nowhere.reader(reader("ci", Grant::builder(in_document("ci")).reads(&group("a"))));
    assert_eq!(kinds(nowhere), [(InvalidKind::NoScope, Some(Subject::Grant(0, 0)))]);
}

#[test]
fn what_is_read_is_declared() {
    let check = |read: Read, expected: InvalidKind| {
        let legacy = Group::builder("legacy").prefix("").build().unwrap();
        let grant = Grant::builder(in_document("ci")).reads(read);
        let model = base().group(legacy).group(group("empty")).reader(reader("ci", grant));
        assert_eq!(kinds(model), [(expected, Some(Subject::Grant(0, 0)))]);
    };
    check(Read::Group("airbite".to_owned()), InvalidKind::UnknownGroup);
    check(Read::Each("airbite".to_owned()), InvalidKind::UnknownGroup);
    check(Read::Each("empty".to_owned()), InvalidKind::UnknownSecret);
    check(SecretRef::in_group("airbyte", "x").into(), InvalidKind::UnknownSecret);
    check(SecretRef::in_group("nobody", "x").into(), InvalidKind::UnknownSecret);
    check(SecretRef::ungrouped("x").into(), InvalidKind::UnknownSecret);
    check(Read::Group("legacy".to_owned()), InvalidKind::EverySecret);
}

#[test]
fn nothing_is_declared_twice() {
    let airbyte = group("airbyte");
    let check = |model: ModelBuilder, expected: &[(InvalidKind, Subject)]| {
        let expected: Vec<_> = expected.iter().map(|&(kind, subject)| (kind, Some(subject))).collect();
        assert_eq!(kinds(model), expected);
    };
    check(base().group(group("airbyte")), &[(InvalidKind::GroupTwice, Subject::Group(3))]);
    let same_label = Secret::builder("api_credentials").group(&airbyte).build().unwrap();
    check(base().secret(same_label), &[(InvalidKind::LabelTwice, Subject::Secret(2))]);
    let same_name =
        |secret: crate::model::SecretBuilder| secret.name("airbyte/api-credentials").build().unwrap();
    check(base().secret(same_name(Secret::builder("x"))), &[(InvalidKind::NameTwice, Subject::Secret(2))]);
    check(base().secret(same_name(Secret::builder("x").region("eu-west-1"))), &[]);
    check(base().secret(same_name(Secret::builder("x").provider("aws.core"))), &[]);
    let ungrouped = Secret::builder("airbyte").build().unwrap();
    check(base().secret(ungrouped), &[(InvalidKind::GroupAndSecret, Subject::Secret(2))]);
    check(base().secret(secret(&group("nobody"), "x")), &[(InvalidKind::UnknownGroup, Subject::Secret(2))]);
    check(
        base().secret(secret(&airbyte, "api-credentials")),
        &[
            (InvalidKind::SecretTwice, Subject::Secret(2)),
            (InvalidKind::LabelTwice, Subject::Secret(2)),
            (InvalidKind::NameTwice, Subject::Secret(2)),
        ],
    );
}

#[test]
fn a_place_has_one_owner() {
    let statement = |sid: &str| Grant::builder(in_document("ci")).reads(&group("airbyte")).sid(sid);
    let whole = || Grant::builder(Place::policy_document("ci", "iam.tf").unwrap()).reads(&group("airbyte"));
    let file = || {
        let place = Place::policy_file("iam/worker.json").unwrap();
        Grant::builder(place).reads(&group("airbyte")).region("eu-west-2").account_id("*")
    };
    let check = |grants: [crate::model::GrantBuilder; 2], taken: bool| {
        let [a, b] = grants;
        let found = kinds(base().reader(reader("a", a)).reader(reader("b", b)));
        let expected = vec![(InvalidKind::PlaceTwice, Some(Subject::Grant(1, 0)))];
        assert_eq!(found, if taken { expected } else { Vec::new() });
    };
    check([statement("A"), statement("B")], false);
    check([statement("A"), statement("")], false);
    check([statement("A"), statement("A")], true);
    check([statement("A"), whole()], true);
    check([whole(), statement("A")], true);
    check([whole(), whole()], true);
    check([file(), file()], true);
    check([file(), whole()], false);
    let same_file = Grant::builder(Place::policy_file("./iam/x/../worker.json").unwrap());
    let same_file = same_file.reads(&group("airbyte")).region("eu-west-2").account_id("*");
    check([file(), same_file], true);
    let principals = iam::Principals::everyone();
    let policy = iam::Statement::builder().action("secretsmanager:*").resource("*").principals(principals);
    let policy = ResourcePolicy::statements([policy.build().unwrap()]).unwrap();
    let secret = Secret::builder("x").label("ci").policy(policy).build().unwrap();
    let grant = Grant::builder(in_document("ci_policy")).reads(&group("airbyte"));
    let model = base().secret(secret).reader(reader("a", grant));
    assert_eq!(kinds(model), [(InvalidKind::PlaceTwice, Some(Subject::Grant(0, 0)))]);
}

#[test]
fn json_holds_no_expression() {
    let grant = || Grant::builder(Place::policy_file("w.json").unwrap()).reads(&group("airbyte"));
    let literal = grant().region("eu-west-2").account_id("*");
    let model = base().reader(reader("worker", literal.clone())).build().unwrap();
    let granted = model.grants().next().unwrap();
    assert_eq!(granted.resolved.document().unwrap().statements().len(), 1);
    assert_eq!(
        kinds(base().reader(reader("worker", grant()))),
        [(InvalidKind::SymbolInJson, Some(Subject::Grant(0, 0)))]
    );
    let condition =
        Condition::new(iam::OperatorTest::StringEquals, "aws:SourceVpc", vec![var("var.vpc").into()])
            .unwrap();
    let symbolic = literal.with(|statement| statement.condition(condition));
    assert_eq!(
        kinds(base().reader(reader("worker", symbolic))),
        [(InvalidKind::SymbolInJson, Some(Subject::Grant(0, 0)))]
    );
}

#[test]
fn a_policy_of_a_role_has_its_length_and_a_resource_policy_another() {
    let long = |principals: bool| {
        let mut grant =
            Grant::builder(Place::policy_document("d", "iam.tf").unwrap()).reads(&group("airbyte"));
        for at in 0..400 {
            grant = grant.resource(format!("arn:aws:s3:::a-bucket-of-some-length-{at:03}/*"));
        }
        if principals {
            grant = grant.with(|statement| statement.principals(iam::Principals::everyone()));
        }
        kinds(base().reader(reader("ci", grant)))
    };
    assert_eq!(long(false), [(InvalidKind::RolePolicySize, Some(Subject::Grant(0, 0)))]);
    assert_eq!(long(true), []);
}

#[test]
fn secrets_know_where_they_are() {
    let model = base().build().unwrap();
    let secret = model.secret(&SecretRef::in_group("airbyte", "api-credentials")).unwrap();
    assert_eq!(
        model.arn_pattern(secret, crate::model::Suffix::Six).unwrap().to_string(),
        "arn:aws:secretsmanager:${var.aws_region}:${var.aws_account_id}:secret:airbyte/api-credentials-??????"
    );
    assert_eq!(model.file().as_str(), "secrets.tf");
}

#[test]
fn a_reader_has_a_place_and_a_grant_something_to_grant() {
    assert_eq!(Reader::new("ci", []).unwrap_err()[0].kind(), InvalidKind::NoPlace);
    let nothing = Grant::builder(in_document("ci")).build().unwrap_err();
    assert_eq!(nothing[0].kind(), InvalidKind::Resources);
    let other = iam::Statement::builder().action("s3:*").resource("*").build().unwrap();
    let beside = Grant::builder(in_document("ci")).reads(&group("a")).statement(other);
    assert_eq!(beside.build().unwrap_err()[0].kind(), InvalidKind::NotWhole);
}
