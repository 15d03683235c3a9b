//! A JSON value as it was read, with spans, and one to be written, without.

use std::collections::HashMap;

use crate::source::Span;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Value {
    /// From its first to its last byte, quotes and brackets included.
    pub span: Span,
    /// What it is.
    pub kind: ValueKind,
}

/// The six kinds of JSON values.
#[derive(Clone, Debug)]
pub enum ValueKind {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number, spelled as in the text.
    Number(String),
    /// A string, unescaped.
    String(String),
    /// An array.
    Array(Vec<Value>),
    /// An object in the order written, a key that stands twice included.
    Object(Vec<Member>),
}

/// `"key": value` in an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// The key, unescaped.
    pub key: String,
    /// The key with its quotes.
    pub key_span: Span,
    /// The value.
    pub value: Value,
}

impl Member {
    /// From the key's first quote to the value's last byte.
    pub fn span(&self) -> Span {
        self.key_span.to(self.value.span)
    }
}

/// A key that stands twice in one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The key.
    pub key: String,
    /// Where it stands first.
    pub first: Span,
    /// Where it stands again.
    pub again: Span,
}

impl Value {
    /// The string, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            ValueKind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements, if it is an array.
    pub fn as_array(&self) -> Option<&[Value]> {
        match &self.kind {
            ValueKind::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members, if it is an object.
    pub fn as_object(&self) -> Option<&[Member]> {
        match &self.kind {
            ValueKind::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The first member with this key, if it is an object that has one.
    pub fn get(&self, key: &str) -> Option<&Member> {
        self.as_object()?.iter().find(|member| member.key == key)
    }

    /// Its kind for a message: `an object`, `a string`.
    pub fn kind_name(&self) -> &'static str {
        match self.kind {
            ValueKind::Null => "null",
            ValueKind::Bool(_) => "a boolean",
            ValueKind::Number(_) => "a number",
            ValueKind::String(_) => "a string",
            ValueKind::Array(_) => "an array",
            ValueKind::Object(_) => "an object",
        }
    }

    /// Every key that stands twice in its object, here or below.
    pub fn duplicates(&self) -> Vec<Duplicate> {
        let mut found = Vec::new();
        self.collect_duplicates(&mut found);
        found
    }

    fn collect_duplicates(&self, found: &mut Vec<Duplicate>) {
        match &self.kind {
            ValueKind::Array(items) => items.iter().for_each(|item| item.collect_duplicates(found)),
            ValueKind::Object(members) => {
                let mut seen: HashMap<&str, Span> = HashMap::with_capacity(members.len());
                for member in members {
                    let first = *seen.entry(&member.key).or_insert(member.key_span);
                    if first != member.key_span {
                        let key = member.key.clone();
                        found.push(Duplicate { key, first, again: member.key_span });
                    }
                    member.value.collect_duplicates(found);
                }
            }
            _ => {}
        }
    }

    /// The value without its places.
    pub fn to_json(&self) -> Json {
        match &self.kind {
            ValueKind::Null => Json::Null,
            ValueKind::Bool(value) => Json::Bool(*value),
            ValueKind::Number(text) => Json::Number(text.clone()),
            ValueKind::String(text) => Json::String(text.clone()),
            ValueKind::Array(items) => Json::Array(items.iter().map(Value::to_json).collect()),
            ValueKind::Object(members) => Json::Object(
                members.iter().map(|member| (member.key.clone(), member.value.to_json())).collect(),
            ),
        }
    }
}

/// Whether a value that was read is one that is wanted.
impl PartialEq<Json> for Value {
    fn eq(&self, other: &Json) -> bool {
        match (&self.kind, other) {
            (ValueKind::Null, Json::Null) => true,
            (ValueKind::Bool(a), Json::Bool(b)) => a == b,
            (ValueKind::Number(a), Json::Number(b)) | (ValueKind::String(a), Json::String(b)) => a == b,
            (ValueKind::Array(a), Json::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a == b)
            }
            (ValueKind::Object(a), Json::Object(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, (key, b))| a.key == *key && a.value == *b)
            }
            _ => false,
        }
    }
}

/// A value to be written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Json {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number as JSON spells it; whoever builds one sees to that.
    Number(String),
    /// A string, unescaped.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object in order.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// An array of strings.
    pub fn strings<S: Into<String>>(items: impl IntoIterator<Item = S>) -> Self {
        Self::Array(items.into_iter().map(|item| Self::String(item.into())).collect())
    }

    /// Whether it holds other values.
    pub(super) fn is_container(&self) -> bool {
        matches!(self, Self::Array(_) | Self::Object(_))
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}
