//! What no output shows: secret values, wherever they stand.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::conceal::{self, Kind};
use crate::diagnostic::Location;
use crate::source::{SourceId, Span};

/// What is shown instead of a hidden value.
pub(super) const HIDDEN: &str = "(sensitive)";

/// What to hide beyond what hides itself.
///
/// The values of attributes with `secret_string`, `secret_binary` or `password` in their name are hidden
/// in any text without being told, and so are `default` and `example` of a `field` or
/// `variable` that says `sensitive`.
#[derive(Clone, Debug, Default)]
pub struct Masks {
    spans: BTreeMap<SourceId, Vec<Span>>,
    names: BTreeSet<String>,
}

impl Masks {
    /// Nothing but what hides itself.
    pub fn new() -> Self {
        Self::default()
    }

    /// Hides these bytes of a file.
    pub fn hide(&mut self, location: Location) {
        self.spans.entry(location.source).or_default().push(location.span);
    }

    /// Hides the value of every attribute or key of this name: a field that the spec calls sensitive.
    pub fn hide_name(&mut self, name: &str) {
        // Thousands of secrets have one of a few names.
        if !self.names.contains(name) {
            self.names.insert(name.to_owned());
        }
    }

    /// Whether the value of an attribute or key of this name is hidden.
    pub fn hides(&self, name: &str) -> bool {
        conceal::is_sensitive(name, &self.names)
    }

    /// All that is hidden in a text, in order, none touching another.
    pub(super) fn hidden(&self, source: Option<SourceId>, label: &str, bytes: &[u8]) -> Vec<Span> {
        let mut spans = self.found(label, bytes);
        spans.extend(self.told(source));
        merge(spans)
    }

    /// What hides itself in a text of this name.
    pub(super) fn found(&self, label: &str, bytes: &[u8]) -> Vec<Span> {
        let kind = if label.ends_with(".json") { Kind::Json } else { Kind::Hcl };
        conceal::values(bytes, kind, &self.names)
    }

    /// What was told to be hidden in a file.
    pub(super) fn told(&self, source: Option<SourceId>) -> &[Span] {
        source.and_then(|source| self.spans.get(&source)).map_or(&[], Vec::as_slice)
    }

    /// A message without the values that it quotes.
    pub(super) fn message<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let spans = conceal::values(text.as_bytes(), Kind::Prose, &self.names);
        if spans.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for span in spans {
            // Values begin after and end before ASCII, so these are boundaries of characters.
            out.push_str(text.get(at..span.start as usize).unwrap_or_default());
            out.push_str(HIDDEN);
            at = span.end as usize;
        }
        out.push_str(text.get(at..).unwrap_or_default());
        Cow::Owned(out)
    }

    /// What was expected or found at an address: nothing of it if the address is of a secret value.
    pub(super) fn value<'a>(&self, address: Option<&str>, text: &'a str) -> Cow<'a, str> {
        let plain = |address: &str| conceal::is_plain(address.as_bytes(), text.as_bytes());
        if address.is_some_and(|address| self.is_sensitive_address(address) && !plain(address)) {
            return Cow::Borrowed(HIDDEN);
        }
        self.message(text)
    }

    /// Looks at the steps after type and label: a container *called* `db_password` hides nothing.
    fn is_sensitive_address(&self, address: &str) -> bool {
        let steps = address.split(['.', '[', ']', '"']).filter(|step| !step.is_empty());
        let skip = if address.starts_with("data.") || address.starts_with("ephemeral.") { 3 } else { 2 };
        steps.skip(skip).any(|step| conceal::is_sensitive(step, &self.names))
    }
}

/// Sorts, and joins what overlaps or touches.
pub(super) fn merge(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans.into_iter().filter(|span| !span.is_empty()) {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => *last = last.to(span),
            _ => merged.push(span),
        }
    }
    merged
}
