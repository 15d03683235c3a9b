//! What the pipeline asks of a place with files: read one, list a folder. Disks, editors, git
//! revisions and tests each answer in their own way.

use std::collections::BTreeMap;
use std::fmt;

use super::RepoPath;

/// A tree of files, seen from the repository's root.
pub trait Directory {
    /// All bytes of a file; links inside the repository are followed.
    ///
    /// # Errors
    /// If it is no regular file inside the repository, or can't be read.
    fn read(&self, path: &RepoPath) -> Result<Vec<u8>, ReadError>;

    /// What stands in a folder, in order of the names' bytes. Nothing is left out, whatever it
    /// is called.
    ///
    /// # Errors
    /// If it is no folder inside the repository, or can't be read.
    fn list(&self, path: &RepoPath) -> Result<Vec<Entry>, ReadError>;
}

/// One thing in a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its name; for [`EntryKind::NotUnicode`] with `�` for what can't be shown.
    pub name: String,
    /// What it is.
    pub kind: EntryKind,
}

/// What a thing in a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A folder.
    Directory,
    /// A symbolic link; reading it says what it leads to.
    Link,
    /// A FIFO, a socket or a device.
    Special,
    /// Anything whose name is not UTF-8, so that no [`RepoPath`] leads to it. Terraform would
    /// read such a file, so who meets one that matters reports it.
    NotUnicode,
}

/// A file or folder that can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// Which one was asked for.
    pub path: RepoPath,
    /// Why not.
    pub kind: ReadErrorKind,
}

/// Why a file or folder can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// Nothing is there.
    NotFound,
    /// A file was asked for, and a folder is there.
    IsDirectory,
    /// A folder was asked for, or stands in the path, and something else is there.
    NotDirectory,
    /// A FIFO, a socket or a device, by its name; it was not opened.
    Special(&'static str),
    /// The system says no.
    Permission,
    /// Links that lead to each other.
    LinkLoop,
    /// A link to nothing, and where it points.
    LinkDangling(String),
    /// A link that leads out of the repository (its `.git` is outside too), and where to.
    LinkLeaves(String),
    /// More bytes than the limit, which stands here.
    TooLarge(u64),
    /// A name that is not UTF-8.
    NotUnicode,
    /// What else the system says.
    Other(String),
}

impl ReadErrorKind {
    /// Whether nothing stands at the path, so that a file can be created there.
    pub fn is_not_found(&self) -> bool {
        *self == Self::NotFound
    }
}

/// The reason alone, without the path: `is a FIFO, which is never opened`.
impl fmt::Display for ReadErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("does not exist"),
            Self::IsDirectory => f.write_str("is a directory, not a file"),
            Self::NotDirectory => f.write_str("is not a directory"),
            Self::Special(what) => write!(f, "is a {what}, which is never opened"),
            Self::Permission => f.write_str("can't be read: permission denied"),
            Self::LinkLoop => f.write_str("is a link that leads back to itself"),
            Self::LinkDangling(target) => write!(f, "is a link to `{target}`, which does not exist"),
            Self::LinkLeaves(target) => write!(f, "is a link to `{target}`, outside the repository"),
            Self::TooLarge(limit) => write!(f, "is larger than {} MiB", limit >> 20),
            Self::NotUnicode => f.write_str("has a name that is not UTF-8"),
            Self::Other(message) => write!(f, "can't be read: {message}"),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.path, self.kind)
    }
}

impl std::error::Error for ReadError {}

/// Files in memory: for tests, editors and programs that have no disk.
#[derive(Clone, Debug, Default)]
pub struct MemoryDirectory {
    files: BTreeMap<RepoPath, Result<Vec<u8>, ReadErrorKind>>,
}

impl MemoryDirectory {
    /// Without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces a file.
    pub fn insert(&mut self, path: RepoPath, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path, Ok(bytes.into()));
    }

    /// Adds something that can't be read.
    pub fn insert_unreadable(&mut self, path: RepoPath, reason: ReadErrorKind) {
        self.files.insert(path, Err(reason));
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &RepoPath) {
        self.files.remove(path);
    }

    /// All files that can be read, in order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&RepoPath, &[u8])> {
        self.files.iter().filter_map(|(path, file)| Some((path, file.as_deref().ok()?)))
    }

    /// The part of `file` that follows `directory/`.
    fn below<'a>(directory: &RepoPath, file: &'a RepoPath) -> Option<&'a str> {
        let rest = file.as_str().strip_prefix(directory.as_str())?;
        if directory.as_str().is_empty() { Some(rest) } else { rest.strip_prefix('/') }
    }
}

