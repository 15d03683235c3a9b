//! What is written, what is kept, and that nothing is half done.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use super::{Sandbox, chmod, fifo, link, path, permissions_count};
use crate::diagnostic::Diagnostic;
use crate::files::{Replacement, WriteError, WriteErrorKind, write};
use crate::source::{ReadErrorKind, RepoPath};

/// Writes files given as path, old text, new text.
fn write_all(sandbox: &Sandbox, files: &[(&str, Option<&str>, &str)]) -> Result<(), WriteError> {
    let paths: Vec<RepoPath> = files.iter().map(|(name, ..)| path(name)).collect();
    let files: Vec<Replacement<'_>> = files
        .iter()
        .zip(&paths)
        .map(|((_, before, after), path)| Replacement {
            path,
            before: before.map(str::as_bytes),
            after: after.as_bytes(),
        })
        .collect();
    write(&sandbox.disk(), &files)
}

#[test]
fn files_are_replaced_created_and_keep_their_mode() {
    let sandbox = Sandbox::new();
    let old = sandbox.put("d/a.tf", "old");
    chmod(&old, 0o750);
    let inode = fs::metadata(&old).unwrap().ino();
    write_all(&sandbox, &[("d/a.tf", Some("old"), "new"), ("x/y/b.json", None, "{}"), ("c.tf", None, "")])
        .unwrap();
    assert_eq!(sandbox.text("d/a.tf"), "new");
    assert_eq!(sandbox.text("x/y/b.json"), "{}");
    let metadata = fs::metadata(&old).unwrap();
    assert_eq!(metadata.permissions().mode() & 0o7777, 0o750);
    assert_ne!(metadata.ino(), inode, "replaced in one step, not written over");
    let created = fs::metadata(sandbox.repo().join("c.tf")).unwrap().permissions().mode() & 0o7777;
    let usual = fs::metadata(sandbox.put("usual", "")).unwrap().permissions().mode() & 0o7777;
    assert_eq!(created, usual, "a new file has the mode of any new file");
    assert_eq!(sandbox.names("d"), ["a.tf"]);
    assert_eq!(sandbox.names("x/y"), ["b.json"]);
}

#[test]
fn links_are_kept_and_written_through() {
    let sandbox = Sandbox::new();
    sandbox.put("real/a.tf", "old");
    link("real/a.tf", sandbox.repo().join("link.tf"));
    link("real", sandbox.repo().join("folder"));
    write_all(&sandbox, &[("link.tf", Some("old"), "new"), ("folder/b.tf", None, "b")]).unwrap();
    assert_eq!(sandbox.text("real/a.tf"), "new");
    assert_eq!(sandbox.text("real/b.tf"), "b");
    assert!(fs::symlink_metadata(sandbox.repo().join("link.tf")).unwrap().is_symlink());
    assert_eq!(sandbox.names("."), [".git", "folder", "link.tf", "real"]);
}

#[test]
fn nothing_is_written_outside_the_repository() {
    let sandbox = Sandbox::new();
    let (repo, outside) = (sandbox.repo(), sandbox.outside());
    fs::write(outside.join("a.tf"), "old").unwrap();
    link("../outside/a.tf", repo.join("out.tf"));
    link("../outside", repo.join("out"));
    link("../outside/new.tf", repo.join("dangling.tf"));
    let kind = |name, before| write_all(&sandbox, &[(name, before, "new")]).unwrap_err().kind;
    let leaves = |kind| matches!(kind, WriteErrorKind::Read(ReadErrorKind::LinkLeaves(_)));
    assert!(leaves(kind("out.tf", Some("old"))));
    assert!(leaves(kind("out/a.tf", Some("old"))));
    assert!(leaves(kind("out/new.tf", None)));
    assert!(leaves(kind("out/deep/new.tf", None)));
    let dangling = kind("dangling.tf", None);
    assert!(matches!(dangling, WriteErrorKind::Read(ReadErrorKind::LinkDangling(_))), "{dangling:?}");
    assert_eq!(fs::read(outside.join("a.tf")).unwrap(), b"old");
    assert_eq!(fs::read_dir(outside).unwrap().count(), 1);
}

#[test]
fn a_file_that_changed_meanwhile_stops_all() {
    let sandbox = Sandbox::new();
    sandbox.put("a.tf", "old");
    sandbox.put("b.tf", "edited");
    sandbox.put("n.tf", "somebody's");
    fifo(&sandbox.repo().join("p.tf"));
    let stop = |name, before| {
        let error = write_all(&sandbox, &[("a.tf", Some("old"), "new"), (name, before, "x")]).unwrap_err();
        assert_eq!(sandbox.text("a.tf"), "old");
        assert_eq!(error.written, []);
        assert_eq!(error.path, path(name));
        error.kind
    };
    assert_eq!(stop("b.tf", Some("read")), WriteErrorKind::Changed);
    assert_eq!(stop("b.tf", Some("EDITED")), WriteErrorKind::Changed);
    assert_eq!(stop("gone.tf", Some("read")), WriteErrorKind::Read(ReadErrorKind::NotFound));
    assert_eq!(stop("n.tf", None), WriteErrorKind::Appeared);
    assert_eq!(stop("p.tf", Some("")), WriteErrorKind::Read(ReadErrorKind::Special("FIFO")));
    assert_eq!(stop("d/e.tf", Some("")), WriteErrorKind::Read(ReadErrorKind::NotFound));
    assert_eq!(sandbox.names("."), [".git", "a.tf", "b.tf", "n.tf", "p.tf"]);
}

