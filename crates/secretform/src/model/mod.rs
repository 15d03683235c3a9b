//! Secrets, readers and IAM policies as typed values. No I/O, no text format, no serde;
//! illegal values can't be built.

mod address;
mod datum;
mod text;

pub use address::{Address, Mode};
pub use datum::{Datum, Kind};
pub use text::{Expression, Part, Sameness, Text};
