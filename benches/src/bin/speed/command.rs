//! The command as a process: on the example, and on ten thousand secrets.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use benches::{
    section::Section,
    time::{best, duel_of_processes, terraform},
};
use secretform::pipeline::{GenerateOptions, Inputs, generate};
use secretform::source::{MemoryDirectory, RepoPath};

pub(crate) const COUNT: usize = 10_000;
const RUNS: usize = 20;
const SLOW_RUNS: usize = 3;

pub(crate) fn measure(section: &mut Section) {
    let Some(binary) = std::env::current_exe().ok().map(|path| path.with_file_name("secretform")) else {
        return;
    };
    if !binary.is_file() {
        return section.missing("secretform", "build it first: cargo build --release -p secretform-cli");
    }
    if let Err(error) = example(section, &binary).and_then(|()| many(section, &binary)) {
        section.missing("secretform as a process", &error.to_string());
    }
    level(section);
    if let Ok(file) = fs::metadata(&binary) {
        section.at_most("the binary", file.len() as f64 / 1e6, "MB", 5.0);
    }
}

fn example(section: &mut Section, binary: &Path) -> io::Result<()> {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/airbyte");
    let check = || {
        let mut command = Command::new(binary);
        // Not by its directory: starting in another one costs this process a fork.
        command.arg("check").arg("--spec").arg(spec.join("secretform.hcl"));
        command
    };
    let (ours, nothing) = duel_of_processes(RUNS, &mut check(), &mut Command::new("/bin/true"))?;
    section.time("example: check", ours);
    section.at_most(
        "example: check ÷ /bin/true",
        ours.wall.as_secs_f64() / nothing.wall.as_secs_f64(),
        "×",
        2.0,
    );
    let directory = spec.to_string_lossy().into_owned();
    for arguments in [vec!["version"], vec!["fmt", "-check", "-recursive", &directory]] {
        let (ours, theirs) = duel_of_processes(SLOW_RUNS, &mut check(), &mut terraform(&arguments))?;
        let ratio = theirs.wall.as_secs_f64() / ours.wall.as_secs_f64();
        section.at_least(&format!("example: terraform {} ÷ check", arguments[0]), ratio, "×", 25.0);
    }
    Ok(())
}

fn many(section: &mut Section, binary: &Path) -> io::Result<()> {
    let folder = std::env::temp_dir().join(format!("secretform-speed-{}", std::process::id()));
    let result = in_folder(section, binary, &folder);
    let _ = fs::remove_dir_all(&folder);
    result
}

fn in_folder(section: &mut Section, binary: &Path, folder: &Path) -> io::Result<()> {
    let (spec, file): (PathBuf, PathBuf) = (folder.join("secretform.hcl"), folder.join("secrets.tf"));
    fs::create_dir_all(folder.join(".git"))?;
    fs::write(&spec, spec_of(COUNT))?;
    let run = |word: &str| {
        let mut command = Command::new(binary);
        command.arg(word).arg("--spec").arg(&spec);
        command
    };
    let mut generated = None;
    for _ in 0..RUNS {
        let _ = fs::remove_file(&file);
        let spent = benches::time::process(&mut run("generate"))?;
        generated = Some(generated.map_or(spent, |best: benches::time::Spent| best.or(spent)));
    }
    let fmt = ["fmt", "-check", &*file.to_string_lossy()].map(str::to_owned);
    let fmt: Vec<&str> = fmt.iter().map(String::as_str).collect();
    let (clean, theirs) = duel_of_processes(SLOW_RUNS, &mut run("check"), &mut terraform(&fmt))?;
    section.time("10,000 secrets: terraform fmt -check of the file", theirs);
    section.time("10,000 secrets: check, clean", clean);
    section.at_least(
        "10,000 secrets: fmt -check ÷ check, clean",
        clean.times_quicker_than(theirs),
        "×",
        70.0,
    );
    let (page, clean) = duel_of_processes(RUNS, &mut run("runbook"), &mut run("check"))?;
    section.time("10,000 secrets: runbook", page);
    let ratio = page.processor.as_secs_f64() / clean.processor.as_secs_f64();
    section.at_most("10,000 secrets: runbook ÷ check", ratio, "×", 1.5);
    if let Some(generated) = generated {
        section.time("10,000 secrets: generate from nothing", generated);
        let ratio = generated.times_quicker_than(theirs);
        section.at_least("10,000 secrets: fmt -check ÷ generate", ratio, "×", 40.0);
    }
    let mut text = fs::read_to_string(&file)?;
    for at in (0..COUNT).step_by(COUNT / 50) {
        text = text.replacen(&format!("System {at} API"), &format!("System {at} IPA"), 1);
    }
    fs::write(&file, text)?;
    let (drifted, theirs) = duel_of_processes(SLOW_RUNS, &mut run("check"), &mut terraform(&fmt))?;
    section.time("10,000 secrets: check, 50 drifted", drifted);
    let ratio = drifted.times_quicker_than(theirs);
    section.at_least("10,000 secrets: fmt -check ÷ check, 50 drifted", ratio, "×", 70.0);
    Ok(())
}

/// The cost of a secret, generated in memory, from ten thousand to a hundred thousand.
fn level(section: &mut Section) {
    let cost = |count: usize| {
        let mut directory = MemoryDirectory::new();
        let Ok(spec) = RepoPath::new("secretform.hcl") else { return f64::NAN };
        directory.insert(spec.clone(), spec_of(count));
        let inputs = Inputs { directory: &directory, spec, templates: None };
        let spent = best(SLOW_RUNS, || generate(&inputs, &GenerateOptions::default()).files.len());
        spent.processor.as_secs_f64() / count as f64
    };
    let (few, many) = (cost(COUNT), cost(10 * COUNT));
    section.at_most("generate in memory: cost of a secret at 100,000 ÷ at 10,000", many / few, "×", 1.2);
}

/// A spec of so many secrets, as `input::secrets` has them.
pub(crate) fn spec_of(count: usize) -> String {
    use std::fmt::Write as _;
    let mut text = String::from(
        "terraform {\n  region     = var.aws_region\n  account_id = var.aws_account_id\n}\n\ndefaults { tags = { Name = secret.name, ManagedBy = \"terraform\" } }\n",
    );
    for at in 0..count {
        let _ = write!(
            text,
            "\ngroup \"system-{at:05}\" {{\n  secret \"api-credentials\" {{\n    description = \"System {at} API credentials for Prefect integration\"\n\n    field \"api_key\" {{\n      sensitive = true\n    }}\n  }}\n}}\n"
        );
    }
    text
}
