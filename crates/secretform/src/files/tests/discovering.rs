//! Which spec is found, and which are too many.

use std::fs;
use std::path::Path;

use super::Sandbox;
use crate::files::discover::{Named, discover};

/// The spec that is found, or the code and message of the error.
fn find(working: &Path, named: Option<&str>) -> Result<String, String> {
    let named = named.map(|path| Named { path: Path::new(path), by: "--spec" });
    discover(working, named)
        .map(|found| found.spec.to_string())
        .map_err(|error| format!("{} {}", error.rule.code, error.message))
}

#[test]
fn the_only_spec_on_the_way_up_is_found() {
    let sandbox = Sandbox::new();
    sandbox.put("a/secretform.hcl", "");
    sandbox.put("a/b/c/main.tf", "");
    sandbox.put("z/main.tf", "");
    let repo = sandbox.repo();
    assert_eq!(find(&repo.join("a"), None).unwrap(), "a/secretform.hcl");
    assert_eq!(find(&repo.join("a/b/c"), None).unwrap(), "a/secretform.hcl");
    let error = find(&repo.join("z"), None).unwrap_err();
    assert!(
        error.starts_with("SF009 there is no secretform.hcl in the working directory and its"),
        "{error}"
    );
}

#[test]
fn two_specs_on_the_way_up_are_an_error_that_names_both() {
    let sandbox = Sandbox::new();
    sandbox.put("secretform.hcl", "");
    sandbox.put("a/secretform.hcl", "");
    let error = find(&sandbox.repo().join("a"), None).unwrap_err();
    assert_eq!(error, "SF009 there is more than one spec: `a/secretform.hcl` and `secretform.hcl`");
    assert_eq!(find(&sandbox.repo(), None).unwrap(), "secretform.hcl");
    assert_eq!(find(&sandbox.repo().join("a"), Some("secretform.hcl")).unwrap(), "a/secretform.hcl");
}

#[test]
fn nothing_above_the_repository_counts() {
    let sandbox = Sandbox::new();
    fs::write(sandbox.repo().parent().unwrap().join("secretform.hcl"), "").unwrap();
    assert!(find(&sandbox.repo(), None).unwrap_err().starts_with("SF009"));
    sandbox.put("secretform.hcl", "");
    assert_eq!(find(&sandbox.repo(), None).unwrap(), "secretform.hcl");
    // A work tree or a submodule, whose `.git` is a file, is a repository of its own.
    sandbox.put("sub/.git", "gitdir: ../.git/modules/sub");
    assert!(find(&sandbox.repo().join("sub"), None).unwrap_err().starts_with("SF009"));
}

#[test]
fn outside_a_repository_only_the_working_directory_counts() {
    let sandbox = Sandbox::new();
    let outside = sandbox.outside();
    fs::create_dir(outside.join("below")).unwrap();
    fs::write(outside.join("secretform.hcl"), "").unwrap();
    assert_eq!(find(&outside, None).unwrap(), "secretform.hcl");
    let error = find(&outside.join("below"), None).unwrap_err();
    assert!(error.starts_with("SF009 there is no secretform.hcl in the working directory, "), "{error}");
}

#[test]
fn a_named_spec_is_taken_from_where_it_lies() {
    let sandbox = Sandbox::new();
    sandbox.put("specs/prod.hcl", "");
    sandbox.put("a/main.tf", "");
    let a = sandbox.repo().join("a");
    assert_eq!(find(&a, Some("../specs/prod.hcl")).unwrap(), "specs/prod.hcl");
    let absolute = sandbox.repo().join("specs/prod.hcl");
    assert_eq!(find(&sandbox.outside(), absolute.to_str()).unwrap(), "specs/prod.hcl");
    let error = find(&a, Some("nope.hcl")).unwrap_err();
    assert_eq!(error, "SF009 the spec `nope.hcl`, named by --spec, does not exist");
    assert!(find(&a, Some("..")).unwrap_err().starts_with("SF009"));
    assert!(find(&a, Some("")).unwrap_err().starts_with("SF009"));
}

#[test]
fn a_spec_in_json_is_not_overlooked() {
    let sandbox = Sandbox::new();
    sandbox.put("secretform.hcl.json", "{}");
    let error = find(&sandbox.repo(), None).unwrap_err();
    assert_eq!(error, "SF008 `secretform.hcl.json`: a spec in JSON syntax can't be read yet");
    assert!(find(&sandbox.repo(), Some("secretform.hcl.json")).unwrap_err().starts_with("SF008"));
    sandbox.put("secretform.hcl", "");
    assert!(find(&sandbox.repo(), None).unwrap_err().starts_with("SF009 there is more than one spec"));
}
