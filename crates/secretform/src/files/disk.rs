//! A repository on disk. Links are followed as long as they stay inside it; FIFOs, sockets and
//! devices are never opened.

#![expect(clippy::disallowed_methods, reason = "this layer is where the library does its I/O")]

use std::collections::BTreeMap;
use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::source::{Directory, Entry, EntryKind, ReadError, ReadErrorKind, RepoPath};

/// The largest file that is read, in bytes. Spans have 32 bits, and a file in a pull request
/// must not fill the memory of the machine that checks it.
const LIMIT: u64 = 1 << 30;

/// A repository on disk.
#[derive(Debug)]
pub struct Disk {
    /// Absolute, without links.
    root: PathBuf,
    /// Folders that were read from, and where they stand after all links: to follow a path costs a
    /// system call a part, and files are read folder by folder.
    folders: Mutex<BTreeMap<RepoPath, PathBuf>>,
}

impl Disk {
    /// The repository whose root is the folder `root`.
    ///
    /// # Errors
    /// If there is no such folder.
    pub fn new(root: &Path) -> io::Result<Self> {
        let root = fs::canonicalize(root)?;
        if !fs::metadata(&root)?.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        Ok(Self { root, folders: Mutex::default() })
    }

    /// The root, absolute and without links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path in the repository of an absolute path without links, if it lies inside and is
    /// UTF-8.
    pub fn inside(&self, real: &Path) -> Option<RepoPath> {
        let mut path = RepoPath::root();
        for component in real.strip_prefix(&self.root).ok()?.components() {
            path = path.join(component.as_os_str().to_str()?).ok()?;
        }
        Some(path)
    }

    /// Where `path` would stand, links not followed.
    pub(super) fn place(&self, path: &RepoPath) -> Result<PathBuf, ReadErrorKind> {
        let mut full = self.root.clone();
        for part in path.parts() {
            // On Windows a part may hold `\` or name a drive.
            let mut components = Path::new(part).components();
            match (components.next(), components.next()) {
                (Some(Component::Normal(name)), None) => full.push(name),
                _ => return Err(ReadErrorKind::Other("not a file name on this system".to_owned())),
            }
        }
        Ok(full)
    }

    /// The thing at `path` after all links, which lies inside the repository.
    pub(super) fn resolve(&self, path: &RepoPath) -> Result<PathBuf, ReadErrorKind> {
        let full = self.place(path)?;
        let real = match fs::canonicalize(&full) {
            Ok(real) => real,
            Err(error) => return Err(self.why_not(&full, &error)),
        };
        if self.may_read(&real) {
            Ok(real)
        } else {
            Err(ReadErrorKind::LinkLeaves(real.display().to_string()))
        }
    }

    /// Whether a path without links lies inside the repository, and not in its `.git`.
    fn may_read(&self, real: &Path) -> bool {
        real.strip_prefix(&self.root).is_ok_and(|rest| {
            !rest.components().next().is_some_and(|first| first.as_os_str().eq_ignore_ascii_case(".git"))
        })
    }

    /// Why `full`, which lies below the root, leads nowhere.
    fn why_not(&self, full: &Path, error: &io::Error) -> ReadErrorKind {
        if error.kind() != io::ErrorKind::NotFound {
            return kind_of(error);
        }
        // The first part that leads nowhere is either not there, or a link whose target is not.
        let mut parts: Vec<&Path> = full.ancestors().take_while(|part| *part != self.root).collect();
        parts.reverse();
        match parts.into_iter().find(|part| fs::metadata(part).is_err()).map(fs::read_link) {
            Some(Ok(target)) => ReadErrorKind::LinkDangling(target.display().to_string()),
            _ => ReadErrorKind::NotFound,
        }
    }

    /// [`Disk::resolve`] for reading, with the kind of what is there.
    fn resolve_file(&self, path: &RepoPath) -> Result<(PathBuf, FileType), ReadErrorKind> {
        let kind = |real: &Path| fs::symlink_metadata(real).map(|metadata| metadata.file_type());
        if let (Some(folder), Some(name)) = (path.parent(), path.file_name())
            && let Ok(folder) = self.resolve_folder(&folder)
        {
            let real = folder.join(name);
            if let Ok(kind) = kind(&real)
                && !kind.is_symlink()
                && self.may_read(&real)
            {
                return Ok((real, kind));
            }
        }
        let real = self.resolve(path)?;
        let kind = kind(&real).map_err(|error| kind_of(&error))?;
        Ok((real, kind))
    }

    fn resolve_folder(&self, path: &RepoPath) -> Result<PathBuf, ReadErrorKind> {
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        self.follow(path, &mut folders)
    }

