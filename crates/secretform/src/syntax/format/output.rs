//! Where the layout goes: what differs from the source, as edits, as bytes, or as a mere yes.

use super::{
    align::align,
    lines::{Levels, Line, line},
    spacing,
    text::Text,
};
use crate::{
    source::{Edits, Span},
    syntax::Token,
};

/// Takes the places where the layout is not what the source has, in order.
pub(super) trait Output {
    /// The source's `start..end` becomes `text` and so many blanks.
    fn replace(&mut self, start: usize, end: usize, text: &str, blanks: usize);

    /// Whether no more needs to be said.
    fn is_done(&self) -> bool {
        false
    }
}

/// Whether anything differs.
#[derive(Default)]
pub(super) struct Differs(pub bool);

impl Output for Differs {
    fn replace(&mut self, _: usize, _: usize, _: &str, _: usize) {
        self.0 = true;
    }

    fn is_done(&self) -> bool {
        self.0
    }
}

impl Output for Edits {
    fn replace(&mut self, start: usize, end: usize, text: &str, blanks: usize) {
        let mut new = String::with_capacity(text.len() + blanks);
        new.push_str(text);
        new.extend(std::iter::repeat_n(' ', blanks));
        // They come in order and apart from each other.
        let pushed = self.push(Span::new(start, end), new);
        debug_assert!(pushed.is_ok());
    }
}

/// The formatted text: whole stretches of the source, copied, and what differs.
pub(super) struct Bytes<'s> {
    source: &'s [u8],
    copied: usize,
    out: Vec<u8>,
}

impl<'s> Bytes<'s> {
    pub(super) fn new(source: &'s [u8]) -> Self {
        Self { source, copied: 0, out: Vec::with_capacity(source.len() + source.len() / 8) }
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        self.out.extend_from_slice(&self.source[self.copied..]);
        self.out
    }
}

impl Output for Bytes<'_> {
    fn replace(&mut self, start: usize, end: usize, text: &str, blanks: usize) {
        self.out.extend_from_slice(&self.source[self.copied..start]);
        self.out.extend_from_slice(text.as_bytes());
        self.out.resize(self.out.len() + blanks, b' ');
        self.copied = end;
    }
}

/// The part of the source that is laid out.
pub(super) struct Extent {
    /// Where it begins.
    pub start: usize,
    /// Where its last token ends, before any rewrite.
    pub tokens_end: usize,
    /// Where it ends. Each byte after the last token becomes a blank: HCL keeps that gap.
    pub end: usize,
}

/// Lays `tokens` out and says where that differs from the source.
pub(super) fn lay_out(text: &Text<'_>, tokens: &[Token], extent: &Extent, output: &mut impl Output) {
    let mut gaps = Gaps { text, settled: extent.start, new: String::new(), output };
    let mut levels = Levels::default();
    let mut lines: Vec<Line> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let line = line(text, tokens, at, &mut levels);
        at = line.end;
        lines.push(line);
        // A few lines at a time stay in the processor's cache.
        if line.is_plain() || at == tokens.len() {
            align(text, tokens, &mut lines);
            lines.drain(..).for_each(|line| gaps.of(tokens, &line));
            if gaps.output.is_done() {
                return;
            }
        }
    }
    gaps.settle_to(tokens, tokens.len(), extent.end, extent.end - extent.tokens_end.max(extent.start));
}

/// Compares gaps with what they should be, and collects new tokens until one of the source follows.
struct Gaps<'t, 's, O> {
    text: &'t Text<'s>,
    /// Where the last token of the source ended when there is new text since.
    settled: usize,
    new: String,
    output: &'t mut O,
}

impl<O: Output> Gaps<'_, '_, O> {
    /// Settles all gaps of a line that may be wrong.
    fn of(&mut self, tokens: &[Token], line: &Line) {
        self.before(tokens, line.first, line.indent);
        if line.clean {
            if line.has_assign() {
                self.before(tokens, line.assign, line.assign_blanks);
            }
        } else {
            for at in line.first + 1..line.text_end {
                let blanks = if at == line.assign {
                    line.assign_blanks
                } else {
                    // What stands before it in its own cell only.
                    let cell = if at > line.assign { line.assign } else { line.first };
                    let before = at.checked_sub(2).filter(|before| *before >= cell);
                    spacing::blanks(self.text, before.map(|at| tokens[at]), tokens[at - 1], tokens[at])
                };
                self.before(tokens, at, blanks);
            }
        }
        if line.has_comment() {
            self.before(tokens, line.text_end, line.comment_blanks);
        }
        if line.comment_end < line.end && line.comment_end > line.first {
            self.before(tokens, line.comment_end, 0);
        }
    }

    /// Puts so many blanks before the token `at`.
    #[inline]
    fn before(&mut self, tokens: &[Token], at: usize, blanks: usize) {
        let token = tokens[at];
        if token.start as usize > self.text.source().len() {
            self.add(tokens, at, blanks);
        } else {
            self.settle_to(tokens, at, token.start as usize, blanks);
        }
    }

    /// Settles the gap that ends with the source's byte `end`, before the token `at`.
    #[inline]
    fn settle_to(&mut self, tokens: &[Token], at: usize, end: usize, blanks: usize) {
        let start = if self.new.is_empty() { self.source_end(tokens, at) } else { self.settled };
        let gap = &self.text.source()[start..end];
        if gap.len() != blanks || !self.new.is_empty() || gap.iter().any(|byte| *byte != b' ') {
            self.output.replace(start, end, &self.new, blanks);
            self.new.clear();
        }
        self.settled = end;
    }

    fn source_end(&self, tokens: &[Token], at: usize) -> usize {
        at.checked_sub(1).map_or(self.settled, |before| tokens[before].end as usize)
    }

    #[cold]
    fn add(&mut self, tokens: &[Token], at: usize, blanks: usize) {
        if self.new.is_empty() {
            self.settled = self.source_end(tokens, at);
        }
        self.new.extend(std::iter::repeat_n(' ', blanks));
        self.new.push_str(self.text.added(tokens[at]).unwrap_or_default());
    }
}
