//! What `generate` has to do, gathered while comparing: blocks to patch, blocks to add.

use std::collections::BTreeMap;

use crate::compare::Difference;
use crate::diagnostic::Location;
use crate::model::Record;
use crate::source::RepoPath;

/// Everything to be written, and everything that is not.
#[derive(Debug, Default)]
pub(super) struct Work {
    /// Differences of blocks that stand in native syntax, by the block's place.
    pub(super) patches: BTreeMap<Location, Patch>,
    /// Wanted blocks that stand nowhere: their indexes.
    pub(super) missing_blocks: Vec<usize>,
    /// Statements whose document stands nowhere: their indexes.
    pub(super) missing_documents: Vec<usize>,
    /// JSON policies and what they become.
    pub(super) policies: Vec<PolicyWork>,
}

/// What is to be done to one block.
#[derive(Debug, Default)]
pub(super) struct Patch {
    pub(super) address: String,
    pub(super) differences: Vec<Difference>,
}

/// What is to be done to one policy file.
#[derive(Debug)]
pub(super) struct PolicyWork {
    pub(super) path: RepoPath,
    /// The version to be said.
    pub(super) version: Option<String>,
    /// For each statement that stands: it goes, stays, or becomes this.
    pub(super) fates: Vec<Option<Option<Record>>>,
    /// Statements to be added.
    pub(super) added: Vec<Record>,
}

impl PolicyWork {
    pub(super) fn new(path: RepoPath) -> Self {
        Self { path, version: None, fates: Vec::new(), added: Vec::new() }
    }

    /// Whether nothing is to be done.
    pub(super) fn is_nothing(&self) -> bool {
        self.version.is_none() && self.added.is_empty() && self.fates.iter().all(|fate| *fate == Some(None))
    }
}
