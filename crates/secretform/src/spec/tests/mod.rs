//! What specs say, what is wrong with wrong ones, and that no text panics.

mod examples;
mod hostile;
mod wrong;

use crate::diagnostic::Diagnostic;
use crate::report::{HumanOptions, Masks, human};
use crate::source::{Source, SourceMap};

use super::{Lowered, read};

/// Reads and lowers a spec; all diagnostics as people see them.
fn run(text: &str) -> (Option<Lowered>, Vec<Diagnostic>, String) {
    let mut sources = SourceMap::new();
    let source = sources.add(Source::new("secretform.hcl", text.as_bytes()));
    let (lowered, diagnostics) = read(source, text.as_bytes());
    let shown = human::render(&diagnostics, &sources, &Masks::new(), &HumanOptions::default());
    (lowered, diagnostics, shown)
}
