//! The command as a process: exit codes, streams, pipes, environment.

#![allow(clippy::disallowed_methods, reason = "tests start programs and write files")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A repository with one spec, which nothing can be said against.
fn repository() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    fs::write(
        folder.path().join("secretform.hcl"),
        "terraform {\n  region     = \"eu-west-2\"\n  account_id = \"123456789012\"\n}\n\nsecret \"token\" {}\n",
    )
    .unwrap();
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_secretform"));
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    for variable in ["SECRETFORM_SPEC", "NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "COLUMNS"] {
        command.env_remove(variable);
    }
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn misuse_exits_1_for_2_means_drift() {
    let folder = repository();
    for arguments in [
        &["chek"][..],
        &[],
        &["check", "--fail-on", "note"],
        &["generate", "--dry-run", "--stdout", "x"],
        &["generate", "--stdout", "nowhere.tf"],
        &["explain", "SF999"],
    ] {
        let output = run(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
    for arguments in [&["--help"][..], &["--version"], &["check", "--help"], &["explain", "--help"]] {
        let output = run(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_failed_run_speaks_on_standard_error_but_json_on_standard_output() {
    let folder = repository();
    let arguments = ["check", "--spec", "nope.hcl"];
    let output = run(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), "");
    assert!(
        text(&output.stderr)
            .starts_with("error[SF009]: the spec `nope.hcl`, named by --spec, does not exist")
    );
    let output = run(folder.path(), &[&arguments[..], &["--format", "json", "--exit-zero"]].concat());
    assert_eq!(output.status.code(), Some(1), "--exit-zero forgives drift, not failure");
    assert!(text(&output.stdout).contains("\"code\": \"SF009\""));
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn the_spec_comes_from_the_flag_then_the_variable_then_the_search() {
    let folder = repository();
    let failing = |arguments: &[&str], variable: &str| {
        let output = command(folder.path(), arguments).env("SECRETFORM_SPEC", variable).output().unwrap();
        text(&output.stderr).lines().next().unwrap_or_default().to_owned()
    };
    let lost =
        |name: &str, by: &str| format!("error[SF009]: the spec `{name}`, named by {by}, does not exist");
    assert_eq!(failing(&["check"], "b.hcl"), lost("b.hcl", "SECRETFORM_SPEC"));
    assert_eq!(failing(&["check", "--spec", "a.hcl"], "b.hcl"), lost("a.hcl", "--spec"));
    assert!(!failing(&["check"], "").contains("SF009"), "an empty variable names nothing");
}

#[test]
fn colours_come_when_asked_for_and_go_when_asked_to() {
    let folder = repository();
    let colored = |arguments: &[&str], variable: Option<(&str, &str)>| {
        let mut command = command(folder.path(), &[&["check", "--spec", "nope.hcl"], arguments].concat());
        command.envs(variable);
        command.output().unwrap().stderr.contains(&0x1b)
    };
    assert!(!colored(&[], None), "a pipe is no terminal");
    assert!(colored(&["--color", "always"], None));
    assert!(colored(&["--color", "always"], Some(("NO_COLOR", "1"))), "the flag is nearer than the variable");
    assert!(colored(&[], Some(("CLICOLOR_FORCE", "1"))));
    assert!(!colored(&["--color", "never"], Some(("CLICOLOR_FORCE", "1"))));
}

#[test]
#[cfg(unix)]
fn who_closes_the_pipe_has_read_enough() {
    let folder = repository();
    for arguments in [&["explain"][..], &["explain", "SF102"], &["check", "--format", "json"], &["--help"]] {
        let expected = run(folder.path(), arguments).status.code();
        let mut child =
            command(folder.path(), arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), expected, "{arguments:?}");
        assert_eq!(text(&output.stderr), "", "{arguments:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_is_lost_is_an_error() {
    let folder = repository();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = command(folder.path(), &["explain"]).stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).starts_with("error: the output can't be written: No space left"));
}
