//! A directory with some files as they would become: what was about to be written, read back.

use std::collections::BTreeMap;

use super::FileChange;
use crate::source::{Directory, Entry, EntryKind, ReadError, RepoPath};

/// A directory under changes that aren't written yet.
pub(super) struct Overlay<'a> {
    below: &'a dyn Directory,
    files: BTreeMap<&'a RepoPath, &'a [u8]>,
}

impl<'a> Overlay<'a> {
    pub(super) fn new(below: &'a dyn Directory, changes: &'a [FileChange]) -> Self {
        let files = changes.iter().map(|change| (&change.path, change.after())).collect();
        Self { below, files }
    }
}

impl Directory for Overlay<'_> {
    fn read(&self, path: &RepoPath) -> Result<Vec<u8>, ReadError> {
        match self.files.get(path) {
            Some(bytes) => Ok(bytes.to_vec()),
            None => self.below.read(path),
        }
    }

    fn list(&self, path: &RepoPath) -> Result<Vec<Entry>, ReadError> {
        let new: Vec<Entry> = self
            .files
            .keys()
            .filter(|file| file.parent().as_ref() == Some(path))
            .filter_map(|file| file.file_name())
            .map(|name| Entry { name: name.to_owned(), kind: EntryKind::File })
            .collect();
        let mut entries = match self.below.list(path) {
            Ok(entries) => entries,
            Err(error) if error.kind.is_not_found() && !new.is_empty() => Vec::new(),
            Err(error) => return Err(error),
        };
        for entry in new {
            if !entries.iter().any(|other| other.name == entry.name) {
                entries.push(entry);
            }
        }
        entries.sort();
        Ok(entries)
    }
}
