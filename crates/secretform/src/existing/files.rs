//! Which files of a directory Terraform reads, and in which order.

use crate::source::{Directory, Entry, EntryKind, ReadError, ReadErrorKind, RepoPath};

/// In which of Terraform's two syntaxes a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Syntax {
    /// `.tf`
    Native,
    /// `.tf.json`
    Json,
}

/// A file that Terraform reads, whether or not it can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TerraformFile {
    /// Where it stands.
    pub path: RepoPath,
    /// In which syntax.
    pub syntax: Syntax,
    /// Whether it is an override file, merged into the others after all of them are read.
    pub overrides: bool,
    /// Whether its name can't be said in UTF-8; then `path` leads nowhere.
    unnamable: bool,
}

impl TerraformFile {
    /// Its bytes.
    ///
    /// # Errors
    /// If it can't be read, as Terraform itself would then fail.
    pub fn read(&self, directory: &dyn Directory) -> Result<Vec<u8>, ReadError> {
        if self.unnamable {
            return Err(ReadError { path: self.path.clone(), kind: ReadErrorKind::NotUnicode });
        }
        directory.read(&self.path)
    }
}

/// The files that Terraform reads in the directory `path`, override files last, each kind in
/// order of the names' bytes: the order in which Terraform merges them. Folders are no files
/// whatever they are called; a link to one, like anything else that can't be read, is a file
/// that Terraform fails on. `.gitignore` is nothing to Terraform.
///
/// Source: Terraform 1.11, internal/configs/parser_config_dir.go (`dirFiles`, `IsIgnoredFile`).
///
/// # Errors
/// If the directory can't be listed.
pub fn terraform_files(directory: &dyn Directory, path: &RepoPath) -> Result<Vec<TerraformFile>, ReadError> {
    Ok(terraform_files_among(&directory.list(path)?, path))
}

/// [`terraform_files`] of a folder that was listed.
pub fn terraform_files_among(entries: &[Entry], path: &RepoPath) -> Vec<TerraformFile> {
    let mut files = Vec::new();
    for entry in entries {
        if entry.kind == EntryKind::Directory {
            continue;
        }
        let Some((syntax, overrides)) = reads(&entry.name) else { continue };
        // A name that a folder lists has no `/` and is neither `.` nor `..`: joining can't fail.
        let Ok(path) = path.join(&entry.name) else { continue };
        let unnamable = entry.kind == EntryKind::NotUnicode;
        files.push(TerraformFile { path, syntax, overrides, unnamable });
    }
    files.sort_by_key(|file| file.overrides);
    files
}

/// The Terraform file in whose place OpenTofu reads this one, by name or path: `a.tf` of `a.tofu`.
///
/// Source: OpenTofu, *Files and Directories*, "`.tofu` files".
pub fn replaced_by(tofu: &str) -> Option<String> {
    let (base, end) = match tofu.strip_suffix(".tofu.json") {
        Some(base) => (base, ".tf.json"),
        None => (tofu.strip_suffix(".tofu")?, ".tf"),
    };
    Some(format!("{base}{end}"))
}

/// Whether Terraform reads a file of this name, in which syntax, and whether as an override.
fn reads(name: &str) -> Option<(Syntax, bool)> {
    if name.starts_with('.') {
        return None;
    }
    let (base, syntax) = match name.strip_suffix(".tf.json") {
        Some(base) => (base, Syntax::Json),
        None => (name.strip_suffix(".tf")?, Syntax::Native),
    };
    Some((syntax, base == "override" || base.ends_with("_override")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemoryDirectory;

    #[test]
    fn names_are_read_as_terraform_reads_them() {
        let check = |name: &str, expected| assert_eq!(reads(name), expected, "{name}");
        check("a.tf", Some((Syntax::Native, false)));
        check("a.tf.json", Some((Syntax::Json, false)));
        check("override.tf", Some((Syntax::Native, true)));
        check("a_override.tf.json", Some((Syntax::Json, true)));
        check("aoverride.tf", Some((Syntax::Native, false)));
        check("#a.tf", Some((Syntax::Native, false)));
        check("a.tf#", None);
        check("#a.tf#", None);
        check("a.tf~", None);
        check(".a.tf", None);
        check(".tf", None);
        check("a.TF", None);
        check("a.tf.JSON", None);
        check("a.json", None);
        check("a.tfvars", None);
        check("tf", None);
    }

    #[test]
    fn overrides_come_last_and_folders_not_at_all() {
        let path = |text: &str| RepoPath::new(text).unwrap();
        let mut memory = MemoryDirectory::new();
        for name in ["d/b.tf", "d/a_override.tf", "d/x.tf/inner.tf", "d/c.tf.json", "d/readme.md"] {
            memory.insert(path(name), "");
        }
        memory.insert_unreadable(path("d/p.tf"), ReadErrorKind::Special("FIFO"));
        memory.insert_unreadable(path("d/q�.tf"), ReadErrorKind::NotUnicode);
        let files = terraform_files(&memory, &path("d")).unwrap();
        let names: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(names, ["d/b.tf", "d/c.tf.json", "d/p.tf", "d/q�.tf", "d/a_override.tf"]);
        assert_eq!(files[3].read(&memory).unwrap_err().kind, ReadErrorKind::NotUnicode);
        assert_eq!(files[2].read(&memory).unwrap_err().kind, ReadErrorKind::Special("FIFO"));
        assert_eq!(files[0].read(&memory).unwrap(), b"");
    }
}
