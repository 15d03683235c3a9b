//! Text as Terraform knows it before it runs: literal parts, and expressions that only
//! Terraform can evaluate (symbols, each equal only to itself).

use std::fmt;
use std::sync::Arc;

use ecow::{EcoString, EcoVec};
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// A Terraform expression that is carried as it was written. Two are equal when their
/// canonical tokens are: blanks, comments, needless parentheses and `"${x}"` aside.
#[derive(Clone)]
pub struct Expression(Arc<Spellings>);

struct Spellings {
    source: EcoString,
    canonical: EcoString,
}

impl fmt::Debug for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Spellings { source, canonical } = &*self.0;
        f.debug_struct("Expression").field("source", source).field("canonical", canonical).finish()
    }
}

impl Expression {
    /// An expression as written, and its canonical tokens as the syntax layer gives them.
    pub fn from_canonical(source: impl Into<EcoString>, canonical: impl Into<EcoString>) -> Self {
        Self(Arc::new(Spellings { source: source.into(), canonical: canonical.into() }))
    }

    /// An expression that is written as its canonical tokens are.
    pub(crate) fn plain(canonical: impl Into<EcoString>) -> Self {
        let canonical = canonical.into();
        Self::from_canonical(canonical.clone(), canonical)
    }

    /// A plain reference such as `var.aws_region` or `aws_kms_key.secrets.arn`.
    ///
    /// Returns `None` unless it is HCL names joined by dots.
    pub fn reference(path: &str) -> Option<Self> {
        let name = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
        };
        path.split('.').all(name).then(|| Self::plain(path))
    }

    /// The text as written.
    pub fn source(&self) -> &str {
        &self.0.source
    }

    /// Its tokens in one spelling.
    pub fn canonical(&self) -> &str {
        &self.0.canonical
    }
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.canonical() == other.canonical()
    }
}
impl Eq for Expression {}
impl PartialOrd for Expression {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Expression {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.canonical().cmp(other.canonical())
    }
}
impl std::hash::Hash for Expression {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.canonical().hash(state);
    }
}

/// A piece of a [`Text`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Characters that are known: few in place, more shared by all clones, for a spec's secrets
    /// have many texts in common.
    Literal(EcoString),
    /// What only Terraform can say.
    Symbol(Expression),
}

/// What is known of whether two values are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sameness {
    /// In every run of Terraform.
    Same,
    /// In none.
    Different,
    /// It depends on what a symbol stands for.
    Unknown,
}

/// A string, known or in part symbolic: `arn:aws:…:${var.aws_region}:…`.
/// No two literal parts touch and none is empty, so equal texts have equal parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text {
    parts: Parts,
}

/// One piece stands in place: nearly every text is one, and a spec has tens of thousands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Parts {
    #[default]
    None,
    One(Part),
    /// Two at least.
    Many(EcoVec<Part>),
}

impl Parts {
    fn as_slice(&self) -> &[Part] {
        match self {
            Self::None => &[],
            Self::One(part) => std::slice::from_ref(part),
            Self::Many(parts) => parts,
        }
    }

    fn last_mut(&mut self) -> Option<&mut Part> {
        match self {
            Self::None => None,
            Self::One(part) => Some(part),
            Self::Many(parts) => parts.make_mut().last_mut(),
        }
    }

    fn push(&mut self, part: Part) {
        *self = match std::mem::take(self) {
            Self::None => Self::One(part),
            Self::One(first) => Self::Many([first, part].into_iter().collect()),
            Self::Many(mut parts) => {
                parts.push(part);
                Self::Many(parts)
            }
        };
    }
}

impl Text {
    /// The empty text.
    pub fn new() -> Self {
        Self::default()
    }

    /// A text that is one expression.
    pub fn symbol(expression: Expression) -> Self {
        Self { parts: Parts::One(Part::Symbol(expression)) }
    }

    /// Appends known characters.
    pub fn push_str(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(Part::Literal(last)) = self.parts.last_mut() {
            last.push_str(text);
        } else {
            self.parts.push(Part::Literal(text.into()));
        }
    }

    /// Appends a symbol.
    pub fn push_symbol(&mut self, expression: Expression) {
        self.parts.push(Part::Symbol(expression));
    }

