//! The neutral form of a value, between the typed model and everything that reads or writes one.

use std::fmt;

use super::{Expression, Sameness, Text};

/// What an argument holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true`, `false`.
    Bool,
    /// A number.
    Number,
    /// A string.
    String,
    /// Any order, no element twice.
    Set,
    /// In order.
    List,
    /// Strings by key.
    Map,
}

/// A value of Terraform's, as far as it is known before Terraform runs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Datum {
    /// `null`: as if the argument were absent.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number in its shortest decimal spelling.
    Number(String),
    /// A string, perhaps in part symbolic; one that is a single symbol is [`Datum::Symbol`].
    Text(Text),
    /// A tuple, list or set.
    List(Vec<Datum>),
    /// `concat([items], lists…)`: known elements and lists that only Terraform can evaluate.
    /// [`Datum::concat`] builds one only where both are there.
    Concat(Vec<Datum>, Vec<Expression>),
    /// An object or map, in the order written; keys may be symbolic.
    Object(Vec<(Text, Datum)>),
    /// `merge(base…, { entries })`: known entries over maps that only Terraform can evaluate.
    Merge(Vec<Expression>, Vec<(Text, Datum)>),
    /// What only Terraform can evaluate.
    Symbol(Expression),
}

impl Datum {
    /// A string; one symbol alone becomes [`Datum::Symbol`], for its type is not known.
    pub fn text(text: Text) -> Self {
        match text.as_symbol() {
            Some(symbol) => Self::Symbol(symbol.clone()),
            None => Self::Text(text),
        }
    }

    /// Known elements and lists that only Terraform can evaluate, in the plainest form.
    pub fn concat(items: Vec<Datum>, mut lists: Vec<Expression>) -> Self {
        match (items.is_empty(), lists.len()) {
            (_, 0) => Self::List(items),
            (true, 1) => Self::Symbol(lists.remove(0)),
            _ => Self::Concat(items, lists),
        }
    }

    /// Maps that only Terraform can evaluate and known entries over them, in the plainest form.
    pub fn merge(mut base: Vec<Expression>, entries: Vec<(Text, Datum)>) -> Self {
        match (base.len(), entries.is_empty()) {
            (0, _) => Self::Object(entries),
            (1, true) => Self::Symbol(base.remove(0)),
            _ => Self::Merge(base, entries),
        }
    }

    /// Whether all of it is known before Terraform runs.
    pub fn is_known(&self) -> bool {
        match self {
            Self::Null | Self::Bool(_) | Self::Number(_) => true,
            Self::Text(text) => text.as_literal().is_some(),
            Self::List(items) => items.iter().all(Self::is_known),
            Self::Object(entries) => {
                entries.iter().all(|(key, value)| key.as_literal().is_some() && value.is_known())
            }
            Self::Concat(..) | Self::Merge(..) | Self::Symbol(_) => false,
        }
    }

    /// The value after Terraform's conversion to the argument's type, where one is defined:
    /// `"30"` is 30 to a number, `true` is `"true"` to a string.
    ///
    /// Source: Terraform, *Types and Values*, "Type Conversion".
    pub fn converted(self, kind: Kind) -> Self {
        match (kind, self) {
            (Kind::String, Self::Bool(value)) => Self::Text(value.to_string().into()),
            (Kind::String, Self::Number(value)) => Self::Text(value.into()),
            (Kind::Bool, Self::Text(text)) => match text.as_literal() {
                Some("true") => Self::Bool(true),
                Some("false") => Self::Bool(false),
                _ => Self::Text(text),
            },
            (Kind::Number, Self::Text(text)) => match text.as_literal().and_then(number) {
                Some(value) => Self::Number(value),
                None => Self::Text(text),
            },
            (Kind::Map, Self::Object(entries)) => Self::Object(
                entries.into_iter().map(|(key, value)| (key, value.converted(Kind::String))).collect(),
            ),
            (Kind::Map, Self::Merge(base, entries)) => Self::Merge(
                base,
                entries.into_iter().map(|(key, value)| (key, value.converted(Kind::String))).collect(),
            ),
            (Kind::Set | Kind::List, Self::List(items)) => {
                Self::List(items.into_iter().map(|item| item.converted(Kind::String)).collect())
            }
            (Kind::Set | Kind::List, Self::Concat(items, lists)) => {
                Self::Concat(items.into_iter().map(|item| item.converted(Kind::String)).collect(), lists)
            }
            (_, other) => other,
        }
    }

    /// Whether two values of one kind are the same, as far as that is known. Sets compare
    /// without order and repetition, maps without order.
    pub fn compare(&self, other: &Datum, kind: Kind) -> Sameness {
        match (self, other) {
            (Self::Symbol(a), Self::Symbol(b)) if a == b => Sameness::Same,
            (Self::Symbol(a), Self::Text(text)) | (Self::Text(text), Self::Symbol(a)) => {
                Text::symbol(a.clone()).compare(text)
            }
            (Self::Symbol(_), _) | (_, Self::Symbol(_)) => Sameness::Unknown,
            (Self::Concat(a, lists), Self::Concat(b, others)) if same_lists(lists, others, kind) => {
                Self::List(a.clone()).compare(&Self::List(b.clone()), kind)
            }
            (Self::Concat(a, _), Self::List(b)) | (Self::List(b), Self::Concat(a, _))
                if one_has_no_place(a, b) =>
            {
                Sameness::Different
            }
            (Self::Concat(..), _) | (_, Self::Concat(..)) => Sameness::Unknown,
            (Self::Merge(base, a), Self::Merge(other, b)) if base == other => {
                let (a, b) = (pairs(a), pairs(b));
                compare_sets(&a, &b)
            }
            (Self::Merge(..), _) | (_, Self::Merge(..)) => Sameness::Unknown,
            (Self::Text(a), Self::Text(b)) => a.compare(b),
            (Self::List(a), Self::List(b)) if kind == Kind::Set => compare_sets(a, b),
            (Self::List(a), Self::List(b)) => {
                if a.len() != b.len() {
                    return Sameness::Different;
                }
                all(a.iter().zip(b).map(|(a, b)| a.compare(b, Kind::String)))
            }
            (Self::Object(a), Self::Object(b)) => {
                let (a, b) = (pairs(a), pairs(b));
                compare_sets(&a, &b)
            }
            (a, b) => {
                if a == b {
                    Sameness::Same
                } else {
                    Sameness::Different
                }
            }
        }
    }
}

