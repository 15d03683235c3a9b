//! Policies that stand as `jsonencode` or as text in an argument, as the records that their
//! documents would be, principals, conditions and the place of each part included.

use super::found::Origins;
use super::marked::{MARK, Marked};
use super::policies::file_of;
use crate::diagnostic::Location;
use crate::evaluate::{Scope, Value};
use crate::json::{self, ValueKind};
use crate::model::{Datum, Expression, Record, Text};
use crate::policy::terraform_name;
use crate::source::{SourceMap, Span};

/// A policy that was written out.
#[derive(Clone, Debug)]
pub struct Written {
    /// As the body of a `data "aws_iam_policy_document"`.
    pub record: Record,
    /// Where each part stands: `statement[0].condition[1].values[2]`.
    pub origins: Origins,
    /// Whether only Terraform knows all statements.
    pub open: bool,
}

/// The policy that a value writes out; `None` if it is none, or if only Terraform could say.
/// `read` gives a file of the directory.
pub fn written(
    value: &Value,
    scope: &Scope,
    sources: &SourceMap,
    read: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Option<Written> {
    let root = match &value.datum {
        Datum::Symbol(symbol) if symbol.canonical().starts_with("jsonencode(") => {
            Node::of_value(&value.parts.first()?.1, scope)
        }
        Datum::Symbol(symbol) => {
            let text = String::from_utf8(read(file_of(symbol)?)?).ok()?;
            Node::of_text(&text.as_str().into(), value.location, None)?
        }
        datum => {
            let Datum::Text(text) = scope.resolve(datum) else { return None };
            let source = sources.get(value.location.source).bytes();
            let bytes = source.get(value.location.span.range())?;
            Node::of_text(&text, value.location, Some(bytes))?
        }
    };
    policy(&root)
}

/// A value of JSON and its place.
struct Node {
    location: Location,
    kind: NodeKind,
}

enum NodeKind {
    Object(Vec<(Text, Location, Node)>),
    /// Elements, and whether only Terraform knows all.
    List(Vec<Node>, bool),
    Leaf(Datum),
}

impl Node {
    fn of_value(value: &Value, scope: &Scope) -> Self {
        let part = |at: usize| value.parts.get(at);
        let kind = match &value.datum {
            Datum::Object(entries) if entries.len() == value.parts.len() => {
                Self::object(entries.iter().zip(&value.parts).map(|((key, _), (at, value))| {
                    let key = match scope.resolve(&Datum::text(key.clone())) {
                        Datum::Text(key) => key,
                        _ => key.clone(),
                    };
                    (key, at.unwrap_or(value.location), Self::of_value(value, scope))
                }))
            }
            Datum::List(items) if items.len() == value.parts.len() => NodeKind::List(
                (0..items.len()).filter_map(part).map(|(_, value)| Self::of_value(value, scope)).collect(),
                false,
            ),
            datum => return Self::of_datum(&scope.resolve(datum), value.location),
        };
        Self { location: value.location, kind }
    }

    /// An object: of entries with one key the last holds, in Terraform and in its reading of JSON.
    fn object(entries: impl Iterator<Item = (Text, Location, Self)>) -> NodeKind {
        let mut kept: Vec<(Text, Location, Self)> = Vec::new();
        for entry in entries {
            kept.retain(|(key, ..)| *key != entry.0);
            kept.push(entry);
        }
        NodeKind::Object(kept)
    }

    /// A value of which only the whole has a place.
    fn of_datum(datum: &Datum, location: Location) -> Self {
        let all = |items: &[Datum]| items.iter().map(|item| Self::of_datum(item, location)).collect();
        let kind = match datum {
            Datum::Object(entries) => {
                let entry =
                    |(key, value): &(Text, Datum)| (key.clone(), location, Self::of_datum(value, location));
                Self::object(entries.iter().map(entry))
            }
            Datum::List(items) => NodeKind::List(all(items), false),
            Datum::Concat(items, _) => NodeKind::List(all(items), true),
            other => NodeKind::Leaf(other.clone()),
        };
        Self { location, kind }
    }

    /// JSON text with symbols in its strings. Places are found in `bytes`, the source of the
    /// expression, by the strings themselves, in order.
    fn of_text(text: &Text, location: Location, bytes: Option<&[u8]>) -> Option<Self> {
        let marked = Marked::of(text)?;
        let root = marked.parse()?;
        let mut reader = TextReader { marked, location, bytes, cursor: 0 };
        let node = reader.node(&root);
        reader.marked.is_spent().then_some(node)
    }

    fn entry(&self, name: &str) -> Option<&Node> {
        match &self.kind {
            NodeKind::Object(entries) => {
                let found = entries.iter().find(|(key, ..)| key.as_literal() == Some(name));
                found.map(|(_, _, node)| node)
            }
            _ => None,
        }
    }

    fn leaf(&self) -> Option<Datum> {
        match &self.kind {
            NodeKind::Leaf(datum) => Some(datum.clone()),
            _ => None,
        }
    }
}

struct TextReader<'a> {
    marked: Marked<'a>,
    location: Location,
    bytes: Option<&'a [u8]>,
    cursor: usize,
}

