//! The spec, `secretform.hcl`: its text to typed values, every error with its place, and on to
//! the model. No I/O.

pub mod schema;
