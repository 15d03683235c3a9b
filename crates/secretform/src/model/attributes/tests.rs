//! The table holds together, knows what means the same, and finds what AWS refuses.

use super::*;
use crate::model::{InvalidKind, Sameness};

fn strings(items: &[&str]) -> Datum {
    Datum::List(items.iter().map(|item| Datum::Text((*item).into())).collect())
}

fn text(text: &str) -> Datum {
    Datum::Text(text.into())
}

#[test]
fn names_are_unique_and_identities_are_arguments() {
    for table in tables() {
        let names: Vec<_> =
            table.rows().map(|row| row.name).chain(table.blocks().map(|(name, _)| name)).collect();
        for (at, name) in names.iter().enumerate() {
            assert!(!names[..at].contains(name), "{name} twice in {}", table.name);
        }
        for name in table.identity() {
            assert!(table.attribute(name).is_some(), "{name} of {}", table.name);
        }
        assert!(table.source.starts_with("https://"));
        for row in table.rows() {
            assert!(!(row.required && row.default_value().is_some()), "{}", row.name);
            if let Some(default) = row.default_value() {
                assert_eq!(default.clone().converted(row.kind), default, "{}", row.name);
                let lax = ["description", "kms_key_id", "policy"];
                assert!(lax.contains(&row.name) || row.check(&default).is_empty(), "{}", row.name);
            }
        }
    }
    assert_eq!(table("nothing").rows().count(), 0);
}

#[test]
fn what_replaces_a_container() {
    let replacing: Vec<_> = table("aws_secretsmanager_secret").rows().filter(|row| row.replaces).collect();
    let names: Vec<_> = replacing.iter().map(|row| row.name).collect();
    assert_eq!(names, ["provider", "count", "for_each", "region", "name", "name_prefix", "type"]);
}

#[test]
fn depends_on_is_known_and_not_compared() {
    let secret = table("aws_secretsmanager_secret");
    assert!(secret.attribute("depends_on").is_some());
    assert!(secret.attributes().all(|row| row.name != "depends_on"));
    assert!(secret.is_free("provisioner") && !secret.is_free("lifecycle"));
    assert!(secret.block("lifecycle").unwrap().only_declared);
}

#[test]
fn spellings_of_one_meaning() {
    let same = |table_name: &str, name: &str, a: Datum, b: Datum| {
        let row = table(table_name).attribute(name).unwrap();
        assert_eq!(row.normal(&a).compare(&row.normal(&b), row.kind), Sameness::Same, "{a} {b}");
    };
    same("statement", "actions", strings(&["S3:getobject", "s3:*"]), strings(&["s3:*", "s3:GetObject"]));
    same("condition", "variable", text("aws:sourcevpc"), text("aws:SourceVpc"));
    same("condition", "values", strings(&["b", "a"]), strings(&["a", "b"]));
    let root = "arn:aws:iam::111122223333:root";
    same("principals", "identifiers", strings(&[root]), strings(&["111122223333"]));
    let symbol = |path: &str| Datum::Symbol(Expression::reference(path).unwrap());
    same(
        "aws_secretsmanager_secret_policy",
        "secret_arn",
        symbol("aws_secretsmanager_secret.a.id"),
        symbol("aws_secretsmanager_secret.a.arn"),
    );
    let row = table("statement").attribute("resources").unwrap();
    let (a, b) = (row.normal(&text("arn:aws:s3:::B")), row.normal(&text("arn:aws:s3:::b")));
    assert_eq!(a.compare(&b, Kind::String), Sameness::Different);
}

#[test]
fn faults_have_paths() {
    let mut replica = Record::new();
    replica.set("region", text("EU"));
    let mut secret = Record::new();
    secret.set("name", text("a#"));
    secret.set("recovery_window_in_days", text("7.5"));
    secret.set("description", text(&"x".repeat(2_049)));
    secret.set("tags", Datum::Object(vec![("aws:x".into(), text("y"))]));
    secret.set("kms_key_id", Datum::Symbol(Expression::reference("var.key").unwrap()));
    secret.push("replica", replica.clone());
    secret.push("replica", replica);
    let found: Vec<_> = table("aws_secretsmanager_secret")
        .faults(&secret)
        .into_iter()
        .map(|(path, invalid)| (path, invalid.kind()))
        .collect();
    let expected = [
        ("name", InvalidKind::SecretName),
        ("description", InvalidKind::Description),
        ("recovery_window_in_days", InvalidKind::RecoveryWindow),
        ("tags", InvalidKind::TagReserved),
        ("replica", InvalidKind::ReplicaTwice),
        ("replica[0].region", InvalidKind::Region),
        ("replica[1].region", InvalidKind::Region),
    ];
    assert_eq!(found, expected.map(|(path, kind)| (path.to_owned(), kind)));
}

#[test]
fn a_sid_with_blanks_may_be_a_key_policys() {
    let mut statement = Record::new();
    statement.set("sid", text("Enable IAM User Permissions"));
    statement.set("actions", strings(&["kms:*"]));
    let faults = |statement: &Record| table("statement").faults(statement);
    let kinds: Vec<_> = faults(&statement).into_iter().map(|(_, invalid)| invalid.kind()).collect();
    assert_eq!(kinds, [InvalidKind::Sid]);
    let mut principals = Record::new();
    principals.set("type", text("AWS"));
    principals.set("identifiers", strings(&["111122223333"]));
    statement.push("principals", principals);
    assert_eq!(faults(&statement), []);
}

#[test]
fn faults_of_a_document() {
    let mut principals = Record::new();
    principals.set("type", text("AWS"));
    principals.set("identifiers", strings(&["role/*"]));
    let mut statement = Record::new();
    statement.set("sid", text("A"));
    statement.set("effect", text("allow"));
    statement.set("resources", strings(&["xyz"]));
    statement.push("principals", principals);
    let mut document = Record::new();
    document.set("version", text("2012"));
    document.push("statement", statement.clone());
    document.push("statement", statement);
    let found: Vec<_> = table("aws_iam_policy_document")
        .faults(&document)
        .into_iter()
        .filter(|(path, _)| !path.starts_with("statement[1]"))
        .map(|(path, invalid)| (path, invalid.kind()))
        .collect();
    let expected = [
        ("version", InvalidKind::Version),
        ("statement", InvalidKind::SidTwice),
        ("statement[0].effect", InvalidKind::Effect),
        ("statement[0].resources", InvalidKind::Arn),
        ("statement[0].actions", InvalidKind::Actions),
        ("statement[0].principals[0].identifiers", InvalidKind::Principal),
    ];
    assert_eq!(found, expected.map(|(path, kind)| (path.to_owned(), kind)));
}
