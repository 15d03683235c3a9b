//! Reading, comparing and writing policies: what HashiCorp calls equal is equal, what is no
//! policy is an error with its place, what is written is read back.

mod properties;

use super::*;
use crate::diagnostic::Diagnostic;
use crate::json::Style;
use crate::model::{Datum, Expression, Record, Text};
use crate::source::{Position, Source, SourceMap};

fn try_read(text: &str, kind: PolicyKind) -> Result<Policy, Vec<Diagnostic>> {
    let mut sources = SourceMap::new();
    let id = sources.add(Source::new("p.json", text.as_bytes()));
    read_text(id, text.as_bytes(), kind)
}

fn policy(text: &str) -> Policy {
    try_read(text, PolicyKind::Identity).unwrap_or_else(|errors| panic!("{text}: {errors:?}"))
}

/// As `line:column message (fix)`.
fn shown(text: &str, diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics
        .iter()
        .map(|diagnostic| {
            let place = Position::of(text.as_bytes(), diagnostic.location.unwrap().span.start as usize);
            let fix = diagnostic.fix.as_ref().map(|fix| format!(" ({fix})")).unwrap_or_default();
            format!("{}:{} {}{fix}", place.line, place.column, diagnostic.message)
        })
        .collect()
}

/// A policy of one statement.
fn statement(elements: &str) -> String {
    format!("{{\"Version\": \"2012-10-17\", \"Statement\": [{{{elements}}}]}}")
}

fn equal(a: &str, b: &str) -> bool {
    let [a, b] = [a, b].map(|text| normal_document(&policy(text).record));
    let key = |record: &Record| {
        let mut statements = record.blocks("statement").to_vec();
        statements.sort();
        (record.get("version").cloned(), record.get("policy_id").cloned(), statements)
    };
    key(&a) == key(&b)
}

