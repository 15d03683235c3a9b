//! Declared against found, on meaning: order, layout and spelling are no difference. It knows
//! records and the table of attributes, and no text format.

mod difference;
mod records;
mod statements;

pub use difference::{Difference, DifferenceKind, Path, Step};
pub use records::compare;
pub use statements::{Match, matching};
