//! Bytes to tokens. Top level items are lexed one at a time, and between two of them the
//! lexer has no state: it can start at any item boundary.

mod heredoc;
mod name;
mod template;
mod token;

use memchr::memchr;

use self::token::{CLASS, Class, NAME, SINGLE};
pub use self::token::{Token, TokenKind};
pub use crate::source::is_name;

/// A UTF-8 byte order mark, which a file may begin with. It is a gap.
pub(super) const BOM: &[u8] = b"\xef\xbb\xbf";

/// All tokens of a file. Never fails: what is wrong becomes [`TokenKind::Invalid`].
pub fn lex(bytes: &[u8]) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(bytes.len() / 6 + 16);
    lex_while(bytes, 0, &mut tokens, false);
    tokens
}

/// Adds the tokens of one top level item to `tokens`: the newlines and comments before it,
/// the item, and all that stands on its last line, line end included. `position` is 0 or
/// what this function gave before; what it gives is where the next item may begin.
///
/// An item ends with the first line end outside all brackets, strings and heredocs.
pub fn lex_item(bytes: &[u8], position: usize, tokens: &mut Vec<Token>) -> usize {
    lex_while(bytes, position, tokens, true)
}

/// The tokens of a stretch of code, not at the start of a file.
pub(super) fn lex_code(bytes: &[u8]) -> Vec<Token> {
    let mut tokens = Vec::new();
    lex_while(bytes, 0, &mut tokens, false);
    tokens
}

fn lex_while(bytes: &[u8], position: usize, tokens: &mut Vec<Token>, one_item: bool) -> usize {
    // Offsets are u32; the parser reports the file that is larger.
    let bytes = &bytes[..bytes.len().min(u32::MAX as usize - 1)];
    let skip = if position == 0 && bytes.starts_with(BOM) { BOM.len() } else { position };
    let first = tokens.len();
    let (frames, mode) = (Vec::new(), Mode::Code);
    let mut lexer = Lexer { bytes, at: skip, tokens, frames, braces: 0, depth: 0, one_item, first, mode };
    loop {
        let more = match lexer.mode {
            Mode::Code => lexer.code(),
            Mode::Quoted => lexer.quoted(),
            Mode::Heredoc { marker, line_start } => lexer.heredoc(marker, line_start),
        };
        if !more {
            return lexer.at;
        }
    }
}

/// Where a heredoc's marker stands.
type Marker = (u32, u32);

/// Which rules the next byte falls under.
#[derive(Clone, Copy)]
enum Mode {
    Code,
    Quoted,
    Heredoc { marker: Marker, line_start: bool },
}

/// What to return to when a string, a heredoc or a sequence in them ends.
enum Frame {
    /// The code around a string or heredoc.
    Code,
    /// The string or heredoc around a sequence, and the counts of the code around that.
    Template { mode: Mode, braces: u32, depth: i32 },
}

struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
    tokens: &'a mut Vec<Token>,
    frames: Vec<Frame>,
    /// Open `{` since the innermost `${` or `%{`, which tells their ends apart.
    braces: u32,
    /// Open brackets of all kinds since then; at top level, 0 means that a line end ends the item.
    depth: i32,
    one_item: bool,
    /// Where the item's tokens begin in `tokens`.
    first: usize,
    mode: Mode,
}

