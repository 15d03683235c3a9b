//! One pass over a repository: spec, files, comparison, and what would make it good.

use std::collections::BTreeMap;

use super::declared::{self, outside};
use super::templates;
use super::view::View;
use super::wanted::{Rendered, Wanted};
use super::work::Work;
use super::writes::{Places, file_changes};
use super::{FileChange, Inputs};
use super::{
    beyond, foreign, modules, owned, policy_files, readers, rules, statements, surroundings, unread,
    wildcards,
};
use crate::diagnostic::{Diagnostic, Location, codes};
use crate::evaluate::{Attribute, Body, Scope};
use crate::existing::{FileText, Root, Syntax, terraform_files_among};
use crate::model::Address;
use crate::patch::Held;
use crate::render::Renderer;
use crate::report::Masks;
use crate::source::{
    Directory, EntryKind, ReadError, ReadErrorKind, RepoPath, Source, SourceId, SourceMap, Span,
};
use crate::spec::{self, Lowered};
use crate::syntax;

/// What a pass found.
#[derive(Debug, Default)]
pub(super) struct Analysis {
    pub(super) sources: SourceMap,
    pub(super) masks: Masks,
    /// Why the run failed, if it did.
    pub(super) errors: Vec<Diagnostic>,
    pub(super) findings: Vec<Diagnostic>,
    pub(super) changes: Vec<FileChange>,
    pub(super) held: Vec<(String, Held)>,
}

/// A spec that was read, and what renders what it wants.
#[derive(Debug)]
pub(super) struct Prepared {
    spec: Source,
    lowered: Lowered,
    renderer: Renderer,
    folder: RepoPath,
    masks: Masks,
    /// What the spec itself gives cause to say.
    notes: Vec<Diagnostic>,
}

impl Prepared {
    /// What no output may show.
    pub(super) fn masks(&self) -> &Masks {
        &self.masks
    }

    /// What the spec wants, unless it can't be had; `replace` must name some of it.
    pub(super) fn wanted(&self, replace: &[String]) -> Result<Wanted<'_>, Box<Analysis>> {
        let mut errors = Vec::new();
        let wanted = declared::wanted(&self.lowered, &self.folder, &mut errors);
        for address in replace {
            if !wanted.blocks().any(|block| block.address().to_string() == *address) {
                let message = format!("`--replace {address}` names nothing that the spec declares");
                let diagnostic = Diagnostic::new(&codes::UNKNOWN_REFERENCE, message);
                errors.push(diagnostic.address(address.clone()));
            }
        }
        if errors.is_empty() {
            return Ok(wanted);
        }
        let mut sources = SourceMap::new();
        sources.add(self.spec.clone());
        Err(Box::new(Analysis { sources, masks: self.masks.clone(), errors, ..Analysis::default() }))
    }
}

/// Reads the spec; with one that can't be used, says why.
pub(super) fn prepare(inputs: &Inputs<'_>) -> Result<Prepared, Box<Analysis>> {
    let mut analysis = Analysis::default();
    let folder = inputs.spec.parent().unwrap_or_else(RepoPath::root);
    let Some((spec, lowered, notes)) = read_spec(inputs, &mut analysis) else {
        // A secret's own, which people put there who haven't read that it never stands in a spec.
        analysis.masks.hide_name("value");
        beyond::errors(inputs, &folder, &mut analysis);
        return Err(Box::new(analysis));
    };
    let mut masks = Masks::new();
    for field in lowered.model.secrets().iter().flat_map(|secret| secret.fields()) {
        if field.is_sensitive() {
            masks.hide_name(field.name());
        }
    }
    let renderer = match templates::renderer(inputs, &lowered.model, &mut analysis.sources) {
        Ok(renderer) => renderer,
        Err(errors) => {
            analysis.errors = errors;
            return Err(Box::new(analysis));
        }
    };
    Ok(Prepared { spec, lowered, renderer, folder, masks, notes })
}

