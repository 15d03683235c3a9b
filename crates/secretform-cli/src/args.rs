//! The command line: its commands, and the flags that they share.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args as _, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::commands::{add, check, explain, generate, init, list, runbook};

/// Declare AWS secrets and who may read them once; keep Terraform and IAM true to it
#[derive(Debug, Parser)]
#[command(
    name = "secretform",
    version,
    disable_help_subcommand = true,
    after_help = "Exit codes: 0 nothing to report, 1 the run failed, 2 drift found or something held back."
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) shared: Shared,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Shared {
    /// When to use colours; auto is on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
}

impl Args {
    /// What the words of the command line say.
    ///
    /// # Errors
    /// If they say nothing that is understood, or ask for help or the version.
    pub(crate) fn read(words: &[OsString]) -> Result<Self, clap::Error> {
        match Self::check(words) {
            Some(args) => Ok(args),
            None => Self::try_parse_from(words),
        }
    }

    /// The command that runs most often, by its own flags alone: to lay out those of all commands
    /// takes as long as a small check. What isn't understood so, clap as a whole has its say on.
    fn check(words: &[OsString]) -> Option<Self> {
        let command = words.get(1..).filter(|words| words.first().is_some_and(|word| word == "check"))?;
        let flags = check::CheckArgs::augment_args(Shared::augment_args(clap::Command::new("check")));
        let said = flags.try_get_matches_from(command).ok()?;
        let command = Command::Check(check::CheckArgs::from_arg_matches(&said).ok()?);
        Some(Self { shared: Shared::from_arg_matches(&said).ok()?, command })
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(check::CheckArgs),
    Generate(generate::GenerateArgs),
    Init(init::InitArgs),
    Add(add::AddArgs),
    List(list::ListArgs),
    Runbook(runbook::RunbookArgs),
    Explain(explain::ExplainArgs),
}

/// Which spec.
#[derive(Debug, clap::Args)]
pub(crate) struct SpecArgs {
    /// The spec [default: $SECRETFORM_SPEC, else secretform.hcl here or in a parent, up to the
    /// repository's root]
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,
}

/// Whose templates.
#[derive(Debug, clap::Args)]
pub(crate) struct TemplateArgs {
    /// A folder of templates that go before the built-in ones, each by its file's name;
    /// docs/templates.md says what they may see
    #[arg(long, value_name = "DIR")]
    pub(crate) templates: Option<PathBuf>,
}

/// When to use colours. The words say it; documented variants would make every help a page long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}
