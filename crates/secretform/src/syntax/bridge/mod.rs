//! To and from the types of the crate [`hcl`] (hcl-rs), for those who have or want them.
//!
//! Our text or tree becomes an [`hcl::Body`] or [`hcl::Expression`] by `TryFrom`; theirs becomes
//! text, laid out as `terraform fmt` does, by [`body_text`] and [`expression_text`]. What can't be
//! kept is an error, never a guess: hcl-rs holds numbers in 64 bits and has fewer names. Comments,
//! blank lines and repeated keys of an object (the last one counts) don't come along.
//!
//! This module alone names types of hcl-rs. It neither parses nor prints by it: its parser refuses
//! some text that Terraform takes, and it prints `"a\n${b}"` as a string over two lines.
//!
//! ```
//! use secretform::syntax::{File, bridge};
//!
//! let file = File::parse(b"bucket = \"${var.prefix}-logs\"\n");
//! let mut body = hcl::Body::try_from(file.body())?;
//! body.0.push(hcl::Attribute::new("acl", "private").into());
//! assert_eq!(bridge::body_text(&body)?, "bucket = \"${var.prefix}-logs\"\nacl    = \"private\"\n");
//! # Ok::<(), bridge::BridgeError>(())
//! ```

mod from_hcl;
mod to_hcl;

pub use from_hcl::{body_text, expression_text};

use super::SyntaxError;
use crate::source::Span;

/// Why something can't cross the bridge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BridgeError {
    /// One sentence.
    pub message: String,
    /// Where it stands, if it comes from our text.
    pub span: Option<Span>,
}

impl BridgeError {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), span: None }
    }

    fn at(span: Span, message: impl Into<String>) -> Self {
        Self { message: message.into(), span: Some(span) }
    }
}

impl From<&SyntaxError> for BridgeError {
    fn from(error: &SyntaxError) -> Self {
        Self::at(error.span, &*error.message)
    }
}

impl std::fmt::Display for BridgeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for BridgeError {}

#[cfg(test)]
mod tests;
