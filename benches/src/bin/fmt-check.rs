//! `fmt-check DIRECTORY`: what `terraform fmt -check -recursive` does, with the library.
//! Exit 0 if all is formatted, 3 if not, 2 if a file does not parse.

#![allow(clippy::disallowed_methods, reason = "it reads files")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use benches::input;
use secretform::syntax;

#[expect(clippy::print_stdout, reason = "terraform prints the names too")]
fn main() -> ExitCode {
    let directory = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("."), PathBuf::from);
    // From within, the system has less of each path to walk.
    if std::env::set_current_dir(directory).is_err() {
        return ExitCode::FAILURE;
    }
    let Ok(paths) = input::paths(Path::new("")) else { return ExitCode::FAILURE };
    let (mut differs, mut refused) = (false, false);
    for path in paths {
        let Ok(bytes) = fs::read(&path) else { return ExitCode::FAILURE };
        match syntax::is_formatted(&bytes) {
            Ok(true) => {}
            Ok(false) => {
                println!("{}", path.display());
                differs = true;
            }
            Err(_) => refused = true,
        }
    }
    match (refused, differs) {
        (true, _) => ExitCode::from(2),
        (false, true) => ExitCode::from(3),
        (false, false) => ExitCode::SUCCESS,
    }
}
