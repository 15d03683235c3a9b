//! Templates of somebody's own: read from their folder, and what is wrong with them as diagnostics.

use super::Inputs;
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Diagnostic, Location, codes};
use crate::model::Model;
use crate::render::{BrokenTemplate, Renderer, Templates};
use crate::source::{EntryKind, RepoPath, Source, SourceId, SourceMap};

/// How templates end.
const ENDING: &str = ".j2";

/// Templates, and where they were read.
#[derive(Debug, Default)]
pub(super) struct Own {
    pub(super) templates: Templates,
    sources: Vec<(&'static str, SourceId)>,
}

impl Own {
    /// What is wrong with one of them, at its place.
    pub(super) fn diagnostic(&self, broken: &BrokenTemplate) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(&codes::BROKEN_TEMPLATE, broken.message.clone());
        let source = self.sources.iter().find(|(name, _)| *name == broken.template);
        diagnostic.location = source.map(|(_, source)| Location::new(*source, broken.span));
        diagnostic.label = Some("here".to_owned());
        diagnostic.fix = broken.fix.clone().or_else(|| {
            Some(
                "docs/templates.md says what it may see; without the file the built-in template is used"
                    .to_owned(),
            )
        });
        diagnostic
    }
}

/// The renderer of a run, if no template of somebody's own loses or changes what the spec declares.
pub(super) fn renderer(
    inputs: &Inputs<'_>,
    model: &Model,
    sources: &mut SourceMap,
) -> Result<Renderer, Vec<Diagnostic>> {
    let Some(folder) = &inputs.templates else { return Ok(Renderer::new()) };
    let own = read(inputs, folder, sources)?;
    let said = |broken: Vec<BrokenTemplate>| broken.iter().map(|it| own.diagnostic(it)).collect::<Vec<_>>();
    let renderer = Renderer::with(own.templates.clone()).map_err(said)?;
    let misread = said(renderer.misread(model));
    if misread.is_empty() { Ok(renderer) } else { Err(misread) }
}

/// The templates of a folder; other files in it, and folders, are none.
pub(super) fn read(
    inputs: &Inputs<'_>,
    folder: &RepoPath,
    sources: &mut SourceMap,
) -> Result<Own, Vec<Diagnostic>> {
    let entries = inputs.directory.list(folder).map_err(|error| vec![Diagnostic::from(&error)])?;
    let (mut own, mut errors) = (Own::default(), Vec::new());
    for entry in entries {
        if entry.kind == EntryKind::Directory || !entry.name.ends_with(ENDING) {
            continue;
        }
        let Ok(path) = folder.join(&entry.name) else { continue };
        let Some(name) = Templates::names().find(|name| *name == entry.name) else {
            let message = format!("`{path}` is no template that secretform has");
            let fix = did_you_mean(&entry.name, Templates::names()).unwrap_or_else(|| {
                let names: Vec<String> = Templates::names().map(|name| format!("`{name}`")).collect();
                format!("there are {}", names.join(", "))
            });
            errors.push(Diagnostic::new(&codes::BROKEN_TEMPLATE, message).fix(fix));
            continue;
        };
        match inputs.directory.read(&path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => {
                    let source = sources.add(Source::new(path.to_string(), text.clone().into_bytes()));
                    own.sources.push((name, source));
                    own.templates.replace(name, text);
                }
                Err(_) => {
                    let message = format!("the template `{path}` isn't UTF-8");
                    errors.push(Diagnostic::new(&codes::BROKEN_TEMPLATE, message));
                }
            },
            Err(error) => errors.push(Diagnostic::from(&error)),
        }
    }
    if errors.is_empty() { Ok(own) } else { Err(errors) }
}
