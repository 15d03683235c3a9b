//! Terraform's JSON syntax: read as the native text that it stands for.

use super::block::{Attribute, Block, Value};
use crate::diagnostic::{Diagnostic, Location, codes};
use crate::json::{self, ValueKind};
use crate::model::{Datum, number};
use crate::source::SourceId;
use crate::syntax::tf_json::{BlockPath, translate};
use crate::syntax::{File, SyntaxError};

/// Nested blocks of what is read; in JSON nothing else tells them from arguments.
const BLOCKS: &[&str] = &[
    "assume_role",
    "assume_role_with_web_identity",
    "condition",
    "default_tags",
    "endpoints",
    "filter",
    "ignore_tags",
    "inline_policy",
    "not_principals",
    "principals",
    "replica",
    "rotation_rules",
    "statement",
];

/// The blocks of a `.tf.json` file.
///
/// # Errors
/// All that keeps Terraform from reading it.
pub fn json_blocks(source: SourceId, bytes: &[u8]) -> Result<Vec<Block>, Vec<Diagnostic>> {
    let said = |error: &SyntaxError| error.diagnostic(&codes::JSON_SYNTAX, source);
    let is_block = |path: BlockPath<'_>| path.names.last().is_some_and(|name| BLOCKS.contains(name));
    let translation =
        translate(bytes, &is_block).map_err(|errors| errors.iter().map(said).collect::<Vec<_>>())?;
    let file = File::parse(translation.bytes());
    if !file.errors().is_empty() {
        let moved = |error: &SyntaxError| {
            let mut error = error.clone();
            error.span = translation.span(error.span);
            said(&error)
        };
        return Err(file.errors().iter().map(moved).collect());
    }
    let at = |span| Location::new(source, translation.span(span));
    Ok(file.body().blocks().map(|block| Block::read(&at, block)).collect())
}

/// What a `.tfvars.json` file says: strings there are plain text, not templates.
///
/// # Errors
/// If it is no JSON object.
pub fn json_attributes(source: SourceId, bytes: &[u8]) -> Result<Vec<Attribute>, Vec<Diagnostic>> {
    let root = json::parse(bytes).map_err(|errors| {
        errors.into_iter().map(|error| error.diagnostic(&codes::JSON_SYNTAX, source)).collect::<Vec<_>>()
    })?;
    let ValueKind::Object(members) = &root.kind else {
        return Err(vec![
            Diagnostic::new(&codes::JSON_SYNTAX, "values of variables must be a JSON object")
                .at(Location::new(source, root.span)),
        ]);
    };
    let attribute = |member: &json::Member| Attribute {
        name: member.key.clone(),
        name_location: Location::new(source, member.key_span),
        value: Value {
            datum: plain(&member.value),
            location: Location::new(source, member.value.span),
            parts: Vec::new(),
        },
    };
    Ok(members.iter().map(attribute).collect())
}

fn plain(value: &json::Value) -> Datum {
    match &value.kind {
        ValueKind::Null => Datum::Null,
        ValueKind::Bool(value) => Datum::Bool(*value),
        ValueKind::Number(text) => Datum::Number(number(text).unwrap_or_else(|| text.clone())),
        ValueKind::String(text) => Datum::Text(text.as_str().into()),
        ValueKind::Array(items) => Datum::List(items.iter().map(plain).collect()),
        ValueKind::Object(members) => Datum::Object(
            members.iter().map(|member| (member.key.as_str().into(), plain(&member.value))).collect(),
        ),
    }
}
