//! What is wrong, where, and what to do: one shape for errors, findings, warnings and notes.

pub mod codes;
mod rule;
mod types;

pub use rule::{Rule, Severity};
pub use types::{Diagnostic, Location};
