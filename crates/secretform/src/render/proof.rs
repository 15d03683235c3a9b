//! That a template of somebody's own loses and changes nothing. A template sees no value, so what
//! it makes of one block that says everything is what it makes of all.

use std::collections::BTreeSet;

use super::blocks::{LAYOUTS, Layout, Renderer, sections};
use super::templates::{BrokenTemplate, Templates};
use crate::diagnostic::suggest::did_you_mean;
use crate::model::{Datum, Model, Place, Record};
use crate::source::Span;
use crate::syntax::{Block, File};

/// Everything that is wrong with the templates, as far as no model is needed to tell.
pub(super) fn broken(templates: &Templates) -> Vec<BrokenTemplate> {
    let mut broken = templates.compiled();
    let compiles = |name: &str| broken.iter().all(|other| other.template != name);
    let mut more = Vec::new();
    for (type_name, template) in LAYOUTS {
        if templates.own(template).is_some() && compiles(template) {
            more.extend(layout(templates, type_name, template));
        }
    }
    broken.append(&mut more);
    broken
}

/// What is wrong with one template of blocks.
fn layout(templates: &Templates, type_name: &str, template: &'static str) -> Vec<BrokenTemplate> {
    let text = templates.own(template).unwrap_or_default();
    let at = |needle: &str| match text.find(needle) {
        Some(start) => Span::new(start, start + needle.len()),
        None => Span::new(0, text.lines().next().map_or(0, str::len)),
    };
    let wrong = |message: String, fix: Option<String>, span: Span| {
        vec![BrokenTemplate { template, message: format!("the template `{template}` {message}"), fix, span }]
    };
    let layout = match Layout::expanded(&templates.only(template), template) {
        Ok(layout) => layout,
        Err(error) => return vec![templates.broken(template, &error)],
    };
    for (count, what) in [(layout.labels, "{{ label }}"), (layout.bodies, "{{ block.body([…]) }}")] {
        if count != 1 {
            let inner = what.trim_start_matches("{{ ").split(['(', ' ']).next().unwrap_or_default();
            let fix = Some(format!("say `{what}` once, where the block has it"));
            return wrong(format!("says `{what}` {count} times"), fix, at(inner));
        }
    }
    let known: Vec<&str> = sections(type_name).into_iter().flatten().collect();
    let named: Vec<&str> = layout.sections.iter().flatten().map(String::as_str).collect();
    let mut out = Vec::new();
    for (index, name) in named.iter().enumerate() {
        if !known.contains(name) {
            let fix = did_you_mean(name, known.iter().copied());
            out.extend(wrong(
                format!("names `{name}`, which no `{type_name}` of ours has"),
                fix,
                at(&format!("\"{name}\"")),
            ));
        } else if named[..index].contains(name) {
            out.extend(wrong(format!("names `{name}` twice"), None, at(&format!("\"{name}\""))));
        }
    }
    let lost: Vec<String> =
        known.iter().filter(|name| !named.contains(name)).map(|name| format!("`{name}`")).collect();
    if !lost.is_empty() {
        let fix = Some("name them in a section: what a block doesn't say takes no room".to_owned());
        out.extend(wrong(format!("loses {}", lost.join(", ")), fix, at("block.body")));
    }
    if !out.is_empty() {
        return out;
    }
    let record = everything(type_name);
    let own = layout.block("sample", &record);
    let ours = Renderer::new().block_of(type_name, "sample", &record);
    match differs(&own, &ours) {
        None => Vec::new(),
        Some(what) => wrong(what, None, at("block.body")),
    }
}

/// A block that says all that there is.
fn everything(type_name: &str) -> Record {
    let mut record = Record::new();
    for name in sections(type_name).into_iter().flatten() {
        if sections(name).is_empty() {
            record.set(name, Datum::text(format!("the value of {name}").into()));
        } else {
            record.push(name, everything(name));
        }
    }
    record
}

