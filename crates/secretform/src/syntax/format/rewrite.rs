//! The three rewrites that `terraform fmt` makes before it lays tokens out, as in
//! `internal/command/fmt.go` of Terraform 1.11.4: labels are quoted, a value that is one
//! interpolation is unwrapped, old types of variables are spelled out.

use super::{label, text::Text};
use crate::{
    source::Span,
    syntax::{
        Token, TokenKind,
        node::{Node, NodeKind, children_reversed},
    },
};

/// One place that is rewritten.
enum Change {
    /// The labels of a block, and all between its type and the last of them.
    Labels { after: u32, end: u32 },
    /// An attribute's value that may be one interpolation.
    Unwrap(Span),
    /// The value of `type` in a `variable`.
    Type(Span),
}

/// The rewritten tokens; `None` if they stay as they are, as they do in nearly all files.
pub(super) fn rewrite(text: &mut Text<'_>, tokens: &[Token], nodes: &[Node]) -> Option<Vec<Token>> {
    let changes = changes(text.source(), nodes);
    if changes.is_empty() {
        return None;
    }
    let mut out = Vec::with_capacity(tokens.len() + changes.len() * 4);
    let mut rest = tokens;
    for change in changes {
        let span = match change {
            Change::Labels { after, end } => Span { start: after, end },
            Change::Unwrap(span) | Change::Type(span) => span,
        };
        let (before, from) = rest.split_at(rest.partition_point(|token| token.start < span.start));
        let (inside, after) = from.split_at(from.partition_point(|token| token.end <= span.end));
        out.extend_from_slice(before);
        match change {
            Change::Labels { .. } => quote_labels(text, inside, &mut out),
            Change::Unwrap(_) => unwrap(text, inside, &mut out),
            Change::Type(_) => spell_type(text, inside, &mut out),
        }
        rest = after;
    }
    out.extend_from_slice(rest);
    Some(out)
}

/// The places that need a look, in order: nodes end in the order of their ends.
fn changes(source: &[u8], nodes: &[Node]) -> Vec<Change> {
    let mut types = variable_types(source, nodes).into_iter().rev().peekable();
    let mut changes = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        match node.kind {
            NodeKind::Attribute => {
                let value = nodes[at - 1];
                if types.next_if_eq(&at).is_some() {
                    changes.push(Change::Type(value.span()));
                } else if value.kind == NodeKind::QuotedTemplate
                    && nodes[at - 2].kind == NodeKind::Interpolation
                    && nodes[at - 2].size + 1 == value.size
                {
                    changes.push(Change::Unwrap(value.span()));
                }
            }
            NodeKind::BareLabel | NodeKind::QuotedLabel => {
                let before = nodes[at - 1];
                let apart = source.get(before.end as usize..node.start as usize).unwrap_or_default();
                let is_right = node.kind == NodeKind::QuotedLabel
                    && apart.iter().all(|byte| matches!(byte, b' ' | b'\t'))
                    && label::is_plain(&source[node.span().range()]);
                match changes.last_mut() {
                    _ if is_right => {}
                    Some(Change::Labels { end, .. }) if *end == before.end => *end = node.end,
                    _ => changes.push(Change::Labels { after: before.end, end: node.end }),
                }
            }
            _ => {}
        }
    }
    changes
}

/// The attributes `type` directly in the top level blocks `variable`, last one first.
fn variable_types(source: &[u8], nodes: &[Node]) -> Vec<usize> {
    let text = |at: usize| source.get(nodes[at].span().range()).unwrap_or_default();
    let Some(file) = nodes.len().checked_sub(1) else { return Vec::new() };
    children_reversed(nodes, file)
        .filter(|block| nodes[*block].kind == NodeKind::Block)
        .filter_map(|block| {
            let mut children = children_reversed(nodes, block);
            let body = children.next()?;
            let name = children.last()?;
            (text(name) == b"variable").then_some(body)
        })
        .flat_map(|body| children_reversed(nodes, body))
        .filter(|item| {
            nodes[*item].kind == NodeKind::Attribute
                && children_reversed(nodes, *item).last().is_some_and(|name| text(name) == b"type")
        })
        .collect()
}

