//! A file's bytes under the label that people know it by, and the set of all files of a run.

use std::sync::Arc;

use super::{Position, Span};

/// The bytes of one file and its label: the path as messages show it, with `/` between parts.
#[derive(Clone, Debug)]
pub struct Source {
    label: Arc<str>,
    /// As they were read: to make a slice of a file is to copy it.
    bytes: Arc<Vec<u8>>,
}

impl Source {
    /// A file that was read.
    pub fn new(label: impl Into<Arc<str>>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { label: label.into(), bytes: Arc::new(bytes.into()) }
    }

    /// The path as messages show it.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// All bytes as they were read, a byte order mark included.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes of `span`, invalid UTF-8 replaced.
    pub fn text(&self, span: Span) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.bytes.get(span.range()).unwrap_or_default())
    }

    /// Line and column of a byte.
    pub fn position(&self, offset: u32) -> Position {
        Position::of(&self.bytes, offset as usize)
    }
}

/// Which file of a [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

/// All files of one run; diagnostics point into it.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    sources: Vec<Source>,
}

impl SourceMap {
    /// Without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file and says how to name it.
    pub fn add(&mut self, source: Source) -> SourceId {
        let id = SourceId(u32::try_from(self.sources.len()).unwrap_or(u32::MAX));
        self.sources.push(source);
        id
    }

    /// The file of `id`, which this map gave.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.sources[id.0 as usize]
    }

    /// All files in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.sources
            .iter()
            .enumerate()
            .map(|(at, source)| (SourceId(u32::try_from(at).unwrap_or(u32::MAX)), source))
    }
}
