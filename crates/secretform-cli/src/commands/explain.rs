//! `secretform explain`: the page of a code.

use std::fmt::Write as _;
use std::io;

use secretform::diagnostic::{codes, suggest::did_you_mean};

use super::outcome;
use crate::exit::Exit;
use crate::terminal::{Stream, Terminal};

/// Say what a code means, why it matters and what to do
#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// A code (SF102) or its name (changed); without one, all are listed
    code: Option<String>,
}

pub(crate) fn run(args: &ExplainArgs, terminal: &Terminal) -> io::Result<Exit> {
    let Some(asked) = &args.code else {
        let mut list = String::new();
        for rule in codes::ALL {
            let _ = writeln!(list, "{}  {:<8} {}", rule.code, rule.severity.name(), rule.name);
        }
        terminal.print(Stream::Results, list.as_bytes())?;
        return Ok(Exit::Clean);
    };
    if let Some(page) = codes::explain(asked) {
        terminal.print(Stream::Results, page.trim_end().as_bytes())?;
        terminal.print(Stream::Results, b"\n")?;
        return Ok(Exit::Clean);
    }
    let known = codes::ALL.iter().flat_map(|rule| [rule.code, rule.name]);
    let hint = did_you_mean(asked, known).unwrap_or_else(|| "`secretform explain` lists all".to_owned());
    outcome::refuse(&format!("there is no code `{asked}`; {hint}"), terminal)
}
