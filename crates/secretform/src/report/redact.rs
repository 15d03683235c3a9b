//! What a diagnostic says, without the secrets that it may quote.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::mask::{HIDDEN, Masks};
use crate::diagnostic::{Diagnostic, Location};
use crate::source::{SourceId, SourceMap, Span};

/// A word that nobody put in quotes is taken for a quotation of a secret from this length on.
const TELLING: usize = 6;
/// So much of a hidden value on either side of a place is compared with what is said of the place.
const NEARBY: usize = 4096;

/// A diagnostic's sentences as they may be shown.
pub(super) struct Said {
    pub(super) message: String,
    pub(super) label: Option<String>,
    pub(super) expected: Option<String>,
    pub(super) found: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) fix: Option<String>,
    pub(super) related: Vec<String>,
}

/// Knows what is hidden in the files of a run; each is searched once, when first asked for.
pub(super) struct Redactor<'a> {
    sources: &'a SourceMap,
    masks: &'a Masks,
    hidden: BTreeMap<SourceId, Vec<Span>>,
}

impl<'a> Redactor<'a> {
    pub(super) fn new(sources: &'a SourceMap, masks: &'a Masks) -> Self {
        Self { sources, masks, hidden: BTreeMap::new() }
    }

    /// What is hidden in a file.
    pub(super) fn hidden(&mut self, id: SourceId) -> &[Span] {
        self.hidden.entry(id).or_insert_with(|| {
            let source = self.sources.get(id);
            self.masks.hidden(Some(id), source.label(), source.bytes())
        })
    }

    /// The sentences of a diagnostic. What it quotes from a hidden value on its own lines is taken
    /// out, which its author need not know to be one: "the line should end here, but `hunter2` stands here".
    pub(super) fn said(&mut self, diagnostic: &Diagnostic) -> Said {
        let masks = self.masks;
        let address = diagnostic.address.as_deref();
        let secrets: Vec<Vec<u8>> =
            diagnostic.location.iter().flat_map(|location| self.secrets_at(location)).collect();
        let clean = |text: Cow<'_, str>| {
            if secrets.is_empty() { text.into_owned() } else { without(&text, &secrets) }
        };
        let told = |text: &str| clean(masks.message(text));
        let value = |text: &String| clean(masks.value(address, text));
        Said {
            message: told(&diagnostic.message),
            label: diagnostic.label.as_deref().map(told),
            expected: diagnostic.expected.as_ref().map(value),
            found: diagnostic.found.as_ref().map(value),
            reason: diagnostic.reason.as_deref().map(told),
            fix: diagnostic.fix.as_deref().map(told),
            related: diagnostic.related.iter().map(|(_, message)| told(message)).collect(),
        }
    }

    /// The hidden values on the lines of a place, as far as they are near it.
    fn secrets_at(&mut self, location: &Location) -> Vec<Vec<u8>> {
        let bytes = self.sources.get(location.source).bytes();
        let start = (location.span.start as usize).min(bytes.len());
        let end = (location.span.end as usize).clamp(start, bytes.len());
        let (first, last) = (start.saturating_sub(NEARBY), bytes.len().min(end.saturating_add(NEARBY)));
        let line = memchr::memrchr(b'\n', &bytes[first..start]).map_or(first, |at| first + at + 1);
        let line_end = memchr::memchr(b'\n', &bytes[end..last]).map_or(last, |length| end + length);
        let hidden = self.hidden(location.source);
        let from = hidden.partition_point(|span| (span.end as usize) < line);
        let on_lines = hidden[from..].iter().take_while(|span| span.start as usize <= line_end);
        on_lines
            .map(|span| bytes[(span.start as usize).max(first)..(span.end as usize).min(last)].to_vec())
            .filter(|secret| !secret.is_empty())
            .collect()
    }
}

/// `text` without the words that occur in one of `secrets`.
fn without(text: &str, secrets: &[Vec<u8>]) -> String {
    // An apostrophe may be one inside of a word, such as "can't", and no quote.
    let is_quote = |c: char| matches!(c, '`' | '"');
    let mut out = String::with_capacity(text.len());
    let mut quoted = false;
    for piece in text.split_inclusive(|c: char| c.is_whitespace() || is_quote(c)) {
        let word = piece.trim_end_matches(|c: char| c.is_whitespace() || is_quote(c));
        let end = &piece[word.len()..];
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        let start = word.find(core).unwrap_or(0);
        let apostrophe = word.starts_with('\'') || word.ends_with('\'');
        let telling = if quoted || apostrophe || end.starts_with(is_quote) { 2 } else { TELLING };
        let secret = core.chars().count() >= telling
            && secrets.iter().any(|secret| memchr::memmem::find(secret, core.as_bytes()).is_some());
        out.push_str(&word[..start]);
        out.push_str(if secret { HIDDEN } else { core });
        out.push_str(&piece[start + core.len()..]);
        quoted ^= end.starts_with(['`', '"']);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_words_of_a_secret_are_taken_out() {
        let secrets = [b"\"s3cret\" hunter2 x1 } canary".to_vec()];
        for (text, expected) in [
            (
                "the line should end here, but `hunter2` stands here",
                "the line should end here, but `(sensitive)` stands here",
            ),
            ("but `hunter2…` stands", "but `(sensitive)…` stands"),
            ("but `x1` stands", "but `(sensitive)` stands"),
            ("it can't be, but 'x1' stands", "it can't be, but '(sensitive)' stands"),
            ("found hunter2, alas", "found (sensitive), alas"),
            ("a `}` is missing, x1 or not", "a `}` is missing, x1 or not"),
            ("`\"s3cret\" hunter2`", "`\"(sensitive)\" (sensitive)`"),
        ] {
            assert_eq!(without(text, &secrets), expected);
        }
    }
}
