//! README.md is true: its ```console blocks are one session in a copy of `examples/airbyte`, run
//! from top to bottom. `README=overwrite cargo test` writes what was seen into the page.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use libtest_mimic::Failed;

/// Runs each `$ ` line of the page and compares what follows it.
pub(crate) fn run() -> Result<(), Failed> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = workspace.join("README.md");
    let home = tempfile::tempdir()?;
    let root = home.path().join("repository");
    crate::case::copy(&workspace.join("examples/airbyte"), &root)?;
    std::fs::create_dir(root.join(".git"))?;
    let told = std::fs::read_to_string(&page)?;
    let mut seen = String::new();
    let mut lines = told.lines().peekable();
    while let Some(line) = lines.next() {
        let _ = writeln!(seen, "{line}");
        if line != "```console" {
            continue;
        }
        while let Some(line) = lines.next_if(|line| *line != "```") {
            if let Some(command) = line.strip_prefix("$ ") {
                let _ = writeln!(seen, "{line}");
                seen += &output(command, &root)?;
            }
        }
    }
    if seen == told {
        return Ok(());
    }
    if std::env::var("README").is_ok_and(|what| what == "overwrite") {
        std::fs::write(page, seen)?;
        return Ok(());
    }
    let diff =
        similar::TextDiff::from_lines(&told, &seen).unified_diff().header("README.md", "seen").to_string();
    Err(format!("README.md says something else than what is so (README=overwrite to change it):\n{diff}")
        .into())
}

/// The first of the two commands does what its text says.
pub(crate) fn demo() -> Result<(), Failed> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new("sh")
        .args(["examples/demo.sh", env!("CARGO_BIN_EXE_secretform")])
        .current_dir(workspace)
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    let same = text.matches("the same: ").count();
    let caught = ["SF102", "oidc.tf:", "secrets.tf:"].iter().all(|sought| text.contains(sought));
    if output.status.success() && same == 3 && caught {
        return Ok(());
    }
    Err(format!("{text}{}", String::from_utf8_lossy(&output.stderr)).into())
}

/// Both streams as a terminal shows them; what is no success ends in its exit code.
fn output(command: &str, root: &Path) -> Result<String, Failed> {
    let binary = Path::new(env!("CARGO_BIN_EXE_secretform"));
    let folder = binary.parent().unwrap_or(Path::new("."));
    let path = std::env::join_paths([folder, Path::new("/usr/bin"), Path::new("/bin")])?;
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1\n{command}")])
        .current_dir(root)
        .env_clear()
        .env("PATH", path)
        .output()?;
    let mut text = String::from_utf8(output.stdout)?;
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    if let Some(code) = output.status.code().filter(|code| *code != 0) {
        let _ = writeln!(text, "? {code}");
    }
    Ok(text)
}
