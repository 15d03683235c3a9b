//! The names that are the spec's own in an expression of Terraform's: `secret.name` and the
//! like, unless a `for` around binds `secret`.

use crate::source::Span;
use crate::syntax::{Directive, Expr, ExprKind, Template, TemplatePart};

use super::errors::{Errors, list};
use super::reference::{labels, root};

/// What is said of a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Own {
    Name,
    Label,
    Group,
    Prefix,
    /// Its address in Terraform, with `.arn`.
    Arn,
    /// That of another: group and label.
    ArnOf(Option<String>, String),
}

pub(super) const OWN: [&str; 5] = ["name", "label", "group", "prefix", "arn"];

impl Own {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "name" => Self::Name,
            "label" => Self::Label,
            "group" => Self::Group,
            "prefix" => Self::Prefix,
            "arn" => Self::Arn,
            _ => return None,
        })
    }
}

/// A place where something is said of a secret.
#[derive(Clone, Debug)]
pub(super) struct Use {
    pub(super) own: Own,
    pub(super) span: Span,
    /// The whole `${…}`, if it stands in a string and nothing else does between the braces.
    pub(super) interpolation: Option<Span>,
}

/// Which secret is around an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// None.
    Nowhere,
    /// One, and this is its name, of which everything else of it is made.
    Name,
    /// One.
    Secret,
}

/// Finds the spec's names in expressions of one place.
pub(super) struct Finder<'e> {
    pub(super) errors: &'e mut Errors,
    pub(super) others: &'e mut Vec<Use>,
    pub(super) place: Place,
    pub(super) bytes: &'e [u8],
}

