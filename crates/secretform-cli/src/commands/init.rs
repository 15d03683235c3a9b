//! `secretform init`: writes a first spec.

use std::io;
use std::path::{Path, PathBuf};

use secretform::diagnostic::Diagnostic;
use secretform::files::{
    Disk,
    discover::{SPEC_NAME, here},
};
use secretform::pipeline::{self, InitOptions};

use super::outcome;
use crate::exit::Exit;
use crate::terminal::Terminal;

/// Write a first spec, with comments, from what stands in the repository
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 the spec is written, 1 the run failed and nothing was written.")]
pub(crate) struct InitArgs {
    /// The Terraform directory [default: looked for here and below]
    directory: Option<PathBuf>,

    /// The spec to write [default: secretform.hcl here]
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
}

pub(crate) fn run(args: &InitArgs, terminal: &Terminal) -> io::Result<Exit> {
    let (disk, options) = match place(args) {
        Ok(found) => found,
        Err(lost) => return outcome::fail(&outcome::failed(*lost), terminal),
    };
    let mut outcome = pipeline::init(&disk, &options);
    if outcome.failed {
        return outcome::fail(&outcome, terminal);
    }
    if !outcome::write(&disk, &mut outcome, terminal)? {
        return Ok(Exit::Failed);
    }
    outcome::tell("next: declare what the comments in it show, then `secretform check`", terminal)?;
    Ok(Exit::Clean)
}

/// The repository, the spec that is to be, and the directory that was named.
fn place(args: &InitArgs) -> Result<(Disk, InitOptions), Box<Diagnostic>> {
    let spec = args.spec.as_deref().unwrap_or(Path::new(SPEC_NAME));
    let (disk, _) = here(Path::new("."))?;
    let spec = outcome::new_file(&disk, spec, "--spec")?;
    let directory = args.directory.as_deref();
    let directory = directory.map(|folder| outcome::folder(&disk, folder, "DIRECTORY")).transpose()?;
    Ok((disk, InitOptions { spec, directory }))
}
