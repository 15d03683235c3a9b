//! Texts that `terraform fmt` 1.11.4 loses: an index that is a bare `null`, `true` or `false`
//! (with the comments and newlines around it), and a label with `$` or `%`. An input that
//! differs is compared once more with something harmless in their place.

use secretform::syntax::{Token, TokenKind, lex::lex};

/// `input` with nothing that is lost; `None` if nothing is.
pub(crate) fn without_losses(input: &[u8]) -> Option<Vec<u8>> {
    let tokens: Vec<Token> = lex(input).into_iter().filter(|token| !is_nothing(token.kind)).collect();
    let mut out = input.to_vec();
    let mut changed = false;
    for at in 1..tokens.len() {
        let [before, token] = [tokens[at - 1], tokens[at]];
        let after = tokens.get(at + 1).map(|token| token.kind);
        let index = before.kind == TokenKind::OpenBracket && after == Some(TokenKind::CloseBracket);
        let bytes = &mut out[token.span().range()];
        let harmless = match token.kind {
            TokenKind::Ident if index && matches!(&*bytes, b"null" | b"true" | b"false") => b'x',
            TokenKind::QuotedText
                if is_label(&tokens[..at]) && bytes.iter().any(|byte| b"$%".contains(byte)) =>
            {
                b'x'
            }
            _ => continue,
        };
        bytes.fill(harmless);
        changed = true;
    }
    changed.then_some(out)
}

fn is_nothing(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::BlockComment | TokenKind::LineComment | TokenKind::Newline)
}

/// Whether text after `tokens` is in a label: in quotes after a word or another string.
fn is_label(tokens: &[Token]) -> bool {
    let mut kinds =
        tokens.iter().rev().map(|token| token.kind).skip_while(|kind| *kind == TokenKind::QuotedText);
    kinds.next() == Some(TokenKind::OpenQuote)
        && matches!(kinds.next(), Some(TokenKind::Ident | TokenKind::CloseQuote))
}
