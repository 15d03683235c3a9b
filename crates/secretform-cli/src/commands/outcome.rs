//! Where a command runs, and how what it found is printed.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use secretform::diagnostic::{Diagnostic, codes};
use secretform::files::discover::{Named, discover};
use secretform::files::{self, Disk, Replacement};
use secretform::pipeline::{Inputs, Outcome};
use secretform::report::diff::{self, FileDiff};
use secretform::report::{Summary, human, hygiene};
use secretform::source::RepoPath;

use crate::args::{SpecArgs, TemplateArgs};
use crate::exit::Exit;
use crate::terminal::{Stream, Terminal};

/// The variable that names a spec.
const SPEC_VARIABLE: &str = "SECRETFORM_SPEC";

/// Where a command runs.
pub(super) struct Place {
    pub(super) disk: Disk,
    spec: RepoPath,
}

impl Place {
    /// The repository and the spec, by flag, environment or search.
    pub(super) fn find(args: &SpecArgs) -> Result<Self, Box<Diagnostic>> {
        let variable = std::env::var_os(SPEC_VARIABLE).filter(|value| !value.is_empty());
        let named = match (&args.spec, &variable) {
            (Some(path), _) => Some(Named { path, by: "--spec" }),
            (None, Some(path)) => Some(Named { path: Path::new(path), by: SPEC_VARIABLE }),
            (None, None) => None,
        };
        let found = discover(Path::new("."), named)?;
        Ok(Self { disk: found.disk, spec: found.spec })
    }

    pub(super) fn inputs(&self) -> Inputs<'_> {
        Inputs { directory: &self.disk, spec: self.spec.clone(), templates: None }
    }

    /// With templates that a person named.
    pub(super) fn inputs_with(&self, args: &TemplateArgs) -> Result<Inputs<'_>, Box<Diagnostic>> {
        let named = args.templates.as_deref();
        let templates = named.map(|named| folder(&self.disk, named, "--templates")).transpose()?;
        Ok(Inputs { templates, ..self.inputs() })
    }

    /// The path in the repository of `file`, which a person named from the working directory.
    pub(super) fn path_of(&self, file: &Path) -> Option<RepoPath> {
        new_file(&self.disk, file, "").ok()
    }
}

/// A run that ended before it began.
pub(super) fn failed(diagnostic: Diagnostic) -> Outcome {
    Outcome { diagnostics: vec![diagnostic], failed: true, ..Outcome::default() }
}

/// The path in the repository of a folder that a person named, by `flag`, from the working directory.
pub(super) fn folder(disk: &Disk, folder: &Path, flag: &str) -> Result<RepoPath, Box<Diagnostic>> {
    let shown = folder.display();
    let real = folder.canonicalize().map_err(|error| {
        Box::new(Diagnostic::new(
            &codes::UNREADABLE_FILE,
            format!("{flag}: `{shown}` can't be read: {error}"),
        ))
    })?;
    disk.inside(&real).ok_or_else(|| {
        let message = format!("{flag}: `{shown}` lies outside the repository");
        Box::new(Diagnostic::new(&codes::OUTSIDE_REPOSITORY, message))
    })
}

/// The path in the repository of a file that a person named so. It need not be there yet, and a
/// link in its place has its own path.
pub(super) fn new_file(disk: &Disk, file: &Path, flag: &str) -> Result<RepoPath, Box<Diagnostic>> {
    let parent = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let folder = folder(disk, parent, flag)?;
    let name = file.file_name().and_then(|name| name.to_str());
    name.and_then(|name| folder.join(name).ok()).ok_or_else(|| {
        let message = format!("{flag}: `{}` is no file's name", file.display());
        Box::new(Diagnostic::new(&codes::UNREADABLE_FILE, message))
    })
}

/// Prints why a run failed.
pub(super) fn fail(outcome: &Outcome, terminal: &Terminal) -> io::Result<Exit> {
    print_findings(outcome, Stream::Messages, terminal)?;
    Ok(Exit::Failed)
}

/// Says something that is neither a result nor a finding.
pub(super) fn tell(sentence: &str, terminal: &Terminal) -> io::Result<()> {
    terminal.print(Stream::Messages, format!("{}\n", hygiene::inline(sentence)).as_bytes())
}

/// Writes the files and says so, a line a file; or says why not, and returns false.
pub(super) fn write(disk: &Disk, outcome: &mut Outcome, terminal: &Terminal) -> io::Result<bool> {
    let replacements: Vec<Replacement<'_>> = outcome
        .files
        .iter()
        .map(|file| Replacement { path: &file.path, before: file.before(), after: file.after() })
        .collect();
    if let Err(error) = files::write(disk, &replacements) {
        outcome.diagnostics = vec![Diagnostic::from(&error)];
        fail(outcome, terminal)?;
        return Ok(false);
    }
    let mut text = String::new();
    for file in &outcome.files {
        let verb = if file.before.is_some() { "changed" } else { "created" };
        let _ = writeln!(text, "{verb} {}", hygiene::inline(&file.path.to_string()));
    }
    terminal.print(Stream::Results, text.as_bytes())?;
    Ok(true)
}

/// Prints what was found, for people.
pub(super) fn print_findings(outcome: &Outcome, stream: Stream, terminal: &Terminal) -> io::Result<()> {
    if outcome.diagnostics.is_empty() {
        return Ok(());
    }
    let options = terminal.options(stream);
    let text = human::render(&outcome.diagnostics, &outcome.sources, &outcome.masks, &options);
    terminal.print(stream, text.as_bytes())
}

/// Prints how much was found.
pub(super) fn print_summary(outcome: &Outcome, stream: Stream, terminal: &Terminal) -> io::Result<()> {
    terminal.print(stream, format!("{}\n", Summary::of(&outcome.diagnostics)).as_bytes())
}

/// The diff of what is, or would be, written; empty if nothing is.
pub(super) fn diff(outcome: &Outcome, stream: Stream, terminal: &Terminal) -> String {
    if outcome.files.is_empty() {
        return String::new();
    }
    let files: Vec<FileDiff<'_>> = outcome
        .files
        .iter()
        .map(|file| {
            let label = file.path.as_str();
            let source = outcome.sources.iter().find(|(_, source)| source.label() == label);
            FileDiff {
                label,
                source: source.map(|(id, _)| id),
                before: file.before(),
                edits: &file.edits,
                context: &file.owned,
            }
        })
        .collect();
    diff::render(&files, &outcome.masks, terminal.options(stream).color)
}

/// Says why a command can't do what it was asked, where no code has a page for it.
pub(super) fn refuse(message: &str, terminal: &Terminal) -> io::Result<Exit> {
    let message = format!("error: {}\n", hygiene::inline(message));
    terminal.print(Stream::Messages, message.as_bytes())?;
    Ok(Exit::Failed)
}