/// Reads all other files, compares them, and works out the changes.
pub(super) fn examine(
    prepared: &Prepared,
    wanted: &Wanted<'_>,
    disk: &dyn Directory,
    replace: &[String],
) -> Analysis {
    let Prepared { lowered, renderer, folder, .. } = prepared;
    let mut analysis = Analysis { masks: prepared.masks.clone(), ..Analysis::default() };
    let mut notes = prepared.notes.clone();
    // The first file of each map, so that the places in the spec are the same in all.
    analysis.sources.add(prepared.spec.clone());
    let directory = match folder.join(&lowered.directory) {
        Ok(path) => path,
        Err(error) => {
            analysis.errors.push(outside(&error.to_string(), Some(lowered.places.directory)));
            return analysis;
        }
    };
    let read = read_directory(disk, &directory, lowered, wanted, &mut analysis);
    let Analysis { sources, errors, .. } = &mut analysis;
    let texts: Vec<FileText<'_>> = read.terraform.iter().map(|file| file.text(sources)).collect();
    let root = Root::read(&texts, &mut Rendered::new(wanted, renderer), errors);
    let mut scope = Scope::new();
    root.blocks.iter().filter(|block| block.type_name == "locals").for_each(|block| scope.add(block));
    let values = variable_values(&read.variables, sources, errors);
    let view = View::new(wanted, sources, (disk, &directory), &root, &scope, &values);
    let mut work = Work::default();
    let findings = &mut notes;
    owned::blocks(&view, replace, &mut work, findings);
    let claimed = statements::statements(&view, replace, &mut work, findings);
    for (policy, source) in wanted.policies.iter().zip(&read.policies) {
        if let Err(found) = policy_files::file(&view, policy, *source, &mut work, findings) {
            errors.extend(found);
        }
    }
    surrounding_findings(&view, &read, findings);
    let declared = |address: &Address, index: usize| {
        claimed.get(address).is_some_and(|indexes| indexes.contains(&index)) || view.is_owned(address)
    };
    readers::undeclared(&view, &declared, findings);
    rules::apply(&lowered.rules, lowered.places.terraform.source, findings);
    if errors.is_empty() {
        let file = lowered.model.file().as_str();
        let groups = lowered.model.groups().iter();
        let titles = groups.filter_map(|group| Some((group.label(), group.title()?))).collect();
        let places =
            Places { directory: &directory, default_file: file, paths: &read.paths, titles: &titles };
        let (changes, held) = file_changes(&view, &work, &places, renderer);
        analysis.changes = changes;
        analysis.held = held;
    }
    analysis.findings = notes;
    analysis
}

fn surrounding_findings(view: &View<'_>, read: &Read, out: &mut Vec<Diagnostic>) {
    surroundings::state_blocks(view, out);
    surroundings::baseless_overrides(view, out);
    surroundings::providers(view, &view.used_providers(), out);
    wildcards::wildcards(view, out);
    foreign::unmanaged(view, out);
    foreign::companions(view, out);
    foreign::unused_documents(view, out);
    super::faults::faults(view, out);
    super::roles::taken_off(view, out);
    modules::modules(view, out);
    unread::policies(view, &|name| view.read_beside(name), out);
    super::trust::policies(view, &|name| view.read_beside(name), out);
    unread::tofu_files(view, view.disk, &read.tofu, out);
}

pub(super) fn read_spec(
    inputs: &Inputs<'_>,
    analysis: &mut Analysis,
) -> Option<(Source, Lowered, Vec<Diagnostic>)> {
    let bytes = match inputs.directory.read(&inputs.spec) {
        Ok(bytes) => bytes,
        Err(error) => {
            analysis.errors.push(Diagnostic::from(&error));
            return None;
        }
    };
    let source = analysis.sources.add(Source::new(inputs.spec.to_string(), bytes));
    let (parsed, mut said) = spec::parse(source, analysis.sources.get(source).bytes());
    let mut lowered = None;
    if let Some(parsed) = parsed {
        let (model, more) = spec::lower(&parsed);
        said.extend(more);
        lowered = model;
    }
    let failed = said.iter().any(|diagnostic| diagnostic.rule.code < "SF1");
    if failed || lowered.is_none() {
        analysis.errors.extend(said);
        return None;
    }
    lowered.map(|lowered| (analysis.sources.get(source).clone(), lowered, said))
}

/// A Terraform file that was read.
struct ReadFile {
    source: SourceId,
    json: bool,
    overrides: bool,
}

