//! Writes several files, each in one step, and all of them or none as far as a file system can.

#![expect(clippy::disallowed_methods, reason = "this layer is where the library does its I/O")]

use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use super::disk::{self, Disk};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{ReadErrorKind, RepoPath};

/// A file to be written.
#[derive(Clone, Copy, Debug)]
pub struct Replacement<'a> {
    /// Where; links inside the repository are followed and stay.
    pub path: &'a RepoPath,
    /// What stood there when it was read; nothing if there was no file.
    pub before: Option<&'a [u8]>,
    /// What is to stand there.
    pub after: &'a [u8],
}

/// Files that could not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteError {
    /// The one that failed.
    pub path: RepoPath,
    /// Why.
    pub kind: WriteErrorKind,
    /// Files that were written before it and could not be set back.
    pub written: Vec<RepoPath>,
}

/// Why a file could not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WriteErrorKind {
    /// It can't be looked at.
    Read(ReadErrorKind),
    /// Its bytes are no longer those that were read.
    Changed,
    /// Something stands where nothing was.
    Appeared,
    /// It is the same file as another one to be written, through a link.
    SameFile(RepoPath),
    /// Nobody may write it.
    ReadOnly,
    /// The system says no.
    Permission,
    /// The disk, or the user's share of it, is full.
    NoSpace,
    /// What else the system says.
    Other(String),
}

impl fmt::Display for WriteErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(reason) => reason.fmt(f),
            Self::Changed => f.write_str("changed while secretform was at work"),
            Self::Appeared => f.write_str("was created while secretform was at work"),
            Self::SameFile(other) => write!(f, "and `{other}` are one file, through a link"),
            Self::ReadOnly => f.write_str("is read-only"),
            Self::Permission => f.write_str("can't be written: permission denied"),
            Self::NoSpace => f.write_str("can't be written: the disk is full"),
            Self::Other(message) => write!(f, "can't be written: {message}"),
        }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.path, self.kind)
    }
}

impl std::error::Error for WriteError {}

impl From<&WriteError> for Diagnostic {
    fn from(error: &WriteError) -> Self {
        let fix = match &error.kind {
            WriteErrorKind::Read(reason) => return unwritten(Self::unreadable(&error.path, reason), error),
            WriteErrorKind::Changed | WriteErrorKind::Appeared => {
                "run the command again: it starts from what is there now"
            }
            WriteErrorKind::SameFile(_) => "let the spec name the file itself, and only once",
            WriteErrorKind::ReadOnly | WriteErrorKind::Permission => {
                "make the file and its directory writable"
            }
            WriteErrorKind::NoSpace => "free some space and run the command again",
            WriteErrorKind::Other(_) => "mend what the system says and run the command again",
        };
        unwritten(Self::new(&codes::WRITE_FAILED, error.to_string()).fix(fix), error)
    }
}

/// Says what state the files are in.
fn unwritten(diagnostic: Diagnostic, error: &WriteError) -> Diagnostic {
    if error.written.is_empty() {
        return diagnostic.reason("nothing was written");
    }
    let names: Vec<String> = error.written.iter().map(|path| format!("`{path}`")).collect();
    diagnostic.reason(format!("already written, and could not be set back: {}", names.join(", ")))
}

