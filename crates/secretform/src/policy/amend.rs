//! A policy's text made to say what is wanted, by the smallest edits: what means the same
//! already keeps its bytes, its order and its spelling.

use std::collections::HashSet;
use std::fmt;

use super::elements::{Element, STATEMENT, Shape};
use super::normal::account;
use super::read::{document, statements};
use super::write::{NotKnown, statement_json};
use crate::json::edit::Editor;
use crate::json::{Json, Value, ValueKind};
use crate::model::Record;
use crate::source::{Edits, Overlap};

/// What becomes of a statement that stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate<'r> {
    /// Not a byte of it changes.
    Stays,
    /// It comes to mean this.
    Becomes(&'r Record),
    /// It goes, with its comma.
    Goes,
}

/// What is to become of a policy.
#[derive(Clone, Debug, Default)]
pub struct Amendment<'r> {
    /// `Version`, if it is to be said.
    pub version: Option<&'r str>,
    /// A fate for each statement, in order; where there is none, a statement stays.
    pub statements: Vec<Fate<'r>>,
    /// Statements that come after the last one.
    pub added: Vec<&'r Record>,
}

/// Why a policy can't be amended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AmendError {
    /// A value isn't known before Terraform runs.
    NotKnown(NotKnown),
    /// The value wasn't read from these bytes.
    Overlap(Overlap),
}

