//! HCL text, and nothing of AWS: a lossless lexer, the items of a file, a flat tree made on
//! demand. It takes what Terraform takes and refuses what Terraform refuses.
//!
//! ```text
//! bytes ─► lex (one item at a time) ─► tokens ─► index (items) ─► parse ─► tree
//! ```

pub mod lex;

pub use lex::{Token, TokenKind};
