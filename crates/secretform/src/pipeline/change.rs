//! A file that a run would write.

use std::sync::OnceLock;

use crate::source::{Edits, RepoPath, Source, Span};

/// A file that becomes another.
#[derive(Clone, Debug)]
pub struct FileChange {
    /// Where.
    pub path: RepoPath,
    /// What was read; nothing if there is no such file.
    pub before: Option<Source>,
    /// How the one becomes the other.
    pub edits: Edits,
    /// Which bytes of `before` the spec declares.
    pub owned: Vec<Span>,
    /// Made when it is asked for, which a check never does.
    after: OnceLock<Vec<u8>>,
}

impl FileChange {
    pub(super) fn new(path: RepoPath, before: Source, edits: Edits, owned: Vec<Span>) -> Self {
        Self { path, before: Some(before), edits, owned, after: OnceLock::new() }
    }

    /// A file that isn't there.
    pub(super) fn created(path: RepoPath, text: String) -> Self {
        let mut edits = Edits::new();
        let _ = edits.push(Span::at(0), text);
        Self { path, before: None, edits, owned: Vec::new(), after: OnceLock::new() }
    }

    /// The bytes that were read, if there is such a file.
    pub fn before(&self) -> Option<&[u8]> {
        self.before.as_ref().map(Source::bytes)
    }

    /// What it becomes.
    pub fn after(&self) -> &[u8] {
        self.after.get_or_init(|| self.edits.apply(self.before().unwrap_or_default()))
    }
}
