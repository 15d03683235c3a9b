//! Tokens that are none of the language.

use super::super::{Parser, SyntaxError, Token};
use crate::source::Span;
use crate::syntax::escape::is_hidden;

impl Parser<'_> {
    /// Reports a number that HCL takes for one and then can't read.
    pub(in crate::syntax::parse) fn check_number(&mut self, number: Token) {
        let text = self.text(number);
        if text.iter().all(u8::is_ascii_digit) {
            return;
        }
        if !is_number(text) {
            let shown = self.show(number);
            self.report(
                SyntaxError::new(number.span(), format!("{shown} is no number")).help(
                    "a number has one dot at most, and its exponent is a whole number of sensible size",
                ),
            );
        }
    }

    /// Reports a token that is none of the language.
    #[cold]
    pub(in crate::syntax::parse) fn invalid(&mut self, token: Token) {
        let text = self.text(token);
        let error = |message: &str| SyntaxError::new(token.span(), message);
        let error = match text {
            [b'\\', ..] => {
                error(&format!("{} is no escape", self.show(token)))
                    .help("escapes are `\\n`, `\\r`, `\\t`, `\\\"`, `\\\\`, `\\u` with 4 and `\\U` with 8 hexadecimal digits of a character; for a backslash write `\\\\`")
            }
            [b'/', b'*', ..] => SyntaxError::new(
                Span { start: token.start, end: token.start + 2 },
                "this comment is never closed",
            )
            .label("opened here")
            .help("write `*/` where it ends"),
            b"\r" => error("a carriage return stands here without a line feed")
                .help("end lines with LF or CRLF, all in one way"),
            b"\0" => error("a NUL byte stands here").help("take it away; is this a text file?"),
            b"'" => error("a text does not stand in single quotes").help("write `\"`"),
            b"`" => error("a text does not stand in backquotes")
                .help("write `\"`; for text of several lines write a heredoc (`<<EOT`)"),
            b";" => error("`;` ends nothing here").help("end attributes and blocks with their line"),
            b"&" => error("`&` is no operator").help("write `&&`"),
            b"|" => error("`|` is no operator").help("write `||`"),
            b"~" | b"^" => error(&format!("{} is no operator", self.show(token))).help("take it away"),
            _ => match str::from_utf8(text) {
                Ok(text) => {
                    let code = text.chars().next().map_or(0, u32::from);
                    let hidden = text.chars().any(|char| is_hidden(char) || char.is_whitespace());
                    let shown = if hidden { String::new() } else { format!("`{text}` ") };
                    error(&format!("the character {shown}U+{code:04X} means nothing here"))
                        .help("take it away, or put it into a string")
                }
                Err(_) => error("these bytes are not UTF-8").help("save the file as UTF-8"),
            },
        };
        self.report(error);
    }
}

/// Whether Go's big.ParseFloat, by which HCL reads numbers, takes this one: digits, perhaps
/// a dot and digits, perhaps an exponent; and the binary exponent must fit 32 bits.
fn is_number(text: &[u8]) -> bool {
    let (mantissa, exponent) = match text.iter().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    if mantissa.iter().filter(|&&byte| byte == b'.').count() > 1 {
        return false;
    }
    let Some(exponent) = exponent else { return true };
    let Some(exponent) = str::from_utf8(exponent).ok().and_then(|text| text.parse::<i64>().ok()) else {
        return false;
    };
    let digits: Vec<u8> = mantissa.iter().copied().filter(u8::is_ascii_digit).collect();
    let Some(leading) = digits.iter().position(|&byte| byte != b'0') else {
        return true; // zero is zero
    };
    let fraction = mantissa.iter().position(|&byte| byte == b'.').map_or(0, |dot| mantissa.len() - dot - 1);
    let bits = (digits.len() - leading) as f64 * std::f64::consts::LOG2_10;
    let binary = exponent as f64 - fraction as f64 + bits;
    (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&binary)
}
