//! Tuples, objects, and the `for` expressions that make them.

use super::{Parsed, Parser, Token, TokenKind};
use crate::syntax::node::NodeKind;

impl Parser<'_> {
    pub(super) fn tuple(&mut self, opener: Token, first: usize) -> Parsed {
        self.enter(opener)?;
        let newlines = self.bump_into(false);
        if self.at_word("for") {
            return self.for_expression(opener, first, newlines);
        }
        let mut height = 0;
        while self.kind() != TokenKind::CloseBracket {
            height = height.max(self.expression()?);
            match self.kind() {
                TokenKind::CloseBracket => {}
                TokenKind::Comma => {
                    self.bump();
                }
                _ => return Err(self.expected("`,` or `]`", opener)),
            }
        }
        self.bump_out(newlines);
        self.depth -= 1;
        self.node(NodeKind::Tuple, opener.start, first);
        self.higher(height, opener)
    }

    pub(super) fn object(&mut self, opener: Token, first: usize) -> Parsed {
        self.enter(opener)?;
        // Newlines end items, but before a `for` they don't count.
        let newlines = self.bump_into(false);
        if self.at_word("for") {
            return self.for_expression(opener, first, newlines);
        }
        self.newlines = true;
        let mut height = 0;
        while self.kind() != TokenKind::CloseBrace {
            if self.kind() == TokenKind::Newline {
                self.bump();
                continue;
            }
            let (key, first_in_item) = (self.token(), self.nodes.len());
            height = height.max(self.expression()?);
            if !matches!(self.kind(), TokenKind::Equal | TokenKind::Colon) {
                return Err(self.no_value_in_object(opener, key));
            }
            self.bump();
            height = height.max(self.expression()?);
            self.node(NodeKind::ObjectItem, key.start, first_in_item);
            match self.kind() {
                TokenKind::CloseBrace => {}
                TokenKind::Comma | TokenKind::Newline => {
                    self.bump();
                }
                _ => return Err(self.expected("`,`, a line end or `}`", opener)),
            }
        }
        self.bump_out(newlines);
        self.depth -= 1;
        self.node(NodeKind::Object, opener.start, first);
        self.higher(height + 1, opener)
    }

    /// The rest of `[for …]` or `{for …}`, from the `for` on.
    fn for_expression(&mut self, opener: Token, first: usize, newlines: bool) -> Parsed {
        let tuple = opener.kind == TokenKind::OpenBracket;
        let introduction = self.bump();
        let mut height = self.for_introduction(introduction)?;
        if self.kind() != TokenKind::Colon {
            return Err(self.expected("`:` after the collection", opener));
        }
        self.bump();
        let (value, first_value) = (self.token(), self.nodes.len());
        height = height.max(self.expression()?);
        let mut kind = if tuple { NodeKind::ForTuple } else { NodeKind::ForObject };
        match (self.kind() == TokenKind::FatArrow, tuple) {
            (true, true) => return Err(self.key_in_for_tuple(first_value)),
            (false, false) => return Err(self.no_key_in_for_object(value, first_value)),
            (false, true) => {}
            (true, false) => {
                self.bump();
                height = height.max(self.expression()?);
            }
        }
        if self.kind() == TokenKind::Ellipsis {
            if tuple {
                return Err(self.group_in_for_tuple());
            }
            self.bump();
            kind = NodeKind::ForObjectGroup;
        }
        if self.at_word("if") {
            let (start, first_in_condition) = (self.bump().start, self.nodes.len());
            height = height.max(self.expression()?);
            self.node(NodeKind::Condition, start, first_in_condition);
        }
        match (self.kind(), tuple) {
            (TokenKind::CloseBracket, true) | (TokenKind::CloseBrace, false) => {}
            (_, true) => return Err(self.expected("`]`", opener)),
            (_, false) => return Err(self.expected("`}`", opener)),
        }
        self.bump_out(newlines);
        self.depth -= 1;
        self.node(kind, opener.start, first);
        self.higher(height + 1, opener)
    }

    /// `k, v in collection` after a `for`: pushes the names and the collection.
    pub(super) fn for_introduction(&mut self, word: Token) -> Parsed {
        for again in [false, true] {
            if self.kind() != TokenKind::Ident {
                return Err(self.no_name_in_for(word));
            }
            let name = self.bump();
            self.leaf(NodeKind::Name, name.start, name.end);
            if again || self.kind() != TokenKind::Comma {
                break;
            }
            self.bump();
        }
        if !self.at_word("in") {
            return Err(self.no_in_in_for(word));
        }
        self.bump();
        self.expression()
    }
}
