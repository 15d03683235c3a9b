//! Statements of the directory's policy documents that the spec doesn't declare, and that let
//! somebody act on a declared secret.

use super::view::View;
use crate::access::like;
use crate::diagnostic::{Diagnostic, Location, codes};
use crate::existing::{Named, References, address};
use crate::model::iam::SECRETS_MANAGER;
use crate::model::{Datum, Expression, Mode, Part, Record, Text};

/// Undeclared readers in all documents; `declared` says which statements the spec has.
pub(super) fn undeclared(
    view: &View<'_>,
    declared: &dyn Fn(&crate::model::Address, usize) -> bool,
    out: &mut Vec<Diagnostic>,
) {
    for (at, block) in view.root.blocks.iter().enumerate() {
        let Some(address) = address(block) else { continue };
        if address.mode() != Mode::Data || address.type_name() != "aws_iam_policy_document" {
            continue;
        }
        let Some(found) = view.read(at) else { continue };
        for (index, statement) in found.record.blocks("statement").iter().enumerate() {
            if declared(&address, index) {
                continue;
            }
            let Some(reach) = reach(view, statement) else { continue };
            let name = statement_name(&address.to_string(), statement, index);
            let place = found.origins.nearest(&format!("statement[{index}].{}", reach.argument));
            out.push(reach.diagnostic(view, name, place, statement));
        }
        for (path, location) in &found.dynamic {
            let wanted = view.wanted.statements.iter().any(|statement| statement.document == address);
            if path == "statement" && !wanted && view.speaks(*location, block) {
                out.push(super::unread::unread_block(
                    view,
                    block,
                    &format!("{address}.statement"),
                    *location,
                    "`dynamic` statements can't be read before Terraform runs",
                ));
            }
        }
    }
}

/// How findings name a statement: by its Sid, else by its place.
pub(super) fn statement_name(document: &str, statement: &Record, index: usize) -> String {
    match statement.get("sid") {
        Some(Datum::Text(sid)) if sid.as_literal().is_some_and(|sid| !sid.is_empty()) => {
            format!("{document}.statement[\"{sid}\"]")
        }
        _ => format!("{document}.statement[{index}]"),
    }
}

/// What a statement lets somebody do to declared secrets.
pub(super) struct Reach {
    argument: &'static str,
    label: String,
    action: String,
    secret: String,
    certain: bool,
}

impl Reach {
    /// What is said of it.
    pub(super) fn diagnostic(
        self,
        view: &View<'_>,
        name: String,
        place: Location,
        statement: &Record,
    ) -> Diagnostic {
        let verb = if self.certain { "is a grant" } else { "may be a grant" };
        Diagnostic::new(&codes::UNDECLARED_READER, format!("`{name}` {verb} that the spec doesn't declare"))
            .address(name)
            .at(place)
            .label(self.label)
            .reason(format!("{} lets its holders act on `{}`", self.action, self.secret))
            .fix("declare it as a reader in the spec, narrow it, or accept it with a `rule`")
            .seen(view.digest_record(statement))
    }
}

/// Whether a statement lets anyone act on a declared secret, as far as that can be told.
pub(super) fn reach(view: &View<'_>, statement: &Record) -> Option<Reach> {
    let statement = &view.scope.resolve_record(statement);
    if literal(statement.get("effect")).is_some_and(|effect| effect.eq_ignore_ascii_case("deny")) {
        return None;
    }
    let (action, certain) = acts(statement)?;
    if statement.get("not_resources").is_some() {
        let label = "everything but these".to_owned();
        return Some(Reach {
            argument: "not_resources",
            label,
            action,
            secret: "declared secrets".to_owned(),
            certain: false,
        });
    }
    let resources = statement.get("resources")?;
    let (items, symbolic) = match resources {
        Datum::List(items) => (items.as_slice(), false),
        Datum::Concat(items, _) => (items.as_slice(), true),
        other => (std::slice::from_ref(other), false),
    };
    for (index, item) in items.iter().enumerate() {
        if let Some((secret, sure)) = hits(view, item) {
            // Neither what is done nor to what is known: that could be said of anything.
            if !certain && !sure && !view.speaks_text(format!("{statement:?}").as_bytes()) {
                continue;
            }
            let argument = if index == 0 { "resources[0]" } else { "resources" };
            return Some(Reach {
                argument,
                label: format!("matches `{secret}`"),
                action,
                secret,
                certain: certain && sure,
            });
        }
    }
    symbolic.then(|| Reach {
        argument: "resources",
        label: "only Terraform can say what these are".to_owned(),
        action,
        secret: "declared secrets, perhaps".to_owned(),
        certain: false,
    })
}

fn literal(value: Option<&Datum>) -> Option<&str> {
    match value {
        Some(Datum::Text(text)) => text.as_literal(),
        _ => None,
    }
}

