//! What a `case.toml` may say, and the repository that it stands for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::Failed;
use serde::Deserialize;

/// A case: what is there, what is run, what must come of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// Why the case is there.
    #[allow(dead_code, reason = "read by people")]
    pub(crate) note: String,
    /// A folder of `examples/` that is copied first.
    pub(crate) base: Option<String>,
    /// Where the command runs, from the repository's root.
    pub(crate) cwd: Option<String>,
    /// The command's arguments.
    pub(crate) args: Vec<String>,
    /// Environment of the command.
    #[serde(default)]
    pub(crate) env: BTreeMap<String, String>,
    /// The exit code.
    pub(crate) exit: i32,
    /// `CODE ADDRESS | TEXT OF THE LINE`: all findings that are no notes, no other. `A/B` is one of two
    /// codes, a trailing `…` of the address stands for more, a leading `?` for one that may be missing.
    #[serde(default)]
    pub(crate) expect: Vec<String>,
    /// Texts that the output holds.
    #[serde(default)]
    pub(crate) says: Vec<String>,
    /// Texts that no output holds.
    #[serde(default)]
    pub(crate) hides: Vec<String>,
    /// Files that after the command are as in the base, before any edit.
    #[serde(default)]
    pub(crate) same: Vec<String>,
    /// Commands that follow; each exits 0.
    #[serde(default)]
    pub(crate) then: Vec<Vec<String>>,
    /// What a `generate` after a `check` does.
    pub(crate) generate: Option<Generate>,
    /// Names of the containers that Terraform creates from what is there at the end.
    pub(crate) containers: Option<Vec<String>>,
    /// What the machine must offer.
    pub(crate) needs: Option<Need>,
    #[serde(default)]
    edit: Vec<Edit>,
    #[serde(default)]
    delete: Vec<String>,
    #[serde(default)]
    bytes: Vec<Bytes>,
    #[serde(default)]
    link: Vec<Link>,
    #[serde(default)]
    fifo: Vec<String>,
    #[serde(default)]
    directory: Vec<String>,
    #[serde(default)]
    unreadable: Vec<String>,
}

/// What a `generate` does to what `check` found.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Generate {
    /// Exit 0, and `check` is clean after it.
    Cures,
    /// As `cures`, and each file is the base's again, byte for byte.
    Restores,
    /// Exit 2, and `check` still reports.
    Holds,
    /// Exit 2 or 0 and nothing written: it isn't `generate`'s to mend.
    Leaves,
}

/// What not every machine has.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Need {
    /// A user whom permissions bind.
    NotRoot,
}

/// One replacement in a file; what is sought stands there once.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Edit {
    pub(crate) file: String,
    find: String,
    replace: String,
    #[serde(default)]
    all: bool,
}

/// What can't be said as text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bytes {
    file: String,
    how: Option<How>,
    hex: Option<String>,
    text: Option<String>,
    #[serde(default = "once")]
    times: usize,
    #[serde(default)]
    place: Place,
}

