//! From the model to what is wanted in the files.

use super::wanted::{Wanted, WantedPolicy, WantedStatement, WantedWhole};
use crate::diagnostic::{Diagnostic, Location, codes};
use crate::model::Place;
use crate::source::RepoPath;
use crate::spec::Lowered;

/// What a lowered spec wants; `folder` is the spec's own.
pub(super) fn wanted<'a>(
    lowered: &'a Lowered,
    folder: &RepoPath,
    errors: &mut Vec<Diagnostic>,
) -> Wanted<'a> {
    let mut wanted = Wanted::of_secrets(lowered);
    let mut locations = lowered.places.readers.iter().flat_map(|(_, places)| places.iter().copied());
    for granted in lowered.model.grants() {
        let declared: Option<Location> = locations.next();
        let ignore = granted.grant.ignore().clone();
        let document = granted.resolved.document();
        match granted.grant.place() {
            Place::Statement { file, .. } => {
                let Some(address) = granted.grant.place().address() else { continue };
                wanted.statements.push(WantedStatement {
                    document: address,
                    record: granted.resolved.statement().record(),
                    file: Some(file.as_str().to_owned()),
                    ignore,
                    declared,
                    whose: format!("the reader `{}`", granted.reader.label()),
                });
            }
            Place::PolicyDocument { file, .. } => {
                let (Some(address), Some(document)) = (granted.grant.place().address(), document) else {
                    continue;
                };
                wanted.push_whole(WantedWhole {
                    address,
                    record: document.record(),
                    file: file.as_str().to_owned(),
                    ignore,
                    declared,
                    role: None,
                });
            }
            Place::PolicyFile { path } => {
                let Some(document) = document else { continue };
                match folder.join(path.as_str()) {
                    Ok(path) => {
                        wanted.policies.push(WantedPolicy {
                            path,
                            record: document.record(),
                            ignore,
                            declared,
                        });
                    }
                    Err(error) => errors.push(outside(&error.to_string(), declared)),
                }
            }
        }
    }
    super::roles::wanted(lowered, &mut wanted);
    wanted
}

/// A path of the spec that leaves the repository.
pub(super) fn outside(message: &str, at: Option<Location>) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(&codes::OUTSIDE_REPOSITORY, message.to_owned());
    diagnostic.location = at;
    diagnostic
}
