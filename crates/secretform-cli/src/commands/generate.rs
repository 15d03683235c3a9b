//! `secretform generate`: makes the files say what the spec declares.

use std::io;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use secretform::diagnostic::{Severity, suggest::nearest};
use secretform::pipeline::{self, FileChange, GenerateOptions, Outcome};
use secretform::report::Summary;

use super::outcome::{self, Place};
use crate::args::{SpecArgs, TemplateArgs};
use crate::exit::Exit;
use crate::terminal::{Stream, Terminal};

/// Write the Terraform and IAM that the spec declares, by the smallest change to what is there
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 all is as declared, 1 the run failed and nothing was written, \
                  2 something was held back (or, with --dry-run, would be written).")]
pub(crate) struct GenerateArgs {
    #[command(flatten)]
    spec: SpecArgs,

    #[command(flatten)]
    templates: TemplateArgs,

    /// Show what would be written, and write nothing
    #[arg(long, conflicts_with = "stdout")]
    dry_run: bool,

    /// Print one file as it would be, and write nothing
    #[arg(long, value_name = "FILE")]
    stdout: Option<PathBuf>,

    /// Also write what replaces or destroys the container at this address
    #[arg(long, value_name = "ADDRESS", num_args = 1..)]
    replace: Vec<String>,
}

pub(crate) fn run(args: &GenerateArgs, terminal: &Terminal) -> io::Result<Exit> {
    let place = match Place::find(&args.spec) {
        Ok(place) => place,
        Err(lost) => return outcome::fail(&outcome::failed(*lost), terminal),
    };
    let inputs = match place.inputs_with(&args.templates) {
        Ok(inputs) => inputs,
        Err(lost) => return outcome::fail(&outcome::failed(*lost), terminal),
    };
    let options = GenerateOptions { replace: args.replace.clone() };
    // The process ends after this: nothing need be taken apart.
    let mut outcome = ManuallyDrop::new(pipeline::generate(&inputs, &options));
    if outcome.failed {
        return outcome::fail(&outcome, terminal);
    }
    if let Some(file) = &args.stdout {
        let Some(bytes) = text_of(&place, &outcome, file) else {
            return outcome::refuse(&no_such_file(&outcome, file), terminal);
        };
        outcome::print_findings(&outcome, Stream::Messages, terminal)?;
        terminal.print(Stream::Results, bytes)?;
        return Ok(if holds_back(&outcome) { Exit::Drift } else { Exit::Clean });
    }
    outcome::print_findings(&outcome, Stream::Messages, terminal)?;
    if args.dry_run {
        let diff = outcome::diff(&outcome, Stream::Results, terminal);
        terminal.print(Stream::Results, diff.as_bytes())?;
        let would_write = !outcome.files.is_empty();
        return Ok(if would_write || holds_back(&outcome) { Exit::Drift } else { Exit::Clean });
    }
    if !outcome::write(&place.disk, &mut outcome, terminal)? {
        return Ok(Exit::Failed);
    }
    Ok(if holds_back(&outcome) { Exit::Drift } else { Exit::Clean })
}

/// Whether something is not as declared and was left so, for a reason that was said.
fn holds_back(outcome: &Outcome) -> bool {
    Summary::of(&outcome.diagnostics).at_least(Severity::Error) > 0
}

/// What `file` would hold: as it would be written, or as it was read.
fn text_of<'a>(place: &Place, outcome: &'a Outcome, file: &Path) -> Option<&'a [u8]> {
    let path = place.path_of(file)?;
    let changed = outcome.files.iter().find(|change| change.path == path).map(FileChange::after);
    let label = path.to_string();
    let read = || outcome.sources.iter().find(|(_, source)| source.label() == label);
    changed.or_else(|| read().map(|(_, source)| source.bytes()))
}

/// Says that `file` isn't written, and which one was meant: they count from the working directory.
fn no_such_file(outcome: &Outcome, file: &Path) -> String {
    let file = file.display().to_string();
    let read = outcome.sources.iter().map(|(_, source)| source.label().to_owned());
    let known: Vec<String> = outcome.files.iter().map(|change| change.path.to_string()).chain(read).collect();
    let under = known.iter().find(|path| path.ends_with(&format!("/{file}"))).map(String::as_str);
    let meant = under.or_else(|| nearest(&file, known.iter().map(String::as_str)));
    let meant = meant.map(|path| format!("; did you mean `{path}`?")).unwrap_or_default();
    format!("--stdout: `{file}` is no file that this spec writes{meant}")
}
