//! Two drifts at once: of all cases that `generate` cures, each with each other, it cures both;
//! what was formatted stays so, foreign lines stay as they are, and nothing is left to do.
//! A fifth of the pairs is tried, all of them where `SECRETFORM_ALL_PAIRS` is set.

use std::path::Path;

use libtest_mimic::Failed;
use secretform::diagnostic::Severity;
use secretform::pipeline::{GenerateOptions, Inputs, Outcome, check, generate};
use secretform::source::{MemoryDirectory, RepoPath};
use secretform::syntax::{File, is_formatted};

use crate::case::{Case, Edit, Generate};

/// The statement of `oidc.tf` that is owned; all other lines are foreign.
const STATEMENT: [&str; 2] = ["  statement {\n    sid     = \"SecretsManagerAccess\"", "\n  }\n"];

struct Drift {
    name: String,
    edits: Vec<Edit>,
}

/// Tries each pair in both orders, as far as the second still finds what it edits.
pub(crate) fn cured(folders: &[std::path::PathBuf]) -> Result<(), Failed> {
    let mut drifts = Vec::new();
    for folder in folders {
        let case = Case::read(folder)?;
        let cured = matches!(case.generate, Some(Generate::Cures | Generate::Restores));
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if cured && let Some(edits) = case.only_edits(folder) {
            drifts.push(Drift { name, edits });
        }
    }
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/airbyte");
    let base = crate::tree::Tree::read(&example)?;
    let files: Vec<(&str, String)> =
        base.files().map(|(path, bytes)| (path, String::from_utf8_lossy(bytes).into_owned())).collect();
    let mut wrong = Vec::new();
    let mut count = 0;
    let all = std::env::var_os("SECRETFORM_ALL_PAIRS").is_some();
    for (i, first) in drifts.iter().enumerate() {
        for (j, second) in drifts.iter().enumerate() {
            if i == j || !all && (i + j) % 5 != 0 {
                continue;
            }
            let Some(broken) = apply(&files, &[first, second]).filter(readable) else { continue };
            count += 1;
            if let Err(why) = cure(&broken, &files) {
                wrong.push(format!("{} and {}: {why}", first.name, second.name));
            }
        }
    }
    if wrong.is_empty() && count > 300 {
        return Ok(());
    }
    let all = wrong.len();
    wrong.truncate(15);
    Err(format!("{all} of {count} pairs:\n{}", wrong.join("\n")).into())
}

type Files<'f> = Vec<(&'f str, String)>;

/// The files with all edits in turn, unless one doesn't find its place.
fn apply<'f>(files: &Files<'f>, drifts: &[&Drift]) -> Option<Files<'f>> {
    let mut files = files.clone();
    for edit in drifts.iter().flat_map(|drift| &drift.edits) {
        let (_, text) = files.iter_mut().find(|(path, _)| *path == edit.file)?;
        *text = edit.replaced(text).ok()?;
    }
    Some(files)
}

/// Whether the two edits left something that can be read.
fn readable(files: &Files<'_>) -> bool {
    files
        .iter()
        .all(|(path, text)| !path.ends_with(".tf") || File::parse(text.as_bytes()).errors().is_empty())
}

fn cure(broken: &Files<'_>, base: &Files<'_>) -> Result<(), String> {
    let spec = RepoPath::new("secretform.hcl").map_err(|error| error.to_string())?;
    let mut memory = MemoryDirectory::new();
    for (path, text) in broken {
        memory.insert(RepoPath::new(path).map_err(|error| error.to_string())?, text.clone());
    }
    let options = GenerateOptions::default();
    let run = |memory: &MemoryDirectory| {
        generate(&Inputs { directory: memory, spec: spec.clone(), templates: None }, &options)
    };
    let outcome = run(&memory);
    quiet("generate", &outcome)?;
    for file in &outcome.files {
        let before = file.before().unwrap_or_default();
        let tf = file.path.as_str().ends_with(".tf");
        if tf && is_formatted(before).unwrap_or(false) && !is_formatted(file.after()).unwrap_or(false) {
            return Err(format!(
                "{} is no longer formatted:\n{}",
                file.path,
                String::from_utf8_lossy(file.after())
            ));
        }
        memory.insert(file.path.clone(), file.after().to_vec());
    }
    quiet(
        "check after generate",
        &check(&Inputs { directory: &memory, spec: spec.clone(), templates: None }),
    )?;
    if let Some(file) = run(&memory).files.first() {
        return Err(format!("a second generate writes {}", file.path));
    }
    let foreign = |text: &str| {
        let start = text.find(STATEMENT[0]).unwrap_or(text.len());
        let end = text[start..].find(STATEMENT[1]).map_or(start, |at| start + at + STATEMENT[1].len());
        let mut lines: Vec<String> =
            text[..start].lines().chain(text[end..].lines()).map(str::to_owned).collect();
        lines.retain(|line| !line.is_empty());
        lines
    };
    let oidc = "terraform/aws/oidc.tf";
    let was = base.iter().find(|(path, _)| *path == oidc).map(|(_, text)| foreign(text));
    let now = memory.files().find(|(path, _)| path.as_str() == oidc);
    let now = now.map(|(_, bytes)| foreign(&String::from_utf8_lossy(bytes)));
    // A drift may leave lines of its own behind, such as a statement that was commented out.
    let kept = now.is_some_and(|now| was.is_some_and(|was| was.iter().all(|line| now.contains(line))));
    if kept { Ok(()) } else { Err("foreign lines of oidc.tf are gone".to_owned()) }
}

fn quiet(what: &str, outcome: &Outcome) -> Result<(), String> {
    // A statement that has lost its Sid and more is another one, which isn't generate's to mend.
    let mends = |code: &str| code != "SF110";
    let mut errors = outcome.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    match errors.rfind(|diagnostic| mends(diagnostic.rule.code)) {
        Some(diagnostic) => Err(format!("{what}: {}", diagnostic.message)),
        None if outcome.failed => Err(format!("{what} failed")),
        None => Ok(()),
    }
}
