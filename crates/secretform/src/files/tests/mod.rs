//! The I/O on real folders: reading, finding, writing.

mod discovering;
mod reading;
mod writing;

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::Disk;
use crate::source::RepoPath;

/// A folder that is removed in the end, with a repository `repo` in it and a place outside it.
struct Sandbox {
    folder: TempDir,
}

impl Sandbox {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir_all(folder.path().join("repo/.git")).unwrap();
        fs::create_dir(folder.path().join("outside")).unwrap();
        Self { folder }
    }

    fn outside(&self) -> PathBuf {
        self.folder.path().join("outside")
    }

    fn repo(&self) -> PathBuf {
        self.folder.path().join("repo")
    }

    fn disk(&self) -> Disk {
        Disk::new(&self.repo()).unwrap()
    }

    /// Writes a file of the repository, its folders included.
    fn put(&self, path: &str, bytes: &str) -> PathBuf {
        let full = self.repo().join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(&full, bytes).unwrap();
        full
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.repo().join(path)).unwrap()
    }

    /// All names in a folder of the repository.
    fn names(&self, path: &str) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.repo().join(path))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

fn path(text: &str) -> RepoPath {
    RepoPath::new(text).unwrap()
}

#[cfg(unix)]
fn link(target: impl AsRef<Path>, at: impl AsRef<Path>) {
    std::os::unix::fs::symlink(target, at).unwrap();
}

#[cfg(unix)]
fn fifo(at: &Path) {
    rustix::fs::mkfifoat(rustix::fs::CWD, at, rustix::fs::Mode::from_raw_mode(0o644)).unwrap();
}

#[cfg(unix)]
fn chmod(at: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(at, fs::Permissions::from_mode(mode)).unwrap();
}

/// Whether this user is stopped by permissions; root is not. Says so aloud when it isn't.
#[cfg(unix)]
#[allow(clippy::print_stderr, reason = "a test that can't test must say so")]
fn permissions_count(folder: &Path) -> bool {
    let probe = folder.join("probe");
    fs::write(&probe, "").unwrap();
    chmod(&probe, 0);
    let counts = fs::read(&probe).is_err();
    fs::remove_file(&probe).unwrap();
    if !counts {
        eprintln!("note: this user is above permissions (root): what they forbid is not tested");
    }
    counts
}
