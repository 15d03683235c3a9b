//! Formatting in memory, and a check of the corpus tree as a process against terraform's.

use std::process::Command;

use benches::{
    input,
    section::Section,
    time::{best, best_process, megabytes_per_second, terraform, times},
};
use secretform::syntax::{format, is_formatted};

const RUNS: usize = 20;

pub(crate) fn measure(section: &mut Section) {
    let secrets = [input::secrets(10_000).into_bytes()];
    in_memory(section, "10,000 secrets", &secrets, None);
    let directory = input::corpus_directory();
    match input::files(&directory) {
        Ok(files) if !files.is_empty() => in_memory(section, "corpus", &files, Some(180.0)),
        _ => return section.missing("the corpus", "set SECRETFORM_CORPUS"),
    }
    let Ok(own) = std::env::current_exe().map(|path| path.with_file_name("fmt-check")) else {
        return section.missing("fmt-check", "its path is unknown");
    };
    let Ok(ours) = best_process(RUNS, || {
        let mut command = Command::new(&own);
        command.arg(&directory);
        command
    }) else {
        return section.missing("fmt-check", "build it: cargo build --release -p benches --bins");
    };
    let directory = directory.to_string_lossy();
    let Ok(theirs) = best_process(3, || terraform(&["fmt", "-check", "-recursive", &directory])) else {
        return section.missing("terraform fmt -check -recursive", "terraform is not on the path");
    };
    section.time("corpus tree: fmt-check, whole process", ours);
    section.time("corpus tree: terraform fmt -check -recursive", theirs);
    section.at_least("corpus tree: terraform ÷ fmt-check", times(theirs, ours), "×", 70.0);
}

fn in_memory(section: &mut Section, name: &str, files: &[Vec<u8>], target: Option<f64>) {
    let size: usize = files.iter().map(Vec::len).sum();
    let checked = best(RUNS, || files.iter().filter(|file| is_formatted(file) == Ok(true)).count());
    let formatted =
        best(RUNS, || files.iter().filter_map(|file| format(file).ok()).map(|out| out.len()).sum::<usize>());
    section.time(&format!("{name}: is_formatted ({:.0} MB/s)", megabytes_per_second(size, checked)), checked);
    section.time(&format!("{name}: format"), formatted);
    let speed = megabytes_per_second(size, formatted);
    section.at_least(&format!("{name}: format, parsed whole"), speed, "MB/s", target.unwrap_or(0.0));
}
