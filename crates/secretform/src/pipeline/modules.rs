//! Module calls, which this version doesn't follow. Each is named, and is an error if its text, or
//! that of a module in the repository, could speak of Secrets Manager or of a declared name.

use std::collections::BTreeSet;

use super::names::named_paths;
use super::unread::unread_block;
use super::view::{View, unescaped};
use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::Block;
use crate::model::Datum;
use crate::source::{ReadErrorKind, RepoPath};

/// Module calls, with the text of local modules.
pub(super) fn modules(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    for block in view.root.blocks.iter().filter(|block| block.type_name == "module") {
        let Some(label) = block.labels.first() else { continue };
        let address = format!("module.{label}");
        let mut reading = Reading { view, seen: BTreeSet::new(), speaks: false, bytes: Vec::new() };
        reading.source(block);
        let mut diagnostic =
            unread_block(view, block, &address, block.header, "module calls are not followed")
                .seen(view.digest_with(block, &reading.bytes));
        if !view.speaks(block.location, block) && !reading.speaks {
            diagnostic.severity = Severity::Note;
            diagnostic.fix = None;
            diagnostic.seen = None;
        }
        out.push(diagnostic);
    }
}

/// The text that a call leads to, as far as it is in the repository.
struct Reading<'a> {
    view: &'a View<'a>,
    /// What was looked at already.
    seen: BTreeSet<RepoPath>,
    /// Whether any of it could speak of secrets, or can't be read.
    speaks: bool,
    /// All of it.
    bytes: Vec<u8>,
}

impl Reading<'_> {
    fn source(&mut self, block: &Block) {
        let Some(source) = block.body.value("source") else { return };
        let source = self.view.scope.resolve(&source.datum);
        let literal = match &source {
            Datum::Text(source) => source.as_literal(),
            _ => None,
        };
        match literal {
            Some(source) if source.starts_with("./") || source.starts_with("../") => {
                match self.view.directory.join(source) {
                    Ok(path) => self.folder(&path),
                    Err(_) => self.speaks = true,
                }
            }
            // A path of the machine's is none of the repository's.
            Some(source) => {
                self.speaks |= source.starts_with('/') || source.to_lowercase().contains("secret")
            }
            // OpenTofu takes a source that has to be evaluated.
            None => self.speaks = true,
        }
    }

    /// The files of a folder, and what these name.
    fn folder(&mut self, path: &RepoPath) {
        if !self.seen.insert(path.clone()) {
            return;
        }
        let Ok(entries) = self.view.disk.list(path) else {
            self.speaks = true;
            return;
        };
        let read = [".tf", ".tf.json", ".tofu", ".tofu.json"];
        for entry in entries.iter().filter(|entry| read.iter().any(|end| entry.name.ends_with(end))) {
            match path.join(&entry.name).map(|file| self.view.disk.read(&file)) {
                Ok(Ok(bytes)) => self.file(path, &bytes),
                _ => self.speaks = true,
            }
        }
    }

    fn file(&mut self, folder: &RepoPath, bytes: &[u8]) {
        let text = unescaped(&String::from_utf8_lossy(bytes)).replace("\\/", "/");
        self.speaks |= self.view.speaks_text(text.as_bytes());
        self.bytes.extend_from_slice(bytes);
        for (named, says) in named_paths(&text) {
            match folder.join(named) {
                Ok(path) => self.named(&path, says),
                Err(_) => self.speaks |= says,
            }
        }
    }

    /// What a string names may be a module's folder, a file that is read, or nothing at all.
    fn named(&mut self, path: &RepoPath, says: bool) {
        if says && self.view.disk.list(path).is_ok() {
            self.folder(path);
        } else if self.seen.insert(path.clone()) {
            match self.view.disk.read(path) {
                Ok(bytes) => {
                    self.speaks |= self.view.speaks_text(&bytes);
                    self.bytes.extend_from_slice(&bytes);
                }
                Err(error) => self.speaks |= says && !matches!(error.kind, ReadErrorKind::NotFound),
            }
        }
    }
}
