//! Which found statement a declared one is: by its Sid, else by what it means.

use crate::model::{Datum, Record};
use crate::policy::normal_statement;

/// Whether a declared statement and a found one are the same, by one measure.
type Likeness = dyn Fn(&Record, &Record) -> bool;

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

/// Finds the statement that each of `declared` is among `found`, one to one. Tried in this
/// order: its Sid; equal meaning; then, among statements without a Sid, equal effect, actions,
/// principals and conditions.
///
/// In a document that is owned `whole`, the last one left on each side are one that changed.
pub fn matching(declared: &[Record], found: &[Record], whole: bool) -> Vec<Match> {
    let found: Vec<Record> = found.iter().map(normal_statement).collect();
    let declared: Vec<Record> = declared.iter().map(normal_statement).collect();
    let mut matches = vec![Match::None; declared.len()];
    let mut free = vec![true; found.len()];
    let by_sid = |a: &Record, b: &Record| sid(a).is_some() && sid(a) == sid(b);
    let by_meaning = |a: &Record, b: &Record| without(a, &["sid"]) == without(b, &["sid"]);
    let by_likeness = |a: &Record, b: &Record| {
        const NAMES: &[&str] = &["sid", "resources", "not_resources"];
        sid(b).is_none() && without(a, NAMES) == without(b, NAMES)
    };
    let passes: [&Likeness; 3] = [&by_sid, &by_meaning, &by_likeness];
    for pass in passes {
        for (at, statement) in declared.iter().enumerate() {
            if matches[at] != Match::None {
                continue;
            }
            let candidates: Vec<usize> =
                (0..found.len()).filter(|&other| free[other] && pass(statement, &found[other])).collect();
            matches[at] = match candidates.as_slice() {
                [] => continue,
                [one] => Match::One(*one),
                _ => Match::Several(candidates.clone()),
            };
            candidates.iter().for_each(|other| free[*other] = false);
        }
    }
    let unmatched: Vec<usize> = (0..declared.len()).filter(|&at| matches[at] == Match::None).collect();
    let left: Vec<usize> = (0..found.len()).filter(|&at| free[at]).collect();
    if let (true, [at], [other]) = (whole, unmatched.as_slice(), left.as_slice()) {
        matches[*at] = Match::One(*other);
    }
    matches
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
