//! Policies that stand as text or as `jsonencode` in an argument, as statements' records. For
//! finding who else is granted what; the spec owns none of these.

use super::marked::Marked;
use crate::evaluate::{Scope, Value};
use crate::json::{self, ValueKind};
use crate::model::{Datum, Expression, Record, Text};
use crate::policy::terraform_name;

/// The statements of the policy that a value is; `None` if only Terraform could say. One that
/// is a policy document's `json` has none here: they are read where the document stands.
/// `read` gives a file of the directory.
pub fn statements(
    value: &Value,
    scope: &Scope,
    read: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Option<Vec<Record>> {
    match scope.resolve(&value.datum) {
        Datum::Null => Some(Vec::new()),
        Datum::Symbol(symbol) if is_document(&symbol) => Some(Vec::new()),
        Datum::Symbol(symbol) if symbol.canonical().starts_with("jsonencode(") => {
            let (_, argument) = value.parts.first()?;
            document(&scope.resolve(&argument.datum))
        }
        Datum::Symbol(symbol) => {
            let text = String::from_utf8(read(file_of(&symbol)?)?).ok()?;
            document(&parsed(&text.as_str().into())?)
        }
        Datum::Text(text) => document(&parsed(&text)?),
        _ => None,
    }
}

/// The file that `file("${path.module}/NAME")` reads.
pub(super) fn file_of(symbol: &Expression) -> Option<&str> {
    let path = symbol.canonical().strip_prefix("file(\"")?.strip_suffix("\")")?;
    let path = path.strip_prefix("${path.module}/")?;
    (!path.contains(['$', '%', '"', '\\', '('])).then_some(path)
}

/// Whether an expression is `data.aws_iam_policy_document.X.json`, with an index or without.
pub(super) fn is_document(symbol: &Expression) -> bool {
    symbol.canonical().strip_prefix("data.aws_iam_policy_document.").is_some_and(|rest| {
        (rest.ends_with(".json") || rest.ends_with(".minified_json")) && !rest.contains(['(', ' ', ',', '?'])
    })
}

fn document(policy: &Datum) -> Option<Vec<Record>> {
    let Datum::Object(members) = policy else { return None };
    // An element in another spelling may be one to AWS.
    if !members.iter().all(|(key, _)| matches!(key.as_literal(), Some("Version" | "Id" | "Statement"))) {
        return None;
    }
    let statement = members.iter().rev().find(|(key, _)| key.as_literal() == Some("Statement"));
    match statement.map(|(_, value)| value)? {
        Datum::List(items) => items.iter().map(record).collect(),
        one => Some(vec![record(one)?]),
    }
}

/// What of a statement decides whom it lets do what; conditions and principals are left out,
/// for they only narrow it.
fn record(statement: &Datum) -> Option<Record> {
    let Datum::Object(members) = statement else { return None };
    let mut record = Record::new();
    for (key, value) in members {
        let name = terraform_name(key.as_literal()?)?;
        match name {
            "sid" | "effect" => record.set(name, value.clone()),
            "actions" | "not_actions" | "resources" | "not_resources" => {
                let list = match value {
                    Datum::List(_) | Datum::Concat(..) => value.clone(),
                    one => Datum::List(vec![one.clone()]),
                };
                record.set(name, list);
            }
            _ => {}
        }
    }
    Some(record)
}

/// JSON text with symbols in its strings.
fn parsed(text: &Text) -> Option<Datum> {
    let mut marked = Marked::of(text)?;
    let root = marked.parse()?;
    let datum = read(&root, &mut marked);
    marked.is_spent().then_some(datum)
}

fn read(value: &json::Value, marked: &mut Marked<'_>) -> Datum {
    match &value.kind {
        ValueKind::Null => Datum::Null,
        ValueKind::Bool(value) => Datum::Bool(*value),
        ValueKind::Number(text) => Datum::Number(text.clone()),
        ValueKind::String(text) => Datum::text(marked.text(text)),
        ValueKind::Array(items) => Datum::List(items.iter().map(|item| read(item, marked)).collect()),
        ValueKind::Object(members) => {
            let entry = |member: &json::Member| (member.key.as_str().into(), read(&member.value, marked));
            Datum::Object(members.iter().map(entry).collect())
        }
    }
}
