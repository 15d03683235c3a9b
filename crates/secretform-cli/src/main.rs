//! The `secretform` command: parses arguments, calls the library, prints, picks the exit code.

#![expect(
    clippy::disallowed_methods,
    reason = "the command line, the environment and the clock are the CLI's"
)]

mod args;
mod commands;
mod exit;
mod terminal;

use std::ffi::OsString;
use std::process::ExitCode;

use crate::args::Args;
use crate::exit::Exit;
use crate::terminal::Terminal;

fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let args = match Args::read(&words) {
        Ok(args) => args,
        Err(answer) => {
            // Help and version are answers, not errors. Clap's own 2 for misuse means drift here.
            let exit = if answer.use_stderr() { Exit::Failed } else { Exit::Clean };
            // Who closed the pipe has read enough.
            let _ = answer.print();
            return exit.into();
        }
    };
    let terminal = Terminal::new(args.shared.color);
    commands::run(&args.command, &terminal).into()
}
