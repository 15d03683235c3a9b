//! Quoted strings and heredocs with their interpolations and directives.

use super::{Failed, Parsed, Parser, Token, TokenKind};
use crate::syntax::node::NodeKind;

/// A directive that waits for its end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    If,
    Else,
    For,
}

impl Parser<'_> {
    pub(super) fn quoted(&mut self, opener: Token, first: usize) -> Parsed {
        self.bump_raw();
        if self.kind() == TokenKind::QuotedText {
            self.bump_raw();
        }
        if self.kind() == TokenKind::CloseQuote {
            self.bump();
            self.leaf(NodeKind::String, opener.start, self.last_end);
            return Ok(1);
        }
        self.enter(opener)?;
        // The text before the first sequence may have been taken above: its node comes first.
        let mut text_start = opener.end;
        let mut text_only = true;
        let (mut height, mut open) = (1, Vec::new());
        loop {
            let token = self.token();
            match token.kind {
                TokenKind::QuotedText => {
                    self.bump_raw();
                }
                TokenKind::Invalid => {
                    self.invalid(token);
                    self.bump_raw();
                }
                TokenKind::OpenInterpolation | TokenKind::OpenDirective => {
                    text_only = false;
                    if token.start > text_start {
                        self.leaf(NodeKind::Text, text_start, token.start);
                    }
                    height = height.max(self.sequence(token, &mut open)?);
                    text_start = self.last_end;
                }
                TokenKind::CloseQuote => {
                    if !text_only && token.start > text_start {
                        self.leaf(NodeKind::Text, text_start, token.start);
                    }
                    self.bump();
                    break;
                }
                _ => return Err(self.unclosed_quote(opener)),
            }
        }
        self.all_closed(&open)?;
        self.depth -= 1;
        self.node(if text_only { NodeKind::String } else { NodeKind::QuotedTemplate }, opener.start, first);
        self.higher(height, opener)
    }

    pub(super) fn heredoc(&mut self, opener: Token, first: usize) -> Parsed {
        self.bump_raw();
        let begin = self.at;
        while self.kind() == TokenKind::HeredocText {
            self.bump_raw();
        }
        if self.kind() == TokenKind::CloseHeredoc {
            self.bump();
            self.leaf(NodeKind::Heredoc, opener.start, self.last_end);
            return Ok(1);
        }
        self.at = begin;
        self.enter(opener)?;
        let (mut height, mut open) = (1, Vec::new());
        loop {
            let token = self.token();
            match token.kind {
                // One node for each token: that is what `~` trims.
                TokenKind::HeredocText => {
                    self.bump_raw();
                    self.leaf(NodeKind::Text, token.start, token.end);
                }
                TokenKind::Invalid => {
                    self.invalid(token);
                    self.bump_raw();
                }
                TokenKind::OpenInterpolation | TokenKind::OpenDirective => {
                    height = height.max(self.sequence(token, &mut open)?);
                }
                TokenKind::CloseHeredoc => {
                    self.bump();
                    break;
                }
                _ => return Err(self.unclosed_heredoc(opener)),
            }
        }
        self.all_closed(&open)?;
        self.depth -= 1;
        self.node(NodeKind::HeredocTemplate, opener.start, first);
        self.higher(height, opener)
    }

    /// `${ … }` or `%{ … }`; `open` is the directives around it, innermost last.
    fn sequence(&mut self, opener: Token, open: &mut Vec<(Open, Token)>) -> Parsed {
        let first = self.nodes.len();
        let newlines = self.bump_into(false);
        let (kind, height) = if opener.kind == TokenKind::OpenInterpolation {
            if self.kind() == TokenKind::CloseSequence {
                return Err(self.empty_interpolation(opener));
            }
            (NodeKind::Interpolation, self.expression()?)
        } else {
            self.directive(opener, open)?
        };
        if self.kind() != TokenKind::CloseSequence {
            return Err(self.unclosed_sequence(opener));
        }
        self.newlines = newlines;
        self.bump_raw();
        self.node(kind, opener.start, first);
        self.higher(height, opener)
    }

    /// What stands in a `%{ … }`, checked against the directives that are open.
    fn directive(&mut self, opener: Token, open: &mut Vec<(Open, Token)>) -> Result<(NodeKind, u32), Failed> {
        let word = self.token();
        let text = if word.kind == TokenKind::Ident { self.text(word) } else { b"" };
        let innermost = open.last().map(|&(directive, _)| directive);
        let (kind, next) = match (text, innermost) {
            (b"if", _) => (NodeKind::If, Some(Open::If)),
            (b"for", _) => (NodeKind::For, Some(Open::For)),
            (b"else", Some(Open::If)) => (NodeKind::Else, Some(Open::Else)),
            (b"endif", Some(Open::If | Open::Else)) => (NodeKind::EndIf, None),
            (b"endfor", Some(Open::For)) => (NodeKind::EndFor, None),
            (b"else" | b"endif" | b"endfor", _) => return Err(self.directive_out_of_place(opener, open)),
            _ => return Err(self.no_directive(opener)),
        };
        self.bump();
        match kind {
            NodeKind::If | NodeKind::For => {
                if open.len() >= super::MAX_DEPTH as usize {
                    return Err(self.too_deep(opener));
                }
            }
            _ => {
                open.pop();
            }
        }
        let height = match kind {
            NodeKind::If => self.expression()?,
            NodeKind::For => self.for_introduction(word)?,
            _ => 0,
        };
        open.extend(next.map(|next| (next, opener)));
        Ok((kind, height))
    }

    fn all_closed(&mut self, open: &[(Open, Token)]) -> Result<(), Failed> {
        match open.last() {
            Some(&(directive, opener)) => Err(self.unclosed_directive(directive, opener)),
            None => Ok(()),
        }
    }
}