    /// Appends another text.
    pub fn push(&mut self, other: &Text) {
        for part in other.parts() {
            match part {
                Part::Literal(text) => self.push_str(text),
                Part::Symbol(symbol) => self.push_symbol(symbol.clone()),
            }
        }
    }

    /// The pieces in order.
    pub fn parts(&self) -> &[Part] {
        self.parts.as_slice()
    }

    /// The whole text, if all of it is known.
    pub fn as_literal(&self) -> Option<&str> {
        match self.parts() {
            [] => Some(""),
            [Part::Literal(text)] => Some(text),
            _ => None,
        }
    }

    /// The one expression that it is, if it is one.
    pub fn as_symbol(&self) -> Option<&Expression> {
        match self.parts() {
            [Part::Symbol(expression)] => Some(expression),
            _ => None,
        }
    }

    /// The known characters that it begins with.
    pub fn literal_prefix(&self) -> &str {
        match self.parts().first() {
            Some(Part::Literal(text)) => text,
            _ => "",
        }
    }

    /// The known characters that it ends in.
    pub fn literal_suffix(&self) -> &str {
        match self.parts().last() {
            Some(Part::Literal(text)) => text,
            _ => "",
        }
    }

    /// The known pieces in order.
    pub fn literals(&self) -> impl Iterator<Item = &str> {
        self.parts().iter().filter_map(|part| match part {
            Part::Literal(text) => Some(text.as_str()),
            Part::Symbol(_) => None,
        })
    }

    /// The text with its known pieces changed.
    #[must_use]
    pub fn map_literals(&self, change: impl Fn(&str) -> String) -> Self {
        let mut text = Self::new();
        for part in self.parts() {
            match part {
                Part::Literal(literal) => text.push_str(&change(literal)),
                Part::Symbol(symbol) => text.push_symbol(symbol.clone()),
            }
        }
        text
    }

    /// In Unicode's form NFC, in which Terraform keeps every string. The syntax layer gives
    /// nothing else; text from elsewhere is brought into it where any character may stand.
    #[must_use]
    pub fn into_nfc(self) -> Self {
        let is_nfc = |text: &str| text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes;
        if self.literals().all(is_nfc) { self } else { self.map_literals(|text| text.nfc().collect()) }
    }

    /// How many characters it has at least: what symbols stand for may be empty.
    pub fn known_chars(&self) -> usize {
        self.literals().map(|text| text.chars().count()).sum()
    }

    /// Whether it has more characters than `most`, and then how many.
    pub(super) fn longer_than(&self, most: usize) -> Option<usize> {
        // No text has more characters than bytes, which need no counting.
        let bytes: usize = self.literals().map(str::len).sum();
        Some(bytes).filter(|bytes| *bytes > most).map(|_| self.known_chars()).filter(|count| *count > most)
    }

    /// Whether it is known to be empty.
    pub fn is_empty(&self) -> bool {
        self.parts().is_empty()
    }

    /// Whether two texts are the same in every run of Terraform, in none, or whether that
    /// hangs on what a symbol stands for.
    pub fn compare(&self, other: &Text) -> Sameness {
        if self == other {
            return Sameness::Same;
        }
        if let (Some(a), Some(b)) = (self.as_literal(), other.as_literal()) {
            return if a == b { Sameness::Same } else { Sameness::Different };
        }
        if clash(self.parts().iter(), other.parts().iter(), false)
            || clash(self.parts().iter().rev(), other.parts().iter().rev(), true)
        {
            Sameness::Different
        } else {
            Sameness::Unknown
        }
    }
}