/// Writes `files`. Each gets its new bytes in one step (a temporary file beside it, synced,
/// then renamed) with the mode and owner of the old one. All temporary files are complete before
/// the first rename; if a later rename fails, the earlier ones are undone.
///
/// # Errors
/// If a file can't be written, or isn't any more what it was when it was read.
pub fn write(disk: &Disk, files: &[Replacement<'_>]) -> Result<(), WriteError> {
    let mut folders = NewFolders::default();
    let mut prepared: Vec<Prepared<'_>> = Vec::with_capacity(files.len());
    for file in files {
        let fail = |kind| WriteError { path: file.path.clone(), kind, written: Vec::new() };
        let next = prepare(disk, file, files.len() > 1, &mut folders).map_err(fail)?;
        if let Some(other) = prepared.iter().find(|other| other.target == next.target) {
            return Err(fail(WriteErrorKind::SameFile(other.path.clone())));
        }
        prepared.push(next);
    }
    let mut done = Vec::with_capacity(prepared.len());
    for next in prepared {
        let (path, target) = (next.path, next.target.clone());
        match next.commit() {
            Ok(undo) => done.push((path, target, undo)),
            Err(kind) => {
                let written = done
                    .into_iter()
                    .rev()
                    .filter_map(|(path, target, undo)| undo.run(&target).is_err().then(|| path.clone()));
                return Err(WriteError { path: path.clone(), kind, written: written.collect() });
            }
        }
    }
    folders.keep();
    for (_, target, _) in &done {
        sync_folder(target);
    }
    Ok(())
}

/// A file whose new bytes lie beside it.
struct Prepared<'a> {
    path: &'a RepoPath,
    /// Absolute, without links.
    target: PathBuf,
    before: Option<&'a [u8]>,
    temporary: NamedTempFile,
    undo: Undo,
}

/// How a rename is undone.
enum Undo {
    /// There is no other file, so that there is nothing to undo for.
    Never,
    /// The file was not there.
    Remove,
    /// The old file, under another name.
    Restore(TempPath),
}

impl Undo {
    fn run(self, target: &Path) -> io::Result<()> {
        match self {
            Self::Never => Ok(()),
            Self::Remove => fs::remove_file(target),
            Self::Restore(old) => old.persist(target).map_err(|error| error.error),
        }
    }
}

impl Prepared<'_> {
    /// Puts the new bytes in place, if the old ones are still what they were.
    fn commit(self) -> Result<Undo, WriteErrorKind> {
        let persisted = if let Some(before) = self.before {
            unchanged(&self.target, before)?;
            self.temporary.persist(&self.target)
        } else {
            self.temporary.persist_noclobber(&self.target)
        };
        match persisted {
            Ok(_) => Ok(self.undo),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(WriteErrorKind::Appeared),
            Err(error) => Err(kind_of(&error.error)),
        }
    }
}

fn prepare<'a>(
    disk: &Disk,
    file: &Replacement<'a>,
    several: bool,
    folders: &mut NewFolders,
) -> Result<Prepared<'a>, WriteErrorKind> {
    let (target, undo) = match file.before {
        Some(before) => {
            let target = disk.resolve(file.path).map_err(WriteErrorKind::Read)?;
            unchanged(&target, before)?;
            let undo = if several { Undo::Restore(keep_old(&target, before)?) } else { Undo::Never };
            (target, undo)
        }
        None => (new_target(disk, file.path, folders)?, Undo::Remove),
    };
    let temporary = temporary_beside(&target, file.after)?;
    Ok(Prepared { path: file.path, target, before: file.before, temporary, undo })
}

/// Checks that a regular file with these bytes is there, and that somebody may write it.
fn unchanged(target: &Path, before: &[u8]) -> Result<(), WriteErrorKind> {
    let metadata = match fs::symlink_metadata(target) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(WriteErrorKind::Changed),
        Err(error) => return Err(WriteErrorKind::Read(disk::kind_of(&error))),
    };
    disk::regular(metadata.file_type()).map_err(WriteErrorKind::Read)?;
    // A rename would go through all the same: whoever took the right to write away meant it.
    if metadata.permissions().readonly() {
        return Err(WriteErrorKind::ReadOnly);
    }
    #[cfg(unix)]
    rustix::fs::access(target, rustix::fs::Access::WRITE_OK)
        .map_err(|error| kind_of(&io::Error::from(error)))?;
    if metadata.len() != before.len() as u64
        || fs::read(target).map_err(|error| WriteErrorKind::Read(disk::kind_of(&error)))? != before
    {
        return Err(WriteErrorKind::Changed);
    }
    Ok(())
}

/// A second name for the old file, or a copy where the file system has no second names.
fn keep_old(target: &Path, before: &[u8]) -> Result<TempPath, WriteErrorKind> {
    let linked = names().make_in(folder(target), |path| fs::hard_link(target, path));
    match linked {
        Ok(linked) => Ok(linked.into_temp_path()),
        Err(_) => Ok(temporary_beside(target, before)?.into_temp_path()),
    }
}