impl Lexer<'_> {
    fn push(&mut self, kind: TokenKind, end: usize) {
        // Both fit: lex_while cuts the input.
        self.tokens.push(Token { start: self.at as u32, end: end as u32, kind });
        self.at = end;
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// One token of one byte, or of two if `second` follows.
    fn one_or_two(&mut self, second: u8, two: TokenKind, one: TokenKind) {
        if self.byte(self.at + 1) == second {
            self.push(two, self.at + 2);
        } else {
            self.push(one, self.at + 1);
        }
    }

    /// Lexes code until the mode changes (true) or the item or the file ends (false).
    fn code(&mut self) -> bool {
        while let Some(&byte) = self.bytes.get(self.at) {
            match CLASS[byte as usize] {
                Class::Blank => self.at += 1,
                Class::LineFeed => {
                    self.push(TokenKind::Newline, self.at + 1);
                    if self.item_ends() {
                        return false;
                    }
                }
                Class::CarriageReturn if self.byte(self.at + 1) == b'\n' => {
                    self.push(TokenKind::Newline, self.at + 2);
                    if self.item_ends() {
                        return false;
                    }
                }
                Class::Letter => self.name(self.at + 1),
                Class::Digit => self.number(),
                Class::Single => self.push(SINGLE[byte as usize & 127], self.at + 1),
                Class::OpenRound => {
                    self.depth += 1;
                    self.push(SINGLE[byte as usize & 127], self.at + 1);
                }
                Class::CloseRound => {
                    self.depth -= 1;
                    self.push(SINGLE[byte as usize & 127], self.at + 1);
                }
                Class::OpenBrace => {
                    self.depth += 1;
                    self.braces += 1;
                    self.push(TokenKind::OpenBrace, self.at + 1);
                }
                Class::CloseBrace => {
                    if self.braces == 0 && self.close_sequence(self.at + 1) {
                        return true;
                    }
                    self.depth -= 1;
                    self.braces = self.braces.saturating_sub(1);
                    self.push(TokenKind::CloseBrace, self.at + 1);
                }
                Class::Quote => {
                    self.push(TokenKind::OpenQuote, self.at + 1);
                    // Most strings are one text: no need to leave this loop for them.
                    if !self.plain_string() {
                        self.frames.push(Frame::Code);
                        self.mode = Mode::Quoted;
                        return true;
                    }
                }
                Class::Hash => self.line_comment(),
                Class::Slash => match self.byte(self.at + 1) {
                    b'/' => self.line_comment(),
                    b'*' => self.block_comment(),
                    _ => self.push(TokenKind::Slash, self.at + 1),
                },
                Class::Dot if self.bytes[self.at..].starts_with(b"...") => {
                    self.push(TokenKind::Ellipsis, self.at + 3);
                }
                Class::Dot => self.push(TokenKind::Dot, self.at + 1),
                Class::Colon => self.one_or_two(b':', TokenKind::DoubleColon, TokenKind::Colon),
                Class::Equal if self.byte(self.at + 1) == b'>' => {
                    self.push(TokenKind::FatArrow, self.at + 2);
                }
                Class::Equal => self.one_or_two(b'=', TokenKind::EqualEqual, TokenKind::Equal),
                Class::Bang => self.one_or_two(b'=', TokenKind::NotEqual, TokenKind::Bang),
                Class::Less => {
                    if let Some(mode) = self.open_heredoc() {
                        self.frames.push(Frame::Code);
                        self.mode = mode;
                        return true;
                    }
                    self.one_or_two(b'=', TokenKind::LessEqual, TokenKind::Less);
                }
                Class::Greater => self.one_or_two(b'=', TokenKind::GreaterEqual, TokenKind::Greater),
                Class::Ampersand => self.one_or_two(b'&', TokenKind::And, TokenKind::Invalid),
                Class::Pipe => self.one_or_two(b'|', TokenKind::Or, TokenKind::Invalid),
                Class::Tilde if self.byte(self.at + 1) == b'}' => {
                    if self.braces == 0 && self.close_sequence(self.at + 2) {
                        return true;
                    }
                    self.depth -= 1;
                    self.braces = self.braces.saturating_sub(1);
                    self.push(TokenKind::CloseSequence, self.at + 2);
                }
                Class::NotAscii => match name::start(self.bytes, self.at) {
                    Ok(end) => self.name(end),
                    Err(end) => self.push(TokenKind::Invalid, end),
                },
                Class::Tilde | Class::CarriageReturn | Class::Other => {
                    self.push(TokenKind::Invalid, self.at + 1);
                }
            }
        }
        false
    }

    /// Whether the newline just taken ends the one item that is to be lexed.
    fn item_ends(&self) -> bool {
        if !self.one_item || self.depth > 0 || !self.frames.is_empty() {
            return false;
        }
        let line = self.tokens[self.first..].iter().rev().skip(1);
        let line = line.take_while(|token| token.kind != TokenKind::Newline);
        line.into_iter().any(|token| !matches!(token.kind, TokenKind::LineComment | TokenKind::BlockComment))
    }

    /// Ends the interpolation or directive that the code is in, if it is in one.
    fn close_sequence(&mut self, end: usize) -> bool {
        let Some(Frame::Template { mode, braces, depth }) = self.frames.pop() else {
            return false;
        };
        self.push(TokenKind::CloseSequence, end);
        (self.mode, self.braces, self.depth) = (mode, braces, depth);
        true
    }

    /// Begins an interpolation or directive of the string or heredoc `mode`.
    fn open_sequence(&mut self, mode: Mode) {
        let kind =
            if self.byte(self.at) == b'$' { TokenKind::OpenInterpolation } else { TokenKind::OpenDirective };
        let end = self.at + if self.byte(self.at + 2) == b'~' { 3 } else { 2 };
        self.push(kind, end);
        self.frames.push(Frame::Template { mode, braces: self.braces, depth: self.depth });
        (self.mode, self.braces, self.depth) = (Mode::Code, 0, 0);
    }

    /// A string or heredoc is over; code goes on.
    fn close_template(&mut self) {
        self.frames.pop();
        self.mode = Mode::Code;
    }

    fn name(&mut self, after_first: usize) {
        let mut end = after_first;
        loop {
            while self.bytes.get(end).is_some_and(|&byte| NAME[byte as usize]) {
                end += 1;
            }
            match name::go_on(self.bytes, end) {
                Some(next) => end = next,
                None => break,
            }
        }
        self.push(TokenKind::Ident, end);
    }

    /// Takes all that HCL takes for a number, `1.2.3` too: the parser says what is wrong
    /// with it. It never ends with a dot, so that `1...` is a number and an ellipsis.
    fn number(&mut self) {
        let mut at = self.at + 1;
        let mut end = at;
        loop {
            match self.byte(at) {
                b'0'..=b'9' => {
                    at += 1;
                    end = at;
                }
                b'.' => at += 1,
                b'e' | b'E' => {
                    let sign = usize::from(matches!(self.byte(at + 1), b'+' | b'-'));
                    if !self.byte(at + 1 + sign).is_ascii_digit() {
                        break;
                    }
                    at += sign + 2;
                    end = at;
                }
                _ => break,
            }
        }
        self.push(TokenKind::Number, end);
    }

    /// Any bytes may stand in a comment.
    fn line_comment(&mut self) {
        let end = match memchr(b'\n', &self.bytes[self.at..]) {
            Some(offset) if offset > 0 && self.bytes[self.at + offset - 1] == b'\r' => self.at + offset - 1,
            Some(offset) => self.at + offset,
            None => self.bytes.len(),
        };
        self.push(TokenKind::LineComment, end);
    }

    fn block_comment(&mut self) {
        let mut at = self.at + 3; // the `*` of the opener is not the closer's
        while let Some(offset) = self.bytes.get(at..).and_then(|rest| memchr(b'/', rest)) {
            at += offset;
            if self.bytes[at - 1] == b'*' {
                self.push(TokenKind::BlockComment, at + 1);
                return;
            }
            at += 1;
        }
        self.push(TokenKind::Invalid, self.bytes.len());
    }
}

#[cfg(test)]
mod tests;
