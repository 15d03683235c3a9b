//! The runbook: what a person does once the containers are there, laid out by its template.
//! Commands are made so that no value reaches a shell's history, an argument or the screen.

mod markdown;
mod page;
mod section;
mod sh;
mod shell;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use minijinja::value::Value;
use minijinja::{Environment, Error, State, context};

use super::shape::Shapes;
use super::templates::{BrokenTemplate, Templates};
use crate::model::{Model, Readings, Secret};
use section::Writer;
use shell::Shell;

/// How the page is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For a repository, a wiki, a terminal.
    Markdown,
    /// One page that needs nothing else, for a browser and a printer.
    Html,
}

impl Format {
    /// The name of its template.
    pub fn template(self) -> &'static str {
        match self {
            Self::Markdown => "runbook.md.j2",
            Self::Html => "runbook.html.j2",
        }
    }
}

/// Of which secrets a runbook tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Runbook {
    /// Their places in the model, ascending.
    secrets: Vec<usize>,
}

impl Runbook {
    /// Of every secret.
    pub fn whole(model: &Model) -> Self {
        Self { secrets: (0..model.secrets().len()).collect() }
    }

    /// Of groups and secrets that are named as the spec does: `GROUP`, `GROUP/SECRET`, or
    /// `SECRET` outside of groups.
    ///
    /// # Errors
    /// The names that nothing has.
    pub fn of(model: &Model, names: &[String]) -> Result<Self, Vec<String>> {
        let mut secrets = BTreeSet::new();
        let mut unknown = Vec::new();
        for name in names {
            let named = |secret: &Secret| secret.group() == Some(name) || name_of(secret) == *name;
            let mut found = model.secrets().iter().enumerate().filter(|(_, secret)| named(secret)).peekable();
            if found.peek().is_none() {
                unknown.push(name.clone());
            }
            secrets.extend(found.map(|(at, _)| at));
        }
        if unknown.is_empty() { Ok(Self { secrets: secrets.into_iter().collect() }) } else { Err(unknown) }
    }

    /// Every name that [`of`](Self::of) takes.
    pub fn names(model: &Model) -> BTreeSet<String> {
        let groups = model.secrets().iter().filter_map(|secret| secret.group().map(str::to_owned));
        groups.chain(model.secrets().iter().map(name_of)).collect()
    }

    /// The page; `spec` is where the spec stands.
    ///
    /// # Errors
    /// What a template of somebody's own does wrong; the built-in ones do nothing wrong.
    pub fn render(
        &self,
        model: &Model,
        spec: &str,
        format: Format,
        templates: &Templates,
    ) -> Result<String, BrokenTemplate> {
        let name = format.template();
        let uncompiled = templates.compiled().into_iter().find(|broken| broken.template == name);
        if let Some(broken) = uncompiled {
            return Err(broken);
        }
        let page = self.expand(&templates.only(name), model, spec, format);
        page.map_err(|error| templates.broken(name, &error))
    }

    fn expand(
        &self,
        environment: &Environment<'_>,
        model: &Model,
        spec: &str,
        format: Format,
    ) -> Result<String, Error> {
        // Where the sections come: a character that no text has, see `markdown::unmarked`.
        const SECTIONS: char = '\u{f8fc}';
        let shell = Shell::new(model, &self.secrets);
        let page = page::page(model, &shell, spec, format).value();
        let sections = Value::from_safe_string(SECTIONS.to_string());
        let template = environment.get_template(format.template())?;
        let mut whole = template.render_captured(context! { page, sections })?;
        let text = whole.output().to_owned();
        let (before, behind) = text.split_once(SECTIONS).unwrap_or((&text, ""));
        let mut out = String::with_capacity(text.len() + 2_048 * self.secrets.len());
        out.push_str(before);
        let writer = Writer::new(&shell, format);
        whole.with_state_mut(|state| self.sections(state, model, &writer, &mut out))?;
        out.push_str(behind);
        Ok(out)
    }

    /// Each group and each secret by its macro, which sees no text: one expansion serves all of
    /// one shape.
    fn sections(
        &self,
        state: &mut State<'_, '_>,
        model: &Model,
        writer: &Writer<'_>,
        out: &mut String,
    ) -> Result<(), Error> {
        let readings = Readings::new(model);
        let (mut groups, mut secrets) = (Shapes::new(), Shapes::new());
        let by_label: BTreeMap<_, _> = model.groups().iter().map(|group| (group.label(), group)).collect();
        let mut last: Option<Option<&str>> = None;
        for at in &self.secrets {
            let Some(secret) = model.secrets().get(*at) else { continue };
            if last != Some(secret.group()) {
                last = Some(secret.group());
                let group = secret.group().and_then(|label| by_label.get(label));
                let node = writer.group(group.copied());
                groups.fill(out, &node, |group| state.call_macro("group", &[group]))?;
            }
            let node = writer.secret(secret, readings.of(*at));
            secrets.fill(out, &node, |secret| state.call_macro("secret", &[secret]))?;
        }
        Ok(())
    }
}

/// As the spec names it.
fn name_of(secret: &Secret) -> String {
    let label = &secret.reference().label;
    secret.group().map_or_else(|| label.to_string(), |group| format!("{group}/{label}"))
}