/// A complete file beside `target`, with the mode and owner of what stands there.
fn temporary_beside(target: &Path, bytes: &[u8]) -> Result<NamedTempFile, WriteErrorKind> {
    let create = || -> io::Result<NamedTempFile> {
        let mut file = new_file(folder(target))?;
        if let Ok(old) = fs::metadata(target) {
            keep_owner(file.path(), &old);
            // After the owner, whose change takes the set-id bits away.
            fs::set_permissions(file.path(), old.permissions())?;
        }
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        Ok(file)
    };
    create().map_err(|error| kind_of(&error))
}

/// Names that Terraform skips, should a run be killed before it removes them.
fn names() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".secretform-").suffix(".tmp");
    builder
}

/// An empty file with the mode that any new file of this user has.
#[cfg(unix)]
fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    names().permissions(fs::Permissions::from_mode(0o666)).tempfile_in(folder)
}

#[cfg(not(unix))]
fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    names().tempfile_in(folder)
}

/// Gives `path` the owner of `old`, where that is another one and allowed: root must not take
/// a user's files away.
#[cfg(unix)]
fn keep_owner(path: &Path, old: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, chown};
    if fs::metadata(path).is_ok_and(|new| (new.uid(), new.gid()) != (old.uid(), old.gid())) {
        let _ = chown(path, Some(old.uid()), Some(old.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &fs::Metadata) {}

/// Where a file that isn't there comes to stand; the folders on the way are made.
fn new_target(disk: &Disk, path: &RepoPath, folders: &mut NewFolders) -> Result<PathBuf, WriteErrorKind> {
    match disk.resolve(path) {
        Err(ReadErrorKind::NotFound) => {}
        Err(kind) => return Err(WriteErrorKind::Read(kind)),
        Ok(_) => return Err(WriteErrorKind::Appeared),
    }
    let mut missing = Vec::new();
    let mut at = path.clone();
    let mut target = loop {
        missing.push(at.file_name().unwrap_or_default().to_owned());
        at = at.parent().unwrap_or_default();
        match disk.resolve(&at) {
            Ok(real) => break real,
            Err(ReadErrorKind::NotFound) if at != RepoPath::root() => {}
            Err(kind) => return Err(WriteErrorKind::Read(kind)),
        }
    };
    while let Some(name) = missing.pop() {
        target.push(name);
        if !missing.is_empty() {
            folders.make(&target).map_err(|error| kind_of(&error))?;
        }
    }
    Ok(target)
}

/// Folders made on the way, removed again unless kept.
#[derive(Default)]
struct NewFolders {
    made: Vec<PathBuf>,
}

impl NewFolders {
    fn make(&mut self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)?;
        self.made.push(path.to_owned());
        Ok(())
    }

    fn keep(&mut self) {
        for made in std::mem::take(&mut self.made) {
            sync_folder(&made);
        }
    }
}

impl Drop for NewFolders {
    fn drop(&mut self) {
        for made in self.made.iter().rev() {
            let _ = fs::remove_dir(made);
        }
    }
}

/// Makes a rename in the folder of `target` outlast a power cut. Not every file system can, and
/// the file is complete either way, so that a failure is no error.
fn sync_folder(target: &Path) {
    #[cfg(unix)]
    if let Ok(folder) = fs::File::open(folder(target)) {
        let _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = target;
}

/// The folder that `target`, an absolute path of a file, lies in.
fn folder(target: &Path) -> &Path {
    target.parent().unwrap_or(target)
}

fn kind_of(error: &io::Error) -> WriteErrorKind {
    match error.kind() {
        io::ErrorKind::PermissionDenied => WriteErrorKind::Permission,
        io::ErrorKind::ReadOnlyFilesystem => WriteErrorKind::ReadOnly,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => WriteErrorKind::NoSpace,
        _ => WriteErrorKind::Other(plain(error)),
    }
}

/// The system's words, without the path that tempfile adds: the message has one.
fn plain(error: &io::Error) -> String {
    error
        .raw_os_error()
        .map_or_else(|| error.to_string(), |code| io::Error::from_raw_os_error(code).to_string())
}
