//! Record → IAM JSON, elements in the order of AWS's own examples.

use std::fmt;

use super::elements::{STATEMENT, Shape};
use crate::json::Json;
use crate::model::{Datum, Record};

/// A value that only Terraform can say, or that no policy can hold: JSON can't have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotKnown {
    /// Which part: `statement[0].resources[1]`.
    pub path: String,
    /// What stands there.
    pub value: Datum,
}

impl fmt::Display for NotKnown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}, which an IAM JSON file can't hold", self.path, self.value)
    }
}

impl std::error::Error for NotKnown {}

/// A whole policy.
///
/// # Errors
/// If a part isn't known before Terraform runs.
pub fn document_json(record: &Record) -> Result<Json, NotKnown> {
    let text = |name: &str| record.get(name).map(|value| string(value, name)).transpose();
    let mut members = vec![("Version".to_owned(), text("version")?.unwrap_or_else(|| "2012-10-17".into()))];
    members.extend(text("policy_id")?.map(|id| ("Id".to_owned(), id)));
    let statements: Result<Vec<Json>, NotKnown> = record
        .blocks("statement")
        .iter()
        .enumerate()
        .map(|(at, statement)| {
            statement_json(statement)
                .map_err(|error| NotKnown { path: format!("statement[{at}].{}", error.path), ..error })
        })
        .collect();
    members.push(("Statement".to_owned(), Json::Array(statements?)));
    Ok(Json::Object(members))
}

/// One statement. Actions and resources are arrays, even of one: a second one is a line more.
///
/// # Errors
/// If a part isn't known before Terraform runs.
pub fn statement_json(record: &Record) -> Result<Json, NotKnown> {
    let mut members = Vec::new();
    for element in &STATEMENT {
        let name = element.terraform;
        let value = match element.shape {
            Shape::Text => match record.get(name) {
                Some(value) => Some(string(value, name)?),
                None => (name == "effect").then(|| "Allow".into()),
            },
            Shape::Texts => record.get(name).map(|value| strings(value, name)).transpose()?.map(Json::Array),
            Shape::Principals => principals(record.blocks(name), name)?,
            Shape::Conditions => conditions(record.blocks(name), name)?,
        };
        let is_empty = value.as_ref().is_some_and(|value| name == "sid" && *value == "".into());
        members.extend(value.filter(|_| !is_empty).map(|value| (element.json.to_owned(), value)));
    }
    Ok(Json::Object(members))
}

fn string(value: &Datum, path: &str) -> Result<Json, NotKnown> {
    match value {
        Datum::Text(text) if text.as_literal().is_some() => Ok(text.as_literal().unwrap_or_default().into()),
        Datum::Bool(value) => Ok(Json::String(value.to_string())),
        Datum::Number(text) => Ok(Json::String(text.clone())),
        other => Err(NotKnown { path: path.to_owned(), value: other.clone() }),
    }
}

pub(super) fn strings(value: &Datum, path: &str) -> Result<Vec<Json>, NotKnown> {
    match value {
        Datum::List(items) => {
            items.iter().enumerate().map(|(at, item)| string(item, &format!("{path}[{at}]"))).collect()
        }
        other => Ok(vec![string(other, path)?]),
    }
}

/// One as itself, several as an array.
fn compact(mut items: Vec<Json>) -> Json {
    if items.len() == 1 { items.remove(0) } else { Json::Array(items) }
}

/// Values by key, in order.
type Entries = Vec<(String, Vec<Json>)>;

/// Adds values, those of one key together.
fn add(entries: &mut Entries, key: String, values: Vec<Json>) {
    match entries.iter_mut().find(|(name, _)| *name == key) {
        Some((_, items)) => items.extend(values),
        None => entries.push((key, values)),
    }
}

fn object(entries: Entries) -> Json {
    Json::Object(entries.into_iter().map(|(key, values)| (key, compact(values))).collect())
}

fn argument<'r>(block: &'r Record, name: &str, path: &str) -> Result<(&'r Datum, String), NotKnown> {
    let path = format!("{path}.{name}");
    block.get(name).map(|value| (value, path.clone())).ok_or(NotKnown { path, value: Datum::Null })
}

fn key(block: &Record, name: &str, path: &str) -> Result<String, NotKnown> {
    let (value, path) = argument(block, name, path)?;
    match string(value, &path)? {
        Json::String(text) => Ok(text),
        _ => Err(NotKnown { path, value: value.clone() }),
    }
}

fn principals(blocks: &[Record], name: &str) -> Result<Option<Json>, NotKnown> {
    let mut types = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let path = format!("{name}[{at}]");
        let (identifiers, list) = argument(block, "identifiers", &path)?;
        add(&mut types, key(block, "type", &path)?, strings(identifiers, &list)?);
    }
    Ok(match types.as_slice() {
        [] => None,
        [(any, values)] if any == "*" && *values == ["*".into()] => Some("*".into()),
        _ => Some(object(types)),
    })
}

fn conditions(blocks: &[Record], name: &str) -> Result<Option<Json>, NotKnown> {
    let mut operators: Vec<(String, Entries)> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let path = format!("{name}[{at}]");
        let (values, list) = argument(block, "values", &path)?;
        let (test, variable) = (key(block, "test", &path)?, key(block, "variable", &path)?);
        let values = strings(values, &list)?;
        match operators.iter_mut().find(|(operator, _)| *operator == test) {
            Some((_, keys)) => add(keys, variable, values),
            None => operators.push((test, vec![(variable, values)])),
        }
    }
    let operators: Vec<(String, Json)> =
        operators.into_iter().map(|(operator, keys)| (operator, object(keys))).collect();
    Ok((!operators.is_empty()).then_some(Json::Object(operators)))
}
