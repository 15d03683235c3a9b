//! `list`: what the spec declares, and where it stands already.

use super::analysis::{Analysis, read_spec};
use super::{Inputs, Outcome, Remains};
use crate::diagnostic::{Location, sort};
use crate::existing::{FileText, Syntax, stands, terraform_files};
use crate::model::{Model, Place};
use crate::report::list::Listing;
use crate::source::{Directory, RepoPath, Source, SourceMap, Span};
use crate::spec::Lowered;

/// What is declared, or why that can't be said.
#[derive(Debug)]
pub struct Listed {
    /// The files, and the errors of a spec that can't be used.
    pub outcome: Outcome,
    model: Option<Model>,
    secrets: Vec<Option<Location>>,
    grants: Vec<Option<Location>>,
}

impl Listed {
    /// What [`report::list`](crate::report::list) takes; nothing if the run failed.
    pub fn listing(&self) -> Option<Listing<'_>> {
        let model = self.model.as_ref()?;
        let (secrets, grants) = (&self.secrets, &self.grants);
        Some(Listing { model, sources: &self.outcome.sources, secrets, grants })
    }
}

/// Reads the spec, and looks where Terraform has what it declares. That is told, not judged: a
/// file that can't be read has nothing, and `check` says why.
pub fn list(inputs: &Inputs<'_>) -> Listed {
    let mut analysis = Analysis::default();
    let Some((_, lowered, _)) = read_spec(inputs, &mut analysis) else {
        let Analysis { sources, mut errors, masks, .. } = analysis;
        sort(&mut errors, &sources);
        let outcome = Outcome {
            sources,
            diagnostics: errors,
            failed: true,
            masks,
            files: Vec::new(),
            remains: Remains::default(),
        };
        return Listed { outcome, model: None, secrets: Vec::new(), grants: Vec::new() };
    };
    let folder = inputs.spec.parent().unwrap_or_else(RepoPath::root);
    let mut sources = analysis.sources;
    let (secrets, grants) = standing(inputs.directory, &folder, &lowered, &mut sources);
    let outcome = Outcome { sources, ..Outcome::default() };
    Listed { outcome, model: Some(lowered.model), secrets, grants }
}

/// Where each secret's container stands, and each grant's document.
fn standing(
    disk: &dyn Directory,
    folder: &RepoPath,
    lowered: &Lowered,
    sources: &mut SourceMap,
) -> (Vec<Option<Location>>, Vec<Option<Location>>) {
    let directory = folder.join(&lowered.directory).ok();
    let mut files = Vec::new();
    for file in directory.and_then(|path| terraform_files(disk, &path).ok()).unwrap_or_default() {
        if let Ok(bytes) = file.read(disk) {
            let source = sources.add(Source::new(file.path.to_string(), bytes));
            files.push((source, file.syntax == Syntax::Json, file.overrides));
        }
    }
    let model = &lowered.model;
    let text = |&(source, json, overrides): &_| FileText {
        source,
        bytes: sources.get(source).bytes(),
        json,
        overrides,
    };
    let texts: Vec<FileText<'_>> = files.iter().map(text).collect();
    let found = stands(&texts);
    let secrets = model.secrets().iter().map(|secret| found.get(&secret.address()).copied()).collect();
    let grants = model.grants().map(|granted| match granted.grant.place() {
        Place::PolicyFile { path } => {
            let path = folder.join(path.as_str()).ok()?;
            let bytes = disk.read(&path).ok()?;
            let source = sources.add(Source::new(path.to_string(), bytes));
            Some(Location::new(source, Span::at(0)))
        }
        place => found.get(&place.address()?).copied(),
    });
    (secrets, grants.collect())
}
