//! From what differs to the smallest splices that make it equal. Foreign bytes never change:
//! an edit touches what it must, in the style that stands there.

mod argument;
mod block;
mod collection;
mod lines;
mod narrow;

pub use block::{Held, patch_block};
pub use lines::{LineEnd, indented};
pub(crate) use lines::{indentation, line_end};
pub use narrow::narrowed;
