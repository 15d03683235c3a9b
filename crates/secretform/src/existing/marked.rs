//! JSON text with symbols in its strings: parsed with a mark in the place of each.

use crate::json;
use crate::model::{Expression, Part, Text};

/// A private character that stands for a symbol while the text is parsed.
pub(super) const MARK: char = '\u{f8ff}';

/// The text with its marks, and what they stand for.
pub(super) struct Marked<'a> {
    pub(super) plain: String,
    symbols: Vec<&'a Expression>,
    next: usize,
}

impl<'a> Marked<'a> {
    /// `None` if the text has such a character itself.
    pub(super) fn of(text: &'a Text) -> Option<Self> {
        let mut marked = Self { plain: String::new(), symbols: Vec::new(), next: 0 };
        for part in text.parts() {
            match part {
                Part::Literal(literal) if literal.contains(MARK) => return None,
                Part::Literal(literal) => marked.plain.push_str(literal),
                Part::Symbol(symbol) => {
                    marked.symbols.push(symbol);
                    marked.plain.push(MARK);
                }
            }
        }
        Some(marked)
    }

    pub(super) fn parse(&self) -> Option<json::Value> {
        json::parse(self.plain.as_bytes()).ok()
    }

    /// The next string of the parsed text, in the text's order, with its symbols back in place.
    pub(super) fn text(&mut self, text: &str) -> Text {
        let mut out = Text::new();
        for (at, piece) in text.split(MARK).enumerate() {
            if at > 0 {
                if let Some(symbol) = self.symbols.get(self.next) {
                    out.push_symbol((*symbol).clone());
                }
                self.next += 1;
            }
            out.push_str(piece);
        }
        out
    }

    /// Whether each mark that was met stood for a symbol, and each symbol was met: in a key that
    /// was passed over one may stand, and an escape can write the mark.
    pub(super) fn is_spent(&self) -> bool {
        self.next == self.symbols.len()
    }
}
