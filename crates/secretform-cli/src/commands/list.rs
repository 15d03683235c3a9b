//! `secretform list`: what the spec declares, at a glance.

use std::io;

use clap::ValueEnum;
use secretform::pipeline;
use secretform::report::list;

use super::outcome::{self, Place};
use crate::args::SpecArgs;
use crate::exit::Exit;
use crate::terminal::{Stream, Terminal};

/// List groups, secrets, their fields and who may read them, and where Terraform has them
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 all was listed, 1 the spec can't be read.")]
pub(crate) struct ListArgs {
    #[command(flatten)]
    spec: SpecArgs,

    /// For people, or as the JSON document that docs/list-json.md describes
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
}

/// How it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
}

pub(crate) fn run(args: &ListArgs, terminal: &Terminal) -> io::Result<Exit> {
    let place = match Place::find(&args.spec) {
        Ok(place) => place,
        Err(lost) => return outcome::fail(&outcome::failed(*lost), terminal),
    };
    let listed = pipeline::list(&place.inputs());
    let Some(listing) = listed.listing() else { return outcome::fail(&listed.outcome, terminal) };
    let text = match args.format {
        Format::Table => list::table(&listing, &terminal.options(Stream::Results)),
        Format::Json => list::json(&listing),
    };
    terminal.print(Stream::Results, text.as_bytes())?;
    Ok(Exit::Clean)
}
