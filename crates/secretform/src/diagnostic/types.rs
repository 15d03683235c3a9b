//! One diagnostic, as data; `report` turns it into text.

use super::{Rule, Severity};
use crate::source::{SourceId, Span};

/// A range in a file of the run's [`SourceMap`](crate::source::SourceMap).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// Which file.
    pub source: SourceId,
    /// Which bytes.
    pub span: Span,
}

impl Location {
    /// The bytes `span` of `source`.
    pub fn new(source: SourceId, span: Span) -> Self {
        Self { source, span }
    }
}

/// Something to tell a person. Build with [`Diagnostic::new`] and the methods named as its parts.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Diagnostic {
    /// What kind.
    pub rule: &'static Rule,
    /// The rule's own severity, unless the spec says another.
    pub severity: Severity,
    /// One sentence: what is wrong.
    pub message: String,
    /// The Terraform address or the spec's name of the thing, attribute included.
    pub address: Option<String>,
    /// Where; absent for what stands in no file.
    pub location: Option<Location>,
    /// Two or three words at the caret.
    pub label: Option<String>,
    /// What should stand there.
    pub expected: Option<String>,
    /// What stands there.
    pub found: Option<String>,
    /// Why it matters, or how it was concluded.
    pub reason: Option<String>,
    /// What to write or run instead.
    pub fix: Option<String>,
    /// Other places that explain it.
    pub related: Vec<(Location, String)>,
    /// Digest of what was found, to be accepted by a `rule`'s `seen`.
    pub seen: Option<String>,
}

impl Diagnostic {
    /// A diagnostic of `rule` with the rule's severity.
    pub fn new(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            message: message.into(),
            address: None,
            location: None,
            label: None,
            expected: None,
            found: None,
            reason: None,
            fix: None,
            related: Vec::new(),
            seen: None,
        }
    }

    /// Sets the severity.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Sets the address.
    #[must_use]
    pub fn address(mut self, address: impl Into<String>) -> Self {
        self.address = Some(address.into());
        self
    }

    /// Sets the place.
    #[must_use]
    pub fn at(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }

    /// Sets the words at the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Sets what should stand there.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Sets what stands there.
    #[must_use]
    pub fn found(mut self, found: impl Into<String>) -> Self {
        self.found = Some(found.into());
        self
    }

    /// Sets the reason.
    #[must_use]
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// Sets what to do.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, location: Location, message: impl Into<String>) -> Self {
        self.related.push((location, message.into()));
        self
    }

    /// Sets the digest of what was found.
    #[must_use]
    pub fn seen(mut self, digest: impl Into<String>) -> Self {
        self.seen = Some(digest.into());
        self
    }
}
