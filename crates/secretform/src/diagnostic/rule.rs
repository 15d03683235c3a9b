//! A kind of diagnostic: its code, its name, how bad it is, its page.

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Said, and changes no exit code.
    Note,
    /// Said; fails a run only where asked.
    Warning,
    /// Fails the run.
    Error,
}

impl Severity {
    /// The word that people and machines read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A kind of diagnostic. Each is a constant beside the code that reports it.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// `SF` and three digits, never reused.
    pub code: &'static str,
    /// Lower case, words joined by `-`.
    pub name: &'static str,
    /// Unless a `rule` block of the spec says another.
    pub severity: Severity,
    /// Markdown: what, why, example, fix.
    pub page: &'static str,
    /// Whether a `rule` must carry `seen`, a digest of what was accepted, to lower it.
    pub needs_seen: bool,
}
