//! The statements of a policy wherever an argument has them from: documents and the documents
//! that these take in, `jsonencode`, text, files, locals.

use super::super::view::View;
use crate::access::trust::Verdict;
use crate::diagnostic::Location;
use crate::evaluate::{Block, Value};
use crate::existing::{Found, Origins, written};
use crate::model::{Address, Datum, Expression, Record};
use crate::policy::variables_as_iam;

/// What a run reads policies with.
pub(super) struct Reader<'a> {
    pub(super) view: &'a View<'a>,
    read: &'a dyn Fn(&str) -> Option<Vec<u8>>,
}

/// Statements, and where each stands.
#[derive(Default)]
pub(super) struct Said {
    pub(super) statements: Vec<Record>,
    /// Of each statement: which of the origins, and its number there.
    homes: Vec<(usize, usize)>,
    origins: Vec<Origins>,
    /// Whether only Terraform knows all of them.
    pub(super) open: bool,
    /// A part that is in no form that is read: of a variable, a module, a condition.
    pub(super) unread: Option<Location>,
    /// Whether the spec declares whose tokens the role takes, and so how it knows them.
    pub(super) tokens_are_declared: bool,
    /// Documents that they are from.
    pub(super) documents: Vec<Address>,
    /// Blocks and expressions that were read.
    texts: Vec<Location>,
}

impl Said {
    /// A policy that the spec declares, and that stands so.
    pub(super) fn declared(record: &Record, place: Location) -> Self {
        let mut said = Self::default();
        said.add(record, Origins::new(place, place), variables_as_iam);
        said
    }

    /// Adds a policy's statements; one that was there with the Sid of one of them is replaced.
    ///
    /// Source: provider documentation, `aws_iam_policy_document`, *Argument Reference*.
    fn add(&mut self, record: &Record, origins: Origins, change: impl Fn(&Record) -> Record) {
        let home = self.origins.len();
        self.origins.push(origins);
        let end = self.statements.len();
        for (index, statement) in record.blocks("statement").iter().enumerate() {
            let statement = change(statement);
            let sid = statement.get("sid").filter(|sid| sid.is_known());
            let replaced = (0..end).find(|at| sid.is_some() && self.statements[*at].get("sid") == sid);
            match replaced {
                Some(at) => {
                    self.statements[at] = statement;
                    self.homes[at] = (home, index);
                }
                None => {
                    self.statements.push(statement);
                    self.homes.push((home, index));
                }
            }
        }
    }

    /// Where what a verdict is about stands.
    pub(super) fn place(&self, verdict: &Verdict) -> Location {
        let (home, index) = self.homes[verdict.statement];
        let path = verdict.path();
        let rest = path.split_once(']').map_or("", |(_, rest)| rest);
        self.origins[home].nearest(&format!("statement[{index}]{rest}"))
    }
}

/// Documents that take each other in are no Terraform; this ends the walk through them.
const DEEPEST: usize = 16;

impl<'a> Reader<'a> {
    pub(super) fn new(view: &'a View<'a>, read: &'a dyn Fn(&str) -> Option<Vec<u8>>) -> Self {
        Self { view, read }
    }

    /// Adds the statements of the policy that a value is.
    pub(super) fn follow(&self, value: &Value, depth: usize, said: &mut Said) {
        if depth > DEEPEST {
            return;
        }
        if let Datum::Symbol(symbol) = &value.datum {
            if let Some(label) = document_label(symbol) {
                self.document(&Address::policy_document(label), depth, said);
                return;
            }
            if let Some(local) = symbol.canonical().strip_prefix("local.").and_then(|name| self.local(name)) {
                self.follow(local, depth + 1, said);
                return;
            }
        }
        if let Some(policy) = written(value, self.view.scope, self.view.sources, self.read) {
            said.texts.push(value.location);
            said.open |= policy.open;
            said.add(&policy.record, policy.origins, |statement| self.view.scope.resolve_record(statement));
        } else {
            said.unread.get_or_insert(value.location);
        }
    }