impl Finder<'_> {
    /// Whether it is worth a look: whether the words stand in the text at all.
    pub(super) fn may_mention(&self, expr: Expr<'_>) -> bool {
        let text = self.bytes.get(expr.span().range()).unwrap_or_default();
        memchr::memmem::find(text, b"secret").is_some() || memchr::memmem::find(text, b"group").is_some()
    }

    /// Every use, in the order of the text; what is wrong with one is said here.
    pub(super) fn uses(&mut self, expr: Expr<'_>) -> Vec<Use> {
        let mut uses = Vec::new();
        self.walk(expr, None, &mut Vec::new(), &mut uses);
        uses.sort_by_key(|used| used.span);
        self.others.extend(uses.iter().filter(|used| matches!(used.own, Own::ArnOf(..))).cloned());
        uses
    }

    fn walk<'t>(
        &mut self,
        expr: Expr<'t>,
        interpolation: Option<Span>,
        bound: &mut Vec<&'t str>,
        uses: &mut Vec<Use>,
    ) {
        if let Some(name @ ("secret" | "group")) = root(expr)
            && !bound.contains(&name)
        {
            if let Some(own) = self.read(expr, name) {
                uses.push(Use { own, span: expr.span(), interpolation });
            }
            return;
        }
        let mut each = |expr: Expr<'t>, bound: &mut Vec<&'t str>| self.walk(expr, None, bound, uses);
        match expr.kind() {
            ExprKind::Null | ExprKind::Bool(_) | ExprKind::Number(_) | ExprKind::Variable(_) => {}
            ExprKind::Template(template) => self.template(template, bound, uses),
            ExprKind::Attr { object, .. }
            | ExprKind::LegacyIndex { object, .. }
            | ExprKind::AttrSplat { object, .. }
            | ExprKind::FullSplat { object, .. } => each(object, bound),
            ExprKind::Index { object, key } => {
                each(object, bound);
                each(key, bound);
            }
            ExprKind::Call { args, .. } => args.into_iter().for_each(|arg| each(arg, bound)),
            ExprKind::Tuple(items) => items.into_iter().for_each(|item| each(item, bound)),
            ExprKind::Object(items) => {
                for item in items {
                    if item.name().is_none() {
                        each(item.key, bound);
                    }
                    each(item.value, bound);
                }
            }
            ExprKind::Paren(inner) => self.walk(inner, interpolation, bound, uses),
            ExprKind::Unary { operand, .. } => each(operand, bound),
            ExprKind::Binary { left, right, .. } => {
                each(left, bound);
                each(right, bound);
            }
            ExprKind::Conditional { condition, then, otherwise } => {
                each(condition, bound);
                each(then, bound);
                each(otherwise, bound);
            }
            ExprKind::ForTuple { key_name, value_name, collection, element, condition } => {
                each(collection, bound);
                let inner = [Some(element), condition];
                bind(bound, [key_name, Some(value_name)], |bound| {
                    inner.into_iter().flatten().for_each(|expr| each(expr, bound));
                });
            }
            ExprKind::ForObject { key_name, value_name, collection, key, value, condition, .. } => {
                each(collection, bound);
                let inner = [Some(key), Some(value), condition];
                bind(bound, [key_name, Some(value_name)], |bound| {
                    inner.into_iter().flatten().for_each(|expr| each(expr, bound));
                });
            }
        }
    }

    fn template<'t>(&mut self, template: Template<'t>, bound: &mut Vec<&'t str>, uses: &mut Vec<Use>) {
        let before = bound.len();
        let mut loops = Vec::new();
        for part in template.parts() {
            match part {
                TemplatePart::Literal { .. } => {}
                TemplatePart::Interpolation { expr, span } => {
                    let text = self.bytes.get(span.range()).unwrap_or_default();
                    let plain = !template.is_heredoc() && !text.starts_with(b"${~") && !text.ends_with(b"~}");
                    self.walk(expr, plain.then_some(span), bound, uses);
                }
                TemplatePart::Directive { directive: Directive::If(expr), .. } => {
                    self.walk(expr, None, bound, uses);
                }
                TemplatePart::Directive {
                    directive: Directive::For { key_name, value_name, collection },
                    ..
                } => {
                    self.walk(collection, None, bound, uses);
                    loops.push(bound.len());
                    bound.extend(key_name.into_iter().chain([value_name]));
                }
                TemplatePart::Directive { directive: Directive::EndFor, .. } => {
                    bound.truncate(loops.pop().unwrap_or(before));
                }
                TemplatePart::Directive { .. } => {}
            }
        }
        bound.truncate(before);
    }

    /// What `expr`, which starts from the spec's `name`, says.
    fn read(&mut self, expr: Expr<'_>, name: &str) -> Option<Own> {
        let span = expr.span();
        if name == "group" {
            self.errors
                .wrong(span, "`group` is for `reads`; an expression can't use it", "the spec's, not Terraform's")
                .fix("write `secret.group` or `secret.prefix` for what is around a secret; a provider called `group` is reached by a local");
            return None;
        }
        let steps = expr.traversal().unwrap_or_default();
        let found = labels(&steps);
        match found.as_deref() {
            Some([word]) => match Own::of(word) {
                Some(own) => self.around(span, own, word),
                None => {
                    self.errors.unknown(
                        span,
                        format!("a secret has {}, not `{word}`", list(&OWN)),
                        word,
                        &OWN,
                        &OWN,
                    );
                    None
                }
            },
            Some([word, ..]) if OWN.contains(&word.as_str()) => {
                self.errors
                    .wrong(span, format!("`secret.{word}` is text, which has no parts"), "too long")
                    .fix(format!("write `secret.{word}`"));
                None
            }
            Some([secret, arn]) if arn == "arn" => Some(Own::ArnOf(None, secret.clone())),
            Some([group, secret, arn]) if arn == "arn" => {
                Some(Own::ArnOf(Some(group.clone()), secret.clone()))
            }
            Some([_, _]) => {
                let text = expr.text().into_owned();
                self.errors
                    .wrong(span, "an expression takes a secret's `.arn`", "a secret, no value")
                    .fix(format!("write `{text}.arn`"));
                None
            }
            Some([group, secret, ..]) => {
                self.errors
                    .wrong(span, "of another secret an expression takes `.arn` alone", "not `.arn`")
                    .fix(format!("write `secret.{group}.{secret}.arn`"));
                None
            }
            _ => {
                self.errors
                    .wrong(span, "`secret` is the spec's, and followed by what is meant of it", "the spec's, not Terraform's")
                    .fix("write `secret.name`, or `secret.airbyte.api-credentials.arn` for another; a provider called `secret` is reached by a local");
                None
            }
        }
    }

    fn around(&mut self, span: Span, own: Own, word: &str) -> Option<Own> {
        match self.place {
            Place::Nowhere => {
                self.errors
                    .wrong(span, format!("no secret is around `secret.{word}` here"), "no secret around here")
                    .fix("write what it shall be, or move it into a `secret`, its `group` or `defaults`");
                None
            }
            Place::Name if matches!(own, Own::Name | Own::Arn) => {
                self.errors
                    .wrong(span, format!("a secret's name can't be made of its own `{word}`"), "itself")
                    .fix("use `secret.prefix`, `secret.group` and `secret.label`");
                None
            }
            _ => Some(own),
        }
    }
}

/// Runs `inner` while the names of a `for` are bound.
fn bind<'t>(bound: &mut Vec<&'t str>, names: [Option<&'t str>; 2], inner: impl FnOnce(&mut Vec<&'t str>)) {
    let before = bound.len();
    bound.extend(names.into_iter().flatten());
    inner(bound);
    bound.truncate(before);
}
