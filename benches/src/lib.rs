//! What all measurements share: their inputs, and how time is taken.

#![allow(
    clippy::disallowed_methods,
    reason = "measuring reads files, starts programs and looks at the clock"
)]

pub mod input;
pub mod section;
pub mod time;
