//! What a value hangs on: the locals and variables that it names, and those that these name.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Location;
use crate::evaluate::{Attribute, Value};
use crate::existing::Root;
use crate::model::Datum;

/// What the directory says that its locals and variables are, by `local.NAME` and `var.NAME`.
pub(super) struct Names<'a>(HashMap<String, Vec<Said<'a>>>);

/// What one place says that a local or a variable is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said<'a> {
    pub(super) value: &'a Datum,
    pub(super) location: Location,
    /// `its default`, as a label says it.
    pub(super) what: &'static str,
}

impl<'a> Names<'a> {
    /// `values` are those of `terraform.tfvars` and `*.auto.tfvars`.
    pub(super) fn new(root: &'a Root, values: &'a [Attribute]) -> Self {
        let mut said: HashMap<String, Vec<Said<'a>>> = HashMap::new();
        let mut say = |name: String, value: &'a Value, what| {
            let one = Said { value: &value.datum, location: value.location, what };
            said.entry(name).or_default().push(one);
        };
        for block in &root.blocks {
            match (block.type_name.as_str(), block.labels.first(), block.body.value("default")) {
                ("locals", ..) => {
                    for local in &block.body.attributes {
                        say(format!("local.{}", local.name), &local.value, "its value");
                    }
                }
                ("variable", Some(name), Some(default)) => say(format!("var.{name}"), default, "its default"),
                _ => {}
            }
        }
        for variable in values {
            say(format!("var.{}", variable.name), &variable.value, "its value");
        }
        Self(said)
    }

    /// All that is said of the names in a text of expressions, and of those that these hang on.
    pub(super) fn behind(&self, text: &str) -> Vec<(String, Said<'a>)> {
        let mut all = Vec::new();
        let mut seen = HashSet::new();
        let mut open: Vec<String> = mentioned(text).collect();
        while let Some(name) = open.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            for said in self.0.get(&name).into_iter().flatten() {
                open.extend(mentioned(&said.value.to_string()));
                all.push((name.clone(), *said));
            }
        }
        all.sort_by_key(|(_, said)| said.location);
        all
    }
}

/// The locals and variables that a text names, as `local.NAME` and `var.NAME`.
fn mentioned(text: &str) -> impl Iterator<Item = String> {
    let named = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    ["local.", "var."].into_iter().flat_map(move |kind| {
        text.match_indices(kind).filter(move |(at, _)| !text[..*at].ends_with(named)).map(move |(at, _)| {
            let rest = &text[at + kind.len()..];
            format!("{kind}{}", &rest[..rest.find(|c| !named(c)).unwrap_or(rest.len())])
        })
    })
}

/// Strings in a text that may be paths of what lies beside it, found without parsing it, and
/// whether they say so themselves.
pub(super) fn named_paths(text: &str) -> impl Iterator<Item = (&str, bool)> {
    text.split('"')
        .map(|piece| match piece.strip_prefix("${path.module}/") {
            Some(path) => (path, true),
            None => (piece, piece.starts_with("./") || piece.starts_with("../")),
        })
        .filter(|(path, says)| (*says || path.contains(['.', '/'])) && path.len() < 256)
        .filter(|(path, _)| !path.starts_with('/') && !path.contains(['\n', '$', '*', ':', '=']))
}
