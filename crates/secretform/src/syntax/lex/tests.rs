//! Tests of lex/.

use super::TokenKind::*;
use super::*;

fn kinds(text: &str) -> Vec<TokenKind> {
    lex(text.as_bytes()).iter().map(|token| token.kind).collect()
}

fn texts(text: &str) -> Vec<&str> {
    lex(text.as_bytes()).iter().map(|token| &text[token.span().range()]).collect()
}

/// Tokens stand in order, are not empty, and leave only blanks between them.
fn assert_lossless(bytes: &[u8]) {
    let check = |tokens: &[Token], from: usize, to: usize| {
        let mut at = from;
        for token in tokens {
            let gap = &bytes[at..token.start as usize];
            assert!(gap.iter().all(|byte| matches!(byte, b' ' | b'\t')) || at == 0 && gap.starts_with(BOM));
            assert!(token.start < token.end);
            at = token.end as usize;
        }
        let rest = &bytes[at..to];
        assert!(rest.iter().all(|byte| matches!(byte, b' ' | b'\t')) || at == 0 && rest.starts_with(BOM));
    };
    let all = lex(bytes);
    check(&all, 0, bytes.len());
    let mut by_item = Vec::new();
    let mut position = 0;
    while position < bytes.len() {
        let before = by_item.len();
        let next = lex_item(bytes, position, &mut by_item);
        check(&by_item[before..], position, next);
        assert!(next > position);
        position = next;
    }
    assert_eq!(all, by_item);
}

#[test]
fn numbers_end_where_hcl_ends_them() {
    assert_eq!(
        texts("1 1.5 1. 1.. 1... 1e5 1e 1E-3 1.e5 1.2.3 0x1"),
        [
            "1", "1.5", "1", ".", "1", ".", ".", "1", "...", "1e5", "1", "e", "1E-3", "1.e5", "1.2.3", "0",
            "x1"
        ]
    );
}

#[test]
fn names_are_those_of_hcl() {
    assert_eq!(texts("a-b _x é ℘ ͺ a·b"), ["a-b", "_x", "é", "℘", "ͺ", "a·b"]);
    assert_eq!(kinds("-a"), [Minus, Ident]);
    assert_eq!(kinds("·"), [Invalid]);
    assert!(is_name("for-each_1") && !is_name("1a") && !is_name("") && !is_name("a b") && is_name("ſ"));
}

#[test]
fn a_comment_ends_before_its_line_end_and_may_hold_any_byte() {
    assert_eq!(
        kinds("# a\n// b\r\n/* c\n */ d # e"),
        [LineComment, Newline, LineComment, Newline, BlockComment, Ident, LineComment]
    );
    assert_eq!(lex(b"# \xff\r\n")[0].end, 3);
    assert_eq!(kinds("/*/"), [Invalid]);
    assert_eq!(lex(b"/* \xff */").len(), 1);
}

#[test]
fn strings_split_at_signs_and_sequences() {
    assert_eq!(
        texts(r#""a $ %b $${c} %%{~d""#),
        ["\"", "a ", "$", " ", "%", "b ", "$${", "c} ", "%%{~", "d", "\""]
    );
    assert_eq!(texts(r#""$$${a}""#), ["\"", "$", "$${", "a}", "\""]);
    assert_eq!(
        kinds(r#""x${ {a = "}"} ~}y""#),
        [
            OpenQuote,
            QuotedText,
            OpenInterpolation,
            OpenBrace,
            Ident,
            Equal,
            OpenQuote,
            QuotedText,
            CloseQuote,
            CloseBrace,
            CloseSequence,
            QuotedText,
            CloseQuote
        ]
    );
    assert_eq!(kinds(r#""\n\"\\\t\u00e9\U0001F600""#), [OpenQuote, QuotedText, CloseQuote]);
    for bad in [r"\q", r"\u12", r"\ud800", r"\U00110000", r"\$", r"\é", "\r"] {
        assert_eq!(kinds(&format!("\"{bad}\""))[1], Invalid, "{bad}");
    }
    assert_eq!(kinds("\"a\nb"), [OpenQuote, QuotedText, Newline, Ident]);
}

#[test]
fn a_heredoc_ends_at_the_line_that_holds_its_name() {
    assert_eq!(
        texts("<<-E\r\n  a\r\n$x E\n ${b}E\n\tE \nc"),
        ["<<-E\r\n", "  a\r\n", "$", "x E\n", " ", "${", "b", "}", "E\n", "\tE ", "\n", "c"]
    );
    assert_eq!(kinds("<<E \n"), [Less, Less, Ident, Newline]);
    assert_eq!(kinds("<<E\na\rb\n"), [OpenHeredoc, HeredocText, Invalid, HeredocText]);
    assert_eq!(kinds("<<E\nE"), [OpenHeredoc, HeredocText]);
    assert_eq!(kinds("<<E\n\u{a0}E\u{85}\n"), [OpenHeredoc, CloseHeredoc, Newline]);
}

#[test]
fn operators_are_the_longest_that_fit() {
    assert_eq!(
        kinds("= == => != ! < <= > >= && || & | : :: . ... ~ ~} ^"),
        [
            Equal,
            EqualEqual,
            FatArrow,
            NotEqual,
            Bang,
            Less,
            LessEqual,
            Greater,
            GreaterEqual,
            And,
            Or,
            Invalid,
            Invalid,
            Colon,
            DoubleColon,
            Dot,
            Ellipsis,
            Invalid,
            CloseSequence,
            Invalid
        ]
    );
}

#[test]
fn items_end_with_their_line() {
    let text = "# c\n\na = [\n  1,\n]\nb {\n}\nc = <<E\n}\nE\n d = \"${\n1\n}\" # e\n\n";
    let mut items = Vec::new();
    let mut position = 0;
    while position < text.len() {
        let next = lex_item(text.as_bytes(), position, &mut Vec::new());
        items.push(&text[position..next]);
        position = next;
    }
    assert_eq!(
        items,
        ["# c\n\na = [\n  1,\n]\n", "b {\n}\n", "c = <<E\n}\nE\n", " d = \"${\n1\n}\" # e\n", "\n"]
    );
}

#[test]
fn tokens_and_gaps_are_the_file() {
    // Every text of three pieces, most of which are nonsense.
    let pieces: &[&[u8]] = &[
        b"a",
        b"1.",
        b"\"",
        b"${",
        b"%{~",
        b"}",
        b"~}",
        b"{",
        b"(",
        b"]",
        b"<<E\n",
        b"E\n",
        b"\r",
        b"\n",
        b" \t",
        b"$",
        b"\\",
        b"\xff",
        b"\xc3\xa9",
        b"\xef\xbb\xbf",
        b"#",
        b"/*",
        b"*/",
        b"\0",
        b"=",
        b".",
    ];
    for first in pieces {
        for second in pieces {
            for third in pieces {
                assert_lossless(&[*first, *second, *third].concat());
                assert_lossless(&[b"\"".as_slice(), first, second, b"\"", third, b"\n"].concat());
                assert_lossless(&[b"<<E\n".as_slice(), first, second, third, b"\nE\n"].concat());
            }
        }
    }
}
