//! Module calls, which this version doesn't follow. Each is named, and is an error if its text, or
//! that of a module in the repository, could speak of Secrets Manager or of a declared name.

use std::collections::BTreeSet;

use super::unread::unread_block;
use super::view::{View, unescaped};
use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::Block;
use crate::model::Datum;
use crate::source::{Directory, ReadErrorKind, RepoPath};

/// Module calls, with the text of local modules.
pub(super) fn modules(view: &View<'_>, directory: &dyn Directory, at: &RepoPath, out: &mut Vec<Diagnostic>) {
    for block in view.root.blocks.iter().filter(|block| block.type_name == "module") {
        let Some(label) = block.labels.first() else { continue };
        let address = format!("module.{label}");
        let mut diagnostic =
            unread_block(view, block, &address, block.header, "module calls are not followed");
        if !view.speaks(block.location, block) && !source_speaks(view, directory, at, block) {
            diagnostic.severity = Severity::Note;
            diagnostic.fix = None;
            diagnostic.seen = None;
        }
        out.push(diagnostic);
    }
}

/// Whether what a call's source leads to could speak of secrets.
fn source_speaks(view: &View<'_>, directory: &dyn Directory, at: &RepoPath, block: &Block) -> bool {
    let Some(source) = block.body.value("source") else { return false };
    // OpenTofu takes a source that has to be evaluated.
    let Datum::Text(source) = view.scope.resolve(&source.datum) else { return true };
    let Some(source) = source.as_literal() else { return true };
    if source.starts_with("./") || source.starts_with("../") {
        let Ok(path) = at.join(source) else { return true };
        let mut reading = Reading { view, directory, seen: BTreeSet::new() };
        return directory.list(&path).is_err() || reading.folder_speaks(&path);
    }
    // A path of the machine's is none of the repository's.
    source.starts_with('/') || source.to_lowercase().contains("secret")
}

/// The files that a local module is made of.
struct Reading<'a> {
    view: &'a View<'a>,
    directory: &'a dyn Directory,
    /// What was looked at already.
    seen: BTreeSet<RepoPath>,
}

impl Reading<'_> {
    /// Whether any file of a folder, or what these name, could speak of secrets.
    fn folder_speaks(&mut self, path: &RepoPath) -> bool {
        if !self.seen.insert(path.clone()) {
            return false;
        }
        let Ok(entries) = self.directory.list(path) else { return true };
        let read = [".tf", ".tf.json", ".tofu", ".tofu.json"];
        entries
            .iter()
            .filter(|entry| read.iter().any(|end| entry.name.ends_with(end)))
            .any(|entry| path.join(&entry.name).map_or(true, |file| self.file_speaks(path, &file)))
    }

    fn file_speaks(&mut self, folder: &RepoPath, file: &RepoPath) -> bool {
        let Ok(bytes) = self.directory.read(file) else { return true };
        let text = unescaped(&String::from_utf8_lossy(&bytes)).replace("\\/", "/");
        self.view.speaks_text(text.as_bytes())
            || named_paths(&text).any(|named| folder.join(named).map_or(true, |path| self.path_speaks(&path)))
    }

    /// What a string names may be a module's folder, a file that is read, or nothing at all.
    fn path_speaks(&mut self, path: &RepoPath) -> bool {
        let nothing = |kind: &ReadErrorKind| matches!(kind, ReadErrorKind::NotFound);
        match self.directory.list(path) {
            Ok(_) => self.folder_speaks(path),
            Err(error) if nothing(&error.kind) => false,
            Err(_) => match self.directory.read(path) {
                Ok(bytes) => self.view.speaks_text(&bytes),
                Err(error) => !nothing(&error.kind),
            },
        }
    }
}

/// Strings in a text that are paths of what lies beside it, found without parsing it.
fn named_paths(text: &str) -> impl Iterator<Item = &str> {
    text.split('"')
        .map(|piece| piece.strip_prefix("${path.module}/").unwrap_or(piece))
        .zip(text.split('"'))
        .filter(|(path, piece)| path.len() < piece.len() || path.starts_with("./") || path.starts_with("../"))
        .map(|(path, _)| path)
        .filter(|path| path.len() < 256 && !path.contains(['\n', '$', '*']))
}
