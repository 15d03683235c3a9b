//! Every preset that ships, added to a small spec: what `generate` writes of it is clean and
//! formatted, and Terraform creates its containers.

use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use secretform::pipeline::{AddOptions, GenerateOptions, Inputs, Outcome, add, check, generate};
use secretform::scaffold::{Preset, SHIPPED};
use secretform::source::{MemoryDirectory, RepoPath, Source, SourceMap};
use secretform::syntax::is_formatted;

use crate::oracle;
use crate::tree::Tree;

const SPEC: &str = "secretform.hcl";

/// A spec with one reader that reads nothing of its own.
const BEFORE: &str = r#"terraform {
  directory  = "terraform/aws"
  region     = var.aws_region
  account_id = var.aws_account_id
}

group "terraform" { external = true }

reader "ci" {
  reads = [group.terraform]

  policy_file "iam/ci.json" {
    region     = "eu-west-2"
    account_id = "*"
  }
}
"#;

/// Presets with words that the oracle's provider doesn't know yet: what becomes of them stands in
/// `snapshots/add/`.
const NEWER: [&str; 1] = ["snowflake"];

/// One test a preset, and all together against Terraform.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = SHIPPED
        .iter()
        .map(|(name, _)| Trial::test(format!("presets/{name}"), || added(&[name]).map(|_| ())))
        .collect();
    trials.push(Trial::test("presets/files", files));
    trials.push(Trial::test("terraform/presets", created));
    trials
}

/// `templates/presets/` holds those that ship and nothing else.
fn files() -> Result<(), Failed> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates/presets");
    let tree = Tree::read(&folder)?;
    let there: Vec<&str> = tree.paths().collect();
    let shipped: Vec<String> = SHIPPED.iter().map(|(name, _)| format!("{name}.hcl")).collect();
    if there == shipped { Ok(()) } else { Err(format!("there {there:?}, shipped {shipped:?}").into()) }
}

/// The repository after the presets were added and generated.
fn added(names: &[&str]) -> Result<MemoryDirectory, Failed> {
    let mut memory = MemoryDirectory::new();
    let spec = RepoPath::new(SPEC)?;
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/airbyte");
    for (path, bytes) in Tree::read(&example)?.files() {
        if path.ends_with("variables.tf") || path.ends_with("providers.tf") {
            memory.insert(RepoPath::new(path)?, bytes);
        }
    }
    memory.insert(spec.clone(), BEFORE);
    for name in names {
        let options = AddOptions {
            preset: (*name).to_owned(),
            readers: vec!["ci".to_owned()],
            ..AddOptions::default()
        };
        let outcome =
            add(&Inputs { directory: &memory, spec: spec.clone(), templates: None }, &options).outcome;
        write(&mut memory, &format!("add {name}"), outcome)?;
    }
    let outcome = generate(
        &Inputs { directory: &memory, spec: spec.clone(), templates: None },
        &GenerateOptions::default(),
    );
    write(&mut memory, "generate", outcome)?;
    quiet("check", &check(&Inputs { directory: &memory, spec, templates: None }))?;
    for (path, bytes) in memory.files() {
        if !path.as_str().ends_with(".json") && is_formatted(bytes) != Ok(true) {
            return Err(format!("{names:?}: {path} is not formatted").into());
        }
    }
    Ok(memory)
}

fn write(memory: &mut MemoryDirectory, what: &str, outcome: Outcome) -> Result<(), Failed> {
    quiet(what, &outcome)?;
    for file in outcome.files {
        memory.insert(file.path.clone(), file.after().to_vec());
    }
    Ok(())
}

fn quiet(what: &str, outcome: &Outcome) -> Result<(), Failed> {
    match outcome.diagnostics.first() {
        Some(diagnostic) => Err(format!("{what}: {}", diagnostic.message).into()),
        None => Ok(()),
    }
}

/// All at once: formatted, valid, and applied.
fn created() -> Result<(), Failed> {
    let names: Vec<&str> =
        SHIPPED.iter().map(|(name, _)| *name).filter(|name| !NEWER.contains(name)).collect();
    let memory = added(&names)?;
    let home = tempfile::tempdir()?;
    for (path, bytes) in memory.files() {
        let target: PathBuf = home.path().join(path.as_str());
        std::fs::create_dir_all(target.parent().unwrap_or(home.path()))?;
        std::fs::write(target, bytes)?;
    }
    let mut sources = SourceMap::new();
    let mut names = Vec::new();
    for (name, text) in SHIPPED.iter().filter(|(name, _)| !NEWER.contains(name)) {
        let source = sources.add(Source::new(*name, text.as_bytes()));
        let preset = Preset::parse(source, text.as_bytes(), name).map_err(|_| format!("{name} is broken"))?;
        names.extend(preset.secrets().iter().map(|secret| secret.name().as_text().to_string()));
    }
    names.sort();
    oracle::prove(&home.path().join("terraform/aws"), &names)
}
