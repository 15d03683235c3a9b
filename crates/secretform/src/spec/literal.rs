//! **L**: what must be known before Terraform runs.

use ecow::EcoString;

use crate::model::{Ignore, IgnoredPath, number};
use crate::source::Span;
use crate::syntax::{Expr, ExprKind, Step, TemplatePart, UnaryOp};

use super::errors::Errors;
use super::types::{Literal, Spanned};

/// The expression without the parentheses around it.
pub(super) fn bare(mut expr: Expr<'_>) -> Expr<'_> {
    while let ExprKind::Paren(inner) = expr.kind() {
        expr = inner;
    }
    expr
}

/// What a literal of another type is called.
fn described(expr: Expr<'_>) -> &'static str {
    match bare(expr).kind() {
        ExprKind::Null => "`null`",
        ExprKind::Bool(_) => "a boolean",
        ExprKind::Number(_) => "a number",
        ExprKind::Template(_) => "a string",
        ExprKind::Tuple(_) => "a list",
        ExprKind::Object(_) => "an object",
        _ => "an expression",
    }
}

fn is_literal(expr: Expr<'_>) -> bool {
    match bare(expr).kind() {
        ExprKind::Template(template) => {
            template.parts().iter().all(|part| matches!(part, TemplatePart::Literal { .. }))
        }
        ExprKind::Unary { operand, .. } => matches!(operand.kind(), ExprKind::Number(_)),
        ExprKind::Null | ExprKind::Bool(_) | ExprKind::Number(_) => true,
        ExprKind::Tuple(_) | ExprKind::Object(_) => true,
        _ => false,
    }
}

/// Says what `word` takes instead of `expr`.
fn refuse(errors: &mut Errors, word: &str, takes: &str, example: &str, expr: Expr<'_>) {
    let text = expr.text();
    if matches!(bare(expr).kind(), ExprKind::Variable(_)) && example.starts_with('"') {
        errors
            .wrong(expr.span(), format!("`{word}` takes {takes}"), "quote it")
            .fix(format!("write `{word} = \"{text}\"`"));
    } else if is_literal(expr) {
        errors
            .wrong(
                expr.span(),
                format!("`{word}` takes {takes}, not {}", described(expr)),
                format!("must be {takes}"),
            )
            .fix(format!("write `{word} = {example}`"));
    } else {
        errors
            .wrong(
                expr.span(),
                format!("`{word}` must be known before Terraform runs"),
                format!("must be {takes}"),
            )
            .fix(format!("write {takes}: `{word} = {example}`"));
    }
}

/// A string.
pub(super) fn string(errors: &mut Errors, word: &str, expr: Expr<'_>) -> Option<Spanned<String>> {
    match bare(expr).literal_string() {
        Some(value) => Some(Spanned { value, span: expr.span() }),
        None => {
            refuse(errors, word, "a string", "\"…\"", expr);
            None
        }
    }
}

/// A string as it is kept in many places.
pub(super) fn text(errors: &mut Errors, word: &str, expr: Expr<'_>) -> Option<EcoString> {
    match bare(expr).literal_text() {
        Some(value) => Some(value.as_ref().into()),
        None => string(errors, word, expr).map(|found| found.value.into()),
    }
}

/// A string, or `null` for none.
pub(super) fn nullable_string(
    errors: &mut Errors,
    word: &str,
    expr: Expr<'_>,
) -> Option<Spanned<Option<String>>> {
    if matches!(bare(expr).kind(), ExprKind::Null) {
        return Some(Spanned { value: None, span: expr.span() });
    }
    string(errors, word, expr).map(|found| Spanned { value: Some(found.value), span: found.span })
}

/// `true` or `false`.
pub(super) fn boolean(errors: &mut Errors, word: &str, expr: Expr<'_>) -> Option<bool> {
    match bare(expr).kind() {
        ExprKind::Bool(value) => Some(value),
        _ => {
            refuse(errors, word, "`true` or `false`", "true", expr);
            None
        }
    }
}

/// A whole number.
pub(super) fn integer(errors: &mut Errors, word: &str, expr: Expr<'_>) -> Option<u64> {
    let value = match bare(expr).kind() {
        ExprKind::Number(digits) => number(digits).and_then(|digits| digits.parse().ok()),
        _ => None,
    };
    if value.is_none() {
        refuse(errors, word, "a whole number", "1", expr);
    }
    value
}

/// A literal of any type.
pub(super) fn any(errors: &mut Errors, word: &str, expr: Expr<'_>) -> Option<Literal> {
    let expr = bare(expr);
    if let Some(text) = expr.literal_string() {
        return Some(Literal::String(text));
    }
    match expr.kind() {
        ExprKind::Bool(value) => return Some(Literal::Bool(value)),
        ExprKind::Number(digits) => {
            if let Some(digits) = number(digits) {
                return Some(Literal::Number(digits));
            }
        }
        ExprKind::Unary { op: UnaryOp::Negate, operand } => {
            if let ExprKind::Number(digits) = operand.kind()
                && let Some(digits) = number(&format!("-{digits}"))
            {
                return Some(Literal::Number(digits));
            }
        }
        ExprKind::Tuple(items) => {
            return items
                .into_iter()
                .map(|item| any(errors, word, item))
                .collect::<Option<_>>()
                .map(Literal::List);
        }
        ExprKind::Object(items) => {
            let mut entries = Vec::new();
            for item in items {
                let Some(key) = item.name() else {
                    refuse(errors, word, "keys that are names or strings", "{ key = \"…\" }", item.key);
                    return None;
                };
                entries.push((key, any(errors, word, item.value)?));
            }
            return Some(Literal::Object(entries));
        }
        _ => {}
    }
    refuse(errors, word, "a literal", "\"…\"", expr);
    None
}

/// Attributes as in Terraform's `ignore_changes`, or `all`.
pub(super) fn ignore(errors: &mut Errors, known: &[&str], expr: Expr<'_>) -> Option<Ignore> {
    const EXAMPLE: &str = "[tags, kms_key_id, tags[\"Name\"]]";
    let expr = bare(expr);
    let items = match expr.kind() {
        ExprKind::Variable("all") => return Some(Ignore::All),
        ExprKind::Null => return Some(Ignore::default()),
        ExprKind::Tuple(items) => items,
        _ => {
            errors
                .wrong(expr.span(), "`ignore` takes a list of attributes, or `all`", "no list of attributes")
                .fix(format!("write `ignore = {EXAMPLE}`"));
            return None;
        }
    };
    Some(Ignore::Only(items.into_iter().filter_map(|item| path(errors, known, item)).collect()))
}

fn path(errors: &mut Errors, known: &[&str], item: Expr<'_>) -> Option<IgnoredPath> {
    let item = bare(item);
    let steps = item.traversal().unwrap_or_default();
    let Some(Step::Name(word)) = steps.first() else {
        let text = item.literal_string();
        let mut detail = errors.wrong(
            item.span(),
            "`ignore` takes attributes as in Terraform's `ignore_changes`",
            "no attribute",
        );
        match text {
            Some(text) => detail.fix(format!("write `{text}` without quotes")),
            None => detail.fix("write an attribute such as `tags` or `tags[\"Name\"]`"),
        };
        return None;
    };
    if *word == "all" && steps.len() == 1 {
        errors.wrong(item.span(), "`all` stands alone", "in a list").fix("write `ignore = all`");
        return None;
    }
    if !known.contains(word) {
        errors.unknown(item.span(), format!("`ignore` knows no attribute `{word}` here"), word, known, known);
        return None;
    }
    match &steps[1..] {
        [] => IgnoredPath::attribute(*word).ok(),
        [Step::Name(key)] if *word == "tags" => Some(IgnoredPath::tag(*key)),
        [Step::Key(key)] if *word == "tags" => Some(IgnoredPath::tag(key.clone())),
        _ => {
            errors
                .wrong(item.span(), "`ignore` takes whole attributes, and single tags", "too deep")
                .fix(format!("write `{word}`"));
            None
        }
    }
}

/// Addresses, as strings or traversals, each in Terraform's own spelling.
pub(super) fn addresses(errors: &mut Errors, word: &str, expr: Expr<'_>) -> Vec<(String, Span)> {
    const EXAMPLE: &str = "[aws_secretsmanager_secret.legacy]";
    let ExprKind::Tuple(items) = bare(expr).kind() else {
        errors
            .wrong(expr.span(), format!("`{word}` takes a list of addresses"), "not a list")
            .fix(format!("write `{word} = {EXAMPLE}`"));
        return Vec::new();
    };
    let mut out = Vec::new();
    for item in items {
        let item = bare(item);
        if let Some(text) = item.literal_string() {
            out.push((text, item.span()));
        } else if item.traversal().is_some() {
            out.push((item.canonical(), item.span()));
        } else {
            errors
                .wrong(item.span(), format!("`{word}` takes addresses"), "no address")
                .fix(format!("write `{word} = {EXAMPLE}`"));
        }
    }
    out
}
