//! `speed [SECTION …]`: every figure that we claim, all measured in one run, so that the
//! ratios are of one machine in one mood. Exit 1 if a target is missed.

#![allow(clippy::disallowed_methods, reason = "it looks at files and clocks")]

#[path = "speed/add.rs"]
mod add;
#[path = "speed/command.rs"]
mod command;
#[path = "speed/compare.rs"]
mod compare;
#[path = "speed/format.rs"]
mod format;
#[path = "speed/syntax.rs"]
mod syntax;

use std::process::ExitCode;

use benches::section::Section;

/// Puts the figures of one subject into a table.
type Measure = fn(&mut Section);

/// The subjects by name: a file in `speed/` and a row here.
const SECTIONS: &[(&str, Measure)] = &[
    ("syntax", syntax::measure),
    ("format", format::measure),
    ("compare", compare::measure),
    ("command", command::measure),
    ("add", add::measure),
];

#[expect(clippy::print_stdout, reason = "the table is its output")]
fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let mut missed = 0;
    for (name, measure) in SECTIONS {
        if wanted.is_empty() || wanted.iter().any(|word| word == name) {
            let mut section = Section::new();
            measure(&mut section);
            println!("## {name}\n\n{}", section.table());
            missed += section.missed();
        }
    }
    if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
