//! The bytes behind tokens: a file's, and those that a rewrite adds.

use crate::syntax::{Token, TokenKind};

/// A file's bytes and, past their end, text that no file holds.
pub(super) struct Text<'s> {
    source: &'s [u8],
    added: String,
}

impl<'s> Text<'s> {
    pub(super) fn new(source: &'s [u8]) -> Self {
        Self { source, added: String::new() }
    }

    pub(super) fn source(&self) -> &'s [u8] {
        self.source
    }

    /// A token of new text. Such tokens never touch each other or the source's end, so that
    /// no gap before one looks as if it were right already.
    pub(super) fn add(&mut self, kind: TokenKind, text: &str) -> Token {
        self.added.push_str("\n\n");
        let start = self.source.len() + self.added.len();
        self.added.push_str(text);
        let end = self.source.len() + self.added.len();
        // Both fit: files of half that size are refused.
        Token { start: start as u32, end: end as u32, kind }
    }

    /// The new text of a token that [`Text::add`] made; `None` for one of the source.
    pub(super) fn added(&self, token: Token) -> Option<&str> {
        let start = (token.start as usize).checked_sub(self.source.len() + 1)? + 1;
        let end = (token.end as usize).checked_sub(self.source.len())?;
        self.added.get(start..end)
    }

    pub(super) fn of(&self, token: Token) -> &[u8] {
        match self.added(token) {
            Some(text) => text.as_bytes(),
            None => self.source.get(token.span().range()).unwrap_or_default(),
        }
    }
}