/// Walks two texts from one end while they agree; true if known characters then differ, or
/// one ends where the other has known characters.
fn clash<'a>(
    mut a: impl Iterator<Item = &'a Part>,
    mut b: impl Iterator<Item = &'a Part>,
    backwards: bool,
) -> bool {
    let (mut left, mut right) = (String::new(), String::new());
    loop {
        let next = |rest: &mut String,
                    parts: &mut dyn Iterator<Item = &'a Part>|
         -> Option<Option<&'a Expression>> {
            if !rest.is_empty() {
                return Some(None);
            }
            match parts.next() {
                None => None,
                Some(Part::Symbol(symbol)) => Some(Some(symbol)),
                Some(Part::Literal(text)) => {
                    *rest = if backwards { text.chars().rev().collect() } else { text.as_str().to_owned() };
                    Some(None)
                }
            }
        };
        match (next(&mut left, &mut a), next(&mut right, &mut b)) {
            (Some(Some(x)), Some(Some(y))) if x == y => {}
            (Some(None), Some(None)) => {
                let common: usize = left
                    .chars()
                    .zip(right.chars())
                    .take_while(|(x, y)| x == y)
                    .map(|(x, _)| x.len_utf8())
                    .sum();
                if common < left.len() && common < right.len() {
                    return true;
                }
                left.drain(..common);
                right.drain(..common);
            }
            (None, Some(None)) | (Some(None), None) => return true,
            _ => return false,
        }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::from(EcoString::from(text))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<EcoString> for Text {
    fn from(text: EcoString) -> Self {
        let parts = if text.is_empty() { Parts::None } else { Parts::One(Part::Literal(text)) };
        Self { parts }
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<&Text> for Text {
    fn from(text: &Text) -> Self {
        text.clone()
    }
}

impl From<Expression> for Text {
    fn from(expression: Expression) -> Self {
        Self::symbol(expression)
    }
}

/// As people read it: symbols as `${…}`. Not HCL: nothing is escaped.
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in self.parts() {
            match part {
                Part::Literal(text) => f.write_str(text)?,
                Part::Symbol(expression) => write!(f, "${{{}}}", expression.canonical())?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(pattern: &str) -> Text {
        let mut out = Text::new();
        for (at, piece) in pattern.split('$').enumerate() {
            if at % 2 == 1 {
                out.push_symbol(Expression::reference(piece).unwrap());
            } else {
                out.push_str(piece);
            }
        }
        out
    }

    #[test]
    fn comparison_decides_what_no_symbol_can_change() {
        let check = |a: &str, b: &str, expected: Sameness| {
            assert_eq!(text(a).compare(&text(b)), expected, "{a} and {b}");
            assert_eq!(text(b).compare(&text(a)), expected, "{b} and {a}");
        };
        check("a", "a", Sameness::Same);
        check("a", "b", Sameness::Different);
        check("arn:$r$:x/*", "arn:$r$:x/*", Sameness::Same);
        check("arn:$r$:x/*", "arn:$r$:y/*", Sameness::Different);
        check("arn:$r$:x", "arn:$s$:x", Sameness::Unknown);
        check("arn:$r$:x", "arn:eu:x", Sameness::Unknown);
        check("arn:$r$:x", "brn:eu:x", Sameness::Different);
        check("$r$", "x", Sameness::Unknown);
        check("$r$", "$r$x", Sameness::Different);
        check("$a$$b$", "$b$$a$", Sameness::Unknown);
        check("", "x", Sameness::Different);
        check("a$r$", "", Sameness::Different);
    }

    /// Texts over few letters and symbols, so that many are nearly alike.
    fn texts() -> impl Strategy<Value = Text> {
        let piece = prop_oneof![
            "[ab]{1,2}".prop_map(|text| (Some(text), 0)),
            (0..3usize).prop_map(|symbol| (None, symbol)),
        ];
        prop::collection::vec(piece, 0..5).prop_map(|pieces| {
            let mut text = Text::new();
            for (literal, symbol) in pieces {
                match literal {
                    Some(literal) => text.push_str(&literal),
                    None => {
                        text.push_symbol(Expression::reference(["var.x", "var.y", "var.z"][symbol]).unwrap())
                    }
                }
            }
            text
        })
    }

    /// The text when the three symbols stand for these.
    fn run(text: &Text, values: &[String]) -> String {
        let value = |symbol: &Expression| match symbol.source() {
            "var.x" => values[0].clone(),
            "var.y" => values[1].clone(),
            _ => values[2].clone(),
        };
        text.parts()
            .iter()
            .map(|part| match part {
                Part::Literal(text) => text.to_string(),
                Part::Symbol(symbol) => value(symbol),
            })
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn what_is_decided_holds_in_every_run(
            a in texts(),
            b in texts(),
            values in prop::collection::vec("[ab]{0,3}", 3),
        ) {
            let (left, right) = (run(&a, &values), run(&b, &values));
            match a.compare(&b) {
                Sameness::Same => prop_assert_eq!(left, right),
                Sameness::Different => prop_assert_ne!(left, right),
                Sameness::Unknown => {}
            }
            prop_assert_eq!(a.compare(&b), b.compare(&a));
        }
    }
}