/// Whether the lists that are joined to two concats are the same.
fn same_lists(a: &[Expression], b: &[Expression], kind: Kind) -> bool {
    if kind != Kind::Set {
        return a == b;
    }
    a.iter().all(|list| b.contains(list)) && b.iter().all(|list| a.contains(list))
}

/// Whether some element surely is none of `all`.
fn one_has_no_place(elements: &[Datum], all: &[Datum]) -> bool {
    elements
        .iter()
        .any(|element| all.iter().all(|other| element.compare(other, Kind::List) == Sameness::Different))
}

fn pairs(entries: &[(Text, Datum)]) -> Vec<Datum> {
    entries.iter().map(|(key, value)| Datum::List(vec![Datum::text(key.clone()), value.clone()])).collect()
}

/// The worst of several: one difference decides, else one doubt.
fn all(each: impl IntoIterator<Item = Sameness>) -> Sameness {
    let mut worst = Sameness::Same;
    for sameness in each {
        match sameness {
            Sameness::Different => return Sameness::Different,
            Sameness::Unknown => worst = Sameness::Unknown,
            Sameness::Same => {}
        }
    }
    worst
}

fn compare_sets(a: &[Datum], b: &[Datum]) -> Sameness {
    let side = |a: &[Datum], b: &[Datum]| {
        all(a.iter().map(|x| {
            let mut best = Sameness::Different;
            for y in b {
                match x.compare(y, Kind::List) {
                    Sameness::Same => return Sameness::Same,
                    Sameness::Unknown => best = Sameness::Unknown,
                    Sameness::Different => {}
                }
            }
            best
        }))
    };
    all([side(a, b), side(b, a)])
}

/// A number's shortest decimal spelling, for what Terraform would take as one.
///
/// Numbers are compared as written after this: `030`, `3e1` and `30.0` are all `30`.
pub(crate) fn number(text: &str) -> Option<String> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (digits, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty()
        || !plain(whole)
        || !plain(fraction)
        || (mantissa.contains('.') && fraction.is_empty())
    {
        return None;
    }
    if exponent.unsigned_abs() > 400 {
        return None;
    }
    let mut digits = format!("{whole}{fraction}");
    let mut point = i64::try_from(whole.len()).ok()? + i64::from(exponent);
    while point > i64::try_from(digits.len()).ok()? {
        digits.push('0');
    }
    while point < 0 {
        digits.insert(0, '0');
        point += 1;
    }
    let (whole, fraction) = digits.split_at(usize::try_from(point).ok()?);
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let sign = if negative && (whole != "0" || !fraction.is_empty()) { "-" } else { "" };
    Some(if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
}

/// As people read it in a message; not HCL.
impl fmt::Display for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(value) => f.write_str(value),
            Self::Text(text) => write!(f, "\"{text}\""),
            Self::Symbol(expression) => f.write_str(expression.canonical()),
            Self::List(items) => {
                f.write_str("[")?;
                for (at, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if at > 0 { ", " } else { "" })?;
                }
                f.write_str("]")
            }
            Self::Concat(items, lists) => {
                write!(f, "concat({}", Self::List(items.clone()))?;
                for list in lists {
                    write!(f, ", {}", list.canonical())?;
                }
                f.write_str(")")
            }
            Self::Object(entries) => write_entries(f, entries),
            Self::Merge(base, entries) => {
                f.write_str("merge(")?;
                for expression in base {
                    write!(f, "{}, ", expression.canonical())?;
                }
                write_entries(f, entries)?;
                f.write_str(")")
            }
        }
    }
}

fn write_entries(f: &mut fmt::Formatter<'_>, entries: &[(Text, Datum)]) -> fmt::Result {
    f.write_str("{")?;
    for (at, (key, value)) in entries.iter().enumerate() {
        write!(f, "{}{key} = {value}", if at > 0 { ", " } else { " " })?;
    }
    f.write_str(" }")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_spelling() {
        for (text, expected) in [
            ("30", "30"),
            ("030", "30"),
            ("3e1", "30"),
            ("30.0", "30"),
            ("-0", "0"),
            ("0.50", "0.5"),
            ("12e-1", "1.2"),
        ] {
            assert_eq!(number(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "-", "x", "1.", ".5", "0x1e", "1e999999"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn sets_ignore_order_and_doubt_only_where_a_symbol_decides() {
        let list =
            |items: &[&str]| Datum::List(items.iter().map(|item| Datum::Text((*item).into())).collect());
        assert_eq!(list(&["a", "b"]).compare(&list(&["b", "a", "a"]), Kind::Set), Sameness::Same);
        assert_eq!(list(&["a"]).compare(&list(&["b"]), Kind::Set), Sameness::Different);
        let symbol = Datum::List(vec![Datum::Symbol(Expression::reference("var.x").unwrap())]);
        assert_eq!(list(&["a"]).compare(&symbol, Kind::Set), Sameness::Unknown);
    }
}
