//! Which found statement a declared one is: by its Sid, else by what it means.

use super::records::compare;
use crate::model::attributes::Table;
use crate::model::{Datum, Record};

/// The found statement that a declared one is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// The statement of this index.
    One(usize),
    /// None is it.
    None,
    /// Several could be; nothing decides between them.
    Several(Vec<usize>),
}

/// Finds the statement that `declared` is among those `free` for it (not yet claimed by
/// another declared one). Tried in this order: its Sid; equal meaning; then, among statements
/// without a Sid, equal effect, actions, principals and conditions.
pub fn matching(declared: &Record, found: &[Record], free: &[bool], table: &'static Table) -> Match {
    let candidates: Vec<usize> = (0..found.len()).filter(|&at| free[at]).collect();
    let sid = sid(declared);
    if let Some(sid) = sid {
        let same: Vec<usize> =
            candidates.iter().copied().filter(|&at| self::sid(&found[at]) == Some(sid)).collect();
        if !same.is_empty() {
            return one_of(same);
        }
    }
    let bare = without(declared, &["sid"]);
    let equal: Vec<usize> = candidates
        .iter()
        .copied()
        .filter(|&at| compare(&bare, &without(&found[at], &["sid"]), table).is_empty())
        .collect();
    if !equal.is_empty() {
        return one_of(equal);
    }
    const WHAT: &[&str] = &["sid", "resources", "not_resources"];
    let bare = without(declared, WHAT);
    let alike = candidates
        .into_iter()
        .filter(|&at| self::sid(&found[at]).is_none())
        .filter(|&at| compare(&bare, &without(&found[at], WHAT), table).is_empty())
        .collect();
    one_of(alike)
}

fn one_of(candidates: Vec<usize>) -> Match {
    match candidates.as_slice() {
        [] => Match::None,
        [one] => Match::One(*one),
        _ => Match::Several(candidates),
    }
}

/// A statement's Sid; an empty one is none.
fn sid(record: &Record) -> Option<&Datum> {
    record.get("sid").filter(|sid| !matches!(sid, Datum::Text(text) if text.as_literal() == Some("")))
}

fn without(record: &Record, names: &[&'static str]) -> Record {
    let mut record = record.clone();
    for name in names {
        record.set(*name, Datum::Null);
    }
    record
}