fn once() -> usize {
    1
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum How {
    Crlf,
    Bom,
    Tabs,
    NoFinalNewline,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Place {
    Start,
    #[default]
    End,
    Instead,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Link {
    at: String,
    to: String,
}

impl Case {
    /// Reads `case.toml`.
    pub(crate) fn read(folder: &Path) -> Result<Self, Failed> {
        let text = std::fs::read_to_string(folder.join("case.toml"))?;
        toml::from_str(&text).map_err(|error| format!("case.toml: {error}").into())
    }

    /// Why this machine can't run it.
    pub(crate) fn cannot_run(&self) -> Option<&'static str> {
        (self.needs == Some(Need::NotRoot) && is_root()).then_some("root reads everything")
    }

    /// The base's own files.
    pub(crate) fn base_folder(&self) -> Option<PathBuf> {
        let base = self.base.as_ref()?;
        Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(base))
    }

    /// Its edits of Terraform and JSON, if the example and they are all that the case is.
    pub(crate) fn only_edits(self, folder: &Path) -> Option<Vec<Edit>> {
        let plain = self.base.as_deref() == Some("airbyte")
            && self.delete.is_empty()
            && self.bytes.is_empty()
            && self.link.is_empty()
            && !folder.join("in").exists()
            && self.edit.iter().all(|edit| edit.file != "secretform.hcl");
        plain.then_some(self.edit)
    }

    /// Lays the repository out under `root`.
    pub(crate) fn lay_out(&self, folder: &Path, root: &Path) -> Result<(), Failed> {
        std::fs::create_dir_all(root.join(".git"))?;
        std::fs::write(root.join(".git/HEAD"), "ref: refs/heads/main\n")?;
        if let Some(base) = self.base_folder() {
            copy(&base, root)?;
        }
        if folder.join("in").is_dir() {
            copy(&folder.join("in"), root)?;
        }
        for path in &self.delete {
            std::fs::remove_file(root.join(path)).map_err(|error| format!("delete {path}: {error}"))?;
        }
        for edit in &self.edit {
            edit.apply(root)?;
        }
        for bytes in &self.bytes {
            bytes.apply(root)?;
        }
        for path in &self.directory {
            std::fs::create_dir_all(root.join(path))?;
        }
        for link in &self.link {
            parent(root, &link.at)?;
            #[cfg(unix)]
            std::os::unix::fs::symlink(&link.to, root.join(&link.at))?;
        }
        for path in &self.fifo {
            parent(root, path)?;
            Command::new("mkfifo").arg(root.join(path)).status()?;
        }
        for path in &self.unreadable {
            Command::new("chmod").arg("000").arg(root.join(path)).status()?;
        }
        Ok(())
    }
}

impl Edit {
    fn apply(&self, root: &Path) -> Result<(), Failed> {
        let path = root.join(&self.file);
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", self.file))?;
        std::fs::write(path, self.replaced(&text)?)?;
        Ok(())
    }

    /// The text with the edit made.
    pub(crate) fn replaced(&self, text: &str) -> Result<String, Failed> {
        let count = text.matches(&self.find).count();
        if count == 0 || (count > 1 && !self.all) {
            return Err(format!("edit of {}: {:?} stands there {count} times", self.file, self.find).into());
        }
        Ok(text.replace(&self.find, &self.replace))
    }
}

impl Bytes {
    fn apply(&self, root: &Path) -> Result<(), Failed> {
        let path = parent(root, &self.file)?;
        let mut bytes = std::fs::read(&path).unwrap_or_default();
        match self.how {
            Some(How::Crlf) => bytes = String::from_utf8(bytes)?.replace('\n', "\r\n").into_bytes(),
            Some(How::Bom) => {
                bytes.splice(0..0, *b"\xef\xbb\xbf");
            }
            Some(How::Tabs) => bytes = String::from_utf8(bytes)?.replace("  ", "\t").into_bytes(),
            Some(How::NoFinalNewline) => {
                bytes.pop_if(|last| *last == b'\n');
            }
            None => {}
        }
        let mut piece = Vec::new();
        if let Some(hex) = &self.hex {
            for pair in hex.split_whitespace() {
                piece.push(u8::from_str_radix(pair, 16)?);
            }
        }
        piece.extend_from_slice(self.text.as_deref().unwrap_or_default().as_bytes());
        let piece = piece.repeat(self.times);
        match self.place {
            Place::Start => {
                bytes.splice(0..0, piece);
            }
            Place::End => bytes.extend(piece),
            Place::Instead => bytes = piece,
        }
        std::fs::write(path, bytes)?;
        Ok(())
    }
}

fn parent(root: &Path, path: &str) -> Result<PathBuf, Failed> {
    let path = root.join(path);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    Ok(path)
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), Failed> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // A case's `.gitignore` would hide the case's own files: it is stored as `dot.gitignore`.
        let target = to.join(name.strip_prefix("dot").filter(|rest| rest.starts_with('.')).unwrap_or(&name));
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::write(&target, std::fs::read(entry.path())?)?;
        }
    }
    Ok(())
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout == b"0\n")
}
