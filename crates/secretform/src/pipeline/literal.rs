//! Whether the value of a secret stands in the repository: as a literal, as the default of a
//! variable, or as what an expression falls back to.

use super::view::View;
use crate::diagnostic::Location;
use crate::evaluate::Value;
use crate::model::{Datum, Text};
use crate::syntax::{Directive, Expr, ExprKind, File, Step, Template, TemplatePart};

/// What is known of an expression without running Terraform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    /// All of it, and there is nothing to keep secret: `null`, `""`, `true`.
    Blank,
    /// All of it.
    Literal,
    /// Not all of it, but what is known may be the secret, or a part of it that is one.
    Fallback,
    /// What decides comes from outside.
    Outside,
}

impl Known {
    /// Of what is made of both.
    fn with(self, other: Self) -> Self {
        use Known::{Blank, Fallback, Literal, Outside};
        match (self, other) {
            (Fallback, _) | (_, Fallback) => Fallback,
            (Outside, _) | (_, Outside) => Outside,
            (Literal, _) | (_, Literal) => Literal,
            (Blank, Blank) => Blank,
        }
    }

    /// Of one or the other, as Terraform decides.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Outside, Self::Literal) | (Self::Literal, Self::Outside) => Self::Fallback,
            _ => self.with(other),
        }
    }
}

/// Locals that name each other in a circle are no Terraform; this ends the walk through them.
const DEEPEST: usize = 16;

/// Where an expression stands: so many locals deep, within these names of `for`.
#[derive(Default)]
struct Around {
    depth: usize,
    bound: Vec<(String, Known)>,
}

impl Around {
    fn bind(&mut self, key: Option<&str>, value: &str, known: Known) {
        self.bound.extend(key.into_iter().chain([value]).map(|name| (name.to_owned(), known)));
    }
}

/// Looks at values that are set on one secret.
pub(super) struct Finder<'a> {
    view: &'a View<'a>,
    /// Whether the value of a key is to be kept secret.
    is_sensitive: &'a dyn Fn(&str) -> bool,
}

impl<'a> Finder<'a> {
    pub(super) fn new(view: &'a View<'a>, is_sensitive: &'a dyn Fn(&str) -> bool) -> Self {
        Self { view, is_sensitive }
    }

    /// Whether a secret stands in the repository in this value.
    pub(super) fn finds(&self, value: &Value) -> bool {
        matches!(self.at(value.location, Around::default()), Known::Literal | Known::Fallback)
    }

    /// The expression that stands there.
    fn at(&self, location: Location, mut around: Around) -> Known {
        let bytes = self.view.sources.get(location.source).bytes();
        let text = [b"x = ", bytes.get(location.span.range()).unwrap_or_default(), b"\n"].concat();
        let file = File::parse(&text);
        match file.body().attribute("x") {
            Some(attribute) if around.depth < DEEPEST => self.expression(attribute.value(), &mut around),
            _ => Known::Outside,
        }
    }

