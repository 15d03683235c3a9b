//! Collects the spec's errors, each with its place.

use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Diagnostic, Location, Rule, Severity, codes};
use crate::source::{SourceId, Span};

/// All errors and warnings of one spec.
#[derive(Debug)]
pub(super) struct Errors {
    source: SourceId,
    found: Vec<Diagnostic>,
}

impl Errors {
    pub(super) fn new(source: SourceId) -> Self {
        Self { source, found: Vec::new() }
    }

    /// In order of place. What is inherited goes wrong at every heir, and is said once.
    pub(super) fn into_vec(self) -> Vec<Diagnostic> {
        let mut found = self.found;
        found.sort_by_key(|diagnostic| diagnostic.location);
        found.dedup_by(|a, b| (a.rule, a.location, &a.message) == (b.rule, b.location, &b.message));
        found
    }

    /// Those of `other` come after these.
    pub(super) fn append(&mut self, other: Self) {
        self.found.extend(other.found);
    }

    /// Whether there is an error among them, and no warnings alone.
    pub(super) fn failed(&self) -> bool {
        self.found.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.found.len()
    }

    /// Adds one: `message` says what is wrong, `label` stands at the caret. More is added to
    /// what is returned.
    pub(super) fn add(
        &mut self,
        rule: &'static Rule,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Detail<'_> {
        let source = self.source;
        let at = self.found.len();
        let mut diagnostic = Diagnostic::new(rule, message).at(Location::new(source, span));
        diagnostic.label = Some(label.into()).filter(|label| !label.is_empty());
        self.found.push(diagnostic);
        Detail { source, diagnostic: &mut self.found[at] }
    }

    /// A word that isn't one of `known`; `now` are those that are listed if none is near.
    pub(super) fn unknown(
        &mut self,
        span: Span,
        message: impl Into<String>,
        word: &str,
        known: &[&str],
        now: &[&str],
    ) -> Detail<'_> {
        let fix = did_you_mean(word, known.iter().copied())
            .unwrap_or_else(|| format!("what may stand here: {}", list(now)));
        let mut detail = self.add(&codes::UNKNOWN_WORD, span, message, "not known here");
        detail.fix(fix);
        detail
    }

    /// A part of the language that this version can't do.
    pub(super) fn later(&mut self, span: Span, what: &str) {
        self.add(
            &codes::NOT_YET,
            span,
            format!("{what} comes with a later version of secretform"),
            "not in this version",
        )
        .fix("leave it out for now; docs/spec.md lists what this version takes");
    }

    /// Another type or kind than the attribute takes.
    pub(super) fn wrong(
        &mut self,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Detail<'_> {
        self.add(&codes::WRONG_TYPE, span, message, label)
    }

    /// Something that must be there and isn't.
    pub(super) fn missing(
        &mut self,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Detail<'_> {
        self.add(&codes::MISSING_WORD, span, message, label)
    }

    /// One thing declared twice.
    pub(super) fn twice(&mut self, span: Span, first: Span, message: impl Into<String>) -> Detail<'_> {
        let mut detail = self.add(&codes::DECLARED_TWICE, span, message, "again here");
        detail.related(first, "first here");
        detail
    }
}

/// What else there is to say of the error that was just added.
pub(super) struct Detail<'e> {
    source: SourceId,
    diagnostic: &'e mut Diagnostic,
}

impl Detail<'_> {
    pub(super) fn fix(&mut self, fix: impl Into<String>) -> &mut Self {
        self.diagnostic.fix = Some(fix.into());
        self
    }

    pub(super) fn severity(&mut self, severity: Severity) -> &mut Self {
        self.diagnostic.severity = severity;
        self
    }

    pub(super) fn reason(&mut self, reason: impl Into<String>) -> &mut Self {
        self.diagnostic.reason = Some(reason.into());
        self
    }

    pub(super) fn related(&mut self, span: Span, message: impl Into<String>) -> &mut Self {
        self.diagnostic.related.push((Location::new(self.source, span), message.into()));
        self
    }
}

/// `` `a`, `b` `` and `` `c` `` as the end of a sentence.
pub(super) fn list(words: &[&str]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [one] => format!("`{one}`"),
        [most @ .., last] => {
            let most: Vec<String> = most.iter().map(|word| format!("`{word}`")).collect();
            format!("{} and `{last}`", most.join(", "))
        }
    }
}
