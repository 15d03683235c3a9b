//! The one harness of the command's cases: a folder with a `case.toml` is a test, `out.snap`
//! beside it is what was seen. `snapshots/README.md` says what a case may hold.

#![allow(clippy::disallowed_methods, clippy::print_stderr, reason = "tests start programs and write files")]

mod case;
mod judge;
mod mutations;
mod oracle;
mod pairs;
mod presets;
mod readme;
mod real_input;
mod runbook;
mod tree;

use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};

use case::Case;

fn main() -> std::process::ExitCode {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../snapshots");
    let mut trials = vec![
        Trial::test("readme", readme::run),
        Trial::test("demo", readme::demo),
        Trial::test("terraform/example", oracle::example),
        Trial::test("terraform/values", oracle::values),
        Trial::test("terraform/real-input", real_input::seed),
        Trial::test("runbook-in-a-shell", runbook::hostile),
        Trial::test("mutations/seen", mutations::seen),
        Trial::test("mutations/unseen", mutations::unseen),
        {
            let folders = case_folders(&root);
            Trial::test("mutations/cured", move || pairs::cured(&folders))
        },
    ];
    trials.extend(presets::trials());
    for folder in case_folders(&root) {
        let name = name_of(&root, &folder);
        let (seen, proven) = (folder.clone(), folder);
        trials.push(Trial::test(name.clone(), move || run(&seen)));
        if Case::read(&proven).is_ok_and(|case| case.containers.is_some()) {
            trials.push(Trial::test(format!("terraform/{name}"), move || oracle::case(&proven)));
        }
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    oracle::stop();
    conclusion.exit_code()
}

/// Every folder two levels down that holds a `case.toml`, in order of name.
fn case_folders(root: &Path) -> Vec<PathBuf> {
    let folders = |of: &Path| -> Vec<PathBuf> {
        let mut found: Vec<PathBuf> = std::fs::read_dir(of)
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .filter(|path| path.is_dir())
            .collect();
        found.sort();
        found
    };
    folders(root)
        .iter()
        .flat_map(|command| folders(command))
        .filter(|folder| folder.join("case.toml").is_file())
        .collect()
}

fn name_of(root: &Path, folder: &Path) -> String {
    folder.strip_prefix(root).unwrap_or(folder).to_string_lossy().replace('\\', "/")
}

fn run(folder: &Path) -> Result<(), Failed> {
    let case = Case::read(folder)?;
    if let Some(reason) = case.cannot_run() {
        eprintln!("SKIPPED {}: {reason}", folder.display());
        return Ok(());
    }
    let mut judge = judge::Judge::new(&case, folder)?;
    judge.all()?;
    let record = judge.record();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_input_file(folder.join("case.toml"));
    settings.bind(|| insta::assert_snapshot!("out", record));
    Ok(())
}