impl fmt::Display for AmendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotKnown(error) => error.fmt(f),
            Self::Overlap(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for AmendError {}

impl From<NotKnown> for AmendError {
    fn from(error: NotKnown) -> Self {
        Self::NotKnown(error)
    }
}

impl From<Overlap> for AmendError {
    fn from(error: Overlap) -> Self {
        Self::Overlap(error)
    }
}

/// The edits of `bytes`, the text of the policy `root`, that make it as `amendment` says.
///
/// # Errors
/// If a value that is to be written can't stand in JSON.
pub fn amend(bytes: &[u8], root: &Value, amendment: &Amendment<'_>) -> Result<Edits, AmendError> {
    let policy = document(root);
    let mut all = Vec::new();
    for (at, statement) in statements(root).iter().enumerate() {
        match amendment.statements.get(at).unwrap_or(&Fate::Stays) {
            Fate::Stays => all.push(statement.to_json()),
            Fate::Becomes(record) => all.push(amended(statement, record)?),
            Fate::Goes => {}
        }
    }
    for record in &amendment.added {
        all.push(statement_json(record)?);
    }
    let mut target = Vec::new();
    for member in policy.as_object().unwrap_or_default() {
        let value = match (member.key.as_str(), amendment.version) {
            ("Statement", _) => match (&member.value.kind, all.as_slice()) {
                (ValueKind::Object(_), [one]) => one.clone(),
                _ => Json::Array(std::mem::take(&mut all)),
            },
            ("Version", Some(version)) => version.into(),
            _ => member.value.to_json(),
        };
        target.push((member.key.clone(), value));
    }
    if let Some(version) = amendment.version
        && policy.get("Version").is_none()
    {
        target.insert(0, ("Version".to_owned(), version.into()));
    }
    let mut editor = Editor::new(bytes, root);
    editor.set(policy, &Json::Object(target))?;
    Ok(editor.finish())
}

/// `statement` with what differs in meaning from `wanted` made as `wanted` says.
fn amended(statement: &Value, wanted: &Record) -> Result<Json, NotKnown> {
    let Json::Object(mut wanted) = statement_json(wanted)? else { return Ok(statement.to_json()) };
    let place = |name: &str| STATEMENT.iter().position(|element| element.json == name);
    let mut members: Vec<(String, Json)> = Vec::new();
    for member in statement.as_object().unwrap_or_default() {
        let Some(element) = place(&member.key).map(|at| &STATEMENT[at]) else { continue };
        let found = wanted.iter().position(|(name, _)| *name == member.key);
        match found.map(|at| wanted.remove(at).1) {
            Some(value) => {
                members.push((member.key.clone(), adapted(&member.value, &value, Same::of(element))))
            }
            None if says_nothing(&member.value, Same::of(element)) => {
                members.push((member.key.clone(), member.value.to_json()))
            }
            None => {}
        }
    }
    for (name, value) in wanted {
        let after = members.iter().rposition(|(other, _)| place(other) < place(&name));
        members.insert(after.map_or(0, |at| at + 1), (name, value));
    }
    Ok(Json::Object(members))
}

/// When two strings of an element mean the same.
#[derive(Clone, Copy)]
enum Same {
    Sid,
    Effect,
    Principal,
    Action,
    Resource,
    Condition,
    ConditionKeys,
}

impl Same {
    fn of(element: &Element) -> Self {
        match (element.shape, element.json) {
            (Shape::Principals, _) => Self::Principal,
            (Shape::Conditions, _) => Self::Condition,
            (Shape::Text, "Effect") => Self::Effect,
            (Shape::Text, _) => Self::Sid,
            (Shape::Texts, "Action" | "NotAction") => Self::Action,
            (Shape::Texts, _) => Self::Resource,
        }
    }

    /// For what stands in an object of this element.
    fn inside(self) -> Self {
        if matches!(self, Self::Condition) { Self::ConditionKeys } else { self }
    }

    /// Where `key` stands; condition keys are alike in either case, operators and types aren't.
    fn find(self, key: &str, members: &[&(String, Json)]) -> Option<usize> {
        let folded = |(name, _): &&(String, Json)| name.eq_ignore_ascii_case(key);
        let exact = members.iter().position(|(name, _)| name == key);
        exact.or_else(|| members.iter().position(folded).filter(|_| matches!(self, Self::ConditionKeys)))
    }

    fn key(self, value: &Json) -> String {
        match (value, self) {
            (Json::String(text), Self::Effect | Self::Action) => text.to_ascii_lowercase(),
            (Json::String(text), Self::Principal) => account(&text.as_str().into()).to_string(),
            (Json::String(text) | Json::Number(text), _) => text.clone(),
            (Json::Bool(value), _) => value.to_string(),
            _ => String::new(),
        }
    }
}

/// `wanted` in the words of `current` wherever these mean the same.
fn adapted(current: &Value, wanted: &Json, same: Same) -> Json {
    match (&current.kind, wanted) {
        (ValueKind::Object(members), Json::Object(wanted)) => {
            let mut left: Vec<&(String, Json)> = wanted.iter().collect();
            let mut out = Vec::new();
            for member in members {
                let found = same.find(&member.key, &left);
                match found.map(|at| left.remove(at)) {
                    Some((_, value)) => {
                        out.push((member.key.clone(), adapted(&member.value, value, same.inside())))
                    }
                    None if says_nothing(&member.value, same.inside()) => {
                        out.push((member.key.clone(), member.value.to_json()))
                    }
                    None => {}
                }
            }
            out.extend(left.into_iter().cloned());
            Json::Object(out)
        }
        (ValueKind::Object(_), _) | (_, Json::Object(_)) => wanted.clone(),
        _ => {
            let is_list = current.as_array().is_some();
            let current = current.as_array().unwrap_or(std::slice::from_ref(current));
            let wanted = match wanted {
                Json::Array(items) => items.as_slice(),
                one => std::slice::from_ref(one),
            };
            let mut items = merged(current, wanted, same);
            if is_list || items.len() != 1 { Json::Array(items) } else { items.remove(0) }
        }
    }
}

/// What stands there and is wanted, in its order; what is new, after what it follows in `wanted`.
fn merged(current: &[Value], wanted: &[Json], same: Same) -> Vec<Json> {
    let keys: Vec<String> = wanted.iter().map(|value| same.key(value)).collect();
    let known: HashSet<&str> = keys.iter().map(String::as_str).collect();
    let mut out: Vec<(String, Json)> = current
        .iter()
        .map(Value::to_json)
        .map(|value| (same.key(&value), value))
        .filter(|(key, _)| known.contains(key.as_str()))
        .collect();
    let mut there: HashSet<String> = out.iter().map(|(key, _)| key.clone()).collect();
    for (at, (key, value)) in keys.iter().zip(wanted).enumerate() {
        if there.insert(key.clone()) {
            let before =
                at.checked_sub(1).and_then(|at| out.iter().rposition(|(other, _)| *other == keys[at]));
            out.insert(before.map_or(0, |at| at + 1), (key.clone(), value.clone()));
        }
    }
    out.into_iter().map(|(_, value)| value).collect()
}

/// Whether an element means what none at all would mean, as in a statement's normal form.
fn says_nothing(value: &Value, same: Same) -> bool {
    match &value.kind {
        ValueKind::String(text) => matches!(same, Same::Sid) && text.is_empty(),
        // No value fulfils a condition that has none: that is something.
        ValueKind::Array(items) => !matches!(same, Same::Condition | Same::ConditionKeys) && items.is_empty(),
        ValueKind::Object(members) => members.iter().all(|member| says_nothing(&member.value, same)),
        _ => false,
    }
}
