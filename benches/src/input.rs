//! What is measured on: the corpus, and secrets in the style of the example.

use std::{
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

/// Where the corpus lies: `SECRETFORM_CORPUS`, or `../shared/corpus` beside the repository.
pub fn corpus_directory() -> PathBuf {
    std::env::var_os("SECRETFORM_CORPUS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus"), PathBuf::from)
}

/// The bytes of all `.tf` files below `directory`.
///
/// # Errors
/// If one of them, or a folder, can't be read.
pub fn files(directory: &Path) -> io::Result<Vec<Vec<u8>>> {
    paths(directory)?.iter().map(fs::read).collect()
}

/// The paths of all `.tf` files below `directory` that `terraform fmt -recursive` would take.
///
/// # Errors
/// If a folder can't be read.
pub fn paths(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let (mut paths, mut open) = (Vec::new(), vec![directory.to_owned()]);
    while let Some(folder) = open.pop() {
        // An empty path is the working directory, and what is found there has no `./` before it.
        let there = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
        for entry in fs::read_dir(there)? {
            let entry = entry?;
            let own = entry.file_name();
            let name = own.to_string_lossy();
            if name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'))
            {
                continue;
            }
            if entry.file_type()?.is_dir() {
                open.push(folder.join(&own));
            } else if name.ends_with(".tf") || name.ends_with(".tfvars") {
                paths.push(folder.join(&own));
            }
        }
    }
    // By bytes: the order of parts costs more than it is worth here.
    paths.sort_unstable_by(|one, other| one.as_os_str().cmp(other.as_os_str()));
    Ok(paths)
}

/// Terraform with so many secrets, each as the example's: about 274 bytes.
pub fn secrets(count: usize) -> String {
    let mut text = String::with_capacity(count * 280);
    for at in 0..count {
        if at > 0 {
            text.push('\n');
        }
        let _ = write!(
            text,
            "resource \"aws_secretsmanager_secret\" \"system_{at:05}_api_credentials\" {{\n  name        = \
             \"system-{at:05}/api-credentials\"\n  description = \"System {at} API credentials for Prefect \
             integration\"\n\n  tags = {{\n    Name      = \"system-{at:05}/api-credentials\"\n    ManagedBy = \
             \"terraform\"\n  }}\n}}\n",
        );
    }
    text
}
