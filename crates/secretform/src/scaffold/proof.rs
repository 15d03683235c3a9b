//! The proof of a splice: the new spec means the old one and what was intended, and no more.

use super::Preset;
use crate::model::{Group, Read, Reader, Secret};
use crate::spec::{Lowered, Override};

/// What was to be put into a spec.
#[derive(Clone, Copy, Debug)]
pub struct Intent<'a> {
    /// The group that wasn't there, if it is new.
    pub preset: Option<&'a Preset>,
    /// Its label.
    pub group: &'a str,
    /// The readers of whose places each reads the group.
    pub readers: &'a [String],
}

/// What the new spec has that the old one and the intent don't explain, or the other way round.
pub fn disproof(old: &Lowered, new: &Lowered, intent: &Intent<'_>) -> Option<String> {
    let (before, after) = (&old.model, &new.model);
    if old.directory != new.directory || before.scope() != after.scope() || before.file() != after.file() {
        return Some("the `terraform` block would mean something else".to_owned());
    }
    if !old.rules.iter().map(rule).eq(new.rules.iter().map(rule)) {
        return Some("a `rule` would mean something else".to_owned());
    }
    let is_new = |group: Option<&str>| intent.preset.is_some() && group == Some(intent.group);
    let groups = after.groups().iter().filter(|group| !is_new(Some(group.label())));
    if !groups.eq(before.groups()) {
        return Some("another group would mean something else".to_owned());
    }
    let secrets = after.secrets().iter().filter(|secret| !is_new(secret.group()));
    if !secrets.eq(before.secrets()) {
        return Some("another secret would mean something else".to_owned());
    }
    if let Some(preset) = intent.preset {
        let added = after.secrets().iter().filter(|secret| is_new(secret.group()));
        if after.group(intent.group).map(words) != preset.group().map(words)
            || !added.map(own).eq(preset.secrets().iter().map(own))
        {
            return Some("the group would not mean what the preset says".to_owned());
        }
    }
    if before.readers().len() != after.readers().len() {
        return Some("there would be other readers".to_owned());
    }
    let wrong = before.readers().iter().zip(after.readers()).find(|(old, new)| !follows(old, new, intent))?;
    Some(format!("the reader `{}` would mean something else", wrong.0.label()))
}

/// What a rule says, wherever it stands.
fn rule(rule: &Override) -> impl PartialEq + '_ {
    let at: Vec<&str> = rule.at.iter().map(|(address, _)| address.as_str()).collect();
    (rule.rule, rule.severity, at, rule.reason.as_deref(), rule.seen.as_deref())
}

/// What a group says that it doesn't inherit.
fn words(group: &Group) -> impl PartialEq + '_ {
    (group.label(), group.prefix(), group.title(), group.url(), group.guide(), group.is_external())
}

/// What a secret says that it doesn't inherit.
fn own(secret: &Secret) -> impl PartialEq + '_ {
    (secret.reference(), secret.name(), secret.description(), secret.guide(), secret.fields(), secret.probe())
}

/// Whether `new` is `old`, with the group in each place if it was asked for.
fn follows(old: &Reader, new: &Reader, intent: &Intent<'_>) -> bool {
    if !intent.readers.iter().any(|reader| reader == old.label()) {
        return old == new;
    }
    let read = Read::Group(intent.group.to_owned());
    let grants = old.grants().iter().map(|grant| match grant.reads().contains(&read) {
        true => grant.clone(),
        false => grant.clone().reading(read.clone()),
    });
    old.label() == new.label()
        && old.description() == new.description()
        && grants.eq(new.grants().iter().cloned())
}
