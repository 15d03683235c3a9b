//! Tokens to lines, each with its cells, the level that it stands at, and whether its blanks
//! are right already.

use super::{spacing, text::Text};
use crate::syntax::{Token, TokenKind};

/// One line of tokens. A heredoc belongs to the line that opens it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// The first token of the lead.
    pub first: usize,
    /// The `=` that begins the assign cell; `text_end` if there is none.
    pub assign: usize,
    /// One past the last token of lead and assign.
    pub text_end: usize,
    /// One past the last token of the comment cell: `text_end` or one more.
    pub comment_end: usize,
    /// One past the last token, the newline included.
    pub end: usize,
    /// Blanks before the first token.
    pub indent: usize,
    /// Whether all gaps within lead and within assign are right as they are.
    pub clean: bool,
    /// Blanks before the assign cell; right after [`super::align`].
    pub assign_blanks: usize,
    /// Blanks before the comment cell; right after [`super::align`].
    pub comment_blanks: usize,
}

impl Line {
    pub(super) fn has_assign(&self) -> bool {
        self.assign < self.text_end
    }

    /// Whether no run of neighbours goes through it: it has nothing that could be aligned.
    pub(super) fn is_plain(&self) -> bool {
        !self.has_assign() && !self.has_comment()
    }

    pub(super) fn has_comment(&self) -> bool {
        self.text_end < self.comment_end
    }
}

/// The line that begins with the token `first`.
pub(super) fn line(text: &Text<'_>, tokens: &[Token], first: usize, levels: &mut Levels) -> Line {
    let mut assign = None;
    // Openers less closers: of the whole line, of what stands before `=`, and from there on.
    // HCL stops counting at a heredoc that is not behind an `=`.
    let (mut net, mut before_assign, mut from_assign) = (0i32, 0i32, 0i32);
    let mut counts = true;
    let (mut clean, mut equal_is_right) = (true, true);
    let mut at = first;
    while let Some(&token) = tokens.get(at) {
        if matches!(token.kind, TokenKind::Newline | TokenKind::LineComment) {
            break;
        }
        let change = change(token.kind);
        net += if counts { change } else { 0 };
        from_assign += change;
        if at > first {
            let right = gap_is_right(text, &tokens[first..=at]);
            if token.kind == TokenKind::Equal && assign.is_none() {
                // If it begins a cell, alignment decides about the gap.
                (assign, before_assign, from_assign) = (Some(at), net, 0);
                equal_is_right = right;
            } else {
                clean &= right;
            }
        }
        if token.kind == TokenKind::OpenHeredoc {
            counts = false;
        }
        at += 1;
    }
    let mut text_end = at;
    let mut comment_end = at;
    match tokens.get(at) {
        Some(token) if token.kind == TokenKind::LineComment => {
            at += 1;
            if comment_end == first {
                text_end = at;
            }
            comment_end = at;
            if tokens.get(at).is_some_and(|token| token.kind == TokenKind::Newline) {
                at += 1;
            }
        }
        Some(token) => {
            // The newline: in HCL the last token of its cell.
            clean &= at == first || tokens[at - 1].end == token.start;
            at += 1;
        }
        // Only without a last newline is a closing comment of this kind a cell of its own.
        None if text_end > first + 1 && tokens[text_end - 1].kind == TokenKind::BlockComment => text_end -= 1,
        None => {}
    }
    let assign = match assign {
        Some(equal) if from_assign == 0 && equal < text_end => {
            net = before_assign;
            equal
        }
        _ => {
            clean &= equal_is_right;
            text_end
        }
    };
    let indent = if text_end == first { 0 } else { levels.enter(net) };
    Line { first, assign, text_end, comment_end, end: at, indent, clean, assign_blanks: 1, comment_blanks: 1 }
}

/// Whether the last two of a line's `tokens` so far stand apart as they should.
#[inline]
fn gap_is_right(text: &Text<'_>, tokens: &[Token]) -> bool {
    let [before @ .., left, right] = tokens else { return true };
    match spacing::blanks(text, before.last().copied(), *left, *right) {
        0 => left.end == right.start,
        _ => right.start == left.end.wrapping_add(1) && text.source().get(left.end as usize) == Some(&b' '),
    }
}

/// What a token does to the count of open brackets.
#[inline]
fn change(kind: TokenKind) -> i32 {
    use TokenKind::{
        CloseBrace, CloseBracket, CloseParen, CloseSequence, OpenBrace, OpenBracket, OpenDirective,
        OpenInterpolation, OpenParen,
    };
    match kind {
        OpenBrace | OpenBracket | OpenParen | OpenInterpolation | OpenDirective => 1,
        CloseBrace | CloseBracket | CloseParen | CloseSequence => -1,
        _ => 0,
    }
}

/// The levels entered, each with the number of openers that it stands for.
#[derive(Default)]
pub(super) struct Levels(Vec<i32>);

impl Levels {
    /// The blanks before a line that opens (or, negative, closes) `net` brackets.
    fn enter(&mut self, net: i32) -> usize {
        let mut closers = -net;
        while closers > 0 {
            let Some(open) = self.0.last_mut() else { break };
            if closers < *open {
                *open -= closers;
                break;
            }
            closers -= *open;
            self.0.pop();
        }
        let indent = self.0.len() * 2;
        if net > 0 {
            self.0.push(net);
        }
        indent
    }
}
