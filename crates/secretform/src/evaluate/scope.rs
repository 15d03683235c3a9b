//! Names that stand for known values: a directory's locals. Variables stay symbols, since
//! anybody can set them from outside.

use std::collections::HashMap;

use super::block::{Block, Value};
use crate::model::{Datum, Expression, Part, Record, Text};

/// The locals of a directory, override files laid over them.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    locals: HashMap<String, Datum>,
}

/// Locals that name each other in a circle are no Terraform; this ends the walk through them.
const DEEPEST: usize = 16;

impl Scope {
    /// Without names.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what a `locals` block says; later ones win, as override files come last.
    pub fn add(&mut self, block: &Block) {
        for attribute in &block.body.attributes {
            self.locals.insert(attribute.name.clone(), attribute.value.datum.clone());
        }
    }

    /// A value with every local replaced by what is known of it.
    pub fn resolve(&self, value: &Datum) -> Datum {
        if self.locals.is_empty() { value.clone() } else { self.at(value, 0) }
    }

    /// A record with every local replaced by what is known of it.
    pub fn resolve_record(&self, record: &Record) -> Record {
        if self.locals.is_empty() {
            return record.clone();
        }
        let mut out = Record::new();
        for (name, value) in record.arguments() {
            out.set(name.to_owned(), self.resolve(value));
        }
        for (name, blocks) in record.nested() {
            for block in blocks {
                out.push(name.to_owned(), self.resolve_record(block));
            }
        }
        out
    }

    /// A value read from a file, with its datum resolved; its places stay.
    pub fn resolve_value(&self, value: &Value) -> Datum {
        self.resolve(&value.datum)
    }

    fn local(&self, symbol: &Expression) -> Option<&Datum> {
        self.locals.get(symbol.canonical().strip_prefix("local.")?)
    }

    fn at(&self, value: &Datum, depth: usize) -> Datum {
        if depth > DEEPEST {
            return value.clone();
        }
        let entries = |entries: &[(Text, Datum)]| -> Vec<(Text, Datum)> {
            entries.iter().map(|(key, value)| (self.text(key, depth), self.at(value, depth))).collect()
        };
        match value {
            Datum::Symbol(symbol) => match self.local(symbol) {
                Some(known) => self.at(known, depth + 1),
                None => value.clone(),
            },
            Datum::Text(text) => Datum::text(self.text(text, depth)),
            Datum::List(items) => Datum::List(items.iter().map(|item| self.at(item, depth)).collect()),
            Datum::Object(object) => Datum::Object(entries(object)),
            Datum::Merge(base, over) => {
                let mut maps: Vec<Datum> = Vec::new();
                for map in base {
                    maps.push(self.at(&Datum::Symbol(map.clone()), depth));
                }
                merged(maps, entries(over)).unwrap_or_else(|| Datum::Merge(base.clone(), entries(over)))
            }
            Datum::Concat(items, lists) => {
                let mut known: Vec<Datum> = items.iter().map(|item| self.at(item, depth)).collect();
                let mut unknown = Vec::new();
                for list in lists {
                    match self.at(&Datum::Symbol(list.clone()), depth) {
                        Datum::List(more) => known.extend(more),
                        Datum::Symbol(symbol) => unknown.push(symbol),
                        _ => unknown.push(list.clone()),
                    }
                }
                if unknown.is_empty() { Datum::List(known) } else { Datum::Concat(known, unknown) }
            }
            Datum::Null | Datum::Bool(_) | Datum::Number(_) => value.clone(),
        }
    }

    fn text(&self, text: &Text, depth: usize) -> Text {
        let mut out = Text::new();
        for part in text.parts() {
            match part {
                Part::Literal(literal) => out.push_str(literal),
                Part::Symbol(symbol) => {
                    let known = self.local(symbol).map(|known| self.at(known, depth + 1));
                    match known.and_then(|known| super::expression::spliced(&known)) {
                        Some(piece) => out.push(&piece),
                        None => out.push_symbol(symbol.clone()),
                    }
                }
            }
        }
        out
    }
}

/// Maps merged from left to right, if the known ones stand behind the unknown ones.
fn merged(maps: Vec<Datum>, over: Vec<(Text, Datum)>) -> Option<Datum> {
    let mut base = Vec::new();
    let mut known: Vec<(Text, Datum)> = Vec::new();
    let lay = |known: &mut Vec<(Text, Datum)>, (key, value): (Text, Datum)| match known
        .iter_mut()
        .find(|(other, _)| *other == key)
    {
        Some(entry) => entry.1 = value,
        None => known.push((key, value)),
    };
    for map in maps {
        match map {
            Datum::Symbol(symbol) if known.is_empty() => base.push(symbol),
            Datum::Object(entries) => entries.into_iter().for_each(|entry| lay(&mut known, entry)),
            Datum::Merge(inner, entries) if known.is_empty() => {
                base.extend(inner);
                entries.into_iter().for_each(|entry| lay(&mut known, entry));
            }
            _ => return None,
        }
    }
    over.into_iter().for_each(|entry| lay(&mut known, entry));
    Some(if base.is_empty() { Datum::Object(known) } else { Datum::Merge(base, known) })
}
