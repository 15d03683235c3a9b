//! One file per command: its flags, one call into the library, what it prints.

pub(crate) mod add;
pub(crate) mod check;
pub(crate) mod explain;
pub(crate) mod generate;
pub(crate) mod init;
pub(crate) mod list;
mod outcome;
pub(crate) mod runbook;

use std::io;

use crate::args::Command;
use crate::exit::Exit;
use crate::terminal::{Stream, Terminal};

/// Runs one command. What can't even be printed is a failed run.
pub(crate) fn run(command: &Command, terminal: &Terminal) -> Exit {
    let exit = match command {
        Command::Init(args) => init::run(args, terminal),
        Command::Add(args) => add::run(args, terminal),
        Command::Check(args) => check::run(args, terminal),
        Command::Generate(args) => generate::run(args, terminal),
        Command::List(args) => list::run(args, terminal),
        Command::Runbook(args) => runbook::run(args, terminal),
        Command::Explain(args) => explain::run(args, terminal),
    };
    exit.unwrap_or_else(|error: io::Error| {
        let message = format!("error: the output can't be written: {error}\n");
        let _ = terminal.print(Stream::Messages, message.as_bytes());
        Exit::Failed
    })
}
