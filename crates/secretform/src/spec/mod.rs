//! The spec, `secretform.hcl`: its text to typed values, every error with its place, and on to
//! the model. No I/O.

mod errors;
mod fields;
mod halves;
mod literal;
mod lower;
mod oidc;
mod own;
mod parse;
mod probe;
mod readers;
mod reference;
mod rules;
pub mod schema;
mod secrets;
mod types;
mod value;
mod values;
mod version;

pub use lower::{Lowered, Places, lower};
pub use parse::parse;
pub use types::{Override, Spec};

use crate::diagnostic::Diagnostic;
use crate::source::SourceId;

/// [`parse()`] and [`lower()`]: the model that a spec declares, unless there is an error; all errors
/// and warnings in order of place.
pub fn read(source: SourceId, bytes: &[u8]) -> (Option<Lowered>, Vec<Diagnostic>) {
    let (spec, mut diagnostics) = parse(source, bytes);
    let Some(spec) = spec else { return (None, diagnostics) };
    let (lowered, more) = lower(&spec);
    diagnostics.extend(more);
    diagnostics.sort_by_key(|diagnostic| diagnostic.location);
    (lowered, diagnostics)
}

#[cfg(test)]
mod tests;
