//! What is wrong with a text as HCL or as JSON, before anybody asks what it means.

use super::{Diagnostic, Location, Rule};
use crate::source::{SourceId, Span};

/// One thing that Terraform, or AWS, would refuse too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The bytes that are wrong, or the opener of what is never closed.
    pub span: Span,
    /// One sentence: what is wrong.
    pub message: String,
    /// Two or three words at the caret.
    pub label: Option<String>,
    /// What to write instead.
    pub help: Option<String>,
}

impl SyntaxError {
    /// An error without label and help.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), label: None, help: None }
    }

    /// Sets the words at the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Sets what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// As a diagnostic of `rule`, in `source`.
    pub fn diagnostic(&self, rule: &'static Rule, source: SourceId) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(rule, self.message.clone()).at(Location::new(source, self.span));
        diagnostic.label = self.label.clone();
        diagnostic.fix = self.help.clone();
        diagnostic
    }
}

impl std::fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for SyntaxError {}
