//! What the commands of a runbook say of where they go: profile, region, and shell variables
//! for what only Terraform knows.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::sh::word;
use crate::model::{Model, Part, Provider, Secret, Text};

/// Shell variables that a person sets once, and the profile.
#[derive(Debug)]
pub(super) struct Shell {
    profile: String,
    /// By what a variable is: its name.
    names: BTreeMap<String, String>,
    /// What each is, in the order in which they are met.
    order: Vec<String>,
    /// The options of a command in the directory's own region.
    options: String,
}

impl Shell {
    /// The variables that commands for these secrets need.
    pub(super) fn new(model: &Model, secrets: &[usize]) -> Self {
        let profile =
            model.profile().map_or(String::new(), |profile| format!(" --profile {}", word(profile.as_str())));
        let mut shell = Self { profile, names: BTreeMap::new(), order: Vec::new(), options: String::new() };
        match model.scope().region.as_ref() {
            Some(region) if !secrets.is_empty() => shell.note(region.as_text()),
            Some(_) => {}
            None => shell.add(NO_REGION.to_owned()),
        }
        for secret in secrets.iter().filter_map(|at| model.secrets().get(*at)) {
            shell.note(secret.name().as_text());
            match (secret.region(), other_provider(secret)) {
                (Some(region), _) => shell.note(region.as_text()),
                (None, Some(provider)) => shell.add(region_of(provider)),
                (None, None) => {}
            }
        }
        shell.options = match model.scope().region.as_ref() {
            Some(region) => shell.options_in(&shell.text(region.as_text())),
            None => shell.options_in(&shell.variable(NO_REGION)),
        };
        shell
    }

    /// The option that says the profile, a blank before it; empty if none is said.
    pub(super) fn profile(&self) -> &str {
        &self.profile
    }

    /// The options of an AWS command for this secret, a blank before each.
    pub(super) fn options(&self, secret: &Secret) -> Cow<'_, str> {
        match (secret.region(), other_provider(secret)) {
            (Some(region), _) => Cow::Owned(self.options_in(&self.text(region.as_text()))),
            (None, Some(provider)) => Cow::Owned(self.options_in(&self.variable(&region_of(provider)))),
            (None, None) => Cow::Borrowed(&self.options),
        }
    }

    fn options_in(&self, region: &str) -> String {
        format!("{} --region {region}", self.profile)
    }

    /// Each variable, and what it is.
    pub(super) fn variables(&self) -> impl Iterator<Item = (&str, &str)> {
        self.order.iter().filter_map(|what| Some((self.names.get(what)?.as_str(), what.as_str())))
    }

    /// `text` as one word: what isn't known is a variable, and nothing runs while that is empty.
    pub(super) fn text<'t>(&self, text: &'t Text) -> Cow<'t, str> {
        if let Some(literal) = text.as_literal() {
            return word(literal);
        }
        let part = |part: &'t Part| match part {
            Part::Literal(literal) => word(literal),
            Part::Symbol(symbol) => Cow::Owned(self.variable(symbol.source())),
        };
        Cow::Owned(text.parts().iter().map(part).collect())
    }

    fn variable(&self, what: &str) -> String {
        self.names.get(what).map_or_else(|| "\"\"".to_owned(), |name| format!("\"${{{name}:?}}\""))
    }

    fn note(&mut self, text: &Text) {
        if text.as_literal().is_some() {
            return;
        }
        for part in text.parts() {
            if let Part::Symbol(symbol) = part {
                self.add(symbol.source().to_owned());
            }
        }
    }

    fn add(&mut self, what: String) {
        if self.names.contains_key(&what) {
            return;
        }
        let own =
            what.split_once('.').filter(|(kind, name)| matches!(*kind, "var" | "local") && is_plain(name));
        let name = own.map(|(_, name)| format!("tf_{name}"));
        let taken = |name: &String| self.names.values().any(|other| other == name);
        let name = name.filter(|name| !taken(name)).unwrap_or_else(|| format!("tf_{}", self.order.len() + 1));
        self.names.insert(what.clone(), name);
        self.order.push(what);
    }
}

const NO_REGION: &str = "the region of the provider";

fn region_of(provider: &Provider) -> String {
    format!("the region of the provider {provider}")
}

/// A provider that may be elsewhere than the directory's own.
fn other_provider(secret: &Secret) -> Option<&Provider> {
    secret.provider().filter(|provider| provider.to_string() != "aws")
}

/// Whether it may be the rest of a shell variable's name, and is no number of ours.
fn is_plain(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !name.starts_with(|c: char| c.is_ascii_digit())
}
