//! Secrets and the IAM around them, declared once and kept true in Terraform.
//!
//! ```text
//! spec text ─► spec ─► model ─────────────► render ─► desired text ─┐
//!                       │                                           │
//!                       ▼                                           ▼
//!                    compare ─► findings ─► report                patch ─► files
//!                       ▲          └────────────────────────────────▲
//! existing text ─► syntax ─► evaluate ─► model                      │
//!                     └─────────────── spans ───────────────────────┘
//! ```
//!
//! Each module is one layer and imports only the layers above it in this list;
//! `docs/architecture.md` has the map and the invariants.

#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "tests read and write what they like"))]

pub mod access;
#[cfg(feature = "terraform")]
pub mod compare;
pub mod diagnostic;
#[cfg(feature = "terraform")]
pub mod evaluate;
#[cfg(feature = "terraform")]
pub mod existing;
pub mod files;
pub mod json;
pub mod model;
#[cfg(feature = "terraform")]
pub mod patch;
#[cfg(feature = "terraform")]
pub mod pipeline;
pub mod policy;
#[cfg(feature = "terraform")]
pub mod render;
pub mod report;
#[cfg(feature = "terraform")]
pub mod scaffold;
pub mod source;
#[cfg(feature = "terraform")]
pub mod spec;
#[cfg(feature = "terraform")]
pub mod syntax;
