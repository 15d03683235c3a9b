//! Terraform, and nothing of AWS: blocks with their values as far as they are known without
//! running Terraform. What can't be known stays a symbol, equal only to itself.

mod block;
pub mod expression;
mod json;

mod merge;
mod scope;

pub(crate) use block::unwrapped;
pub use block::{Attribute, Block, Body, Value};
pub use expression::{datum, key};
pub use json::{json_attributes, json_blocks};
pub use merge::merge;
pub use scope::Scope;
