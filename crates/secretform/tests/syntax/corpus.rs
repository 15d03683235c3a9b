//! Real Terraform, if it is there: `../shared/corpus` beside the project's folder.

use std::path::{Path, PathBuf};

/// All .tf files of the corpus, in order of path. Empty, and said so, where it is missing.
pub(crate) fn texts() -> Vec<Vec<u8>> {
    let named = std::env::var_os("SECRETFORM_CORPUS").map(PathBuf::from);
    let beside = |path: &Path| path.join("shared/corpus");
    let found = named
        .or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(beside).find(|path| path.is_dir()));
    let Some(root) = found else {
        eprintln!(
            "SKIPPED: no corpus of real Terraform (SECRETFORM_CORPUS, or shared/corpus beside the project)"
        );
        return Vec::new();
    };
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "tf") {
            paths.push(path);
        }
    }
}
