//! A file that can't be read, as a diagnostic.

use super::{Diagnostic, codes};
use crate::source::{ReadError, ReadErrorKind, RepoPath};

impl Diagnostic {
    /// Says that the file or folder at `path` can't be read, and what to do.
    pub fn unreadable(path: &RepoPath, reason: &ReadErrorKind) -> Self {
        let rule = match reason {
            ReadErrorKind::LinkLeaves(_) => &codes::OUTSIDE_REPOSITORY,
            _ => &codes::UNREADABLE_FILE,
        };
        let fix = match reason {
            ReadErrorKind::NotFound => "create it, or correct the path",
            ReadErrorKind::IsDirectory => "name a file, or rename the directory",
            ReadErrorKind::NotDirectory => "name a directory",
            ReadErrorKind::Special(_) => "put a regular file there, or remove it",
            ReadErrorKind::Permission => "make it readable for the user that runs secretform",
            ReadErrorKind::LinkLoop | ReadErrorKind::LinkDangling(_) => {
                "let the link point to a file, or remove it"
            }
            ReadErrorKind::LinkLeaves(_) => "put the file itself into the repository",
            ReadErrorKind::TooLarge(_) => "split it",
            ReadErrorKind::NotUnicode => "rename it: messages and specs can only name UTF-8",
            ReadErrorKind::Other(_) => "mend what the system says",
        };
        Self::new(rule, format!("`{path}` {reason}")).fix(fix)
    }
}

impl From<&ReadError> for Diagnostic {
    fn from(error: &ReadError) -> Self {
        Self::unreadable(&error.path, &error.kind)
    }
}