#[test]
fn the_reference_is_the_record_of_its_terraform() {
    let text = include_str!("../../../../../examples/airbyte/iam/prefect-worker.json");
    let policy = policy(text);
    assert_eq!(shown(text, &policy.findings), [""; 0]);
    assert_eq!(policy.record.get("version"), Some(&Datum::Text("2012-10-17".into())));
    let [statement] = policy.record.blocks("statement") else { panic!() };
    let texts = |items: &[&str]| Datum::List(items.iter().map(|item| Datum::Text((*item).into())).collect());
    assert_eq!(
        statement.get("actions"),
        Some(&texts(&["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]))
    );
    assert_eq!(
        statement.get("resources"),
        Some(&texts(&[
            "arn:aws:secretsmanager:eu-west-2:*:secret:dlt/*",
            "arn:aws:secretsmanager:eu-west-2:*:secret:airbyte/*"
        ]))
    );
    let span = policy.places.get("statement[0].resources[1]").unwrap();
    assert_eq!(&text[span.range()], "\"arn:aws:secretsmanager:eu-west-2:*:secret:airbyte/*\"");
    assert_eq!(policy.places.nearest("statement[0].sid"), policy.places.get("statement[0]").unwrap());
    let written = Style::default().write(&document_json(&policy.record).unwrap(), "", None);
    assert_eq!(written, text.trim_end());
}

#[test]
fn what_hashicorp_calls_equal_is_equal() {
    let both = |a: &str, b: &str, expected: bool| {
        assert_eq!(equal(&statement(a), &statement(b)), expected, "{a}\n{b}");
    };
    let base = r#""Effect": "Allow", "Action": "s3:Get*", "Resource": "*""#;
    both(base, base, true);
    both(base, r#""Resource": ["*"], "Action": ["s3:Get*"], "Effect": "Allow""#, true);
    both(base, r#""Sid": "", "Effect": "allow", "Action": "S3:get*", "Resource": "*""#, true);
    both(base, r#""Effect": "Deny", "Action": "s3:Get*", "Resource": "*""#, false);
    both(base, r#""Effect": "Allow", "Action": "s3:Put*", "Resource": "*""#, false);
    both(base, r#""Effect": "Allow", "NotAction": "s3:Get*", "Resource": "*""#, false);
    both(base, r#""Effect": "Allow", "Action": "s3:Get*", "NotResource": "*""#, false);
    both(base, r#""Sid": "A", "Effect": "Allow", "Action": "s3:Get*", "Resource": "*""#, false);
    both(r#""Resource": ["a", "b", "a"]"#, r#""Resource": ["b", "a"]"#, true);
    both(r#""Resource": ["A"]"#, r#""Resource": ["a"]"#, false);
    both(r#""Resource": []"#, "", true);
    // Principals
    both(r#""Principal": "*""#, r#""Principal": "*""#, true);
    both(r#""Principal": "*""#, r#""Principal": {"AWS": "*"}"#, false);
    both(r#""Principal": "*""#, "", false);
    both(r#""Principal": "*""#, r#""NotPrincipal": "*""#, false);
    both(
        r#""Principal": {"Service": "ec2.amazonaws.com"}"#,
        r#""Principal": {"Service": ["ec2.amazonaws.com"]}"#,
        true,
    );
    both(
        r#""Principal": {"Service": "ec2.amazonaws.com"}"#,
        r#""Principal": {"AWS": "ec2.amazonaws.com"}"#,
        false,
    );
    both(r#""Principal": {"AWS": []}"#, r#""Principal": {}"#, true);
    both(r#""Principal": {"AWS": []}"#, r#""Principal": {"Service": []}"#, true);
    both(r#""Principal": {}"#, "", true);
    both(
        r#""Principal": {"AWS": "123456789012"}"#,
        r#""Principal": {"AWS": "arn:aws:iam::123456789012:root"}"#,
        true,
    );
    both(
        r#""Principal": {"AWS": "123456789013"}"#,
        r#""Principal": {"AWS": "arn:aws:iam::123456789012:root"}"#,
        false,
    );
    both(r#""Principal": "123456789012""#, r#""Principal": "arn:aws:iam::123456789012:root""#, true);
    both(
        r#""Principal": {"AWS": ["123456789012", "arn:aws:iam::123456789012:role/a"]}"#,
        r#""Principal": {"AWS": ["arn:aws:iam::123456789012:role/a", "arn:aws:iam::123456789012:root"]}"#,
        true,
    );
    // Conditions
    both(r#""Condition": {"Bool": {"k": true}}"#, r#""Condition": {"Bool": {"k": "true"}}"#, true);
    both(
        r#""Condition": {"NumericEquals": {"k": [1, "2"]}}"#,
        r#""Condition": {"NumericEquals": {"k": ["2", 1]}}"#,
        true,
    );
    both(
        r#""Condition": {"StringEquals": {"aws:K": "v"}}"#,
        r#""Condition": {"StringEquals": {"aws:k": ["v"]}}"#,
        true,
    );
    both(
        r#""Condition": {"StringEquals": {"k": "v"}}"#,
        r#""Condition": {"StringEquals": {"k": "V"}}"#,
        false,
    );
    both(r#""Condition": {"StringEquals": {"k": "v"}}"#, r#""Condition": {"StringLike": {"k": "v"}}"#, false);
    both(
        r#""Condition": {"StringEquals": {"k": "v"}}"#,
        r#""Condition": {"StringEquals": {"k": []}}"#,
        false,
    );
    both(r#""Condition": {"StringEquals": {"k": "v"}}"#, "", false);
    both(r#""Condition": {}"#, "", true);
}

#[test]
fn documents_are_equal_whatever_holds_their_statements() {
    let one = r#"{"Effect": "Allow", "Action": "a:b", "Resource": "*"}"#;
    let two = r#"{"Effect": "Deny", "Action": "a:b", "Resource": "*"}"#;
    let list = format!("{{\"Version\": \"2012-10-17\", \"Statement\": [{one}]}}");
    let object = format!("{{\"Version\": \"2012-10-17\", \"Statement\": {one}}}");
    assert!(equal(&list, &object));
    assert!(equal(&list, &format!("[{object}]")));
    assert!(equal(&list, &format!("{{\"Id\": \"\", {}", &list[1..])));
    assert!(!equal(&list, &format!("{{\"Id\": \"x\", {}", &list[1..])));
    assert!(!equal(&list, &format!("{{\"Statement\": {one}}}")), "a policy without a version is of 2008");
    assert!(equal(&list.replace("2012-10-17", "2008-10-17"), &format!("{{\"Statement\": {one}}}")));
    let both = |a: &str, b: &str| format!("{{\"Version\": \"2012-10-17\", \"Statement\": [{a}, {b}]}}");
    assert!(equal(&both(one, two), &both(two, one)));
    assert!(!equal(&both(one, two), &list));
}

#[test]
fn a_symbol_is_the_same_account_with_and_without_its_root() {
    let mut root = Text::from("arn:aws:iam::");
    root.push_symbol(Expression::reference("var.account").unwrap());
    root.push_str(":root");
    let principal = |id: Datum| {
        let mut principals = Record::new();
        principals.set("type", Datum::Text("AWS".into()));
        principals.set("identifiers", Datum::List(vec![id]));
        let mut statement = Record::new();
        statement.push("principals", principals);
        normal_statement(&statement)
    };
    let bare = Text::symbol(Expression::reference("var.account").unwrap());
    assert_eq!(principal(Datum::text(root)), principal(Datum::text(bare)));
}

#[test]
fn terraforms_own_spelling_of_variables_becomes_iams() {
    let mut condition = Record::new();
    condition.set("variable", Datum::Text("aws:&{x}".into()));
    condition.set("values", Datum::List(vec![Datum::Text("&{aws:username}".into())]));
    let mut statement = Record::new();
    statement.set("resources", Datum::List(vec![Datum::Text("home/&{aws:username}/*".into())]));
    statement.set("actions", Datum::List(vec![Datum::Text("a:&{b}".into())]));
    statement.push("condition", condition);
    let read = variables_as_iam(&statement);
    assert_eq!(read.get("resources").unwrap().to_string(), "[\"home/${aws:username}/*\"]");
    assert_eq!(read.get("actions").unwrap().to_string(), "[\"a:&{b}\"]");
    let [condition] = read.blocks("condition") else { panic!() };
    assert_eq!(condition.get("values").unwrap().to_string(), "[\"${aws:username}\"]");
    assert_eq!(condition.get("variable").unwrap().to_string(), "\"aws:&{x}\"");
}

#[test]
fn what_is_no_policy_is_an_error_with_its_place() {
    let check = |text: &str, expected: &[&str]| {
        let errors = try_read(text, PolicyKind::Identity).map(|p| p.record).expect_err(text);
        assert_eq!(shown(text, &errors), expected, "{text}");
        assert!(errors.iter().all(|error| error.rule.code == "SF012"));
    };
    check(
        "3",
        &[
            "1:1 an IAM policy is one JSON object, not a number (write {\"Version\": \"2012-10-17\", \"Statement\": […]})",
        ],
    );
    check(
        "[]",
        &[
            "1:1 an IAM policy is one JSON object, not an array (write {\"Version\": \"2012-10-17\", \"Statement\": […]})",
        ],
    );
    check("{}", &["1:1 this policy has no `Statement` (add \"Statement\": […])"]);
    check(
        "{\"statement\": [], \"x\": 1}",
        &[
            "1:1 this policy has no `Statement` (add \"Statement\": […])",
            "1:2 `statement` is no element of a policy (did you mean `Statement`?)",
            "1:19 `x` is no element of a policy (a policy has Version, Id, Statement)",
        ],
    );
    check("{\"Statement\": [1]}", &["1:16 a statement is an object, not a number"]);
    check("{\"Statement\": \"x\"}", &["1:15 a statement is an object, not a string"]);
    check("{\"Version\": 2012, \"Statement\": []}", &["1:13 Version is a string, not a number"]);
    check(
        "{\"Statement\": [\n{\"Efect\": \"Allow\", \"Action\": 3, \"Resource\": [\"*\", null],\n\"Principal\": [], \"Condition\": {\"StringEquals\": \"x\", \"Bool\": {\"k\": {}}}}]}",
        &[
            "2:2 `Efect` is no element of a statement (did you mean `Effect`?)",
            "2:30 Action is a string or an array of strings, not a number",
            "2:51 an element of Resource is a string, not null",
            "3:14 Principal is \"*\" or an object, not an array",
            "3:48 StringEquals is an object of condition keys, not a string",
            "3:67 a value of `k` is a string, number or boolean, not an object",
        ],
    );
    check(
        "{\"Statement\": [],\n\"Statement\": []}",
        &[
            "2:1 `Statement` stands twice in one object, first in line 1 (keep one of the two: readers of JSON disagree which one counts)",
        ],
    );
    check("{\"Statement\": [],}", &["1:17 JSON takes no comma before `}` (remove the comma)"]);
}

#[test]
fn what_breaks_a_rule_is_found_and_read_all_the_same() {
    let check = |kind: PolicyKind, elements: &str, expected: &[&str]| {
        let text = statement(elements);
        let findings = try_read(&text, kind).unwrap().findings;
        assert!(findings.iter().all(|finding| finding.rule.code == "SF301"));
        let shown: Vec<String> = findings
            .iter()
            .map(|finding| {
                let (said, _) = finding.message.split_once(": ").unwrap_or((&finding.message, ""));
                format!("{said} at {}", &text[finding.location.unwrap().span.range()])
            })
            .collect();
        assert_eq!(shown, expected, "{text}");
    };
    use PolicyKind::{Identity, Resource, Trust};
    let good = r#""Effect": "Allow", "Action": "a:b*", "Resource": "arn:aws:s3:::x/*""#;
    check(Identity, good, &[]);
    check(Identity, &good.replace("Allow", "allow"), &["\"allow\" at \"allow\""]);
    check(Identity, &good.replace("a:b*", "ab"), &["\"ab\" at \"ab\""]);
    check(
        Identity,
        &good.replace("arn:aws:s3:::x/*", "app/*"),
        &["\"app/*\" (it doesn't begin with arn:) at \"app/*\""],
    );
    check(Identity, &format!("{good}, \"Sid\": \"a-b\""), &["\"a-b\" at \"a-b\""]);
    check(Identity, &format!("{good}, \"Principal\": \"*\""), &["\"Principal\" at \"Principal\""]);
    check(Resource, &format!("{good}, \"Principal\": \"*\""), &[]);
    check(Resource, good, &["\"\" (no Principal) at {"]);
    check(Resource, &format!("{good}, \"Principal\": {{\"Aws\": \"a*b\"}}"), &["\"Aws\" at \"Aws\""]);
    check(
        Trust,
        r#""Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}"#,
        &[],
    );
    check(Identity, r#""Action": "*""#, &["\"\" at {", "\"\" (neither) at {"]);
    check(Identity, r#""Effect": "Deny", "Action": "*", "NotAction": [], "Resource": "*""#, &[]);
    check(
        Identity,
        &format!(
            "{good}, \"Condition\": {{\"StringEqual\": {{\"aws:k\": []}}, \"BoolIfExists\": {{\"aws:k\": 1}}}}"
        ),
        &["\"StringEqual\" at \"StringEqual\"", "\"aws:k\" at []"],
    );
    check(Identity, &good.replace("x/*", "x/ł"), &["\"ł\" at ł"]);
}

#[test]
fn one_sid_in_two_statements_points_at_both() {
    let text = "{\"Statement\": [\n{\"Sid\": \"A\", \"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"},\n{\"Sid\": \"A\", \"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}]}";
    let findings = policy(text).findings;
    assert_eq!(shown(text, &findings), ["3:9 \"A\": a Sid stands once in a policy"]);
    assert_eq!(&text[findings[0].related[0].0.span.range()], "\"A\"");
}

#[test]
fn white_space_counts_for_nothing() {
    let long = statement(&format!(
        "\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"arn:aws:s3:::{}\"",
        "x".repeat(6144)
    ));
    assert_eq!(policy(&long).findings.len(), 1);
    assert!(policy(&long).findings[0].message.contains("characters"));
}

#[test]
fn a_symbol_cant_stand_in_json() {
    let mut statement = Record::new();
    let symbol = Datum::Symbol(Expression::reference("var.x").unwrap());
    statement.set("resources", Datum::List(vec![Datum::Text("*".into()), symbol]));
    let mut document = Record::new();
    document.push("statement", statement);
    let error = document_json(&document).unwrap_err();
    assert_eq!(error.to_string(), "statement[0].resources[1] is var.x, which an IAM JSON file can't hold");
}

/// Amends `before` so that its first statement becomes that of `wanted`, and expects `after`.
fn amended(before: &str, wanted: &str, after: &str) {
    let wanted = policy(wanted).record;
    let root = crate::json::parse(before.as_bytes()).unwrap();
    let amendment =
        Amendment { statements: vec![Fate::Becomes(&wanted.blocks("statement")[0])], ..Amendment::default() };
    let edits = amend(before.as_bytes(), &root, &amendment).unwrap();
    assert_eq!(String::from_utf8(edits.apply(before.as_bytes())).unwrap(), after);
}

#[test]
fn only_what_differs_in_meaning_changes() {
    let check = |before: &str, wanted: &str, after: &str| {
        amended(&statement(before), &statement(wanted), &statement(after));
    };
    let spelled = r#""Resource":"*","Effect":"allow", "Sid": "", "Action": ["S3:get", "s3:put"], "Principal": {"AWS": ["arn:aws:iam::123456789012:root"]}, "Condition": {"Bool": {"K": true}, "Null": {}}"#;
    let same = r#""Effect": "Allow", "Action": ["s3:put", "s3:get"], "Principal": {"AWS": "123456789012"}, "Resource": ["*"], "Condition": {"Bool": {"k": "true"}}"#;
    check(spelled, same, spelled);
    check(
        r#""Action": "a:b", "Resource": "*""#,
        r#""Effect": "Allow", "Action": "a:b", "Resource": "x""#,
        r#""Effect": "Allow", "Action": "a:b", "Resource": "x""#,
    );
    check(
        r#""Effect": "Allow", "NotAction": ["a:b"], "Resource": "*""#,
        r#""Effect": "Deny", "Sid": "A", "Action": ["a:c", "a:b"], "Resource": ["*", "y"]"#,
        r#""Sid": "A", "Effect": "Deny", "Action": ["a:c", "a:b"], "Resource": ["*", "y"]"#,
    );
    check(
        r#""Effect": "Allow", "Condition": {"StringLike": {"aws:A": "x"}}, "Principal": {"AWS": "a", "Service": "s"}"#,
        r#""Effect": "Allow", "Condition": {"StringLike": {"aws:a": ["x", "y"], "b": "z"}}, "Principal": {"Service": ["s", "t"]}"#,
        r#""Effect": "Allow", "Condition": {"StringLike": {"aws:A": ["x", "y"], "b": "z"}}, "Principal": {"Service": ["s", "t"]}"#,
    );
    check(
        r#""Effect": "Allow", "Principal": "*""#,
        r#""Effect": "Allow", "Principal": {"AWS": "*"}"#,
        r#""Effect": "Allow", "Principal": {"AWS": "*"}"#,
    );
}

#[test]
fn only_condition_keys_are_alike_in_either_case() {
    amended(
        &statement(r#""Condition": {"BooL": {"aws:K": "a"}}, "Principal": {"aws": "x"}"#),
        &statement(r#""Effect": "Allow", "Condition": {"Bool": {"aws:k": "a"}}, "Principal": {"AWS": "x"}"#),
        &statement(r#""Effect": "Allow", "Condition": {"Bool": {"aws:k": "a"}}, "Principal": {"AWS": "x"}"#),
    );
}

#[test]
fn one_prefix_more_is_one_line_more() {
    let text = include_str!("../../../../../examples/airbyte/iam/prefect-worker.json");
    let (head, tail) = text
        .split_once(",\n                \"arn:aws:secretsmanager:eu-west-2:*:secret:airbyte/*\"")
        .unwrap();
    amended(&format!("{head}{tail}"), text, text);
    amended(&format!("{head}{tail}").replace('\n', "\r\n"), text, &text.replace('\n', "\r\n"));
    let tabs = |text: &str| text.replace("    ", "\t");
    amended(&tabs(&format!("{head}{tail}")), text, &tabs(text));
}
