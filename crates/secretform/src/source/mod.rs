//! Bytes in memory: files by label, spans in them, edits that can't overlap, and the trait by which
//! they are asked for. No I/O.

mod directory;
mod edit;
mod file;
mod name;
mod path;
mod span;

pub use directory::{Directory, Entry, EntryKind, MemoryDirectory, ReadError, ReadErrorKind};
pub use edit::{Edit, Edits, Overlap};
pub use file::{Source, SourceId, SourceMap};
pub use name::is_name;
#[cfg(feature = "terraform")]
pub(crate) use name::{begins_name, goes_on_name};
pub use path::{PathError, PathErrorKind, RepoPath};
pub use span::{Position, Span};
