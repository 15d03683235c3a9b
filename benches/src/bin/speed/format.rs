//! Formatting in memory, and a check of the corpus tree as a process against terraform's.

use std::process::Command;

use benches::{
    input,
    section::Section,
    time::{best, duel_of_processes, terraform},
};
use secretform::syntax::{format, is_formatted};

const RUNS: usize = 20;
const PROCESS_RUNS: usize = 5;

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
    let mut ours = Command::new(&own);
    let mut theirs = terraform(&["fmt", "-check", "-recursive", &directory.to_string_lossy()]);
    let Ok((ours, theirs)) = duel_of_processes(PROCESS_RUNS, ours.arg(&directory), &mut theirs) else {
        return section.missing("terraform ÷ fmt-check", "both must be there: terraform, and all --bins");
    };
    section.time("corpus tree: fmt-check, whole process", ours);
    section.time("corpus tree: terraform fmt -check -recursive", theirs);
    section.at_least("corpus tree: terraform ÷ fmt-check", ours.times_quicker_than(theirs), "×", 70.0);
}

fn in_memory(section: &mut Section, name: &str, files: &[Vec<u8>], target: Option<f64>) {
    let size: usize = files.iter().map(Vec::len).sum();
    let checked = best(RUNS, || files.iter().filter(|file| is_formatted(file) == Ok(true)).count());
    let formatted =
        best(RUNS, || files.iter().filter_map(|file| format(file).ok()).map(|out| out.len()).sum::<usize>());
    section.speed(&format!("{name}: is_formatted"), size, checked);
    section.speed(&format!("{name}: format"), size, formatted);
    if let Some(target) = target {
        let speed = formatted.megabytes_per_second(size);
        section.at_least(&format!("{name}: format, parsed whole"), speed, "MB/s", target);
    }
}
