//! A preset added to ten thousand secrets, against the check of them.

use std::path::Path;
use std::process::Command;
use std::{fs, io};

use benches::{
    section::Section,
    time::{Spent, process},
};

use crate::command::{COUNT, spec_of};

const RUNS: usize = 20;

pub(crate) fn measure(section: &mut Section) {
    let Some(binary) = std::env::current_exe().ok().map(|path| path.with_file_name("secretform")) else {
        return;
    };
    if !binary.is_file() {
        return section.missing("secretform", "build it first: cargo build --release -p secretform-cli");
    }
    let folder = std::env::temp_dir().join(format!("secretform-speed-add-{}", std::process::id()));
    let result = in_folder(section, &binary, &folder);
    let _ = fs::remove_dir_all(&folder);
    if let Err(error) = result {
        section.missing("secretform add", &error.to_string());
    }
}

fn in_folder(section: &mut Section, binary: &Path, folder: &Path) -> io::Result<()> {
    let spec = folder.join("secretform.hcl");
    let text = spec_of(COUNT);
    fs::create_dir_all(folder.join(".git"))?;
    fs::write(&spec, &text)?;
    let run = |words: &[&str]| {
        let mut command = Command::new(binary);
        command.args(words).arg("--spec").arg(&spec);
        command
    };
    process(&mut run(&["generate"]))?;
    let (mut added, mut checked): (Option<Spent>, Option<Spent>) = (None, None);
    let better = |best: Option<Spent>, spent: Spent| Some(best.map_or(spent, |best| best.or(spent)));
    for _ in 0..RUNS {
        fs::write(&spec, &text)?;
        checked = better(checked, process(&mut run(&["check"]))?);
        added = better(added, process(&mut run(&["add", "slack"]))?);
    }
    if let (Some(added), Some(checked)) = (added, checked) {
        section.time("10,000 secrets: add", added);
        section.at_most("10,000 secrets: add ÷ check, clean", checked.times_quicker_than(added), "×", 1.5);
    }
    Ok(())
}
