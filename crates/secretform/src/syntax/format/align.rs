//! Runs of lines whose `=`, or whose comments, stand in one column.

use super::{lines::Line, spacing, text::Text, width};
use crate::syntax::Token;

/// Sets the blanks before the assign and the comment cells.
pub(super) fn align(text: &Text<'_>, tokens: &[Token], lines: &mut [Line]) {
    let cell = |line: &Line, from: usize, to: usize| width_of_cell(text, tokens, line, from, to);
    for run in runs(lines, Line::has_assign) {
        spread(run, |line| line.indent + cell(line, line.first, line.assign), |line| &mut line.assign_blanks);
    }
    for run in runs(lines, Line::has_comment) {
        let width = |line: &Line| {
            let assign = if line.has_assign() {
                line.assign_blanks + cell(line, line.assign, line.text_end)
            } else {
                0
            };
            line.indent + cell(line, line.first, line.assign) + assign
        };
        spread(run, width, |line| &mut line.comment_blanks);
    }
}

/// The runs of two or more neighbours that have a cell. A run of one needs no width.
fn runs(lines: &mut [Line], has: fn(&Line) -> bool) -> impl Iterator<Item = &mut [Line]> {
    lines.chunk_by_mut(move |one, next| has(one) && has(next)).filter(|run| run.len() > 1)
}

fn spread(run: &mut [Line], width: impl Fn(&Line) -> usize, blanks: fn(&mut Line) -> &mut usize) {
    let mut widest = 0;
    for line in &mut *run {
        let width = width(line);
        widest = widest.max(width);
        *blanks(line) = width;
    }
    for line in run {
        let blanks = blanks(line);
        *blanks = widest - *blanks + 1;
    }
}

/// How wide the tokens `from..to`, all of one cell, will be.
fn width_of_cell(text: &Text<'_>, tokens: &[Token], line: &Line, from: usize, to: usize) -> usize {
    let tokens = &tokens[from..to];
    let ([first, ..], [.., last]) = (tokens, tokens) else { return 0 };
    if let [token] = tokens {
        return width::of(text.of(*token));
    }
    if line.clean
        && let Some(bytes) = text.source().get(first.start as usize..last.end as usize)
        && width::is_simple(bytes)
    {
        return bytes.len();
    }
    let gaps = (1..tokens.len()).map(|at| {
        let before = at.checked_sub(2).map(|at| tokens[at]);
        spacing::blanks(text, before, tokens[at - 1], tokens[at])
    });
    tokens.iter().map(|token| width::of(text.of(*token))).chain(gaps).sum()
}
