//! `secretform check`: what differs from the spec.

use std::io;
use std::mem::ManuallyDrop;

use clap::ValueEnum;
use secretform::diagnostic::Severity;
use secretform::pipeline;
use secretform::report::{Summary, json};

use super::outcome::{self, Place};
use crate::args::{SpecArgs, TemplateArgs};
use crate::exit::Exit;
use crate::terminal::{Stream, Terminal};

/// Compare the Terraform and IAM that are there with the spec, by meaning
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 nothing to report, 1 the run failed, 2 drift found.")]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    spec: SpecArgs,

    #[command(flatten)]
    templates: TemplateArgs,

    /// For people, or as the JSON document that docs/report-json.md describes
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,

    /// Exit 0 even if drift is found; a run that fails still exits 1
    #[arg(long)]
    exit_zero: bool,

    /// The least severity that makes it exit 2
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    fail_on: FailOn,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
}

/// What makes a check exit 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
}

pub(crate) fn run(args: &CheckArgs, terminal: &Terminal) -> io::Result<Exit> {
    // The process ends after this: nothing need be taken apart.
    let place = Place::find(&args.spec);
    let inputs = place.as_ref().map_err(Clone::clone).and_then(|place| place.inputs_with(&args.templates));
    let outcome = ManuallyDrop::new(match inputs {
        Ok(inputs) => pipeline::check(&inputs),
        Err(lost) => outcome::failed(*lost),
    });
    match args.format {
        Format::Json => {
            let document = json::render(&outcome.diagnostics, &outcome.sources, &outcome.masks);
            terminal.print(Stream::Results, document.as_bytes())?;
        }
        Format::Human => {
            let stream = if outcome.failed { Stream::Messages } else { Stream::Results };
            outcome::print_findings(&outcome, stream, terminal)?;
            let diff = outcome::diff(&outcome, stream, terminal);
            if !diff.is_empty() {
                let text = format!("`secretform generate` would write:\n{diff}\n");
                terminal.print(stream, text.as_bytes())?;
            }
            outcome::print_summary(&outcome, stream, terminal)?;
        }
    }
    let least = match args.fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
    };
    Ok(if outcome.failed {
        Exit::Failed
    } else if args.exit_zero || Summary::of(&outcome.diagnostics).at_least(least) == 0 {
        Exit::Clean
    } else {
        Exit::Drift
    })
}
