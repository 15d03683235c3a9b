//! The commands as plain functions: files in, diagnostics and changed files out. Nothing here
//! reads or writes but through the [`Directory`] that is passed in.

mod add;
mod analysis;
mod beyond;
mod change;
mod companion;
mod declared;
mod faults;
mod finding;
mod foreign;
#[cfg(test)]
mod from_nothing;
mod generate;
mod init;
mod list;
mod literal;
mod modules;
mod names;
mod overlay;
mod owned;
mod policy_files;
mod readers;
mod roles;
mod rules;
mod runbook;
mod statements;
mod surroundings;
mod templates;
mod trust;
mod unread;
mod versions;
mod view;
mod wanted;
mod wildcards;
mod work;
mod writes;

pub use add::{AddOptions, Added, Offer, add, presets};
pub use change::FileChange;
pub use generate::{GenerateOptions, generate};
pub use init::{InitOptions, init};
pub use list::{Listed, list};
pub use runbook::{RunbookOptions, runbook};

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, sort};
use crate::report::Masks;
use crate::source::{Directory, RepoPath, SourceMap};

/// What a run starts from.
#[derive(Clone)]
pub struct Inputs<'a> {
    /// The repository.
    pub directory: &'a dyn Directory,
    /// The spec in it.
    pub spec: RepoPath,
    /// A folder of templates that go before the built-in ones.
    pub templates: Option<RepoPath>,
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
    /// What the run was made of; freed with the outcome.
    pub remains: Remains,
}

/// Thousands of small pieces that a run leaves behind. A program that ends after it need not
/// take them apart: `std::mem::forget` the outcome.
#[derive(Clone, Default)]
pub struct Remains(Option<Arc<dyn Any + Send + Sync>>);

impl Remains {
    fn new(pieces: impl Any + Send + Sync) -> Self {
        Self(Some(Arc::new(pieces)))
    }
}

impl fmt::Debug for Remains {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Remains").field(&self.0.is_some()).finish()
    }
}

/// Compares what is there with the spec.
pub fn check(inputs: &Inputs<'_>) -> Outcome {
    let (analysis, remains) = match analysis::prepare(inputs) {
        Ok(prepared) => {
            let analysis = match prepared.wanted(&[]) {
                Ok(wanted) => analysis::examine(&prepared, &wanted, inputs.directory, &[]),
                Err(analysis) => *analysis,
            };
            (analysis, Remains::new(prepared))
        }
        Err(analysis) => (*analysis, Remains::default()),
    };
    let failed = !analysis.errors.is_empty();
    let mut diagnostics = if failed { analysis.errors } else { analysis.findings };
    sort(&mut diagnostics, &analysis.sources);
    let (sources, files, masks) = (analysis.sources, analysis.changes, analysis.masks);
    Outcome { sources, diagnostics, failed, files, masks, remains }
}
