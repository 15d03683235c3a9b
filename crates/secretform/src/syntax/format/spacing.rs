//! How many blanks stand between two tokens of one cell: none or one.
//!
//! The rules are those of HCL's `hclwrite/format.go` as Terraform 1.11.4 has them. The first
//! rule that fits decides, so their order is part of them. They are read once, into a table.

use TokenKind::{
    And, Bang, CloseBrace, CloseBracket, CloseHeredoc, CloseParen, CloseQuote, CloseSequence, Colon, Comma,
    Dot, DoubleColon, Ellipsis, Equal, EqualEqual, Greater, GreaterEqual, HeredocText, Ident, Less,
    LessEqual, Minus, Newline, NotEqual, Number, OpenBrace, OpenBracket, OpenDirective, OpenHeredoc,
    OpenInterpolation, OpenParen, OpenQuote, Or, Percent, Plus, Question, QuotedText, Slash, Star,
};

use super::text::Text;
use crate::syntax::{Token, TokenKind};

/// 1 after the word `in` of a `for`, else 0.
const IF_IN: u8 = 2;
/// 1 after a `-` between two operands, 0 after a sign.
const IF_BINARY: u8 = 3;

const KINDS: usize = 64;

static TABLE: [[u8; KINDS]; KINDS] = table();

/// A row and a column for each kind; kinds that no file in order has share the rule of the rest.
const ALL: [TokenKind; 44] = [
    Newline,
    TokenKind::LineComment,
    TokenKind::BlockComment,
    Ident,
    Number,
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    OpenParen,
    CloseParen,
    OpenQuote,
    CloseQuote,
    QuotedText,
    OpenHeredoc,
    CloseHeredoc,
    HeredocText,
    OpenInterpolation,
    OpenDirective,
    CloseSequence,
    Equal,
    Colon,
    DoubleColon,
    Comma,
    Dot,
    Ellipsis,
    TokenKind::FatArrow,
    Question,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Bang,
    And,
    Or,
    EqualEqual,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    TokenKind::Invalid,
    TokenKind::End,
];

/// What the table says of the gap between two kinds: blanks, or that [`blanks`] must look closer.
#[inline]
pub(super) fn quick(left: TokenKind, right: TokenKind) -> u8 {
    TABLE[left as usize % KINDS][right as usize % KINDS]
}

/// The blanks between `left` and `right`; `before` is what stands before `left` in its cell.
#[inline]
pub(super) fn blanks(text: &Text<'_>, before: Option<Token>, left: Token, right: Token) -> usize {
    match quick(left.kind, right.kind) {
        IF_IN => usize::from(before.is_some_and(|token| token.kind == Ident) && text.of(left) == b"in"),
        IF_BINARY => usize::from(before.is_some_and(|token| ends_operand(token.kind))),
        blanks => usize::from(blanks),
    }
}

/// Whether a `-` after this takes something away, instead of making it negative. HCL only
/// looks at the one token, hence `x => - 1`.
fn ends_operand(kind: TokenKind) -> bool {
    !matches!(
        kind,
        OpenParen
            | OpenBrace
            | OpenBracket
            | Equal
            | Colon
            | Comma
            | Question
            | Plus
            | Star
            | Slash
            | Percent
            | Minus
            | EqualEqual
            | NotEqual
            | Greater
            | GreaterEqual
            | Less
            | LessEqual
            | And
            | Or
            | Bang
    )
}

const fn table() -> [[u8; KINDS]; KINDS] {
    let mut table = [[1; KINDS]; KINDS];
    let mut left = 0;
    while left < ALL.len() {
        let mut right = 0;
        while right < ALL.len() {
            table[ALL[left] as usize][ALL[right] as usize] = rule(ALL[left], ALL[right]);
            right += 1;
        }
        left += 1;
    }
    table
}

const fn rule(left: TokenKind, right: TokenKind) -> u8 {
    match (left, right) {
        (_, Newline) | (Ident, OpenParen | DoubleColon) | (DoubleColon, Ident) => 0,
        (Dot, _) | (_, Dot) | (_, Comma | Ellipsis) => 0,
        (Comma, _) => 1,
        (QuotedText | HeredocText | OpenQuote | OpenHeredoc, _) => 0,
        (_, QuotedText | HeredocText | CloseQuote | CloseHeredoc) => 0,
        (Ident, OpenBracket | CloseBracket | CloseParen | CloseSequence) => IF_IN,
        (Number | CloseBrace | CloseBracket | CloseParen | CloseSequence, OpenBracket) => 0,
        (Bang, _) => 0,
        (Minus, _) => IF_BINARY,
        (OpenBrace, CloseBrace) => 0,
        (OpenBrace, _) | (_, CloseBrace) => 1,
        (OpenInterpolation | OpenDirective, OpenBrace) | (CloseBrace, CloseSequence) => 1,
        (CloseSequence, OpenInterpolation | OpenDirective) => 0,
        (OpenBracket | OpenParen | OpenInterpolation | OpenDirective, _) => 0,
        (_, CloseBracket | CloseParen | CloseSequence) => 0,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_place_in_the_table() {
        let mut seen = std::collections::BTreeSet::new();
        for kind in ALL {
            assert!((kind as usize) < KINDS, "{kind:?}");
            assert!(seen.insert(kind as usize), "{kind:?} twice");
        }
        assert_eq!(TokenKind::End as usize + 1, ALL.len(), "a kind is missing");
    }
}