impl ReadFile {
    fn text<'a>(&self, sources: &'a SourceMap) -> FileText<'a> {
        FileText {
            source: self.source,
            bytes: sources.get(self.source).bytes(),
            json: self.json,
            overrides: self.overrides,
        }
    }
}

/// The files that a run reads beside the spec.
#[derive(Default)]
struct Read {
    terraform: Vec<ReadFile>,
    variables: Vec<(SourceId, bool)>,
    tofu: Vec<(RepoPath, Location)>,
    /// The file of each wanted policy, if it exists.
    policies: Vec<Option<SourceId>>,
    paths: BTreeMap<SourceId, RepoPath>,
}

fn read_directory(
    disk: &dyn Directory,
    directory: &RepoPath,
    lowered: &Lowered,
    wanted: &Wanted<'_>,
    analysis: &mut Analysis,
) -> Read {
    let mut read = Read::default();
    let entries = disk.list(directory).unwrap_or_else(|error| {
        analysis.errors.push(Diagnostic::from(&error).at(lowered.places.directory));
        Vec::new()
    });
    for file in terraform_files_among(&entries, directory) {
        match file.read(disk) {
            Ok(bytes) => {
                let source = analysis.sources.add(Source::new(file.path.to_string(), bytes));
                read.paths.insert(source, file.path.clone());
                read.terraform.push(ReadFile {
                    source,
                    json: file.syntax == Syntax::Json,
                    overrides: file.overrides,
                });
            }
            Err(error) => analysis.errors.push(Diagnostic::from(&error)),
        }
    }
    for entry in entries {
        let Ok(path) = directory.join(&entry.name) else { continue };
        // Terraform skips a folder of this name; the spec wants to write there.
        if entry.kind == EntryKind::Directory && wanted.files().any(|file| file == entry.name) {
            let error = ReadError { path: path.clone(), kind: ReadErrorKind::IsDirectory };
            analysis.errors.push(Diagnostic::from(&error));
        }
        let json = entry.name.ends_with(".json");
        let stem = entry.name.strip_suffix(".json").unwrap_or(&entry.name);
        if stem == "terraform.tfvars" || stem.ends_with(".auto.tfvars") {
            match disk.read(&path) {
                Ok(bytes) => {
                    let source = analysis.sources.add(Source::new(path.to_string(), bytes));
                    read.variables.push((source, json));
                }
                Err(error) => analysis.errors.push(Diagnostic::from(&error)),
            }
        } else if stem.ends_with(".tofu") && !entry.name.starts_with('.') {
            let bytes = disk.read(&path).unwrap_or_default();
            let source = analysis.sources.add(Source::new(path.to_string(), bytes));
            read.tofu.push((path, Location::new(source, Span::at(0))));
        }
    }
    for policy in &wanted.policies {
        let source = match disk.read(&policy.path) {
            Ok(bytes) => {
                let source = analysis.sources.add(Source::new(policy.path.to_string(), bytes));
                read.paths.insert(source, policy.path.clone());
                Some(source)
            }
            Err(error) if error.kind.is_not_found() => None,
            Err(error) => {
                let mut diagnostic = Diagnostic::from(&error);
                diagnostic.location = policy.declared;
                analysis.errors.push(diagnostic);
                None
            }
        };
        read.policies.push(source);
    }
    read
}

/// What `terraform.tfvars` and `*.auto.tfvars` say.
fn variable_values(
    files: &[(SourceId, bool)],
    sources: &SourceMap,
    errors: &mut Vec<Diagnostic>,
) -> Vec<Attribute> {
    let mut values = Vec::new();
    for (source, json) in files {
        let bytes = sources.get(*source).bytes();
        if *json {
            match crate::evaluate::json_attributes(*source, bytes) {
                Ok(attributes) => values.extend(attributes),
                Err(found) => errors.extend(found),
            }
            continue;
        }
        let file = syntax::File::parse(bytes);
        errors.extend(file.errors().iter().map(|error| error.diagnostic(&codes::HCL_SYNTAX, *source)));
        let at = |span| Location::new(*source, span);
        values.extend(Body::read(&at, file.body()).attributes);
    }
    values
}
