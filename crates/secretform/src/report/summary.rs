//! How many diagnostics there are of each severity.

use std::fmt;

use crate::diagnostic::{Diagnostic, Severity};

/// Counts by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// What fails a run.
    pub errors: usize,
    /// What fails a run where asked.
    pub warnings: usize,
    /// What is only said.
    pub notes: usize,
}

impl Summary {
    /// Counts `diagnostics`.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let mut summary = Self::default();
        for diagnostic in diagnostics {
            match diagnostic.severity {
                Severity::Error => summary.errors += 1,
                Severity::Warning => summary.warnings += 1,
                Severity::Note => summary.notes += 1,
            }
        }
        summary
    }

    /// How many weigh as much as `severity` or more.
    pub fn at_least(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.errors + self.warnings,
            Severity::Note => self.errors + self.warnings + self.notes,
        }
    }
}

/// `2 errors, 1 warning`; `nothing found` if there is nothing.
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")];
        let mut first = true;
        for (count, word) in counts.into_iter().filter(|(count, _)| *count > 0) {
            let comma = if first { "" } else { ", " };
            let plural = if count == 1 { "" } else { "s" };
            write!(f, "{comma}{count} {word}{plural}")?;
            first = false;
        }
        if first { f.write_str("nothing found") } else { Ok(()) }
    }
}
