//! Terraform as a judge, if it is there.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of its own that goes away with it.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let (process, count) = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(format!("secretform-{name}-{process}-{count}"));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn terraform() -> Option<Command> {
    let mut command = Command::new("terraform");
    command.env("CHECKPOINT_DISABLE", "1").env_remove("TF_CLI_CONFIG_FILE");
    let mut probe = Command::new("terraform");
    let found = probe.arg("version").env("CHECKPOINT_DISABLE", "1").stdout(Stdio::null()).status();
    if found.is_ok_and(|status| status.success()) {
        return Some(command);
    }
    eprintln!("SKIPPED in part: no `terraform` on the PATH to judge by");
    None
}

/// For each text whether `terraform fmt` takes it.
pub(crate) fn verdicts(texts: &[Vec<u8>]) -> Option<Vec<bool>> {
    let mut command = terraform()?;
    let folder = Folder::new("verdicts");
    for (at, text) in texts.iter().enumerate() {
        std::fs::write(folder.0.join(format!("f{at}.tf")), text).unwrap();
    }
    let output = command.args(["fmt", "-check", "-no-color", "-list=false"]).arg(&folder.0).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let mut taken = vec![true; texts.len()];
    // `  on /tmp/…/f12.tf line 3, in …:`
    for (at, _) in said.match_indices(".tf line ") {
        let digits = said[..at].rsplit(|char: char| !char.is_ascii_digit()).next().unwrap();
        taken[digits.parse::<usize>().unwrap()] = false;
    }
    Some(taken)
}

/// What `terraform console` makes of each expression, as JSON.
pub(crate) fn values(expressions: &[String]) -> Option<Vec<serde_json::Value>> {
    values_with("", expressions)
}

/// The same for expressions that refer to `locals`.
pub(crate) fn values_with(locals: &str, expressions: &[String]) -> Option<Vec<serde_json::Value>> {
    use std::io::Write as _;

    let mut command = terraform()?;
    let folder = Folder::new("values");
    let list = format!("locals {{{locals}\n  all = [\n{},\n  ]\n}}\n", expressions.join(",\n"));
    std::fs::write(folder.0.join("main.tf"), list).unwrap();
    let mut child = command
        .arg("console")
        .current_dir(&folder.0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"base64encode(jsonencode(local.all))\n").unwrap();
    let output = child.wait_with_output().unwrap();
    // The console escapes strings so that they can't be told apart again: hence base64.
    let json = base64(&output.stdout);
    Some(serde_json::from_slice(&json).unwrap())
}

fn base64(text: &[u8]) -> Vec<u8> {
    let digits = text.iter().filter_map(|byte| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    });
    let (mut out, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for digit in digits {
        bits = bits << 6 | u32::from(digit);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    out
}
