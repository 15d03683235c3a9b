//! Model to text: templates lay it out, values enter only through HCL or JSON escaping.
//! What comes out is formatted as `terraform fmt` would leave it, and reads back as it went in.

mod blocks;
mod files;
mod hcl;
mod layout;
mod proof;
mod runbook;
mod shape;
mod templates;

pub use blocks::{Renderer, sections};
pub use files::{FilePlace, RenderedFile};
pub use hcl::{expression, object_key};
pub use layout::{argument, nested};
pub use runbook::{Format, Runbook};
pub use templates::{BrokenTemplate, Templates};
