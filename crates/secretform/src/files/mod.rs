//! The only I/O of the library: find the repository and its spec, read files, write them whole.

pub mod discover;
mod disk;
#[cfg(test)]
mod tests;
mod write;

pub use disk::Disk;
pub use write::{Replacement, WriteError, WriteErrorKind, write};
