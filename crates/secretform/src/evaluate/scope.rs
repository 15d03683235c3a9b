//! Names that stand for known values: a directory's locals. Variables stay symbols, since
//! anybody can set them from outside.

use std::cell::Cell;
use std::collections::HashMap;

use super::block::{Block, Value};
use crate::model::{Datum, Expression, Part, Record, Text};

/// The locals of a directory, override files laid over them.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    locals: HashMap<String, Datum>,
    /// How much was put in the place of locals in the value at hand.
    spent: Cell<usize>,
}

/// Locals that name each other in a circle are no Terraform; this ends the walk through them.
const DEEPEST: usize = 16;

/// Sixteen locals of ten references each stand for 10^16 values. Beyond this many values and
/// bytes in one, a name stays a name.
const MOST: usize = 1 << 18;

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
        if self.locals.is_empty() {
            return value.clone();
        }
        self.spent.set(0);
        self.at(value, 0)
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

    /// What `local.a`, `local.a.b` or `local.a["b"][0]` is, as it stands.
    fn local(&self, symbol: &Expression) -> Option<&Datum> {
        let path = symbol.canonical().strip_prefix("local.")?;
        let end = path.find(['.', '[']).unwrap_or(path.len());
        let (name, mut steps) = path.split_at(end);
        let mut value = self.locals.get(name)?;
        while !steps.is_empty() {
            let (step, rest) = first_step(steps)?;
            value = part(value, step)?;
            steps = rest;
        }
        Some(value)
    }

    /// Whether a value may still be put in the place of a local.
    fn affords(&self, value: &Datum) -> bool {
        let cost = match value {
            Datum::Text(text) => text.literals().map(str::len).sum::<usize>() + 1,
            _ => 1,
        };
        self.spent.set(self.spent.get().saturating_add(cost));
        self.spent.get() <= MOST
    }

    fn at(&self, value: &Datum, depth: usize) -> Datum {
        if depth > DEEPEST || depth > 0 && !self.affords(value) {
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

/// The first of the steps `.name`, `["name"]` and `[0]`, and those behind it.
fn first_step(steps: &str) -> Option<(&str, &str)> {
    let plain =
        |step: &str| !step.is_empty() && step.chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
    let (step, rest) = match steps.strip_prefix('.') {
        Some(steps) => steps.split_at(steps.find(['.', '[']).unwrap_or(steps.len())),
        None => {
            let (step, rest) = steps.strip_prefix('[')?.split_once(']')?;
            (step.strip_prefix('"').and_then(|step| step.strip_suffix('"')).unwrap_or(step), rest)
        }
    };
    plain(step).then_some((step, rest))
}

/// The entry or element of a value, where it is known which that is.
fn part<'a>(value: &'a Datum, step: &str) -> Option<&'a Datum> {
    match value {
        Datum::List(items) => items.get(step.parse::<usize>().ok()?),
        Datum::Object(entries) | Datum::Merge(_, entries) => {
            let known = entries.iter().all(|(key, _)| key.as_literal().is_some());
            let entry = entries.iter().rev().find(|(key, _)| key.as_literal() == Some(step));
            entry.filter(|_| known).map(|(_, value)| value)
        }
        _ => None,
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
