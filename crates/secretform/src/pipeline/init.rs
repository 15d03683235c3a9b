//! `init`: a first spec for a repository, from what stands in it. Nothing is overwritten.

use std::cmp::Reverse;

use super::{FileChange, Outcome};
use crate::diagnostic::{Diagnostic, codes};
use crate::existing::{Syntax, terraform_files};
use crate::files::discover;
use crate::scaffold::{Starter, Survey};
use crate::source::{Directory, EntryKind, RepoPath, Source};
use crate::spec;

/// Folders below this many others, or after so many, aren't looked at.
const DEPTH: usize = 6;
const FOLDERS: usize = 2_000;

/// Where a first spec is written, and for what.
#[derive(Clone, Debug)]
pub struct InitOptions {
    /// The spec that is to be.
    pub spec: RepoPath,
    /// The Terraform directory; else one is looked for below the spec's folder.
    pub directory: Option<RepoPath>,
}

/// Works out a first spec.
pub fn init(disk: &dyn Directory, options: &InitOptions) -> Outcome {
    let folder = options.spec.parent().unwrap_or_else(RepoPath::root);
    let mut outcome = Outcome::default();
    if let Some(standing) = standing(disk, &options.spec, &folder) {
        let message = format!("there is a spec already: `{standing}`");
        let fix = "change that one, or write another with --spec FILE";
        outcome.diagnostics.push(Diagnostic::new(&codes::SPEC_EXISTS, message).fix(fix));
        outcome.failed = true;
        return outcome;
    }
    let mut grounds = match &options.directory {
        Some(directory) => vec![(directory.clone(), survey(disk, directory))],
        None => search(disk, &folder),
    };
    // The heaviest first; of equals the first that was met.
    grounds.sort_by_key(|(_, survey)| Reverse(survey.weight));
    let names: Vec<String> = grounds.iter().map(|(path, _)| from(&folder, path)).collect();
    let starter = Starter {
        directory: grounds.first().map(|(_, survey)| (names[0].as_str(), survey)),
        others: names.get(1..).unwrap_or_default(),
    };
    let text = starter.text();
    let source = outcome.sources.add(Source::new(options.spec.to_string(), text.as_bytes()));
    let (lowered, said) = spec::read(source, text.as_bytes());
    if lowered.is_none() {
        outcome.diagnostics = said;
        outcome.failed = true;
        return outcome;
    }
    outcome.files = vec![FileChange::created(options.spec.clone(), text)];
    outcome
}

/// A spec that stands at the place or, as one that would shadow it, above.
fn standing(disk: &dyn Directory, spec: &RepoPath, folder: &RepoPath) -> Option<RepoPath> {
    let there = |path: &RepoPath| match disk.read(path) {
        Ok(_) => true,
        Err(error) => !error.kind.is_not_found(),
    };
    if there(spec) {
        return Some(spec.clone());
    }
    let found_by_name = |path: &RepoPath| path.file_name() == Some(discover::SPEC_NAME);
    if !found_by_name(spec) {
        return None;
    }
    let folders = std::iter::successors(Some(folder.clone()), RepoPath::parent);
    let specs = folders.flat_map(|folder| {
        [discover::SPEC_NAME, discover::SPEC_NAME_JSON].map(|name| folder.join(name).ok())
    });
    specs.flatten().find(there)
}

/// The directories with AWS in them at and below `folder`, in order of path.
fn search(disk: &dyn Directory, folder: &RepoPath) -> Vec<(RepoPath, Survey)> {
    let mut found = Vec::new();
    let mut open = vec![(folder.clone(), 0)];
    let mut seen = 0;
    while let Some((path, depth)) = open.pop() {
        seen += 1;
        if seen > FOLDERS {
            break;
        }
        let survey = survey(disk, &path);
        if survey.has_aws() {
            found.push((path.clone(), survey));
        }
        let entries = if depth < DEPTH { disk.list(&path).unwrap_or_default() } else { Vec::new() };
        let folders = entries.into_iter().rev().filter(|entry| {
            entry.kind == EntryKind::Directory && !entry.name.starts_with('.') && entry.name != "node_modules"
        });
        open.extend(folders.filter_map(|entry| Some((path.join(&entry.name).ok()?, depth + 1))));
    }
    found
}

/// What stands in one directory. What can't be read is said by `check`.
fn survey(disk: &dyn Directory, path: &RepoPath) -> Survey {
    let mut survey = Survey::default();
    for file in terraform_files(disk, path).unwrap_or_default() {
        if file.syntax == Syntax::Native
            && let Ok(bytes) = file.read(disk)
        {
            survey.file(file.path.file_name().unwrap_or_default(), &bytes);
        }
    }
    survey
}

/// `path` as a spec in `folder` says it.
fn from(folder: &RepoPath, path: &RepoPath) -> String {
    let shared = folder.parts().zip(path.parts()).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", folder.parts().count() - shared);
    let parts: Vec<&str> = up.chain(path.parts().skip(shared)).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}
