//! HCL text, and nothing of AWS: a lossless lexer, the items of a file, a flat tree made on
//! demand. It takes what Terraform takes and refuses what Terraform refuses.
//!
//! ```text
//! bytes ─► lex (one item at a time) ─► tokens ─► index (items) ─► parse ─► tree
//!                                        └─► format (edits of blanks, three rewrites)
//! ```
//!
//! ```
//! let file = secretform::syntax::File::parse(b"tags = { Name = \"a/b\" } # as in the console\n");
//! assert!(file.errors().is_empty());
//! let tags = file.body().attribute("tags").map(|attribute| attribute.value().canonical());
//! assert_eq!(tags.as_deref(), Some("{ Name = \"a/b\" }"));
//! ```

#[cfg(feature = "hcl")]
pub mod bridge;
mod canonical;
pub mod escape;
mod format;
mod index;
pub mod lex;
mod node;
mod parse;
pub mod tf_json;
mod tree;

pub use crate::diagnostic::SyntaxError;
pub use format::{format, format_edits, format_item, is_formatted};
pub use index::{Item, ItemKind, Label, next_item};
pub use lex::{Token, TokenKind};
pub(crate) use tree::for_each_item_between;
pub use tree::{
    Attribute, BinaryOp, Block, Body, BodyItem, Directive, Expr, ExprKind, File, ObjectItem, Step, Template,
    TemplatePart, UnaryOp, for_each_item, parse_item,
};