/// What the text of a block says otherwise than ours does.
fn differs(own: &str, ours: &str) -> Option<String> {
    let (own, ours) = (File::parse(own.as_bytes()), File::parse(ours.as_bytes()));
    if let Some(error) = own.errors().first() {
        return Some(format!("makes no HCL: {}", error.message));
    }
    let expected = ours.body().blocks().next()?;
    let blocks: Vec<Block<'_>> = own.body().blocks().collect();
    if own.body().attributes().next().is_some() || blocks.len() > 1 {
        return Some("makes more than the one block".to_owned());
    }
    let Some(found) = blocks.first() else { return Some("makes no block: is it a comment?".to_owned()) };
    if header(*found) != header(expected) {
        return Some(format!("makes a `{}`, not a `{}`", header(*found), header(expected)));
    }
    let (found, expected) = (said(*found), said(expected));
    let only = |one: &BTreeSet<(String, String)>, other: &BTreeSet<(String, String)>| {
        let names = one.difference(other).map(|(name, _)| format!("`{name}`"));
        let names: BTreeSet<String> = names.collect();
        names.into_iter().collect::<Vec<_>>().join(", ")
    };
    let (lost, added) = (only(&expected, &found), only(&found, &expected));
    match (lost.is_empty(), added.is_empty()) {
        (true, true) => None,
        (false, true) => Some(format!("loses {lost}")),
        (true, false) => Some(format!("adds {added}")),
        (false, false) => Some(format!("changes {lost}")),
    }
}

fn header(block: Block<'_>) -> String {
    let labels = block.labels().into_iter().map(|label| format!(" {:?}", label.text));
    format!("{}{}", block.type_name(), labels.collect::<String>())
}

/// Each argument and its value, each nested block and what it says.
fn said(block: Block<'_>) -> BTreeSet<(String, String)> {
    let body = block.body();
    let arguments = body.attributes().map(|it| (it.name().to_owned(), it.value().canonical()));
    let nested = body.blocks().map(|it| (it.type_name().to_owned(), format!("{:?}", said(it))));
    arguments.chain(nested).collect()
}

/// What banners and policies in JSON lose or change of this model.
pub(super) fn of_model(renderer: &Renderer, templates: &Templates, model: &Model) -> Vec<BrokenTemplate> {
    let mut out = Vec::new();
    let mut add = |template: &'static str, found: Result<Option<String>, minijinja::Error>| match found {
        Ok(None) => {}
        Ok(Some(message)) => {
            let message = format!("the template `{template}` {message}");
            out.push(BrokenTemplate { template, message, fix: None, span: Span::at(0) });
        }
        Err(error) => out.push(templates.broken(template, &error)),
    };
    if templates.own("banner.tf.j2").is_some() {
        for title in model.groups().iter().filter_map(|group| group.title()) {
            add("banner.tf.j2", renderer.try_banner(title).map(|text| banner(&text, title)));
        }
    }
    if templates.own("policy.json.j2").is_some() {
        for granted in model.grants() {
            let (Place::PolicyFile { path }, Some(document)) =
                (granted.grant.place(), granted.resolved.document())
            else {
                continue;
            };
            let statements: Vec<Record> = document.statements().iter().map(|it| it.record()).collect();
            let version = Some(document.version().as_str());
            // A model refuses expressions in JSON, so all of it is known.
            let Ok(context) = Renderer::policy_context(version, &statements) else { continue };
            let made = renderer.try_expand("policy.json.j2", context.clone());
            let ours = Renderer::new().try_expand("policy.json.j2", context);
            add("policy.json.j2", made.and_then(|made| Ok(policy(&made, &ours?, path.as_str()))));
        }
    }
    out.dedup();
    out
}

/// A banner is a comment that has the title in it.
fn banner(text: &str, title: &str) -> Option<String> {
    let file = File::parse(text.as_bytes());
    if !file.errors().is_empty() || file.body().items().next().is_some() {
        return Some(format!("makes more than a comment of the title {title:?}"));
    }
    (!text.contains(super::blocks::one_line(title).trim())).then(|| format!("loses the title {title:?}"))
}

/// A policy is the JSON that ours is.
fn policy(made: &str, ours: &str, path: &str) -> Option<String> {
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text);
    let ours = read(ours).ok()?;
    match read(made) {
        Err(error) => Some(format!("makes no JSON of `{path}`: {error}")),
        Ok(made) if made == ours => None,
        Ok(made) => {
            let keys = |value: &serde_json::Value| -> BTreeSet<String> {
                value.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect()
            };
            let differ = |key: &&String| made.get(key) != ours.get(key);
            let all: BTreeSet<String> = keys(&made).union(&keys(&ours)).cloned().collect();
            let names: Vec<String> = all.iter().filter(differ).map(|key| format!("`{key}`")).collect();
            Some(format!("changes {} of `{path}`", names.join(", ")))
        }
    }
}
