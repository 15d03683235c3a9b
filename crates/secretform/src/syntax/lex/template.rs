//! Quoted strings: text, escapes, and where sequences begin in it.

use super::token::QUOTED_STOP;
use super::{Lexer, Mode, TokenKind, name};

impl Lexer<'_> {
    /// After a `"`: if one text or none stands before the next `"`, takes both and is done.
    pub(super) fn plain_string(&mut self) -> bool {
        let mut end = self.at;
        while self.bytes.get(end).is_some_and(|&byte| !QUOTED_STOP[byte as usize]) {
            end += 1;
        }
        if self.byte(end) != b'"' {
            return false;
        }
        if end > self.at {
            self.push(TokenKind::QuotedText, end);
        }
        self.push(TokenKind::CloseQuote, end + 1);
        true
    }

    /// Lexes text until the string ends or a sequence begins. A line end ends it too: one
    /// missing quote should not swallow the file.
    pub(super) fn quoted(&mut self) -> bool {
        let mut end = self.at;
        while let Some(&byte) = self.bytes.get(end) {
            if !QUOTED_STOP[byte as usize] {
                end += 1;
                continue;
            }
            match byte {
                b'"' => {
                    self.text(TokenKind::QuotedText, end);
                    self.push(TokenKind::CloseQuote, end + 1);
                    self.close_template();
                    return true;
                }
                b'\\' => match escape_end(self.bytes, end) {
                    Ok(after) => end = after,
                    Err(after) => {
                        self.text(TokenKind::QuotedText, end);
                        self.push(TokenKind::Invalid, after);
                        end = after;
                    }
                },
                b'$' | b'%' => {
                    self.text(TokenKind::QuotedText, end);
                    if self.dollar(TokenKind::QuotedText, Mode::Quoted) {
                        return true;
                    }
                    end = self.at;
                }
                b'\n' => break,
                b'\r' if self.byte(end + 1) == b'\n' => break,
                b'\r' => {
                    self.text(TokenKind::QuotedText, end);
                    self.push(TokenKind::Invalid, end + 1);
                    end += 1;
                }
                _ => match name::utf8(self.bytes, end) {
                    Ok((after, _)) => end = after,
                    Err(after) => {
                        self.text(TokenKind::QuotedText, end);
                        self.push(TokenKind::Invalid, after);
                        end = after;
                    }
                },
            }
        }
        self.text(TokenKind::QuotedText, end);
        self.close_template();
        true
    }

    /// A token of what stands before `end`, if anything does.
    pub(super) fn text(&mut self, kind: TokenKind, end: usize) {
        if end > self.at {
            self.push(kind, end);
        }
    }

    /// At a `$` or `%`: begins a sequence (true), or takes it, with what escapes it, as text.
    pub(super) fn dollar(&mut self, kind: TokenKind, mode: Mode) -> bool {
        let sign = self.byte(self.at);
        match (self.byte(self.at + 1), self.byte(self.at + 2)) {
            (b'{', _) => {
                self.open_sequence(mode);
                return true;
            }
            (next, b'{') if next == sign => {
                let tilde = usize::from(self.byte(self.at + 3) == b'~');
                self.push(kind, self.at + 3 + tilde);
            }
            _ => self.push(kind, self.at + 1),
        }
        false
    }
}

/// The end of the escape whose backslash stands at `at`; `Err` if it is none.
fn escape_end(bytes: &[u8], at: usize) -> Result<usize, usize> {
    let digits = match bytes.get(at + 1) {
        Some(b'n' | b'r' | b't' | b'"' | b'\\') => return Ok(at + 2),
        Some(b'u') => 4,
        Some(b'U') => 8,
        Some(b'\n' | b'\r') | None => return Err(at + 1),
        Some(0x80..) => return Err(name::utf8(bytes, at + 1).map_or_else(|end| end, |(end, _)| end)),
        Some(_) => return Err(at + 2),
    };
    let hex = bytes[at + 2..].iter().take(digits).take_while(|byte| byte.is_ascii_hexdigit()).count();
    let end = at + 2 + hex;
    let number = str::from_utf8(&bytes[at + 2..end]).ok().and_then(|text| u32::from_str_radix(text, 16).ok());
    match number.and_then(char::from_u32) {
        Some(_) if hex == digits => Ok(end),
        _ => Err(end),
    }
}
