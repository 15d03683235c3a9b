//! **R**: what this spec declares, as `reads` names it.

use crate::source::Span;
use crate::syntax::{Expr, ExprKind, Step};

use super::errors::Errors;
use super::literal::bare;
use super::types::{Reference, Spanned};

const EXAMPLE: &str = "`group.airbyte`, `secret.airbyte.api-credentials`, `secret.airbyte[*]`";

/// A list of references.
pub(super) fn reads(errors: &mut Errors, expr: Expr<'_>) -> Spanned<Vec<Spanned<Reference>>> {
    let span = expr.span();
    let items = match bare(expr).kind() {
        ExprKind::Tuple(items) => items,
        _ => {
            let text = expr.text();
            let mut detail = errors.wrong(span, "`reads` takes a list", "not a list");
            if root(bare(expr)).is_some_and(|name| name == "group" || name == "secret") {
                detail.fix(format!("write `reads = [{text}]`"));
            } else {
                detail
                    .fix(format!("write `reads = […]` of {EXAMPLE}; ARNs and expressions go to `resources`"));
            }
            return Spanned { value: Vec::new(), span };
        }
    };
    let value = items.into_iter().filter_map(|item| reference(errors, item)).collect();
    Spanned { value, span }
}

/// The name that a traversal, index or splat starts from.
pub(super) fn root<'t>(mut expr: Expr<'t>) -> Option<&'t str> {
    loop {
        expr = match expr.kind() {
            ExprKind::Variable(name) => return Some(name),
            ExprKind::Attr { object, .. }
            | ExprKind::Index { object, .. }
            | ExprKind::LegacyIndex { object, .. }
            | ExprKind::AttrSplat { object, .. }
            | ExprKind::FullSplat { object, .. } => object,
            _ => return None,
        }
    }
}

/// The labels in `steps` behind the first name; `None` if a step is no label.
pub(super) fn labels(steps: &[Step<'_>]) -> Option<Vec<String>> {
    steps
        .iter()
        .skip(1)
        .map(|step| match step {
            Step::Name(name) => Some((*name).to_owned()),
            Step::Key(key) => Some(key.clone()),
            Step::Number(_) => None,
        })
        .collect()
}

fn reference(errors: &mut Errors, item: Expr<'_>) -> Option<Spanned<Reference>> {
    let span = item.span();
    let item = bare(item);
    let value = match root(item) {
        Some("group") => group(errors, item, span)?,
        Some("secret") => secret(errors, item, span)?,
        _ => {
            let mut detail = errors.wrong(
                span,
                "`reads` takes `group` and `secret`; ARNs and expressions go to `resources`",
                "no reference",
            );
            match item.literal_string() {
                Some(text) if !text.starts_with("arn:") => {
                    let name = text.trim_end_matches(['*', '/']);
                    detail.fix(format!(
                        "declare `group \"{name}\" {{ external = true }}` if nobody has, and write `group.{name}`"
                    ))
                }
                _ => {
                    let text = item.text().into_owned();
                    detail.fix(format!("write `resources = [{text}]`, or one of {EXAMPLE}"))
                }
            };
            return None;
        }
    };
    Some(Spanned { value, span })
}

fn group(errors: &mut Errors, item: Expr<'_>, span: Span) -> Option<Reference> {
    let found = item.traversal().as_deref().and_then(labels);
    match found.as_deref() {
        Some([group]) => Some(Reference::Group(group.clone())),
        Some([group, secret, ..]) => {
            errors
                .wrong(span, "`group` names a whole group", "more than a group")
                .fix(format!("write `secret.{group}.{secret}` for one secret of it"));
            None
        }
        _ => {
            errors
                .wrong(span, "`group` is followed by the group's label", "no group")
                .fix("write `group.airbyte`, or `group[\"a/b\"]` where the label is no name");
            None
        }
    }
}

fn secret(errors: &mut Errors, item: Expr<'_>, span: Span) -> Option<Reference> {
    if let Some(steps) = item.traversal() {
        if let [_, rest @ .., Step::Key(key)] = steps.as_slice()
            && rest.len() == 2
        {
            errors.later(span, &format!("one instance of a family, `[{key:?}]`,"));
            return None;
        }
        match labels(&steps).as_deref() {
            Some([secret]) => return Some(Reference::Secret(secret.clone())),
            Some([group, secret]) => return Some(Reference::InGroup(group.clone(), secret.clone())),
            Some([group, secret, attribute]) => {
                errors
                    .wrong(
                        span,
                        format!("`reads` takes the secret itself, not its `{attribute}`"),
                        "an attribute",
                    )
                    .fix(format!("write `secret.{group}.{secret}`"));
                return None;
            }
            _ => {}
        }
    } else if let ExprKind::FullSplat { object, .. } = item.kind()
        && let Some(steps) = object.traversal()
        && let Some([group]) = labels(&steps).as_deref()
    {
        return Some(Reference::Each(group.clone()));
    }
    errors
        .wrong(span, "`secret` is followed by its label, or by its group's and its own", "no secret")
        .fix("write `secret.airbyte.api-credentials`, `secret.token`, `secret.airbyte[*]` or `secret[\"a/b\"][\"c.d\"]`");
    None
}