    /// The folder at `path` after all links, part by part from one that is known.
    fn follow(
        &self,
        path: &RepoPath,
        folders: &mut BTreeMap<RepoPath, PathBuf>,
    ) -> Result<PathBuf, ReadErrorKind> {
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
            return Ok(self.root.clone());
        };
        if let Some(real) = folders.get(path) {
            return Ok(real.clone());
        }
        // Elsewhere a folder can have more than one name, and `.git` another one.
        let parent = if cfg!(target_os = "linux") { self.follow(&parent, folders).ok() } else { None };
        let plain = parent.map(|parent| parent.join(name)).filter(|real| {
            self.may_read(real) && fs::symlink_metadata(real).is_ok_and(|metadata| metadata.is_dir())
        });
        let real = match plain {
            Some(real) => real,
            None => self.resolve(path)?,
        };
        folders.insert(path.clone(), real.clone());
        Ok(real)
    }

    fn read_bytes(&self, path: &RepoPath) -> Result<Vec<u8>, ReadErrorKind> {
        let (real, kind) = self.resolve_file(path)?;
        // Asked before opening: to open a FIFO is to wait, to open a device can be to act.
        regular(kind)?;
        let file = open(&real).map_err(|error| kind_of(&error))?;
        let metadata = file.metadata().map_err(|error| kind_of(&error))?;
        regular(metadata.file_type())?;
        if metadata.len() > LIMIT {
            return Err(ReadErrorKind::TooLarge(LIMIT));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
        file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| kind_of(&error))?;
        if bytes.len() as u64 > LIMIT {
            return Err(ReadErrorKind::TooLarge(LIMIT));
        }
        Ok(bytes)
    }

    fn entries(&self, path: &RepoPath) -> Result<Vec<Entry>, ReadErrorKind> {
        let real = self.resolve_folder(path)?;
        let mut entries = Vec::new();
        for entry in fs::read_dir(&real).map_err(|error| kind_of(&error))? {
            let entry = entry.map_err(|error| kind_of(&error))?;
            let kind = match entry.file_type().map_err(|error| kind_of(&error))? {
                kind if kind.is_file() => EntryKind::File,
                kind if kind.is_dir() => EntryKind::Directory,
                kind if kind.is_symlink() => EntryKind::Link,
                _ => EntryKind::Special,
            };
            entries.push(match entry.file_name().into_string() {
                Ok(name) => Entry { name, kind },
                Err(name) => Entry { name: name.to_string_lossy().into_owned(), kind: EntryKind::NotUnicode },
            });
        }
        entries.sort_unstable();
        Ok(entries)
    }
}

impl Directory for Disk {
    fn read(&self, path: &RepoPath) -> Result<Vec<u8>, ReadError> {
        self.read_bytes(path).map_err(|kind| ReadError { path: path.clone(), kind })
    }

    fn list(&self, path: &RepoPath) -> Result<Vec<Entry>, ReadError> {
        self.entries(path).map_err(|kind| ReadError { path: path.clone(), kind })
    }
}

/// Opens a file for reading; should it have become a FIFO or a link since it was looked at,
/// that neither waits nor follows.
#[cfg(unix)]
fn open(real: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::NOCTTY | OFlags::CLOEXEC;
    Ok(File::from(rustix::fs::open(real, flags, Mode::empty())?))
}

#[cfg(not(unix))]
fn open(real: &Path) -> io::Result<File> {
    File::open(real)
}

/// Refuses all but regular files.
pub(super) fn regular(kind: FileType) -> Result<(), ReadErrorKind> {
    if kind.is_file() {
        Ok(())
    } else if kind.is_dir() {
        Err(ReadErrorKind::IsDirectory)
    } else {
        Err(ReadErrorKind::Special(special(kind)))
    }
}

#[cfg(unix)]
fn special(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_fifo() {
        "FIFO"
    } else if kind.is_socket() {
        "socket"
    } else {
        "device"
    }
}

#[cfg(not(unix))]
fn special(_: FileType) -> &'static str {
    "device"
}

/// What the system said, as far as a reader can act on it.
pub(super) fn kind_of(error: &io::Error) -> ReadErrorKind {
    #[cfg(unix)]
    if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) {
        return ReadErrorKind::LinkLoop;
    }
    match error.kind() {
        io::ErrorKind::NotFound => ReadErrorKind::NotFound,
        io::ErrorKind::PermissionDenied => ReadErrorKind::Permission,
        io::ErrorKind::NotADirectory => ReadErrorKind::NotDirectory,
        io::ErrorKind::IsADirectory => ReadErrorKind::IsDirectory,
        _ => ReadErrorKind::Other(error.to_string()),
    }
}
