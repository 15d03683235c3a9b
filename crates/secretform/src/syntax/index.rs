//! The items of a file, one after another, without parsing what they hold.

use super::SyntaxError;
use super::escape::{decode_quoted, inside_quotes};
use super::lex::{Token, TokenKind, lex_item};
use crate::source::Span;

/// One item at top level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// From the first word to the last token; without a comment after it and the line end.
    pub span: Span,
    /// What it is.
    pub kind: ItemKind,
}

/// What an item is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// `name = …`
    Attribute {
        /// Where the name stands.
        name: Span,
    },
    /// `type "label" { … }`
    Block {
        /// Where the type stands.
        type_name: Span,
        /// The labels.
        labels: Vec<Label>,
        /// The `{`.
        open: Span,
        /// The `}`.
        close: Span,
    },
}

/// A label of a block.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// Escapes resolved.
    pub text: String,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// The first item at or after `position`: 0, an item's end, or any other place between items.
/// `None` if there is none. `tokens` is only working memory. An item that is no attribute and
/// no block is an error, and so is one whose brackets don't close; what stands in an attribute's
/// value or a block's body is not looked at. After an error parse the whole file.
pub fn next_item(
    bytes: &[u8],
    position: usize,
    tokens: &mut Vec<Token>,
) -> Option<Result<Item, SyntaxError>> {
    let mut at = position;
    while at < bytes.len() {
        tokens.clear();
        at = lex_item(bytes, at, tokens);
        let begin = tokens.iter().position(|token| {
            !matches!(token.kind, TokenKind::Newline | TokenKind::LineComment | TokenKind::BlockComment)
        });
        if let Some(begin) = begin {
            return Some(item(bytes, &tokens[begin..]));
        }
    }
    None
}

/// The item of `tokens`, whose first is none that can be skipped.
fn item(bytes: &[u8], tokens: &[Token]) -> Result<Item, SyntaxError> {
    let significant = |token: &&Token| {
        !matches!(token.kind, TokenKind::LineComment | TokenKind::BlockComment | TokenKind::Newline)
    };
    let first = tokens[0];
    let last = tokens.iter().rev().find(significant).copied().unwrap_or(first);
    let span = first.span().to(last.span());
    let wrong = |token: Token, message: &str| Err(SyntaxError::new(token.span(), message));
    if first.kind != TokenKind::Ident {
        return wrong(first, "an attribute or a block should begin here");
    }
    let mut labels = Vec::new();
    let mut rest = tokens[1..].iter().filter(|token| token.kind != TokenKind::BlockComment);
    while let Some(&token) = rest.next() {
        match token.kind {
            TokenKind::Equal if labels.is_empty() => {
                return Ok(Item { span, kind: ItemKind::Attribute { name: first.span() } });
            }
            TokenKind::Ident => {
                labels.push(Label { text: text(bytes, token.span()).to_owned(), span: token.span() });
            }
            TokenKind::OpenQuote => {
                let mut end = token;
                for &part in rest.by_ref() {
                    end = part;
                    match part.kind {
                        TokenKind::QuotedText => {}
                        TokenKind::CloseQuote => break,
                        _ => return wrong(part, "a label is plain text on one line"),
                    }
                }
                let span = token.span().to(end.span());
                let inside = inside_quotes(text(bytes, span));
                labels.push(Label { text: decode_quoted(inside).into_owned(), span });
            }
            TokenKind::OpenBrace => {
                if !closes_with(tokens, token, last) {
                    return wrong(token, "this block does not end where its line does");
                }
                let (type_name, open, close) = (first.span(), token.span(), last.span());
                return Ok(Item { span, kind: ItemKind::Block { type_name, labels, open, close } });
            }
            _ => return wrong(token, "neither an attribute nor a block"),
        }
    }
    wrong(first, "neither an attribute nor a block")
}

/// Whether `last` is the `}` that closes the `{` at `open`.
fn closes_with(tokens: &[Token], open: Token, last: Token) -> bool {
    let mut depth = 0_usize;
    for token in tokens.iter().skip_while(|token| token.start < open.start) {
        match token.kind {
            TokenKind::OpenBrace => depth += 1,
            TokenKind::CloseBrace => {
                depth -= 1;
                if depth == 0 {
                    return *token == last;
                }
            }
            _ => {}
        }
    }
    false
}

fn text(bytes: &[u8], span: Span) -> &str {
    bytes.get(span.range()).and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default()
}