impl Directory for MemoryDirectory {
    fn read(&self, path: &RepoPath) -> Result<Vec<u8>, ReadError> {
        let kind = match self.files.get(path) {
            Some(Ok(bytes)) => return Ok(bytes.clone()),
            Some(Err(kind)) => kind.clone(),
            None if self.files.keys().any(|file| Self::below(path, file).is_some()) => {
                ReadErrorKind::IsDirectory
            }
            None => ReadErrorKind::NotFound,
        };
        Err(ReadError { path: path.clone(), kind })
    }

    fn list(&self, path: &RepoPath) -> Result<Vec<Entry>, ReadError> {
        let mut entries = BTreeMap::new();
        for (file, bytes) in &self.files {
            let Some(rest) = Self::below(path, file) else { continue };
            let (name, kind) = match (rest.split_once('/'), bytes) {
                (Some((name, _)), _) => (name, EntryKind::Directory),
                (None, Ok(_)) => (rest, EntryKind::File),
                (None, Err(reason)) => (rest, EntryKind::unreadable(reason)),
            };
            entries.insert(name, kind);
        }
        if entries.is_empty() && *path != RepoPath::root() {
            let kind = match self.files.get(path) {
                Some(Err(kind)) => kind.clone(),
                Some(Ok(_)) => ReadErrorKind::NotDirectory,
                None => ReadErrorKind::NotFound,
            };
            return Err(ReadError { path: path.clone(), kind });
        }
        Ok(entries.into_iter().map(|(name, kind)| Entry { name: name.to_owned(), kind }).collect())
    }
}

impl EntryKind {
    /// As what a disk would list the thing that can't be read for this reason.
    fn unreadable(reason: &ReadErrorKind) -> Self {
        match reason {
            ReadErrorKind::IsDirectory => Self::Directory,
            ReadErrorKind::Special(_) => Self::Special,
            ReadErrorKind::NotUnicode => Self::NotUnicode,
            ReadErrorKind::LinkLoop | ReadErrorKind::LinkDangling(_) | ReadErrorKind::LinkLeaves(_) => {
                Self::Link
            }
            _ => Self::File,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> RepoPath {
        RepoPath::new(text).unwrap()
    }

    #[test]
    fn memory_lists_folders_and_files_in_order() {
        let mut memory = MemoryDirectory::new();
        memory.insert(path("b/x.tf"), "x");
        memory.insert(path("a.tf"), "a");
        memory.insert(path("bc"), "");
        memory.insert_unreadable(path("p.tf"), ReadErrorKind::Special("FIFO"));
        let names = |at: &str| -> Vec<(String, EntryKind)> {
            memory.list(&path(at)).unwrap().into_iter().map(|entry| (entry.name, entry.kind)).collect()
        };
        assert_eq!(
            names("."),
            [
                ("a.tf".to_owned(), EntryKind::File),
                ("b".to_owned(), EntryKind::Directory),
                ("bc".to_owned(), EntryKind::File),
                ("p.tf".to_owned(), EntryKind::Special),
            ]
        );
        assert_eq!(names("b"), [("x.tf".to_owned(), EntryKind::File)]);
        assert_eq!(memory.list(&path("c")).unwrap_err().kind, ReadErrorKind::NotFound);
        assert_eq!(memory.list(&path("a.tf")).unwrap_err().kind, ReadErrorKind::NotDirectory);
        assert_eq!(memory.read(&path("b")).unwrap_err().kind, ReadErrorKind::IsDirectory);
        assert_eq!(memory.read(&path("b/x.tf")).unwrap(), b"x");
        let message = memory.read(&path("p.tf")).unwrap_err().to_string();
        assert_eq!(message, "`p.tf` is a FIFO, which is never opened");
    }
}
