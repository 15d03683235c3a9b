//! One form for all that AWS and HashiCorp's awspolicyequivalence take for the same policy,
//! so that records read from JSON and from Terraform compare as what they mean.

use std::collections::BTreeMap;

use super::elements::{STATEMENT, Shape};
use crate::model::attributes::root_account;
use crate::model::{Datum, Expression, Kind, Record, Text};

/// The one form of a policy document's record: `policy_id = ""` is none, statements are
/// [`normal_statement`]s. Their order, which means nothing, stays.
pub fn normal_document(record: &Record) -> Record {
    let mut out = Record::new();
    for (name, value) in record.arguments() {
        if name != "policy_id" || !is_empty_text(value) {
            out.set(name.to_owned(), value.clone());
        }
    }
    for (name, blocks) in record.nested() {
        for block in blocks {
            let block = if name == "statement" { normal_statement(block) } else { block.clone() };
            out.push(name.to_owned(), block);
        }
    }
    out
}

/// The one form of a statement's record.
///
/// - An empty Sid, list or principal is none. An effect is spelled as AWS spells it, and
///   is `Allow` where Terraform's `effect` isn't said.
/// - A string is a list of one; lists are sorted, and hold nothing twice.
/// - Actions and condition keys are lower case, for AWS compares them so.
/// - `arn:P:iam::ACCOUNT:root` as a principal is the account's id. `"*"` without a type
///   stays apart from `"AWS": "*"`: to a role's trust policy they aren't the same.
/// - Two blocks of one principal type, or of one test and variable, are one block with the
///   values of both, as the provider renders them.
pub fn normal_statement(record: &Record) -> Record {
    let mut out = Record::new();
    let known = |name: &str| STATEMENT.iter().find(|element| element.terraform == name);
    for (name, value) in record.arguments() {
        let value = match name {
            "effect" => effect(value),
            "actions" | "not_actions" => set(value, lower),
            _ if known(name).is_some_and(|element| element.shape == Shape::Texts) => set(value, Text::clone),
            _ => value.clone(),
        };
        let is_none = match &value {
            Datum::List(items) => items.is_empty(),
            other => name == "sid" && is_empty_text(other),
        };
        if !is_none {
            out.set(name.to_owned(), value);
        }
    }
    if out.get("effect").is_none() {
        out.set("effect", Datum::Text("Allow".into()));
    }
    for (name, blocks) in record.nested() {
        match known(name).map(|element| element.shape) {
            Some(Shape::Principals) => {
                let key = |block: &Record| vec![("type", block.get("type").cloned())];
                joined(blocks, "identifiers", key, account)
                    .into_iter()
                    .filter(|block| block.get("identifiers") != Some(&Datum::List(Vec::new())))
                    .for_each(|block| out.push(name.to_owned(), block));
            }
            Some(Shape::Conditions) => {
                let key = |block: &Record| {
                    vec![("test", block.get("test").cloned()), ("variable", block.get("variable").cloned())]
                };
                let mut conditions = joined(blocks, "values", key, Text::clone);
                // Only now: keys in two spellings are two conditions to the provider, and both must hold.
                for condition in &mut conditions {
                    if let Some(Datum::Text(variable)) = condition.get("variable") {
                        let variable = lower(variable);
                        condition.set("variable", Datum::Text(variable));
                    }
                }
                conditions.sort_by_cached_key(|it| {
                    ["test", "variable", "values"].map(|name| it.get(name).cloned())
                });
                conditions.into_iter().for_each(|block| out.push(name.to_owned(), block));
            }
            _ => blocks.iter().for_each(|block| out.push(name.to_owned(), block.clone())),
        }
    }
    out
}

