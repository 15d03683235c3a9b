//! Where each part of a policy stands, by the path of the record's part.

use std::collections::BTreeMap;

use crate::source::Span;

/// Spans by path: `version`, `statement[0]`, `statement[0].actions[1]`,
/// `statement[0].principals[0].identifiers`, `statement[0].condition[0].values[2]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    whole: Span,
    places: BTreeMap<String, Span>,
}

impl Places {
    pub(super) fn new(whole: Span) -> Self {
        Self { whole, places: BTreeMap::new() }
    }

    pub(super) fn insert(&mut self, path: impl Into<String>, span: Span) {
        self.places.insert(path.into(), span);
    }

    /// The whole policy.
    pub fn whole(&self) -> Span {
        self.whole
    }

    /// The place of exactly `path`.
    pub fn get(&self, path: &str) -> Option<Span> {
        self.places.get(path).copied()
    }

    /// The place of `path`, or of the nearest part around it that stands in the text.
    pub fn nearest(&self, path: &str) -> Span {
        let mut path = path;
        loop {
            if let Some(span) = self.get(path) {
                return span;
            }
            match path.rfind(['.', '[']) {
                Some(at) => path = &path[..at],
                None => return self.whole,
            }
        }
    }

    /// All places, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Span)> {
        self.places.iter().map(|(path, span)| (path.as_str(), *span))
    }
}
