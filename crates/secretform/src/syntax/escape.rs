//! Text in and out of quoted strings.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

pub use super::lex::is_name;

/// `text` as a quoted string that means it: no character of it can end the string or begin a
/// sequence.
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    escape_into(&mut out, text);
    out.push('"');
    out
}

/// Writes `text` as it stands between quotes.
pub(super) fn escape_into(out: &mut String, text: &str) {
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '$' | '%' if chars.peek() == Some(&'{') => {
                // A sign before this one would take its escape: `$${` is read as an escape
                // wherever it stands, so `$` + `${` must be spelled `\u0024` + `$${`.
                if out.ends_with(char) {
                    out.pop();
                    let _ = write!(out, "\\u{:04x}", u32::from(char));
                }
                out.push(char);
                out.push(char);
            }
            // Controls, and what would hide or reorder text on a screen or end a line for some.
            char if is_hidden(char) => {
                let code = u32::from(char);
                let _ =
                    if code > 0xffff { write!(out, "\\U{code:08x}") } else { write!(out, "\\u{code:04x}") };
            }
            char => out.push(char),
        }
    }
}

/// Characters that no reader sees or that change how their neighbours look.
pub(super) fn is_hidden(char: char) -> bool {
    char.is_control()
        || matches!(
            char,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        )
}

/// The text of a quoted string without its quotes.
pub(super) fn inside_quotes(quoted: &str) -> &str {
    let inside = quoted.strip_prefix('"').unwrap_or(quoted);
    inside.strip_suffix('"').unwrap_or(inside)
}

/// What the text between quotes means, sequences aside.
pub(super) fn decode_quoted(text: &str) -> Cow<'_, str> {
    if memchr::memchr3(b'\\', b'$', b'%', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr3(b'\\', b'$', b'%', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let bytes = rest.as_bytes();
        let taken = match bytes[0] {
            b'\\' => decode_escape(bytes, &mut out),
            _ => decode_sign(bytes, &mut out),
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What a text of a heredoc means, sequences aside: it has no escapes but `$${` and `%%{`.
pub(super) fn decode_heredoc(text: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'$', b'%', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr2(b'$', b'%', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = decode_sign(rest.as_bytes(), &mut out);
        rest = &rest[taken..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// At a `$` or `%`: how many bytes it takes.
fn decode_sign(bytes: &[u8], out: &mut String) -> usize {
    let sign = bytes[0];
    out.push(char::from(sign));
    if bytes.get(1) == Some(&sign) && bytes.get(2) == Some(&b'{') {
        out.push('{');
        3
    } else {
        1
    }
}

/// At a backslash: how many bytes the escape takes. The lexer has checked it.
fn decode_escape(bytes: &[u8], out: &mut String) -> usize {
    let digits = match bytes.get(1) {
        Some(b'n') => return push(out, '\n'),
        Some(b'r') => return push(out, '\r'),
        Some(b't') => return push(out, '\t'),
        Some(b'u') => 4,
        Some(b'U') => 8,
        Some(&other) if other.is_ascii() => return push(out, char::from(other)),
        _ => return 1,
    };
    let hex = bytes.get(2..2 + digits).and_then(|hex| str::from_utf8(hex).ok());
    match hex.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32) {
        Some(char) => {
            out.push(char);
            2 + digits
        }
        None => 2,
    }
}

fn push(out: &mut String, char: char) -> usize {
    out.push(char);
    2
}

/// In Unicode's form NFC, as Terraform keeps every string.
pub(super) fn normalize(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return text;
    }
    Cow::Owned(text.nfc().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, quoted: &str) {
        assert_eq!(quote(text), quoted);
        assert_eq!(decode_quoted(&quoted[1..quoted.len() - 1]), text);
    }

    #[test]
    fn quoted_text_means_itself() {
        check("", r#""""#);
        check("a\"b\\c\n\r\t", r#""a\"b\\c\n\r\t""#);
        check("a\u{0}\u{1b}\u{202e}\u{e0}", r#""a\u0000\u001b\u202eà""#);
        check("$a %b $", r#""$a %b $""#);
        check("${a} %{b}", r#""$${a} %%{b}""#);
        check("$${a}", r#""\u0024$${a}""#);
        check("$$${a}", r#""$\u0024$${a}""#);
        check("%${", r#""%$${""#);
    }

    #[test]
    fn decoding_is_hcls() {
        assert_eq!(decode_quoted(r"\u00e9\U0001F600$$x%%%{"), "é😀$$x%%{");
        assert_eq!(decode_heredoc(r"\n $${x} %%{ $$"), r"\n ${x} %{ $$");
        assert_eq!(normalize(Cow::Borrowed("e\u{301}")), "é");
    }
}