impl TextReader<'_> {
    fn node(&mut self, value: &json::Value) -> Node {
        let (location, kind) = match &value.kind {
            ValueKind::Object(members) => {
                let mut entries = Vec::new();
                for member in members {
                    let at = self.place(member.key_span);
                    let key = self.marked.text(&member.key);
                    entries.push((key, at, self.node(&member.value)));
                }
                (self.location, Node::object(entries.into_iter()))
            }
            ValueKind::Array(items) => {
                (self.location, NodeKind::List(items.iter().map(|item| self.node(item)).collect(), false))
            }
            ValueKind::String(text) => {
                (self.place(value.span), NodeKind::Leaf(Datum::text(self.marked.text(text))))
            }
            ValueKind::Bool(value) => (self.location, NodeKind::Leaf(Datum::Bool(*value))),
            ValueKind::Number(text) => (self.location, NodeKind::Leaf(Datum::Number(text.clone()))),
            ValueKind::Null => (self.location, NodeKind::Leaf(Datum::Null)),
        };
        Node { location, kind }
    }

    /// Where the string that stands at a span of the plain text stands in the source.
    fn place(&mut self, span: Span) -> Location {
        let found = || -> Option<Span> {
            let bytes = self.bytes?;
            let raw = self.marked.plain.get(span.range())?;
            let (start, rest) = (raw.split(MARK).next()?, bytes.get(self.cursor..)?);
            // In a quoted string its quotes have backslashes.
            let quoted = start.replace('"', "\\\"");
            let (at, length) = [start, &quoted].iter().find_map(|text| {
                let at = memchr::memmem::find(rest, text.as_bytes())?;
                Some((self.cursor + at, text.len()))
            })?;
            // Behind a symbol the string goes on to the next quote.
            let behind = at + length;
            let end = match raw.contains(MARK) {
                false => behind,
                true => behind + memchr::memchr(b'"', bytes.get(behind..)?)? + 1,
            };
            Some(Span::new(at, end))
        };
        match found() {
            Some(span) => {
                self.cursor = span.end as usize;
                let from = self.location.span.start as usize;
                let span = Span::new(from + span.start as usize, from + span.end as usize);
                Location::new(self.location.source, span)
            }
            None => self.location,
        }
    }
}

fn policy(root: &Node) -> Option<Written> {
    let statement = root.entry("Statement")?;
    let (items, open) = match &statement.kind {
        NodeKind::List(items, open) => (items.as_slice(), *open),
        NodeKind::Object(_) => (std::slice::from_ref(statement), false),
        NodeKind::Leaf(_) => return None,
    };
    let mut written =
        Written { record: Record::new(), origins: Origins::new(root.location, root.location), open };
    for (at, item) in items.iter().enumerate() {
        let path = format!("statement[{at}]");
        written.origins.insert(path.clone(), item.location);
        match &item.kind {
            NodeKind::Object(entries) => {
                let record = self::statement(entries, &path, &mut written.origins);
                written.record.push("statement", record);
            }
            _ => {
                written.open = true;
                written.record.push("statement", Record::new());
            }
        }
    }
    Some(written)
}

