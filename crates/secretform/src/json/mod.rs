//! JSON text with the place of every value: reading, escaping, and the smallest edits in
//! the file's own style. Nothing of IAM, nothing of Terraform.

pub mod edit;
pub mod escape;
mod parse;
mod scan;
mod style;
mod value;

#[cfg(test)]
mod tests;

pub use crate::diagnostic::SyntaxError;
pub use parse::{MAX_DEPTH, parse};
pub use style::Style;
pub use value::{Duplicate, Json, Member, Value, ValueKind};
