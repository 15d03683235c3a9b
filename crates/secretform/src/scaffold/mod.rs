//! What a person would write into a spec, written for them: a first spec from what a directory
//! holds, the presets of systems, and the splices that put one into a spec of which every other
//! byte stays.

mod preset;
mod proof;
mod readers;
mod shipped;
mod splice;
mod starter;
mod survey;

pub use preset::{Preset, named};
pub use proof::{Intent, disproof};
pub use readers::extended;
pub use shipped::SHIPPED;
pub use splice::Outline;
pub use starter::Starter;
pub use survey::Survey;