fn statement(entries: &[(Text, Location, Node)], path: &str, origins: &mut Origins) -> Record {
    let mut record = Record::new();
    for (key, _, node) in entries {
        let Some(name) = key.as_literal().and_then(terraform_name) else { continue };
        let path = format!("{path}.{name}");
        origins.insert(path.clone(), node.location);
        match name {
            "sid" | "effect" => record.set_some(name, node.leaf()),
            "principals" | "not_principals" => principals(node, name, &path, origins, &mut record),
            "condition" => conditions(node, &path, origins, &mut record),
            _ => record.set(name, list(node, &path, origins)),
        }
    }
    record
}

fn list(node: &Node, path: &str, origins: &mut Origins) -> Datum {
    origins.insert(path, node.location);
    let items = match &node.kind {
        NodeKind::List(items, open) => {
            let mut out = Vec::new();
            for (at, item) in items.iter().enumerate() {
                origins.insert(format!("{path}[{at}]"), item.location);
                out.push(item.leaf().unwrap_or(Datum::Null));
            }
            let unknown = Expression::reference("unknown").filter(|_| *open);
            return Datum::concat(out, unknown.into_iter().collect());
        }
        NodeKind::Leaf(Datum::Symbol(symbol)) => return Datum::Symbol(symbol.clone()),
        NodeKind::Leaf(datum) => vec![datum.clone()],
        NodeKind::Object(_) => vec![Datum::Null],
    };
    origins.insert(format!("{path}[0]"), node.location);
    Datum::List(items)
}

fn principals(node: &Node, block: &'static str, path: &str, origins: &mut Origins, record: &mut Record) {
    let mut push = |kind: Datum, at: Location, node: &Node, origins: &mut Origins| {
        let path = format!("{path}[{}]", record.blocks(block).len());
        origins.insert(path.clone(), at);
        let mut principals = Record::new();
        principals.set("type", kind);
        principals.set("identifiers", list(node, &format!("{path}.identifiers"), origins));
        record.push(block, principals);
    };
    match &node.kind {
        NodeKind::Object(types) => {
            for (kind, _, ids) in types {
                push(Datum::text(kind.clone()), ids.location, ids, origins);
            }
        }
        NodeKind::Leaf(Datum::Text(text)) if text.as_literal() == Some("*") => {
            push(Datum::Text("*".into()), node.location, node, origins);
        }
        // Whoever it is: a block that says nothing.
        _ => push(Datum::Null, node.location, node, origins),
    }
}

fn conditions(node: &Node, path: &str, origins: &mut Origins, record: &mut Record) {
    let mut push = |test: Option<(&Text, Location)>, key: Option<(&Text, Location)>, node: &Node| {
        let at = format!("{path}[{}]", record.blocks("condition").len());
        origins.insert(at.clone(), node.location);
        let mut condition = Record::new();
        if let Some((test, location)) = test {
            origins.insert(format!("{at}.test"), location);
            condition.set("test", Datum::text(test.clone()));
        }
        if let Some((key, location)) = key {
            origins.insert(format!("{at}.variable"), location);
            condition.set("variable", Datum::text(key.clone()));
            condition.set("values", list(node, &format!("{at}.values"), origins));
        }
        record.push("condition", condition);
    };
    let NodeKind::Object(operators) = &node.kind else {
        push(None, None, node);
        return;
    };
    for (test, test_at, keys) in operators {
        match &keys.kind {
            NodeKind::Object(entries) => {
                for (key, key_at, values) in entries {
                    push(Some((test, *test_at)), Some((key, *key_at)), values);
                }
            }
            _ => push(Some((test, *test_at)), None, keys),
        }
    }
}
