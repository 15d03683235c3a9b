//! A folder's files as they stand, and the difference between two such states.

use std::collections::BTreeMap;
use std::path::Path;

/// What stands at a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Node {
    File(Vec<u8>),
    Link(String),
    Other,
}

/// Every path below a folder, `.git` aside.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Tree(BTreeMap<String, Node>);

impl Tree {
    /// Reads the folder; links are not followed, FIFOs not opened.
    pub(crate) fn read(root: &Path) -> std::io::Result<Self> {
        let mut tree = Self::default();
        tree.add(root, "")?;
        Ok(tree)
    }

    fn add(&mut self, folder: &Path, prefix: &str) -> std::io::Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type()?;
            if kind.is_dir() {
                if path != ".git" {
                    self.add(&entry.path(), &format!("{path}/"))?;
                }
                continue;
            }
            let node = if kind.is_symlink() {
                Node::Link(std::fs::read_link(entry.path())?.to_string_lossy().into_owned())
            } else if kind.is_file() {
                std::fs::read(entry.path()).map_or(Node::Other, Node::File)
            } else {
                Node::Other
            };
            self.0.insert(path, node);
        }
        Ok(())
    }

    /// A file's bytes.
    pub(crate) fn file(&self, path: &str) -> Option<&[u8]> {
        match self.0.get(path) {
            Some(Node::File(bytes)) => Some(bytes),
            _ => None,
        }
    }

    /// All files, with their paths.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().filter_map(|(path, node)| match node {
            Node::File(bytes) => Some((path.as_str(), bytes.as_slice())),
            _ => None,
        })
    }

    /// The paths.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// What became of the files, as a unified diff; carriage returns and tabs are made visible.
    pub(crate) fn diff(&self, after: &Self) -> String {
        let mut out = String::new();
        let paths: std::collections::BTreeSet<&String> = self.0.keys().chain(after.0.keys()).collect();
        for path in paths {
            let (old, new) = (self.0.get(path), after.0.get(path));
            if old == new {
                continue;
            }
            match (old, new) {
                (None | Some(Node::File(_)), None | Some(Node::File(_))) => {
                    let (old_text, new_text) = (text(old), text(new));
                    let name = |side: Option<&Node>, letter: &str| match side {
                        Some(_) => format!("{letter}/{path}"),
                        None => "/dev/null".to_owned(),
                    };
                    out += &similar::TextDiff::from_lines(&old_text, &new_text)
                        .unified_diff()
                        .header(&name(old, "a"), &name(new, "b"))
                        .to_string();
                }
                _ => out += &format!("{path}: {} → {}\n", kind(old), kind(new)),
            }
        }
        out
    }
}

fn kind(node: Option<&Node>) -> String {
    match node {
        None => "nothing".to_owned(),
        Some(Node::File(_)) => "a file".to_owned(),
        Some(Node::Link(to)) => format!("a link to {to}"),
        Some(Node::Other) => "neither file nor link".to_owned(),
    }
}

fn text(node: Option<&Node>) -> String {
    match node {
        Some(Node::File(bytes)) => String::from_utf8_lossy(bytes).replace('\r', "␍").replace('\t', "⇥"),
        _ => String::new(),
    }
}
