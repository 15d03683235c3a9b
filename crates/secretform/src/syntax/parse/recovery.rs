//! Where to go on after a broken item, and which brace is likely missing.

use super::body::roots_reversed;
use super::{MAX_ERRORS, Parser, SyntaxError, Token, TokenKind};
use crate::source::Position;
use crate::syntax::node::NodeKind;

/// How far to look for the end of a broken item by its brackets; past that, by its lines.
const LOOK_AHEAD: usize = 4096;

impl Parser<'_> {
    /// Goes to where the next item of this body may begin, after the one that began with the
    /// token `start` and broke at the current one.
    pub(super) fn recover(&mut self, start: usize, in_block: bool) {
        if self.given_up || self.errors.len() >= MAX_ERRORS {
            self.unbalanced = true;
            self.at = self.tokens.len() - 1;
            return;
        }
        let broken_at = self.at.max(start + 1);
        if self.unbalanced || !self.recover_by_brackets(start, broken_at, in_block) {
            self.recover_by_lines(broken_at, in_block);
        }
        self.skip();
    }

    /// To the first line end after the broken place that stands outside all brackets of the item.
    fn recover_by_brackets(&mut self, start: usize, broken_at: usize, in_block: bool) -> bool {
        let mut open = Vec::new();
        for at in start..self.tokens.len().min(start + LOOK_AHEAD) {
            let kind = self.tokens[at].kind;
            match kind {
                TokenKind::Newline if open.is_empty() && at >= broken_at => {
                    self.at = at;
                    return true;
                }
                TokenKind::OpenBrace
                | TokenKind::OpenBracket
                | TokenKind::OpenParen
                | TokenKind::OpenHeredoc
                | TokenKind::OpenInterpolation
                | TokenKind::OpenDirective => open.push(kind),
                TokenKind::CloseBrace
                | TokenKind::CloseBracket
                | TokenKind::CloseParen
                | TokenKind::CloseHeredoc
                | TokenKind::CloseSequence => {
                    let opens = |open: TokenKind| opener_matches(open, kind);
                    if open.last().is_some_and(|&last| opens(last)) {
                        open.pop();
                    } else if let Some(below) = open.iter().rposition(|&open| opens(open)) {
                        open.truncate(below);
                    } else if kind == TokenKind::CloseBrace && in_block {
                        // The end of the body. If something is still open, a closer is
                        // missing, and where it is missing the lines tell better.
                        self.at = at;
                        return open.is_empty() && at >= broken_at;
                    }
                }
                TokenKind::End if open.is_empty() => {
                    self.at = at;
                    return true;
                }
                TokenKind::End => self.unbalanced = true,
                _ => {}
            }
        }
        false
    }

    /// To the first line from the broken place on that looks as an item or a body's end does.
    fn recover_by_lines(&mut self, broken_at: usize, in_block: bool) {
        for at in broken_at..self.tokens.len() {
            let begins_line = at == 0 || self.tokens[at - 1].kind == TokenKind::Newline;
            let begins_item = || {
                let next = self.tokens.get(at + 1).map(|token| token.kind);
                matches!(
                    next,
                    Some(TokenKind::Equal | TokenKind::OpenBrace | TokenKind::OpenQuote | TokenKind::Ident)
                )
            };
            let stop = match self.tokens[at].kind {
                TokenKind::End => true,
                TokenKind::CloseBrace => in_block && begins_line,
                TokenKind::Ident => begins_line && begins_item(),
                _ => false,
            };
            if stop {
                self.at = at;
                return;
            }
        }
    }

    /// Reports a block that the file never closes, and where its `}` is likely missing.
    pub(super) fn unclosed_block(&mut self, opener: Token, first_node: usize) {
        if self.unbalanced {
            return; // what made it so is reported
        }
        self.unbalanced = true;
        let line = |offset: u32| Position::of(self.bytes, offset as usize).line;
        let closed_early = self.nodes[first_node..].iter().find(|node| {
            node.kind == NodeKind::Body
                && begins_line(self.bytes, node.end - 1)
                && indent(self.bytes, node.end - 1) < indent(self.bytes, node.start)
        });
        let at_margin = || {
            roots_reversed(self.nodes, first_node)
                .map(|at| self.nodes[at])
                .filter(|node| indent(self.bytes, node.start) <= indent(self.bytes, opener.start))
                .last()
        };
        let help = if let Some(body) = closed_early {
            let (open, close) = (line(body.start), line(body.end - 1));
            format!(
                "the `}}` on line {close} closes the `{{` on line {open}, which is indented deeper: \
                 a `}}` is likely missing between them"
            )
        } else if let Some(item) = at_margin() {
            format!("a `}}` is likely missing before line {}", line(item.start))
        } else {
            "write the `}` that ends this block on a line of its own".to_owned()
        };
        self.report(
            SyntaxError::new(opener.span(), "this block is never closed").label("opened here").help(help),
        );
    }
}

fn opener_matches(open: TokenKind, close: TokenKind) -> bool {
    matches!(
        (open, close),
        (TokenKind::OpenBrace, TokenKind::CloseBrace)
            | (TokenKind::OpenBracket, TokenKind::CloseBracket)
            | (TokenKind::OpenParen, TokenKind::CloseParen)
            | (TokenKind::OpenHeredoc, TokenKind::CloseHeredoc)
            | (TokenKind::OpenInterpolation | TokenKind::OpenDirective, TokenKind::CloseSequence)
    )
}

fn line_start(bytes: &[u8], offset: u32) -> usize {
    memchr::memrchr(b'\n', &bytes[..offset as usize]).map_or(0, |at| at + 1)
}

/// How many blanks the line that holds `offset` begins with.
fn indent(bytes: &[u8], offset: u32) -> usize {
    let line = &bytes[line_start(bytes, offset)..];
    line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

fn begins_line(bytes: &[u8], offset: u32) -> bool {
    bytes[line_start(bytes, offset)..offset as usize].iter().all(|byte| matches!(byte, b' ' | b'\t'))
}
