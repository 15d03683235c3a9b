//! A path inside the repository: `/` between its parts, nothing that could lead out of it.

use std::fmt;

/// A path from the repository's root, in one spelling: parts joined by `/`, none of them
/// empty, `.` or `..`; the root itself is the empty text and prints as `.`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepoPath(String);

/// Why a text is no path inside the repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PathErrorKind {
    /// It begins with `/`.
    Absolute,
    /// Its `..` lead out of the repository, or it leads into the repository's own `.git`.
    Leaves,
    /// It holds a NUL, which no file system takes.
    Nul,
}

/// A text that is no path inside the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathError {
    /// The text.
    pub text: String,
    /// What is wrong with it.
    pub kind: PathErrorKind,
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &self.text;
        match self.kind {
            PathErrorKind::Absolute => write!(f, "`{text}` is absolute: write it from the spec's folder"),
            PathErrorKind::Leaves => write!(f, "`{text}` leads out of the repository"),
            PathErrorKind::Nul => write!(f, "`{text}` holds a NUL character"),
        }
    }
}

impl std::error::Error for PathError {}

impl RepoPath {
    /// The repository's root.
    pub fn root() -> Self {
        Self::default()
    }

    /// The path that `text` names, seen from the root.
    ///
    /// # Errors
    /// If it is absolute, leads out of the repository, or holds a NUL.
    pub fn new(text: &str) -> Result<Self, PathError> {
        Self::root().join(text)
    }

    /// The path that `text` names, seen from the directory `self`. `.` and `..` are resolved
    /// by their text alone, as if there were no links.
    ///
    /// # Errors
    /// If it is absolute, leads out of the repository, or holds a NUL.
    pub fn join(&self, text: &str) -> Result<Self, PathError> {
        let error = |kind| PathError { text: text.to_owned(), kind };
        if text.starts_with('/') {
            return Err(error(PathErrorKind::Absolute));
        }
        if text.contains('\0') {
            return Err(error(PathErrorKind::Nul));
        }
        let mut path = self.0.clone();
        for part in text.split('/') {
            match part {
                "" | "." => {}
                ".." if path.is_empty() => return Err(error(PathErrorKind::Leaves)),
                ".." => path.truncate(path.rfind('/').unwrap_or(0)),
                part => {
                    if !path.is_empty() {
                        path.push('/');
                    }
                    path.push_str(part);
                }
            }
        }
        // Where git keeps its hooks is no place to read or write, under any of its spellings.
        if path.split('/').next().is_some_and(|first| first.eq_ignore_ascii_case(".git")) {
            return Err(error(PathErrorKind::Leaves));
        }
        Ok(Self(path))
    }

    /// The directory it lies in; none for the root.
    pub fn parent(&self) -> Option<Self> {
        (!self.0.is_empty()).then(|| Self(self.0[..self.0.rfind('/').unwrap_or(0)].to_owned()))
    }

    /// Its last part; none for the root.
    pub fn file_name(&self) -> Option<&str> {
        self.parts().next_back()
    }

    /// Its parts in order; none for the root.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('/').filter(|part| !part.is_empty())
    }

    /// As text: empty for the root.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// As messages show it: `.` for the root.
impl fmt::Display for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "." } else { &self.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_one_spelling_and_stays_inside() {
        let check = |from: &str, text: &str, expected: Result<&str, PathErrorKind>| {
            let found = RepoPath::new(from).unwrap().join(text);
            assert_eq!(
                found.as_ref().map(RepoPath::as_str).map_err(|error| error.kind),
                expected,
                "{from} + {text}"
            );
        };
        check("", "a/b", Ok("a/b"));
        check("a", "./b//c/.", Ok("a/b/c"));
        check("a/b", "../c", Ok("a/c"));
        check("a", "..", Ok(""));
        check("a", "../..", Err(PathErrorKind::Leaves));
        check("a", "../../a", Err(PathErrorKind::Leaves));
        check("", "a/../.Git/hooks/x", Err(PathErrorKind::Leaves));
        check("", ".github/x", Ok(".github/x"));
        check("a", "/etc", Err(PathErrorKind::Absolute));
        check("a", "b\0c", Err(PathErrorKind::Nul));
        check("a", "b\\c", Ok("a/b\\c"));
    }

    #[test]
    fn parts_and_parents() {
        let path = RepoPath::new("a/b.tf").unwrap();
        assert_eq!(path.file_name(), Some("b.tf"));
        assert_eq!(path.parent().unwrap().as_str(), "a");
        assert_eq!(path.parent().unwrap().parent(), Some(RepoPath::root()));
        assert_eq!(RepoPath::root().parent(), None);
        assert_eq!(RepoPath::root().file_name(), None);
        assert_eq!(RepoPath::root().to_string(), ".");
    }
}
