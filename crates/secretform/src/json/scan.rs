//! The words of a JSON text: blanks, strings, numbers, literals, and what people write in
//! their place.

use super::parse::Parser;
use super::{SyntaxError, ValueKind};
use crate::source::Span;

impl Parser<'_> {
    /// Skips white space, and comments with an error each.
    pub(super) fn blanks(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.pos += 1,
                Some(b'#') => self.comment(memchr::memchr(b'\n', &self.bytes[self.pos..])),
                Some(b'/') => match self.bytes.get(self.pos + 1) {
                    Some(b'/') => self.comment(memchr::memchr(b'\n', &self.bytes[self.pos..])),
                    Some(b'*') => self
                        .comment(memchr::memmem::find(&self.bytes[self.pos + 2..], b"*/").map(|at| at + 4)),
                    _ => return,
                },
                _ => return,
            }
        }
    }

    fn comment(&mut self, len: Option<usize>) {
        let start = self.pos;
        let end = len.map_or(self.bytes.len(), |len| start + len);
        let shown = if self.bytes[..end].ends_with(b"\r") { end - 1 } else { end };
        let error = SyntaxError::new(Span::new(start, shown), "JSON has no comments");
        self.error(error.label("a comment").help("remove it"));
        self.pos = end;
    }

    /// One past the last byte of what looks like one word from `start`, at least one character.
    pub(super) fn word_end(&self, start: usize) -> usize {
        let rest = &self.bytes[start..];
        let len = rest
            .iter()
            .position(|byte| {
                matches!(
                    byte,
                    b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' | b'=' | b'{' | b'}' | b'[' | b']' | b'"'
                )
            })
            .unwrap_or(rest.len());
        if len > 0 {
            return start + len;
        }
        start + 1
    }

    fn shown(&self, span: Span) -> String {
        let text = String::from_utf8_lossy(&self.bytes[span.range()]);
        let mut short: String = text.chars().take(40).flat_map(char::escape_debug).collect();
        if text.chars().nth(40).is_some() {
            short.push('…');
        }
        short
    }

    /// `true`, `false`, `null`, or what people write for them.
    pub(super) fn word(&mut self) -> Option<ValueKind> {
        let span = Span::new(self.pos, self.word_end(self.pos));
        let word = &self.bytes[span.range()];
        let kind = match word {
            b"true" => Some(ValueKind::Bool(true)),
            b"false" => Some(ValueKind::Bool(false)),
            b"null" => Some(ValueKind::Null),
            _ => None,
        };
        if kind.is_some() {
            self.pos = span.range().end;
            return kind;
        }
        let shown = self.shown(span);
        let lower = word.to_ascii_lowercase();
        let error = match lower.as_slice() {
            b"true" | b"false" => SyntaxError::new(span, format!("`{shown}` is no JSON value"))
                .help(format!("write `{}`", String::from_utf8_lossy(&lower))),
            b"none" | b"nil" | b"undefined" | b"null" => {
                SyntaxError::new(span, format!("`{shown}` is no JSON value")).help("write `null`")
            }
            b"nan" | b"infinity" => SyntaxError::new(span, format!("`{shown}` is no JSON value")),
            [first, ..]
                if first.is_ascii_alphabetic() || matches!(first, b'_' | b'$' | b'*') || *first >= 0x80 =>
            {
                SyntaxError::new(span, format!("the text `{shown}` stands without quotes"))
                    .help(format!("write \"{shown}\""))
            }
            _ => SyntaxError::new(span, format!("no JSON value begins with `{shown}`")),
        };
        self.pos = span.range().end;
        self.error(error.label("value expected"));
        None
    }

    /// A key without quotes.
    pub(super) fn bare_key(&mut self) -> String {
        let span = Span::new(self.pos, self.word_end(self.pos));
        let shown = self.shown(span);
        let word = String::from_utf8_lossy(&self.bytes[span.range()]).into_owned();
        self.pos = span.range().end;
        let error = SyntaxError::new(span, format!("the key `{shown}` stands without quotes"));
        self.error(error.label("quotes missing").help(format!("write \"{shown}\"")));
        word
    }

    pub(super) fn number(&mut self) -> String {
        let span = Span::new(self.pos, self.word_end(self.pos));
        let text = String::from_utf8_lossy(&self.bytes[span.range()]).into_owned();
        self.pos = span.range().end;
        if !is_number(text.as_bytes()) {
            let shown = self.shown(span);
            let error = SyntaxError::new(span, format!("`{shown}` is no JSON number"));
            let help = match text.as_bytes() {
                [b'0', b'0'..=b'9', ..] => {
                    Some("JSON numbers have no leading zeros; an id is a string, in quotes")
                }
                [b'+', ..] => Some("JSON numbers have no `+`"),
                [b'.', ..] => Some("write a digit before the point"),
                [.., b'.'] => Some("write a digit after the point"),
                [b'0'..=b'9', ..] => Some("put text in double quotes"),
                _ => None,
            };
            self.error(SyntaxError { help: help.map(str::to_owned), ..error });
        }
        text
    }

    /// A string in double quotes; one in single quotes is read too, with an error.
    pub(super) fn string(&mut self) -> String {
        let start = self.pos;
        let quote = self.bytes[start];
        self.pos += 1;
        let mut out = String::new();
        loop {
            let rest = &self.bytes[self.pos.min(self.bytes.len())..];
            let run = rest
                .iter()
                .position(|&byte| byte == quote || byte == b'\\' || byte < 0x20)
                .unwrap_or(rest.len());
            out.push_str(&String::from_utf8_lossy(&rest[..run]));
            self.pos += run;
            match self.peek() {
                Some(byte) if byte == quote => {
                    self.pos += 1;
                    break;
                }
                Some(b'\\') => self.escape(&mut out),
                None | Some(b'\n' | b'\r') => {
                    let line = &self.bytes[start..self.pos.min(self.bytes.len())];
                    let line = line.trim_ascii_end();
                    let at_line_end = self.peek().is_some();
                    // The comma that follows the quote that is missing.
                    let line = if at_line_end { line.strip_suffix(b",").unwrap_or(line) } else { line };
                    self.pos = start + line.len().max(1);
                    let span = Span::new(start, self.pos);
                    let error = SyntaxError::new(span, "this string is never closed");
                    let help = if at_line_end {
                        "close it with a quote on its line; a line break inside is written \\n"
                    } else {
                        "close it with a quote"
                    };
                    self.error(error.label("never closed").help(help));
                    if !at_line_end {
                        self.give_up();
                    }
                    return out;
                }
                Some(byte) => {
                    let error = SyntaxError::new(
                        Span::new(self.pos, self.pos + 1),
                        format!("the control character U+{byte:04X} stands in a string"),
                    );
                    let name = if byte == b'\t' { "\\t".to_owned() } else { format!("\\u{byte:04x}") };
                    self.error(error.help(format!("write {name}")));
                    out.push(char::from(byte));
                    self.pos += 1;
                }
            }
        }
        if quote == b'\'' {
            let error = SyntaxError::new(Span::new(start, self.pos), "JSON strings stand in double quotes");
            self.error(error.label("single quotes").help("write \" for '"));
        }
        out
    }

    /// An escape sequence, from its backslash on.
    fn escape(&mut self, out: &mut String) {
        let start = self.pos;
        let Some(&kind) = self.bytes.get(start + 1) else {
            self.pos = self.bytes.len();
            return;
        };
        self.pos += 2;
        let plain = match kind {
            b'"' | b'\\' | b'/' => char::from(kind),
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => return self.unicode_escape(start, out),
            _ => {
                // The character after the backslash stays for the string to read.
                self.pos = start + 1;
                let shown =
                    String::from_utf8_lossy(&self.bytes[self.pos..(self.pos + 4).min(self.bytes.len())]);
                let shown = shown.chars().next().unwrap_or('?');
                let len = if shown == char::REPLACEMENT_CHARACTER { 1 } else { shown.len_utf8() };
                let error = SyntaxError::new(
                    Span::new(start, start + 1 + len),
                    format!("JSON has no escape `\\{}`", shown.escape_debug()),
                );
                self.error(error.help("a backslash itself is written \\\\"));
                return;
            }
        };
        out.push(plain);
    }

    fn unicode_escape(&mut self, start: usize, out: &mut String) {
        let hex = |at: usize| -> Option<u32> {
            let digits = self.bytes.get(at..at + 4)?;
            if !digits.iter().all(u8::is_ascii_hexdigit) {
                return None;
            }
            u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
        };
        let Some(unit) = hex(start + 2) else {
            let error =
                SyntaxError::new(Span::new(start, start + 2), "four hexadecimal digits belong after `\\u`");
            self.error(error);
            return;
        };
        let low = (self.bytes.get(start + 6..start + 8) == Some(b"\\u")).then(|| hex(start + 8)).flatten();
        let (code, len) = match (unit, low) {
            (0xd800..0xdc00, Some(low @ 0xdc00..0xe000)) => {
                (0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), 12)
            }
            _ => (unit, 6),
        };
        self.pos = start + len;
        match char::from_u32(code) {
            Some(char) => out.push(char),
            None => {
                let error = SyntaxError::new(
                    Span::new(start, start + len),
                    format!("`\\u{unit:04x}` is half of a surrogate pair, its other half is missing"),
                );
                self.error(error);
            }
        }
    }
}

/// RFC 8259, section 6.
fn is_number(text: &[u8]) -> bool {
    fn digits(text: &[u8]) -> Option<&[u8]> {
        let len = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        (len > 0).then(|| &text[len..])
    }
    let text = text.strip_prefix(b"-").unwrap_or(text);
    let rest = match text {
        [b'0', rest @ ..] => Some(rest),
        _ => digits(text),
    };
    let rest = rest.and_then(|rest| match rest {
        [b'.', rest @ ..] => digits(rest),
        _ => Some(rest),
    });
    let rest = rest.and_then(|rest| match rest {
        [b'e' | b'E', b'+' | b'-', rest @ ..] | [b'e' | b'E', rest @ ..] => digits(rest),
        _ => Some(rest),
    });
    rest == Some(&[])
}