    fn expression(&self, expr: Expr<'_>, around: &mut Around) -> Known {
        let mut each = |exprs: &mut dyn Iterator<Item = Expr<'_>>| {
            exprs.map(|expr| self.expression(expr, around)).fold(Known::Blank, Known::with)
        };
        match expr.kind() {
            ExprKind::Null | ExprKind::Bool(_) => Known::Blank,
            ExprKind::Number(_) => Known::Literal,
            ExprKind::Template(template) => self.template(template, around),
            ExprKind::Paren(inner) => self.expression(inner, around),
            ExprKind::Unary { operand, .. } => self.expression(operand, around),
            ExprKind::Binary { left, right, .. } => each(&mut [left, right].into_iter()),
            ExprKind::Conditional { then, otherwise, .. } => {
                self.expression(then, around).or(self.expression(otherwise, around))
            }
            ExprKind::Tuple(items) => each(&mut items.into_iter()),
            ExprKind::Object(items) => items
                .into_iter()
                .map(|item| {
                    let known = self.expression(item.value, around);
                    let sensitive = item.name().is_some_and(|name| (self.is_sensitive)(&name));
                    if known == Known::Literal && sensitive { Known::Fallback } else { known }
                })
                .fold(Known::Blank, Known::with),
            // Which file it is may be known; what it holds need not be in the repository.
            ExprKind::Call { name, .. } if name.starts_with("file") || name == "templatefile" => {
                Known::Outside
            }
            ExprKind::Call { name: "coalesce" | "try" | "lookup", args, .. } => args
                .into_iter()
                .map(|arg| self.expression(arg, around))
                .reduce(Known::or)
                .unwrap_or(Known::Outside),
            ExprKind::Call { args, .. } if !args.is_empty() => each(&mut args.into_iter()),
            ExprKind::ForTuple { key_name, value_name, collection, element: made, .. }
            | ExprKind::ForObject { key_name, value_name, collection, value: made, .. } => {
                let outer = around.bound.len();
                let known = self.expression(collection, around);
                around.bind(key_name, value_name, known);
                let known = self.expression(made, around);
                around.bound.truncate(outer);
                known
            }
            ExprKind::AttrSplat { object } | ExprKind::FullSplat { object } => {
                self.expression(object, around)
            }
            // A part of what is written out here.
            ExprKind::Attr { object, .. }
            | ExprKind::Index { object, .. }
            | ExprKind::LegacyIndex { object, .. }
                if expr.traversal().is_none() =>
            {
                self.expression(object, around)
            }
            _ => self.reference(expr, around),
        }
    }

    /// Whichever of its directives apply, the text in it stands here.
    fn template(&self, template: Template<'_>, around: &mut Around) -> Known {
        let outer = around.bound.len();
        let mut whole = Known::Blank;
        for part in template.parts() {
            whole = whole.with(match part {
                TemplatePart::Literal { text, .. } if text.trim().is_empty() => Known::Blank,
                TemplatePart::Literal { text, .. } => self.text(&text),
                TemplatePart::Interpolation { expr, .. } => self.expression(expr, around),
                TemplatePart::Directive { directive, .. } => {
                    if let Directive::For { key_name, value_name, collection } = directive {
                        let known = self.expression(collection, around);
                        around.bind(key_name, value_name, known);
                    }
                    Known::Blank
                }
            });
        }
        around.bound.truncate(outer);
        whole
    }

    /// JSON with a key that is to be kept secret is one in any case.
    fn text(&self, text: &str) -> Known {
        let keys = |value: &serde_json::Value| {
            value.as_object().is_some_and(|entries| {
                let filled = |value: &serde_json::Value| !matches!(value.as_str(), None | Some(""));
                entries.iter().any(|(key, value)| (self.is_sensitive)(key) && filled(value))
            })
        };
        match serde_json::from_str(text) {
            Ok(value) if keys(&value) => Known::Fallback,
            _ => Known::Literal,
        }
    }

    fn reference(&self, expr: Expr<'_>, around: &Around) -> Known {
        let steps = expr.traversal().unwrap_or_default();
        let is_first = |name: &str| matches!(steps.first(), Some(Step::Name(first)) if *first == name);
        if let Some((_, known)) = around.bound.iter().rfind(|(name, _)| is_first(name)) {
            return *known;
        }
        let [Step::Name(root), Step::Name(name), ..] = steps.as_slice() else { return Known::Outside };
        let blocks = &self.view.root.blocks;
        match *root {
            "var" => {
                let declared =
                    |block: &&crate::evaluate::Block| block.labels.first().is_some_and(|label| label == name);
                let mut variables = blocks.iter().filter(|block| block.type_name == "variable");
                let default = variables.find(declared).and_then(|block| block.body.value("default"));
                if default.is_some_and(|default| !is_blank(&default.datum)) {
                    Known::Literal
                } else {
                    Known::Outside
                }
            }
            "local" => {
                let locals = blocks.iter().filter(|block| block.type_name == "locals");
                let said = locals.filter_map(|block| block.body.value(name)).next_back();
                let around = Around { depth: around.depth + 1, ..Around::default() };
                said.map_or(Known::Outside, |value| self.at(value.location, around))
            }
            _ => Known::Outside,
        }
    }
}

/// Whether a default is none: a caller has to say a value.
fn is_blank(datum: &Datum) -> bool {
    match datum {
        Datum::Null => true,
        Datum::Text(text) => text.literals().all(|literal| literal.trim().is_empty()),
        Datum::List(items) => items.iter().all(is_blank),
        Datum::Object(entries) => entries.iter().all(|(_, value): &(Text, Datum)| is_blank(value)),
        _ => false,
    }
}
