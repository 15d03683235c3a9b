//! The real `terraform fmt` over thousands of files in one call.

use std::{
    collections::HashSet,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What terraform made of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Taken; the bytes that then stood in the file.
    Taken(Vec<u8>),
    /// Refused: it does not parse.
    Refused,
    /// Terraform itself crashed on it.
    Crashed,
}

/// The binary, if there is one on the path.
pub(crate) fn version() -> Option<String> {
    let out = command().arg("version").output().ok()?;
    let text = String::from_utf8_lossy(&out.stdout);
    out.status.success().then(|| text.lines().next().unwrap_or_default().to_owned())
}

fn command() -> Command {
    let mut command = Command::new("terraform");
    command.env("CHECKPOINT_DISABLE", "1").env_remove("TF_CLI_CONFIG_FILE").env_remove("TF_CLI_ARGS");
    command.env_remove("TF_CLI_ARGS_fmt").env_remove("TF_LOG").stdin(Stdio::null());
    command
}

/// Formats each of `files`, in `room`, a directory that this call may fill and empties again.
pub(crate) fn format<T: AsRef<[u8]>>(files: &[T], room: &Path) -> Result<Vec<Verdict>, String> {
    let said = |error: std::io::Error| format!("{}: {error}", room.display());
    let _ = fs::remove_dir_all(room);
    fs::create_dir_all(room).map_err(said)?;
    for (at, bytes) in files.iter().enumerate() {
        fs::write(path(room, at), bytes).map_err(said)?;
    }
    let args: [&OsStr; 4] = ["fmt".as_ref(), "-no-color".as_ref(), "-list=false".as_ref(), ".".as_ref()];
    let out =
        command().args(args).current_dir(room).output().map_err(|error| format!("terraform: {error}"))?;
    if !matches!(out.status.code(), Some(0 | 2)) {
        return crashed(files, room);
    }
    let refused = refused(&String::from_utf8_lossy(&out.stderr));
    let verdicts = (0..files.len())
        .map(|at| {
            if refused.contains(&at) {
                return Ok(Verdict::Refused);
            }
            fs::read(path(room, at)).map(Verdict::Taken).map_err(said)
        })
        .collect();
    let _ = fs::remove_dir_all(room);
    verdicts
}

/// Halves the set until each file that brings terraform down stands alone.
fn crashed<T: AsRef<[u8]>>(files: &[T], room: &Path) -> Result<Vec<Verdict>, String> {
    if files.len() == 1 {
        return Ok(vec![Verdict::Crashed]);
    }
    let (left, right) = files.split_at(files.len() / 2);
    let mut verdicts = format(left, room)?;
    verdicts.extend(format(right, room)?);
    Ok(verdicts)
}

fn path(room: &Path, at: usize) -> PathBuf {
    room.join(format!("f{at}.tf"))
}

/// The files that the lines `  on f12.tf line 3, in …:` name.
fn refused(stderr: &str) -> HashSet<usize> {
    stderr
        .lines()
        .filter_map(|line| {
            let (name, _) = line.strip_prefix("  on f")?.split_once(".tf line ")?;
            name.parse().ok()
        })
        .collect()
}