/// Replaces `&{` by `${` where the data source does, so that `&{aws:username}` in Terraform is
/// the text that IAM reads (provider documentation, *Context Variable Interpolation*).
pub fn variables_as_iam(statement: &Record) -> Record {
    let replaced =
        |value: &Datum| each_text(value, &|text| text.map_literals(|part| part.replace("&{", "${")));
    let mut out = Record::new();
    for (name, value) in statement.arguments() {
        let value =
            if matches!(name, "resources" | "not_resources") { replaced(value) } else { value.clone() };
        out.set(name.to_owned(), value);
    }
    for (name, blocks) in statement.nested() {
        for block in blocks {
            let mut copy = block.clone();
            for argument in ["identifiers", "values"] {
                if let Some(value) = block.get(argument) {
                    copy.set(argument, replaced(value));
                }
            }
            out.push(name.to_owned(), copy);
        }
    }
    out
}

fn is_empty_text(value: &Datum) -> bool {
    matches!(value, Datum::Text(text) if text.as_literal() == Some(""))
}

fn effect(value: &Datum) -> Datum {
    let literal = match value {
        Datum::Text(text) => text.as_literal(),
        _ => None,
    };
    match literal {
        Some(text) if text.eq_ignore_ascii_case("allow") => Datum::Text("Allow".into()),
        Some(text) if text.eq_ignore_ascii_case("deny") => Datum::Text("Deny".into()),
        _ => value.clone(),
    }
}

fn each_text(value: &Datum, change: &impl Fn(&Text) -> Text) -> Datum {
    let all = |items: &[Datum]| items.iter().map(|item| each_text(item, change)).collect();
    match value {
        Datum::Text(text) => Datum::text(change(text)),
        Datum::List(items) => Datum::List(all(items)),
        Datum::Concat(items, lists) => Datum::Concat(all(items), lists.clone()),
        other => other.clone(),
    }
}

/// A set of strings: a string alone is a set of one, order and repetition are none.
fn set(value: &Datum, change: impl Fn(&Text) -> Text) -> Datum {
    let value = match value {
        Datum::Text(_) | Datum::Bool(_) | Datum::Number(_) => Datum::List(vec![value.clone()]),
        other => other.clone(),
    };
    match each_text(&value.converted(Kind::Set), &change) {
        Datum::List(mut items) => {
            sort(&mut items);
            Datum::List(items)
        }
        Datum::Concat(mut items, lists) => {
            sort(&mut items);
            Datum::Concat(items, lists)
        }
        other => other,
    }
}

fn sort(items: &mut Vec<Datum>) {
    items.sort();
    items.dedup();
}

fn lower(text: &Text) -> Text {
    text.map_literals(str::to_ascii_lowercase)
}

/// The arguments that tell which blocks belong together.
type Key = Vec<(&'static str, Option<Datum>)>;

/// The blocks with one for each key, its `list` the union of theirs.
fn joined(
    blocks: &[Record],
    list: &'static str,
    key: impl Fn(&Record) -> Key,
    change: impl Fn(&Text) -> Text,
) -> Vec<Record> {
    let mut by_key: BTreeMap<Key, (Vec<Datum>, Vec<Expression>)> = BTreeMap::new();
    let mut others = Vec::new();
    for block in blocks {
        let (items, lists) = match block.get(list).map(|value| set(value, &change)) {
            None => (Vec::new(), Vec::new()),
            Some(Datum::List(items)) => (items, Vec::new()),
            Some(Datum::Concat(items, lists)) => (items, lists),
            Some(Datum::Symbol(symbol)) => (Vec::new(), vec![symbol]),
            Some(_) => {
                others.push(block.clone());
                continue;
            }
        };
        let entry = by_key.entry(key(block)).or_default();
        entry.0.extend(items);
        entry.1.extend(lists);
    }
    let mut out: Vec<Record> = by_key
        .into_iter()
        .map(|(key, (mut items, lists))| {
            let mut block = Record::new();
            for (name, value) in key {
                block.set_some(name, value);
            }
            sort(&mut items);
            block.set(list, Datum::concat(items, lists));
            block
        })
        .collect();
    out.extend(others);
    out
}

/// The account's id for the ARN of its root, which AWS takes for the same principal.
pub(super) fn account(text: &Text) -> Text {
    root_account(text).unwrap_or_else(|| text.clone())
}