/// An action on secrets that a statement allows, and whether that is certain.
fn acts(statement: &Record) -> Option<(String, bool)> {
    let catalogue = || {
        let on_secrets = SECRETS_MANAGER.iter().filter(|action| !action.needs_every_resource);
        on_secrets.map(|action| format!("secretsmanager:{}", action.name))
    };
    let items = |value: &Datum| match value {
        Datum::List(items) => items.clone(),
        Datum::Concat(items, lists) => {
            items.iter().cloned().chain(lists.iter().cloned().map(Datum::Symbol)).collect()
        }
        other => vec![other.clone()],
    };
    if let Some(not) = statement.get("not_actions") {
        let excluded = |action: &str| {
            items(not).iter().any(|item| {
                literal(Some(item))
                    .is_some_and(|pattern| like(&pattern.to_lowercase(), &action.to_lowercase()))
            })
        };
        return catalogue()
            .find(|action| !excluded(action.as_str()))
            .map(|action| (format!("`{action}`"), true));
    }
    let mut perhaps = None;
    for item in items(statement.get("actions")?) {
        match literal(Some(&item)) {
            Some(pattern) => {
                let lower = pattern.to_lowercase();
                // Most statements are of another service, as their actions' first words say.
                let service = lower.split(':').next().unwrap_or_default();
                if service != "secretsmanager" && !service.contains(['*', '?']) {
                    continue;
                }
                if catalogue().any(|action| like(&lower, &action.to_lowercase())) {
                    return Some((format!("`{pattern}`"), true));
                }
            }
            None => perhaps = perhaps.or_else(|| Some((format!("`{item}`"), false))),
        }
    }
    perhaps
}

/// The declared secret or prefix that a resource can match.
fn hits(view: &View<'_>, resource: &Datum) -> Option<(String, bool)> {
    match resource {
        Datum::Symbol(symbol) => {
            if let Some((_, label)) = References::label_of(symbol) {
                return match view.references.secret(resource) {
                    Named::Declared(index) => Some((view.secret(index).name().as_text().to_string(), true)),
                    Named::Other => None,
                    Named::Unknown => Some((label.to_owned(), false)),
                };
            }
            (!is_of_other_resource(symbol))
                .then(|| (format!("whatever `{symbol}` is", symbol = symbol.canonical()), false))
        }
        Datum::Text(text) => {
            let pattern = flattened(text);
            for secret in view.secrets() {
                if matches_arn(&pattern, &format!("{}-??????", flattened(secret.name().as_text()))) {
                    return Some((secret.name().as_text().to_string(), true));
                }
            }
            for prefix in view.prefixes() {
                if matches_arn(&pattern, &format!("{}*", flattened(prefix))) {
                    return Some((format!("{prefix}*"), true));
                }
            }
            None
        }
        _ => None,
    }
}

/// Whether an expression is nothing but the ARN or the id of a resource that is no secret and
/// hangs on none.
fn is_of_other_resource(symbol: &Expression) -> bool {
    let text = symbol.canonical();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']' | '"' | '*' | '/');
    text.starts_with("aws_")
        && !text.starts_with("aws_secretsmanager_")
        && text.chars().all(plain)
        && [".arn", "_arn", ".id"].iter().any(|end| text.ends_with(end))
}

/// Whether a resource pattern can match a secret whose name and suffix match `name`. With six
/// literal colons each field is matched by itself; with fewer, a `*` may pass a colon.
///
/// Source: IAM User Guide, *IAM JSON policy elements: Resource*.
fn matches_arn(pattern: &str, name: &str) -> bool {
    let fields: Vec<&str> = pattern.split(':').collect();
    let wanted = ["arn", "*", "secretsmanager", "*", "*", "secret", name];
    match fields.len() {
        7 => fields.iter().zip(wanted).all(|(field, wanted)| overlap(field, wanted)),
        0..7 => overlap(pattern, &format!("arn:*:secretsmanager:*:*:secret:{name}")),
        _ => false,
    }
}

/// A text as a pattern in which a symbol may be anything.
fn flattened(text: &Text) -> String {
    let mut out = String::new();
    for part in text.parts() {
        match part {
            Part::Literal(literal) => out.push_str(literal),
            Part::Symbol(_) => out.push('*'),
        }
    }
    out
}

/// Whether some text matches both patterns.
pub(super) fn overlap(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    // reach[j]: whether the first i of `a` and the first j of `b` can match one text.
    let mut reach = vec![false; b.len() + 1];
    reach[0] = true;
    for j in 0..b.len() {
        reach[j + 1] = reach[j] && b[j] == '*';
    }
    for &x in &a {
        let mut next = vec![false; b.len() + 1];
        next[0] = reach[0] && x == '*';
        for j in 0..b.len() {
            let y = b[j];
            next[j + 1] = if x == '*' || y == '*' {
                reach[j + 1] || next[j]
            } else {
                reach[j] && (x == y || x == '?' || y == '?')
            };
        }
        reach = next;
    }
    reach[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_overlap() {
        assert!(overlap("arn:*:airbyte*", "arn:aws:airbyte/x"));
        assert!(overlap("a*", "*b") && overlap("*", "??") && overlap("a?c", "?b?"));
        assert!(!overlap("arn:aws:s3:::x", "arn:*:secretsmanager:*:*:secret:y*"));
        assert!(!overlap("a", "") && overlap("*", ""));
    }
}