#[test]
fn one_file_under_two_names_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.put("a.tf", "old");
    link("a.tf", sandbox.repo().join("b.tf"));
    let error = write_all(&sandbox, &[("a.tf", Some("old"), "1"), ("b.tf", Some("old"), "2")]).unwrap_err();
    assert_eq!(error.to_string(), "`b.tf` and `a.tf` are one file, through a link");
    let error = write_all(&sandbox, &[("n.tf", None, "1"), ("n.tf", None, "2")]).unwrap_err();
    assert_eq!(error.kind, WriteErrorKind::SameFile(path("n.tf")));
    assert_eq!(sandbox.text("a.tf"), "old");
    assert_eq!(sandbox.names("."), [".git", "a.tf", "b.tf"]);
}

#[test]
fn a_read_only_file_stays_as_it_is_even_for_root() {
    let sandbox = Sandbox::new();
    chmod(&sandbox.put("a.tf", "old"), 0o444);
    let error = write_all(&sandbox, &[("n.tf", None, "n"), ("a.tf", Some("old"), "new")]).unwrap_err();
    assert_eq!(error.to_string(), "`a.tf` is read-only");
    let diagnostic = Diagnostic::from(&error);
    assert_eq!(diagnostic.rule.code, "SF013");
    assert_eq!(diagnostic.reason.as_deref(), Some("nothing was written"));
    assert_eq!(sandbox.names("."), [".git", "a.tf"]);
}

#[test]
fn a_folder_that_nobody_may_write_is_an_error() {
    let sandbox = Sandbox::new();
    if !permissions_count(&sandbox.repo()) {
        return;
    }
    let folder = sandbox.put("d/a.tf", "old").parent().unwrap().to_owned();
    chmod(&folder, 0o555);
    let kind = |name, before| write_all(&sandbox, &[(name, before, "new")]).unwrap_err().kind;
    assert_eq!(kind("d/a.tf", Some("old")), WriteErrorKind::Permission);
    assert_eq!(kind("d/b.tf", None), WriteErrorKind::Permission);
    assert_eq!(kind("d/e/b.tf", None), WriteErrorKind::Permission);
    chmod(&folder, 0o755);
    assert_eq!(sandbox.names("d"), ["a.tf"]);
}

#[test]
fn folders_made_for_nothing_are_removed_again() {
    let sandbox = Sandbox::new();
    sandbox.put("a.tf", "edited");
    write_all(&sandbox, &[("x/y/z.tf", None, "new"), ("a.tf", Some("read"), "new")]).unwrap_err();
    assert_eq!(sandbox.names("."), [".git", "a.tf"]);
}

/// A mount of its own inside the sandbox, undone in the end; none where that isn't allowed.
struct Mount(std::path::PathBuf);

impl Mount {
    #[allow(clippy::print_stderr, reason = "a test that can't test must say so")]
    fn new(arguments: &[&str], at: &Path) -> Option<Self> {
        let mounted = std::process::Command::new("mount").args(arguments).arg(at).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Self(at.to_owned()));
        }
        eprintln!("note: this user can't mount: a full disk and a failing rename are not tested");
        None
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_an_error_and_leaves_nothing() {
    let sandbox = Sandbox::new();
    let small = sandbox.put("small/a.tf", "").parent().unwrap().to_owned();
    let Some(_mount) = Mount::new(&["-t", "tmpfs", "-o", "size=64k", "none"], &small) else { return };
    sandbox.put("small/a.tf", "old");
    sandbox.put("b.tf", "old");
    let large = "x".repeat(1 << 20);
    let error = write_all(&sandbox, &[("b.tf", Some("old"), "new"), ("small/a.tf", Some("old"), &large)])
        .unwrap_err();
    assert_eq!(error.to_string(), "`small/a.tf` can't be written: the disk is full");
    assert_eq!(error.written, []);
    assert_eq!(sandbox.text("small/a.tf"), "old");
    assert_eq!(sandbox.text("b.tf"), "old");
    assert_eq!(sandbox.names("small"), ["a.tf"]);
    assert_eq!(sandbox.names("."), [".git", "b.tf", "small"]);
}

#[test]
fn a_rename_that_fails_undoes_those_before_it() {
    let sandbox = Sandbox::new();
    let old = sandbox.put("a.tf", "old");
    let stuck = sandbox.put("stuck.tf", "old");
    // A file that is itself a mount point, as containers have them, can be neither renamed nor
    // replaced: only the rename fails.
    let Some(_mount) = Mount::new(&["--bind", stuck.to_str().unwrap()], &stuck) else { return };
    let inode = fs::metadata(&old).unwrap().ino();
    let error = write_all(
        &sandbox,
        &[("a.tf", Some("old"), "new"), ("n/n.tf", None, "new"), ("stuck.tf", Some("old"), "new")],
    )
    .unwrap_err();
    assert_eq!(error.path, path("stuck.tf"));
    assert_eq!(error.written, []);
    assert_eq!(sandbox.text("a.tf"), "old");
    assert_eq!(fs::metadata(&old).unwrap().ino(), inode, "the very file is back");
    assert_eq!(sandbox.text("stuck.tf"), "old");
    assert_eq!(sandbox.names("."), [".git", "a.tf", "stuck.tf"]);
}
