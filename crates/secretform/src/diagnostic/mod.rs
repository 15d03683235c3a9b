//! What is wrong, where, and what to do: one shape for errors, findings, warnings and notes.

pub mod codes;
mod order;
mod rule;
pub mod suggest;
mod syntax_error;
mod types;
mod unreadable;

pub use order::sort;
pub use rule::{Rule, Severity};
pub use syntax_error::SyntaxError;
pub use types::{Diagnostic, Location};
