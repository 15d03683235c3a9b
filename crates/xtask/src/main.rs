//! Chores of the workspace, run as `cargo xtask <chore>`.

#![allow(clippy::disallowed_methods, reason = "chores read files and start programs")]

mod fmt_oracle;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask <chore>

chores:
  fmt-oracle   format tens of thousands of files and compare with the real terraform";

#[expect(clippy::print_stderr, reason = "a chore talks to a person")]
fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let chore = args.next();
    let rest: Vec<String> = args.collect();
    let done = match chore.as_deref() {
        Some("fmt-oracle") => fmt_oracle::run(&rest),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(code) => code,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
