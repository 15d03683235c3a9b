//! `runbook`: what a person does once the containers are there, as a page.

use std::borrow::Cow;

use super::analysis::{Analysis, read_spec};
use super::templates::{self, Own};
use super::{Inputs, Outcome, Remains};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Diagnostic, codes, sort};
use crate::model::Model;
use crate::render::{Format, Runbook};
use crate::report::hygiene;

/// What the page is of, and how it is written.
#[derive(Clone, Debug)]
pub struct RunbookOptions {
    /// Groups and secrets as the spec names them; all if none is named.
    pub names: Vec<String>,
    /// How it is written.
    pub format: Format,
}

/// The page, from the spec alone; nothing if the run failed.
pub fn runbook(inputs: &Inputs<'_>, options: &RunbookOptions) -> (String, Outcome) {
    let mut analysis = Analysis::default();
    let Some((_, lowered, _)) = read_spec(inputs, &mut analysis) else {
        return failed(analysis.errors.clone(), analysis);
    };
    let model = &lowered.model;
    let chosen = if options.names.is_empty() {
        Runbook::whole(model)
    } else {
        match Runbook::of(model, &options.names) {
            Ok(chosen) => chosen,
            Err(unknown) => {
                return failed(unknown.iter().map(|name| not_declared(model, name)).collect(), analysis);
            }
        }
    };
    let own = match &inputs.templates {
        None => Own::default(),
        Some(folder) => match templates::read(inputs, folder, &mut analysis.sources) {
            Ok(own) => own,
            Err(errors) => return failed(errors, analysis),
        },
    };
    match chosen.render(model, inputs.spec.as_str(), options.format, &own.templates) {
        Ok(page) => {
            let page = match hygiene::lines(&page) {
                Cow::Borrowed(_) => page,
                Cow::Owned(harmless) => harmless,
            };
            let remains = Remains::new(lowered);
            (page, Outcome { sources: analysis.sources, remains, ..Outcome::default() })
        }
        Err(broken) => failed(vec![own.diagnostic(&broken)], analysis),
    }
}

fn failed(mut diagnostics: Vec<Diagnostic>, analysis: Analysis) -> (String, Outcome) {
    sort(&mut diagnostics, &analysis.sources);
    let (sources, masks) = (analysis.sources, analysis.masks);
    (String::new(), Outcome { sources, diagnostics, failed: true, masks, ..Outcome::default() })
}

/// What nothing to set has for a name.
fn not_declared(model: &Model, name: &str) -> Diagnostic {
    if let Some(group) = model.group(name) {
        let (message, fix) = if group.is_external() {
            (
                format!(
                    "the containers of `{name}` are declared elsewhere, and so is how their values are set"
                ),
                "ask where they are declared, or take `external` away and declare them here".to_owned(),
            )
        } else {
            let fix = format!("declare one: `secret \"…\" {{}}` in `group \"{name}\"`");
            (format!("the group `{name}` has no secret yet"), fix)
        };
        return Diagnostic::new(&codes::NOT_DECLARED, message).fix(fix);
    }
    let names = Runbook::names(model);
    let fix = did_you_mean(name, names.iter().map(String::as_str))
        .unwrap_or_else(|| "`secretform list` shows what there is: GROUP, GROUP/SECRET or SECRET".to_owned());
    Diagnostic::new(&codes::NOT_DECLARED, format!("the spec declares no group or secret `{name}`")).fix(fix)
}
