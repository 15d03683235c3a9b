//! Diagnostics and changes as text: for people, for machines, as a diff.
//!
//! Every text that comes from a file goes through [`hygiene`] and [`Masks`] here and nowhere else:
//! whoever builds a diagnostic may quote what was found.

mod conceal;
pub mod diff;
mod excerpt;
pub mod human;
mod hunk;
pub mod hygiene;
pub mod json;
pub mod list;
mod lookalike;
mod mask;
mod place;
mod redact;
mod region;
mod summary;

pub use diff::FileDiff;
pub use human::HumanOptions;
pub use mask::Masks;
pub use summary::Summary;
