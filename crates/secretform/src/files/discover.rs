//! Finds the repository and its spec.

#![expect(clippy::disallowed_methods, reason = "this layer is where the library does its I/O")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Disk;
use super::disk::kind_of;
use crate::diagnostic::{Diagnostic, codes};
use crate::source::RepoPath;

/// The name under which a spec is found.
pub const SPEC_NAME: &str = "secretform.hcl";

/// Its name in HCL's JSON syntax, which is found too, so that it can't be overlooked.
pub(crate) const SPEC_NAME_JSON: &str = "secretform.hcl.json";

/// Where a run takes place.
#[derive(Debug)]
pub struct Found {
    /// The repository; outside of one, the folder that stands for it.
    pub disk: Disk,
    /// The spec.
    pub spec: RepoPath,
}

/// A spec that somebody named.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// Its path, seen from the working directory.
    pub path: &'a Path,
    /// What named it, as messages say it: `--spec`.
    pub by: &'a str,
}

/// Finds the spec: the one that is `named`, else the only `secretform.hcl` in the `working`
/// directory and its parents up to the repository's root. Two on that way are an error: a
/// second one could shadow the first. Outside a repository only the working directory counts.
///
/// The repository's root is the nearest folder with a `.git`, folder or file.
///
/// # Errors
/// If there is no such spec, or more than one.
pub fn discover(working: &Path, named: Option<Named<'_>>) -> Result<Found, Box<Diagnostic>> {
    let working = fs::canonicalize(working).map_err(|error| {
        let message = format!("the working directory can't be read: {}", kind_of(&error));
        Box::new(Diagnostic::new(&codes::SPEC_NOT_FOUND, message))
    })?;
    match named {
        Some(named) => find_named(&working, named),
        None => search(&working),
    }
}

/// The repository that `working` lies in, else `working` itself, and its place there.
///
/// # Errors
/// If `working` can't be read.
pub fn here(working: &Path) -> Result<(Disk, RepoPath), Box<Diagnostic>> {
    let lost = |error: &io::Error| {
        let message = format!("the working directory can't be read: {}", kind_of(error));
        Box::new(Diagnostic::new(&codes::UNREADABLE_FILE, message))
    };
    let working = fs::canonicalize(working).map_err(|error| lost(&error))?;
    let Found { disk, spec } =
        found(repository(&working).unwrap_or(&working), &working).map_err(|error| lost(&error))?;
    Ok((disk, spec))
}

fn find_named(working: &Path, named: Named<'_>) -> Result<Found, Box<Diagnostic>> {
    let (shown, by) = (named.path.display(), named.by);
    let lost = |why: String| {
        Box::new(
            Diagnostic::new(&codes::SPEC_NOT_FOUND, format!("the spec `{shown}`, named by {by}, {why}"))
                .fix(format!("let {by} name the spec's file, seen from the working directory")),
        )
    };
    let full = working.join(named.path);
    let (Some(name), Some(folder)) = (named.path.file_name(), full.parent()) else {
        return Err(lost("is not a file".to_owned()));
    };
    let folder = fs::canonicalize(folder).map_err(|error| lost(kind_of(&error).to_string()))?;
    let full = folder.join(name);
    // Only whether it is there: a link in its place is followed, or refused, when it is read.
    fs::symlink_metadata(&full).map_err(|error| lost(kind_of(&error).to_string()))?;
    if full.extension().is_some_and(|extension| extension == "json") {
        return Err(not_yet(&shown.to_string()));
    }
    let root = match repository(&folder) {
        Some(root) => root,
        None if folder.starts_with(working) => working,
        None => &folder,
    };
    found(root, &full).map_err(|error| lost(kind_of(&error).to_string()))
}

fn search(working: &Path) -> Result<Found, Box<Diagnostic>> {
    let repository = repository(working);
    let root = repository.unwrap_or(working);
    let mut specs: Vec<PathBuf> = Vec::new();
    for folder in working.ancestors() {
        for name in [SPEC_NAME, SPEC_NAME_JSON] {
            let spec = folder.join(name);
            match fs::symlink_metadata(&spec) {
                Ok(_) => specs.push(spec),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => {
                    let message = format!("`{}` {}", spec.display(), kind_of(&error));
                    return Err(Box::new(Diagnostic::new(&codes::SPEC_NOT_FOUND, message)));
                }
            }
        }
        if folder == root {
            break;
        }
    }
    let shown = |path: &Path| path.strip_prefix(root).unwrap_or(path).display().to_string();
    match specs.as_slice() {
        [] => {
            let (place, fix) = if repository.is_some() {
                (
                    "in the working directory and its parents up to the repository's root",
                    format!("write a {SPEC_NAME} at the repository's root, or name one with --spec FILE"),
                )
            } else {
                (
                    "in the working directory",
                    format!(
                        "write a {SPEC_NAME} here, or name one with --spec FILE; outside a git repository \
                         no parent is searched"
                    ),
                )
            };
            let message = format!("there is no {SPEC_NAME} {place}, `{}`", working.display());
            Err(Box::new(Diagnostic::new(&codes::SPEC_NOT_FOUND, message).fix(fix)))
        }
        [spec] if spec.ends_with(SPEC_NAME_JSON) => Err(not_yet(&shown(spec))),
        [spec] => found(root, spec).map_err(|error| {
            let message = format!("`{}` {}", shown(spec), kind_of(&error));
            Box::new(Diagnostic::new(&codes::SPEC_NOT_FOUND, message))
        }),
        several => {
            let names: Vec<String> = several.iter().map(|spec| format!("`{}`", shown(spec))).collect();
            let message = format!("there is more than one spec: {}", names.join(" and "));
            Err(Box::new(
                Diagnostic::new(&codes::SPEC_NOT_FOUND, message)
                    .reason("one could shadow the other without anybody noticing")
                    .fix("remove all but one, or say which with --spec FILE"),
            ))
        }
    }
}

fn not_yet(shown: &str) -> Box<Diagnostic> {
    let message = format!("`{shown}`: a spec in JSON syntax can't be read yet");
    Box::new(Diagnostic::new(&codes::NOT_YET, message).fix(format!("write it in HCL, as {SPEC_NAME}")))
}

/// The nearest folder with a `.git`; in a work tree or a submodule that is a file.
fn repository(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| fs::symlink_metadata(folder.join(".git")).is_ok())
}

fn found(root: &Path, spec: &Path) -> io::Result<Found> {
    let disk = Disk::new(root)?;
    let spec = disk.inside(spec).ok_or_else(|| io::Error::other("has a path that is not UTF-8"))?;
    Ok(Found { disk, spec })
}
