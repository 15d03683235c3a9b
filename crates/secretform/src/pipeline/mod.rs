//! The commands as plain functions: files in, diagnostics and changed files out. Nothing here
//! reads or writes but through the [`Directory`] that is passed in.

use crate::diagnostic::Diagnostic;
use crate::report::Masks;
use crate::source::{Directory, Edits, RepoPath, Source, SourceMap, Span};

/// What a run starts from.
#[derive(Clone)]
pub struct Inputs<'a> {
    /// The repository.
    pub directory: &'a dyn Directory,
    /// The spec in it.
    pub spec: RepoPath,
}

/// What a run found.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// All files that were read.
    pub sources: SourceMap,
    /// What there is to say, in order.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the run failed: the diagnostics say why, and nothing else is known.
    pub failed: bool,
    /// What is, or would be, written.
    pub files: Vec<FileChange>,
    /// What no output may show.
    pub masks: Masks,
}

/// A file that becomes another.
#[derive(Clone, Debug)]
pub struct FileChange {
    /// Where.
    pub path: RepoPath,
    /// What was read; nothing if there is no such file.
    pub before: Option<Vec<u8>>,
    /// What it becomes.
    pub after: Vec<u8>,
    /// How the one becomes the other.
    pub edits: Edits,
    /// Which bytes of `before` the spec declares.
    pub owned: Vec<Span>,
}

/// What `generate` may do besides.
#[derive(Clone, Debug, Default)]
pub struct GenerateOptions {
    /// Addresses of containers that may be replaced or destroyed.
    pub replace: Vec<String>,
}

/// Compares what is there with the spec.
pub fn check(inputs: &Inputs<'_>) -> Outcome {
    read_spec(inputs)
}

/// Works out which files must change so that all is as the spec declares.
pub fn generate(inputs: &Inputs<'_>, _options: &GenerateOptions) -> Outcome {
    read_spec(inputs)
}

fn read_spec(inputs: &Inputs<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    match inputs.directory.read(&inputs.spec) {
        Ok(bytes) => {
            outcome.sources.add(Source::new(inputs.spec.to_string(), bytes));
        }
        Err(error) => {
            outcome.diagnostics.push(Diagnostic::from(&error));
            outcome.failed = true;
        }
    }
    outcome
}
