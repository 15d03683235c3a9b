//! Which presets there are, and the one that is asked for.

use super::Outcome;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Diagnostic, codes, sort};
use crate::scaffold::{self, Preset, SHIPPED};
use crate::source::{Directory, RepoPath, Source, SourceId};

/// A preset that can be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub about: String,
}

/// All presets, in order of name: those that ship, and those of a folder, which go before them.
/// If one of the folder's is broken, the outcome says why.
pub fn presets(directory: &dyn Directory, folder: Option<&RepoPath>) -> (Vec<Offer>, Outcome) {
    let mut outcome = Outcome::default();
    let mut offers = Vec::new();
    let names = names(directory, folder, &mut outcome.diagnostics);
    for name in names {
        if let Some(preset) = find(directory, folder, &name, &mut outcome) {
            offers.push(Offer { name, about: preset.about });
        }
    }
    outcome.failed = !outcome.diagnostics.is_empty();
    sort(&mut outcome.diagnostics, &outcome.sources);
    (offers, outcome)
}

/// The names of all presets, in order.
fn names(directory: &dyn Directory, folder: Option<&RepoPath>, out: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut names: Vec<String> = SHIPPED.iter().map(|(name, _)| (*name).to_owned()).collect();
    match folder.map(|folder| directory.list(folder)) {
        Some(Ok(entries)) => {
            names.extend(entries.iter().filter_map(|entry| scaffold::named(&entry.name)).map(str::to_owned));
        }
        Some(Err(error)) => out.push(Diagnostic::from(&error)),
        None => {}
    }
    names.sort();
    names.dedup();
    names
}

/// The preset of this name: the folder's, else one that ships.
pub(super) fn find(
    directory: &dyn Directory,
    folder: Option<&RepoPath>,
    name: &str,
    outcome: &mut Outcome,
) -> Option<Preset> {
    let read = |source: SourceId, outcome: &mut Outcome| {
        let bytes = outcome.sources.get(source).bytes();
        Preset::parse(source, bytes, name).map_err(|errors| outcome.diagnostics.extend(errors)).ok()
    };
    let file = folder.and_then(|folder| folder.join(&format!("{name}.hcl")).ok());
    // A name with `/` in it is no file of the folder.
    if let Some(file) = file.filter(|file| file.parent().as_ref() == folder) {
        match directory.read(&file) {
            Ok(bytes) => {
                let source = outcome.sources.add(Source::new(file.to_string(), bytes));
                return read(source, outcome);
            }
            Err(error) if error.kind.is_not_found() => {}
            Err(error) => {
                outcome.diagnostics.push(Diagnostic::from(&error));
                return None;
            }
        }
    }
    if let Some((name, text)) = SHIPPED.iter().find(|(shipped, _)| *shipped == name) {
        let source = outcome.sources.add(Source::new(format!("{name}.hcl"), text.as_bytes()));
        return read(source, outcome);
    }
    let known = names(directory, folder, &mut outcome.diagnostics);
    let fix = did_you_mean(name, known.iter().map(String::as_str))
        .unwrap_or_else(|| "`secretform add --list` says what there is".to_owned());
    let message = format!("there is no preset `{name}`");
    outcome.diagnostics.push(Diagnostic::new(&codes::CANNOT_ADD, message).fix(fix));
    None
}
