//! **T**: any expression of Terraform's, in which `secret` is the spec's.

use crate::evaluate::expression::{concat_of, datum, expression, key, merge_of, spliced};
use crate::model::{Datum, Expression, Part, Text};
use crate::source::Span;
use crate::syntax::{Expr, ExprKind, File, Template, TemplatePart, escape};

use super::own::{Finder, Own, Use};

/// A value that says something of the secret around it, or doesn't.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// Nothing of the spec's is in it.
    Known(Datum),
    /// `secret.name` and the like.
    Own(Use),
    /// A string with such in it.
    Template(Vec<Piece>),
    /// A list of values.
    List(Vec<Value>),
    /// An object, its keys as strings.
    Object(Vec<(Value, Value)>),
    /// `merge` or `concat`; the last is the call itself, should the parts not join.
    Call(Combine, Vec<Value>, Box<Value>),
    /// Any other expression: its text, to be read again with the gaps filled.
    Source(Vec<SourcePiece>),
}

#[derive(Clone, Debug)]
pub(super) enum Piece {
    Text(Text),
    Value(Value),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Combine {
    Merge,
    Concat,
}

#[derive(Clone, Debug)]
pub(super) enum SourcePiece {
    Text(String),
    /// In the place of an expression.
    Expression(Use),
    /// In the place of a whole `${…}` of a string.
    Interpolation(Use),
}

/// What the names of the spec stand for at one secret.
pub(super) trait Around {
    /// What `used` is here; `None` if it isn't anything here.
    fn own(&self, used: &Own) -> Option<Text>;
}

/// A use of the spec's names that means nothing where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nothing(pub(super) Span);

/// The value of an expression, with the places of its elements or entries.
pub(super) fn value(finder: &mut Finder<'_>, expr: Expr<'_>) -> Value {
    let plain = matches!(expr.kind(), ExprKind::Template(template) if !template.has_sequences());
    if !plain && finder.may_mention(expr) {
        let uses = finder.uses(expr);
        if !uses.is_empty() {
            return build(expr, &uses);
        }
    }
    Value::Known(datum(expr))
}

/// Where the elements of a list or the entries of an object stand.
pub(super) fn parts(expr: Expr<'_>) -> Box<[Span]> {
    match expr.kind() {
        ExprKind::Tuple(items) => items.iter().map(|item| item.span()).collect(),
        ExprKind::Object(items) => items.iter().map(|item| item.span).collect(),
        ExprKind::Paren(inner) => parts(inner),
        ExprKind::Call { name: "merge", args, .. } => {
            args.last().map(|last| parts(*last)).unwrap_or_default()
        }
        ExprKind::Call { name: "concat", args, .. } => {
            args.first().map(|first| parts(*first)).unwrap_or_default()
        }
        _ => Box::default(),
    }
}

fn build(expr: Expr<'_>, uses: &[Use]) -> Value {
    let span = expr.span();
    if !uses.iter().any(|used| span.contains(used.span)) {
        return Value::Known(datum(expr));
    }
    if let Some(used) = uses.iter().find(|used| used.span == span) {
        return Value::Own(used.clone());
    }
    match expr.kind() {
        ExprKind::Paren(inner) => match build(inner, uses) {
            // What spans lines needs its parentheses.
            Value::Source(_) => source(expr, uses),
            other => other,
        },
        ExprKind::Tuple(items) => Value::List(items.into_iter().map(|item| build(item, uses)).collect()),
        ExprKind::Object(items) => Value::Object(
            items
                .into_iter()
                .map(|item| {
                    let name = if item.name().is_some() {
                        Value::Known(Datum::text(key(&item)))
                    } else {
                        build(item.key, uses)
                    };
                    (name, build(item.value, uses))
                })
                .collect(),
        ),
        ExprKind::Template(template) => self::template(template, uses).unwrap_or_else(|| source(expr, uses)),
        ExprKind::Call { name: name @ ("merge" | "concat"), args, expand: false, .. } => {
            let combine = if name == "merge" { Combine::Merge } else { Combine::Concat };
            let args = args.into_iter().map(|arg| build(arg, uses)).collect();
            Value::Call(combine, args, Box::new(source(expr, uses)))
        }
        _ => source(expr, uses),
    }
}

/// `None` if it holds a directive.
fn template(template: Template<'_>, uses: &[Use]) -> Option<Value> {
    let parts = template.parts();
    if let [TemplatePart::Interpolation { expr, .. }] = parts.as_slice()
        && !template.is_heredoc()
    {
        return Some(build(*expr, uses));
    }
    let mut pieces = Vec::new();
    for part in parts {
        pieces.push(match part {
            TemplatePart::Literal { text, .. } => Piece::Text(text.into()),
            TemplatePart::Interpolation { expr, .. } => match build(expr, uses) {
                Value::Known(known) => {
                    Piece::Text(spliced(&known).unwrap_or_else(|| Text::symbol(expression(expr))))
                }
                other => Piece::Value(other),
            },
            TemplatePart::Directive { .. } => return None,
        });
    }
    Some(Value::Template(pieces))
}

/// The text of `expr`, cut at the uses.
fn source(expr: Expr<'_>, uses: &[Use]) -> Value {
    let span = expr.span();
    let text = expr.text();
    let mut pieces = Vec::new();
    let mut at = span.start;
    let slice = |from: u32, to: u32| {
        let range = (from - span.start) as usize..(to - span.start) as usize;
        SourcePiece::Text(text.get(range).unwrap_or_default().to_owned())
    };
    for used in uses.iter().filter(|used| span.contains(used.span)) {
        let (hole, whole) = match used.interpolation {
            Some(whole) if span.contains(whole) => (SourcePiece::Interpolation(used.clone()), whole),
            _ => (SourcePiece::Expression(used.clone()), used.span),
        };
        pieces.push(slice(at, whole.start));
        pieces.push(hole);
        at = whole.end;
    }
    pieces.push(slice(at, span.end));
    Value::Source(pieces)
}

impl Value {
    /// What it is at one secret.
    pub(super) fn resolve(&self, around: &dyn Around) -> Result<Datum, Nothing> {
        Ok(match self {
            Self::Known(known) => known.clone(),
            Self::Own(used) => Datum::text(own(used, around)?),
            Self::Template(pieces) => {
                let mut text = Text::new();
                for piece in pieces {
                    match piece {
                        Piece::Text(known) => text.push(known),
                        Piece::Value(value) => push(&mut text, &value.resolve(around)?),
                    }
                }
                Datum::text(text)
            }
            Self::List(items) => {
                Datum::List(items.iter().map(|item| item.resolve(around)).collect::<Result<_, _>>()?)
            }
            Self::Object(entries) => {
                let mut out = Vec::with_capacity(entries.len());
                for (key, value) in entries {
                    out.push((key.text(around)?, value.resolve(around)?));
                }
                Datum::Object(out)
            }
            Self::Call(combine, args, call) => {
                let args = args.iter().map(|arg| arg.resolve(around)).collect::<Result<Vec<_>, _>>()?;
                let joined = match combine {
                    Combine::Merge => merge_of(args),
                    Combine::Concat => concat_of(args),
                };
                match joined {
                    Some(joined) => joined,
                    None => call.resolve(around)?,
                }
            }
            Self::Source(pieces) => reread(&filled(pieces, around)?),
        })
    }

