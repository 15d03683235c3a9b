//! A block of Terraform with its values as far as they are known, each with its place.
//! Native syntax and JSON come to this one form, and override files are merged on it.

use crate::diagnostic::Location;
use crate::model::{Datum, Kind, Text};
use crate::source::Span;
use crate::syntax::{self, ExprKind};

use super::expression::datum;

/// A block, at the top of a file or inside of another.
#[derive(Clone, Debug)]
pub struct Block {
    /// `resource`, `statement`, …
    pub type_name: String,
    /// The labels, decoded.
    pub labels: Vec<String>,
    /// From its type to its closing brace.
    pub location: Location,
    /// Its type and labels.
    pub header: Location,
    /// What stands in it.
    pub body: Body,
}

/// The arguments and blocks in a block.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// In the order written.
    pub attributes: Vec<Attribute>,
    /// In the order written.
    pub blocks: Vec<Block>,
}

/// An argument.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Where the name stands.
    pub name_location: Location,
    /// What it holds.
    pub value: Value,
}

/// A value, its place, and the places of what it is made of.
#[derive(Clone, Debug)]
pub struct Value {
    /// As far as it is known.
    pub datum: Datum,
    /// Where it stands.
    pub location: Location,
    /// Elements of a list, or entries of an object with the places of their keys, in the
    /// datum's order.
    pub parts: Vec<(Option<Location>, Value)>,
}

impl Body {
    /// The argument of this name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// The value of the argument of this name.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.attribute(name).map(|attribute| &attribute.value)
    }

    /// The nested blocks of this type.
    pub fn blocks_of<'a>(&'a self, type_name: &'a str) -> impl Iterator<Item = &'a Block> {
        self.blocks.iter().filter(move |block| block.type_name == type_name)
    }

    /// Reads a body; `at` says where its bytes stand.
    pub fn read(at: &dyn Fn(Span) -> Location, body: syntax::Body<'_>) -> Self {
        Self {
            attributes: body.attributes().map(|attribute| Attribute::read(at, attribute)).collect(),
            blocks: body.blocks().map(|block| Block::read(at, block)).collect(),
        }
    }
}

impl Block {
    /// Reads a block; `at` says where its bytes stand.
    pub fn read(at: &dyn Fn(Span) -> Location, block: syntax::Block<'_>) -> Self {
        Self {
            type_name: block.type_name().to_owned(),
            labels: block.labels().into_iter().map(|label| label.text).collect(),
            location: at(block.span()),
            header: at(block.header_span()),
            body: Body::read(at, block.body()),
        }
    }
}

impl Attribute {
    fn read(at: &dyn Fn(Span) -> Location, attribute: syntax::Attribute<'_>) -> Self {
        Self {
            name: attribute.name().to_owned(),
            name_location: at(attribute.name_span()),
            value: Value::read(at, attribute.value()),
        }
    }
}

impl Value {
    /// Reads an expression; `at` says where its bytes stand.
    pub fn read(at: &dyn Fn(Span) -> Location, expr: syntax::Expr<'_>) -> Self {
        let location = at(expr.span());
        let value = datum(expr);
        let parts = match (&value, unwrapped(expr).kind()) {
            (Datum::List(_), ExprKind::Tuple(items)) => {
                items.into_iter().map(|item| (None, Self::read(at, item))).collect()
            }
            (Datum::Object(_), ExprKind::Object(items)) => entries(at, items),
            // What a policy is made of is looked at, though the call itself stays a symbol.
            (Datum::Symbol(_), ExprKind::Call { name: "jsonencode", args, expand: false, .. }) => {
                args.into_iter().map(|arg| (None, Self::read(at, arg))).collect()
            }
            (Datum::Merge(base, _), ExprKind::Call { args, .. }) => {
                match args.get(base.len()).map(|last| unwrapped(*last).kind()) {
                    Some(ExprKind::Object(items)) => entries(at, items),
                    _ => Vec::new(),
                }
            }
            _ => Vec::new(),
        };
        Self { datum: value, location, parts }
    }

    /// The text, where it is wholly known.
    pub fn literal(&self) -> Option<&str> {
        match &self.datum {
            Datum::Text(text) => text.as_literal(),
            _ => None,
        }
    }

    /// The value as text, known or not; none for lists and the like.
    pub fn text(&self) -> Option<Text> {
        match self.datum.clone().converted(Kind::String) {
            Datum::Text(text) => Some(text),
            Datum::Symbol(symbol) => Some(Text::symbol(symbol)),
            _ => None,
        }
    }

    /// The entry of an object by its key.
    pub fn entry(&self, key: &str) -> Option<&Value> {
        let (Datum::Object(entries) | Datum::Merge(_, entries)) = &self.datum else { return None };
        let at = entries.iter().rposition(|(name, _)| name.as_literal() == Some(key))?;
        self.parts.get(at).map(|(_, value)| value)
    }
}

fn entries(
    at: &dyn Fn(Span) -> Location,
    items: Vec<syntax::ObjectItem<'_>>,
) -> Vec<(Option<Location>, Value)> {
    items.into_iter().map(|item| (Some(at(item.key.span())), Value::read(at, item.value))).collect()
}

/// An expression without the parentheses around it.
pub(crate) fn unwrapped(mut expr: syntax::Expr<'_>) -> syntax::Expr<'_> {
    while let ExprKind::Paren(inner) = expr.kind() {
        expr = inner;
    }
    expr
}