    fn local(&self, name: &str) -> Option<&Value> {
        let locals = self.view.root.blocks.iter().filter(|block| block.type_name == "locals");
        locals.filter_map(|block| block.body.value(name)).next_back()
    }

    /// Adds the statements of a policy document and of those that it takes in.
    pub(super) fn document(&self, address: &Address, depth: usize, said: &mut Said) {
        said.documents.push(address.clone());
        let places = self.view.found.get(address).map_or(&[][..], Vec::as_slice);
        for block in places.iter().filter_map(|at| self.view.root.blocks.get(*at)) {
            said.texts.push(block.location);
            let taken_in = |name: &str, said: &mut Said| {
                if let Some(value) = block.body.value(name) {
                    self.taken_in(value, depth + 1, said);
                }
            };
            taken_in("source_json", said);
            taken_in("source_policy_documents", said);
            let found = expanded(block, said);
            said.add(&found.record, found.origins, |statement| {
                variables_as_iam(&self.view.scope.resolve_record(statement))
            });
            taken_in("override_policy_documents", said);
            taken_in("override_json", said);
        }
    }

    /// Adds the statements of documents that another takes in: one, or a list of them.
    fn taken_in(&self, value: &Value, depth: usize, said: &mut Said) {
        let of_one = |datum: Datum| Value { datum, location: value.location, parts: Vec::new() };
        match self.view.scope.resolve(&value.datum) {
            Datum::Null => {}
            Datum::List(items) if items.len() == value.parts.len() => {
                value.parts.iter().for_each(|(_, item)| self.follow(item, depth, said));
            }
            Datum::List(items) => items.into_iter().for_each(|item| self.follow(&of_one(item), depth, said)),
            Datum::Concat(items, _) => {
                items.into_iter().for_each(|item| self.follow(&of_one(item), depth, said));
                said.open = true;
            }
            _ => {
                let unread = said.unread;
                self.follow(value, depth, said);
                // A list that only Terraform knows, or one document: either may add statements.
                said.open |= unread != said.unread;
            }
        }
    }

    /// Whether the text that was read could speak of OIDC tokens.
    pub(super) fn speaks_of_tokens(&self, said: &Said) -> bool {
        said.texts.iter().any(|location| {
            let bytes = self.view.sources.get(location.source).bytes();
            let text = bytes.get(location.span.range()).unwrap_or_default();
            memchr::memmem::find(text, b"WebIdentity").is_some()
        })
    }
}

/// A document's record in which each `dynamic` block stands as one that says nothing.
fn expanded(block: &Block, said: &mut Said) -> Found {
    let mut found = Found::read(block);
    for (path, _) in std::mem::take(&mut found.dynamic) {
        let nested = path.strip_prefix("statement[").and_then(|rest| rest.split_once("]."));
        let Some((index, name)) = nested else {
            said.open |= path == "statement";
            continue;
        };
        let Ok(index) = index.parse::<usize>() else { continue };
        let mut record = Record::new();
        for (name, value) in found.record.arguments() {
            record.set(name.to_owned(), value.clone());
        }
        for (at, statement) in found.record.blocks("statement").iter().enumerate() {
            let mut statement = statement.clone();
            if at == index {
                statement.push(name.to_owned(), Record::new());
            }
            record.push("statement", statement);
        }
        found.record = record;
    }
    found
}

/// The label of the document whose JSON an expression is, by itself or as the only instance.
pub(super) fn document_label(symbol: &Expression) -> Option<&str> {
    let text = symbol.canonical();
    let text = text
        .strip_prefix("join(\"\", ")
        .or_else(|| text.strip_prefix("one("))
        .map_or(text, |inner| inner.strip_suffix(')').unwrap_or(inner));
    let rest = text.strip_prefix("data.aws_iam_policy_document.")?;
    let (label, rest) = rest.split_at(rest.find(['.', '['])?);
    let rest = match rest.strip_prefix('[') {
        Some(index) => index.split_once(']').map(|(_, rest)| rest)?,
        None => rest,
    };
    matches!(rest, ".json" | ".minified_json" | ".json[0]").then_some(label)
}
