//! What a spec declares, at a glance: as a table for people, and as a document for machines.

mod json;
mod table;

pub use json::{SCHEMA, json};
pub use table::table;

use super::place::Places;
use crate::diagnostic::Location;
use crate::model::Model;
use crate::source::SourceMap;

/// What is listed.
#[derive(Clone, Copy, Debug)]
pub struct Listing<'a> {
    /// What is declared.
    pub model: &'a Model,
    /// The files that places point into.
    pub sources: &'a SourceMap,
    /// Where each container stands, by the secret's place in the model.
    pub secrets: &'a [Option<Location>],
    /// Where the document of each grant stands, in the order of [`Model::grants`].
    pub grants: &'a [Option<Location>],
}

/// A file and a line in it.
fn place<'a>(sources: &'a SourceMap, places: &mut Places, at: Option<&Location>) -> Option<(&'a str, u32)> {
    let at = at?;
    let line = places.of(sources, at.source, at.span.start).line;
    Some((sources.get(at.source).label(), line))
}
