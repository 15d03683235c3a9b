//! What is read, and what is refused.

#![cfg(unix)]

use std::fs;
use std::os::unix::ffi::OsStrExt;

use super::{Sandbox, chmod, fifo, link, path, permissions_count};
use crate::existing::terraform_files;
use crate::source::{Directory, Entry, EntryKind, ReadErrorKind};

#[test]
fn files_are_read_through_links_that_stay_inside() {
    let sandbox = Sandbox::new();
    sandbox.put("real/a.tf", "a");
    let repo = sandbox.repo();
    link("real", repo.join("folder"));
    link("a.tf", repo.join("real/b.tf"));
    link("../../repo/real/a.tf", repo.join("real/round.tf"));
    link(repo.canonicalize().unwrap().join("real/a.tf"), repo.join("absolute.tf"));
    let disk = sandbox.disk();
    for name in ["real/a.tf", "folder/a.tf", "folder/b.tf", "real/round.tf", "absolute.tf"] {
        assert_eq!(disk.read(&path(name)).unwrap(), b"a", "{name}");
    }
    assert_eq!(disk.list(&path("folder")).unwrap().len(), 3);
}

#[test]
fn what_is_no_file_of_the_repository_is_refused_by_its_kind() {
    let sandbox = Sandbox::new();
    let repo = sandbox.repo();
    fs::write(sandbox.outside().join("secret"), "never").unwrap();
    sandbox.put("file", "");
    sandbox.put("folder.tf/x", "");
    sandbox.put(".git/config", "");
    fifo(&repo.join("fifo.tf"));
    let _socket = std::os::unix::net::UnixListener::bind(repo.join("socket.tf")).unwrap();
    link("nowhere", repo.join("dangling.tf"));
    link("self.tf", repo.join("self.tf"));
    link("ring-b.tf", repo.join("ring-a.tf"));
    link("ring-a.tf", repo.join("ring-b.tf"));
    link("../outside/secret", repo.join("out.tf"));
    link("../outside", repo.join("out"));
    link("out.tf", repo.join("out-twice.tf"));
    link("fifo.tf", repo.join("to-fifo.tf"));
    link("/dev/zero", repo.join("zero.tf"));
    link(".git/config", repo.join("git.tf"));
    link(".", repo.join("again"));
    link("folder.tf", repo.join("to-folder.tf"));
    let disk = sandbox.disk();
    let kind = |name: &str| disk.read(&path(name)).unwrap_err().kind;
    assert_eq!(kind("absent"), ReadErrorKind::NotFound);
    assert_eq!(kind("absent/deep"), ReadErrorKind::NotFound);
    assert_eq!(kind("file/below"), ReadErrorKind::NotDirectory);
    assert_eq!(kind("folder.tf"), ReadErrorKind::IsDirectory);
    assert_eq!(kind("to-folder.tf"), ReadErrorKind::IsDirectory);
    assert_eq!(kind("fifo.tf"), ReadErrorKind::Special("FIFO"));
    assert_eq!(kind("to-fifo.tf"), ReadErrorKind::Special("FIFO"));
    assert_eq!(kind("socket.tf"), ReadErrorKind::Special("socket"));
    assert_eq!(kind("dangling.tf"), ReadErrorKind::LinkDangling("nowhere".to_owned()));
    assert_eq!(kind("dangling.tf/x"), ReadErrorKind::LinkDangling("nowhere".to_owned()));
    assert_eq!(kind("self.tf"), ReadErrorKind::LinkLoop);
    assert_eq!(kind("ring-a.tf"), ReadErrorKind::LinkLoop);
    for name in ["out.tf", "out/secret", "out-twice.tf", "zero.tf", "git.tf", "again/.git/config"] {
        assert!(matches!(kind(name), ReadErrorKind::LinkLeaves(_)), "{name}: {:?}", kind(name));
    }
    assert!(matches!(disk.list(&path("out")).unwrap_err().kind, ReadErrorKind::LinkLeaves(_)));
    assert_eq!(disk.list(&path("file")).unwrap_err().kind, ReadErrorKind::NotDirectory);
    assert_eq!(disk.list(&path("absent")).unwrap_err().kind, ReadErrorKind::NotFound);
}

#[test]
fn a_file_larger_than_the_limit_is_refused_unread() {
    let sandbox = Sandbox::new();
    let large = sandbox.put("large.tf", "");
    fs::OpenOptions::new().write(true).open(large).unwrap().set_len((1 << 30) + 1).unwrap();
    let error = sandbox.disk().read(&path("large.tf")).unwrap_err();
    assert_eq!(error.to_string(), "`large.tf` is larger than 1024 MiB");
}

#[test]
fn permissions_are_said_plainly() {
    let sandbox = Sandbox::new();
    if !permissions_count(&sandbox.repo()) {
        return;
    }
    let file = sandbox.put("a.tf", "");
    let below = sandbox.put("locked/b.tf", "");
    chmod(&file, 0);
    chmod(below.parent().unwrap(), 0);
    let disk = sandbox.disk();
    assert_eq!(disk.read(&path("a.tf")).unwrap_err().kind, ReadErrorKind::Permission);
    assert_eq!(disk.read(&path("locked/b.tf")).unwrap_err().kind, ReadErrorKind::Permission);
    assert_eq!(disk.list(&path("locked")).unwrap_err().kind, ReadErrorKind::Permission);
    chmod(below.parent().unwrap(), 0o755);
}

#[test]
fn a_folder_is_listed_whole_and_in_order() {
    let sandbox = Sandbox::new();
    let repo = sandbox.repo();
    sandbox.put("d/b.tf", "");
    sandbox.put("d/.hidden.tf", "");
    sandbox.put("d/B.tf", "");
    sandbox.put("d/x.tf/inner", "");
    sandbox.put(".gitignore", "*.tf\n");
    link("b.tf", repo.join("d/link.tf"));
    fifo(&repo.join("d/p.tf"));
    fs::write(repo.join("d").join(std::ffi::OsStr::from_bytes(b"z\xff.tf")), "").unwrap();
    let disk = sandbox.disk();
    let entry = |name: &str, kind| Entry { name: name.to_owned(), kind };
    assert_eq!(
        disk.list(&path("d")).unwrap(),
        [
            entry(".hidden.tf", EntryKind::File),
            entry("B.tf", EntryKind::File),
            entry("b.tf", EntryKind::File),
            entry("link.tf", EntryKind::Link),
            entry("p.tf", EntryKind::Special),
            entry("x.tf", EntryKind::Directory),
            entry("z�.tf", EntryKind::NotUnicode),
        ]
    );
    let files = terraform_files(&disk, &path("d")).unwrap();
    let names: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(names, ["d/B.tf", "d/b.tf", "d/link.tf", "d/p.tf", "d/z�.tf"]);
    assert_eq!(files[4].read(&disk).unwrap_err().kind, ReadErrorKind::NotUnicode);
}