fn quote_labels(text: &mut Text<'_>, tokens: &[Token], out: &mut Vec<Token>) {
    for token in tokens {
        match token.kind {
            TokenKind::BlockComment => {}
            TokenKind::Ident => {
                let open = text.add(TokenKind::OpenQuote, "\"");
                let close = text.add(TokenKind::CloseQuote, "\"");
                out.extend([open, Token { kind: TokenKind::QuotedText, ..*token }, close]);
            }
            TokenKind::QuotedText => match label::normal(text.of(*token)) {
                Some(normal) if normal.as_bytes() != text.of(*token) => {
                    let token = text.add(TokenKind::QuotedText, &normal);
                    out.push(token);
                }
                _ => out.push(*token),
            },
            _ => out.push(*token),
        }
    }
}

/// `"${value}"` to `value`, unless that could change what it means.
fn unwrap(text: &mut Text<'_>, tokens: &[Token], out: &mut Vec<Token>) {
    let [_, _, inside @ .., _, _] = tokens else { return out.extend_from_slice(tokens) };
    if !is_one_expression(inside) {
        return out.extend_from_slice(tokens);
    }
    // A comment's line end is part of the comment.
    let is_newline = |at: usize| {
        inside[at].kind == TokenKind::Newline && (at == 0 || inside[at - 1].kind != TokenKind::LineComment)
    };
    let first = (0..inside.len()).find(|at| !is_newline(*at)).unwrap_or(inside.len());
    let end = (first..inside.len()).rev().find(|at| !is_newline(*at)).map_or(first, |last| last + 1);
    let trimmed = &inside[first..end];
    let spans_lines = (first..end).any(is_newline);
    let in_parens = matches!(
        trimmed,
        [Token { kind: TokenKind::OpenParen, .. }, .., Token { kind: TokenKind::CloseParen, .. }]
    );
    if spans_lines && !in_parens {
        let open = text.add(TokenKind::OpenParen, "(");
        let close = text.add(TokenKind::CloseParen, ")");
        out.push(open);
        out.extend_from_slice(trimmed);
        out.push(close);
    } else {
        out.extend_from_slice(trimmed);
    }
}

/// Whether no other template's delimiter or text stands outside of nested strings: Terraform
/// counts so, and leaves a heredoc with sequences in an interpolation alone.
fn is_one_expression(inside: &[Token]) -> bool {
    let mut quotes = 0;
    !inside.is_empty()
        && inside.iter().all(|token| {
            match token.kind {
                TokenKind::OpenQuote => quotes += 1,
                TokenKind::CloseQuote => quotes -= 1,
                TokenKind::OpenInterpolation | TokenKind::CloseSequence | TokenKind::QuotedText => {
                    return quotes > 0;
                }
                _ => {}
            }
            true
        })
}

/// Types as they were written before Terraform 0.12.
fn spell_type(text: &mut Text<'_>, tokens: &[Token], out: &mut Vec<Token>) {
    use TokenKind::{CloseParen, CloseQuote, Ident, OpenParen, OpenQuote, QuotedText};
    let same = |token: Token, word: &str| text.of(token) == word.as_bytes();
    let named = |token: Token, words: &[&'static str]| words.iter().copied().find(|word| same(token, word));
    let of = match *tokens {
        [name @ Token { kind: Ident, .. }] if named(name, &["list", "map", "set"]).is_some() => {
            out.push(name);
            "any"
        }
        [
            Token { kind: OpenQuote, .. },
            name @ Token { kind: QuotedText, .. },
            Token { kind: CloseQuote, .. },
        ] => {
            let Some(word) = named(name, &["string", "list", "map"]) else {
                return out.extend_from_slice(tokens);
            };
            out.push(text.add(Ident, word));
            if word == "string" { "" } else { "string" }
        }
        _ => return out.extend_from_slice(tokens),
    };
    if !of.is_empty() {
        let parts = [(OpenParen, "("), (Ident, of), (CloseParen, ")")];
        out.extend(parts.map(|(kind, part)| text.add(kind, part)));
    }
}
