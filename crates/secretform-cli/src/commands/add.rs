//! `secretform add`: puts a system's group into the spec.

use std::fmt::Write as _;
use std::io;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use secretform::diagnostic::Diagnostic;
use secretform::files::{Disk, discover::here};
use secretform::pipeline::{self, AddOptions, Added};
use secretform::report::hygiene;
use secretform::source::RepoPath;

use super::outcome::{self, Place};
use crate::args::SpecArgs;
use crate::exit::Exit;
use crate::terminal::{Stream, Terminal};

/// Put a system's secrets into the spec, and let readers read them
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 it is in the spec, 1 the run failed and nothing was written, \
                  2 with --dry-run, something would be written.")]
pub(crate) struct AddArgs {
    /// The system, as `--list` names it
    #[arg(required_unless_present = "list")]
    preset: Option<String>,

    #[command(flatten)]
    spec: SpecArgs,

    /// Let this reader of the spec read the group
    #[arg(long, value_name = "NAME", num_args = 1..)]
    reader: Vec<String>,

    /// Name the group otherwise; its secrets' names begin with it
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,

    /// Take presets from this directory, before those that come with secretform
    #[arg(long, value_name = "DIR")]
    presets: Option<PathBuf>,

    /// Say which presets there are
    #[arg(long, conflicts_with_all = ["preset", "reader", "name", "dry_run"])]
    list: bool,
}

pub(crate) fn run(args: &AddArgs, terminal: &Terminal) -> io::Result<Exit> {
    let Some(preset) = args.preset.as_ref().filter(|_| !args.list) else { return list(args, terminal) };
    let found = Place::find(&args.spec).and_then(|place| {
        let presets = folder(args, &place.disk)?;
        Ok((place, presets))
    });
    let (place, presets) = match found {
        Ok(found) => found,
        Err(lost) => return outcome::fail(&outcome::failed(*lost), terminal),
    };
    let options =
        AddOptions { preset: preset.clone(), name: args.name.clone(), readers: args.reader.clone(), presets };
    let Added { outcome, already } = pipeline::add(&place.inputs(), &options);
    // The process ends after this: nothing need be taken apart.
    let mut outcome = ManuallyDrop::new(outcome);
    if outcome.failed {
        return outcome::fail(&outcome, terminal);
    }
    for sentence in &already {
        outcome::tell(sentence, terminal)?;
    }
    if args.dry_run {
        let diff = outcome::diff(&outcome, Stream::Results, terminal);
        terminal.print(Stream::Results, diff.as_bytes())?;
        return Ok(if outcome.files.is_empty() { Exit::Clean } else { Exit::Drift });
    }
    if !outcome::write(&place.disk, &mut outcome, terminal)? {
        return Ok(Exit::Failed);
    }
    if !outcome.files.is_empty() {
        outcome::tell("next: `secretform generate` writes the Terraform and IAM of it", terminal)?;
    }
    Ok(Exit::Clean)
}

/// The folder of `--presets`, in the repository.
fn folder(args: &AddArgs, disk: &Disk) -> Result<Option<RepoPath>, Box<Diagnostic>> {
    args.presets.as_deref().map(|folder| outcome::folder(disk, folder, "--presets")).transpose()
}

/// All presets, a line each.
fn list(args: &AddArgs, terminal: &Terminal) -> io::Result<Exit> {
    let found = here(Path::new(".")).and_then(|(disk, _)| {
        let folder = folder(args, &disk)?;
        Ok((disk, folder))
    });
    let (disk, folder) = match found {
        Ok(found) => found,
        Err(lost) => return outcome::fail(&outcome::failed(*lost), terminal),
    };
    let (offers, outcome) = pipeline::presets(&disk, folder.as_ref());
    let width = offers.iter().map(|offer| offer.name.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for offer in &offers {
        let _ = writeln!(text, "{:width$}  {}", hygiene::inline(&offer.name), hygiene::inline(&offer.about));
    }
    terminal.print(Stream::Results, text.as_bytes())?;
    if outcome.failed { outcome::fail(&outcome, terminal) } else { Ok(Exit::Clean) }
}
