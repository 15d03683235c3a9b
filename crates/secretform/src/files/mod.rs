//! The only I/O of the library: find the repository and its spec, read files, write them whole.

pub mod discover;
mod disk;
#[cfg(test)]
mod tests;
mod write;

#[cfg(feature = "terraform")]
pub use crate::existing::{Syntax, TerraformFile, terraform_files, terraform_files_among};
pub use disk::Disk;
pub use write::{Replacement, WriteError, WriteErrorKind, write};
