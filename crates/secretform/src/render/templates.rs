//! The templates of a run: those that are compiled into the library, and those that somebody put
//! in their place.

use std::collections::BTreeMap;

use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior};

use crate::source::Span;

/// Every template: its name and its text. `templates/` at the top of the repository holds them.
pub(super) const BUILT_IN: &[(&str, &str)] = &[
    ("secret.tf.j2", include_str!("../../templates/secret.tf.j2")),
    ("secret_policy.tf.j2", include_str!("../../templates/secret_policy.tf.j2")),
    ("random_password.tf.j2", include_str!("../../templates/random_password.tf.j2")),
    ("secret_version.tf.j2", include_str!("../../templates/secret_version.tf.j2")),
    ("secret_rotation.tf.j2", include_str!("../../templates/secret_rotation.tf.j2")),
    ("policy_document.tf.j2", include_str!("../../templates/policy_document.tf.j2")),
    ("oidc_provider.tf.j2", include_str!("../../templates/oidc_provider.tf.j2")),
    ("role.tf.j2", include_str!("../../templates/role.tf.j2")),
    ("policy.tf.j2", include_str!("../../templates/policy.tf.j2")),
    ("role_policy_attachment.tf.j2", include_str!("../../templates/role_policy_attachment.tf.j2")),
    ("banner.tf.j2", include_str!("../../templates/banner.tf.j2")),
    ("policy.json.j2", include_str!("../../templates/policy.json.j2")),
    ("runbook.md.j2", include_str!("../../templates/runbook.md.j2")),
    ("runbook.html.j2", include_str!("../../templates/runbook.html.j2")),
];

/// Templates of somebody's own; all others are the built-in ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Templates {
    own: BTreeMap<&'static str, String>,
}

/// Why a template of somebody's own can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenTemplate {
    /// Its name.
    pub template: &'static str,
    /// One sentence: what is wrong.
    pub message: String,
    /// What to write instead.
    pub fix: Option<String>,
    /// Where in its text.
    pub span: Span,
}

impl Templates {
    /// The built-in ones alone.
    pub fn new() -> Self {
        Self::default()
    }

    /// The names of all that there are.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// Puts a text in the place of the template of this name; `false` if there is none.
    pub fn replace(&mut self, name: &str, text: impl Into<String>) -> bool {
        let known = Self::names().find(|known| *known == name);
        if let Some(name) = known {
            self.own.insert(name, text.into());
        }
        known.is_some()
    }

    /// The text that somebody put in the place of this one.
    pub(super) fn own(&self, name: &str) -> Option<&str> {
        self.own.get(name).map(String::as_str)
    }

    /// An environment of all.
    pub(super) fn environment(&self) -> Environment<'static> {
        self.of(|_| true)
    }

    /// An environment of this one.
    pub(super) fn only(&self, name: &str) -> Environment<'static> {
        self.of(|other| other == name)
    }

    /// In an environment a misspelt name is an error, not an empty string. What doesn't compile
    /// is left out: [`compiled`](Self::compiled) says why.
    fn of(&self, has: impl Fn(&str) -> bool) -> Environment<'static> {
        // Ours need none of the engine's filters.
        let mut environment = if self.own.is_empty() { Environment::empty() } else { Environment::new() };
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        // Keeps places in the text, which only the errors of people's own templates need.
        environment.set_debug(!self.own.is_empty());
        let escape =
            |name: &str| if name.ends_with(".html.j2") { AutoEscape::Html } else { AutoEscape::None };
        environment.set_auto_escape_callback(escape);
        for (name, text) in BUILT_IN.iter().filter(|(name, _)| has(name)) {
            let added = match self.own.get(name) {
                Some(own) => environment.add_template_owned(*name, own.clone()),
                None => environment.add_template(name, text),
            };
            debug_assert!(added.is_ok() || self.own.contains_key(name), "built-in template {name}");
        }
        environment
    }

    /// What doesn't compile.
    pub(super) fn compiled(&self) -> Vec<BrokenTemplate> {
        let mut environment = Environment::new();
        environment.set_debug(true);
        let broken = self.own.iter().filter_map(|(name, text)| {
            let error = environment.add_template_owned(*name, text.clone()).err()?;
            Some(self.broken(name, &error))
        });
        broken.collect()
    }

    /// An error of the engine, with its place.
    pub(super) fn broken(&self, name: &'static str, error: &Error) -> BrokenTemplate {
        let text = self.own(name).unwrap_or_default();
        let span = match (error.range(), error.line()) {
            (Some(range), _) if text.get(range.clone()).is_some() => Span::new(range.start, range.end),
            (_, Some(line)) => line_span(text, line),
            _ => Span::at(0),
        };
        let detail = error.detail().map_or(String::new(), |detail| format!(": {detail}"));
        let message = format!("the template `{name}` can't be expanded: {}{detail}", error.kind());
        BrokenTemplate { template: name, message, fix: None, span }
    }
}

/// A line, counted from 1, without the blanks before it.
fn line_span(text: &str, line: usize) -> Span {
    let mut start = 0;
    for (at, content) in text.split_inclusive('\n').enumerate() {
        if at + 1 == line {
            let blanks = content.len() - content.trim_start().len();
            return Span::new(start + blanks, start + content.trim_end().len().max(blanks));
        }
        start += content.len();
    }
    Span::at(text.len())
}
