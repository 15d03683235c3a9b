//! The command line: its commands, and the flags that they share.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

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
    /// When to use colours; auto is on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,

    #[command(subcommand)]
    pub(crate) command: Command,
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
