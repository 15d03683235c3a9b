//! Bytes in memory: files by label, spans in them, and edits that can't overlap. No I/O.

mod edit;
mod file;
mod span;

pub use edit::{Edit, Edits, Overlap};
pub use file::{Source, SourceId, SourceMap};
pub use span::{Position, Span};