    /// What it is as the key of an entry.
    fn text(&self, around: &dyn Around) -> Result<Text, Nothing> {
        if let Self::Known(Datum::Text(known)) = self {
            return Ok(known.clone());
        }
        let mut text = Text::new();
        push(&mut text, &self.resolve(around)?);
        Ok(text)
    }
}

fn own(used: &Use, around: &dyn Around) -> Result<Text, Nothing> {
    around.own(&used.own).ok_or(Nothing(used.span))
}

/// Appends a value to a string that it stands in.
fn push(text: &mut Text, value: &Datum) {
    match spliced(value) {
        Some(piece) => text.push(&piece),
        None => {
            let shown = value.to_string();
            text.push_symbol(Expression::from_canonical(shown.clone(), shown));
        }
    }
}

fn filled(pieces: &[SourcePiece], around: &dyn Around) -> Result<String, Nothing> {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            SourcePiece::Text(text) => out.push_str(text),
            SourcePiece::Interpolation(used) => out.push_str(&inner(&own(used, around)?)),
            SourcePiece::Expression(used) => {
                let text = own(used, around)?;
                match text.as_symbol() {
                    Some(symbol) if is_plain(symbol.canonical()) => out.push_str(symbol.source()),
                    Some(symbol) => {
                        out.push('(');
                        out.push_str(symbol.source());
                        out.push(')');
                    }
                    None => {
                        out.push('"');
                        out.push_str(&inner(&text));
                        out.push('"');
                    }
                }
            }
        }
    }
    Ok(out)
}

/// Whether it binds as tightly as a name.
fn is_plain(canonical: &str) -> bool {
    canonical.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        && !canonical.starts_with('-')
}

/// What stands between the quotes of a string.
fn inner(text: &Text) -> String {
    let mut out = String::new();
    for part in text.parts() {
        match part {
            Part::Literal(known) => {
                let quoted = escape::quote(known);
                out.push_str(quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default());
            }
            Part::Symbol(symbol) => {
                out.push_str("${");
                out.push_str(symbol.source());
                out.push('}');
            }
        }
    }
    out
}

/// The value of an expression's text.
fn reread(text: &str) -> Datum {
    let whole = format!("x = {text}\n");
    let file = File::parse(whole.as_bytes());
    match file.body().attribute("x") {
        Some(attribute) if file.errors().is_empty() => datum(attribute.value()),
        _ => Datum::Symbol(Expression::from_canonical(text, text)),
    }
}
