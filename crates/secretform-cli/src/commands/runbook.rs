//! `secretform runbook`: what a person does once the containers are there.

use std::io;
use std::mem::ManuallyDrop;

use clap::ValueEnum;
use secretform::pipeline::{self, RunbookOptions};
use secretform::render;

use super::outcome::{self, Place};
use crate::args::{SpecArgs, TemplateArgs};
use crate::exit::Exit;
use crate::terminal::{Stream, Terminal};

/// Print how a person gets, sets, verifies and proves each value after `terraform apply`
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 the page was printed, 1 the run failed.")]
pub(crate) struct RunbookArgs {
    /// Groups and secrets as the spec names them, such as airbyte or airbyte/api-credentials
    /// [default: all]
    #[arg(value_name = "NAME")]
    names: Vec<String>,

    #[command(flatten)]
    spec: SpecArgs,

    #[command(flatten)]
    templates: TemplateArgs,

    /// As Markdown, or as one page for a browser that needs nothing else
    #[arg(long, value_name = "FORMAT", default_value = "markdown")]
    format: Format,
}

/// How the page is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Markdown,
    Html,
}

pub(crate) fn run(args: &RunbookArgs, terminal: &Terminal) -> io::Result<Exit> {
    let place = match Place::find(&args.spec) {
        Ok(place) => place,
        Err(lost) => return outcome::fail(&outcome::failed(*lost), terminal),
    };
    let inputs = match place.inputs_with(&args.templates) {
        Ok(inputs) => inputs,
        Err(lost) => return outcome::fail(&outcome::failed(*lost), terminal),
    };
    let format = match args.format {
        Format::Markdown => render::Format::Markdown,
        Format::Html => render::Format::Html,
    };
    let options = RunbookOptions { names: args.names.clone(), format };
    let (page, outcome) = pipeline::runbook(&inputs, &options);
    // The process ends after this: nothing need be taken apart.
    let outcome = ManuallyDrop::new(outcome);
    if outcome.failed {
        return outcome::fail(&outcome, terminal);
    }
    terminal.print(Stream::Results, page.as_bytes())?;
    Ok(Exit::Clean)
}
