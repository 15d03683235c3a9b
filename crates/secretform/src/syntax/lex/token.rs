//! What a token is, and the tables that tell bytes apart.

use crate::source::Span;

/// A stretch of bytes that belongs together. Blanks (spaces and tabs) between tokens are no
/// tokens but gaps; so tokens and gaps together are the file, byte for byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is.
    pub kind: TokenKind,
}

impl Token {
    /// Its bytes' range.
    pub fn span(self) -> Span {
        Span { start: self.start, end: self.end }
    }
}

/// The kinds of tokens. They are HCL's own, but that a `#` or `//` comment does not include
/// its line end (a [`TokenKind::Newline`] follows it), and that all that is wrong is
/// [`TokenKind::Invalid`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum TokenKind {
    /// LF or CRLF, outside strings and heredocs.
    Newline,
    /// `# …` or `// …`, without the line end.
    LineComment,
    /// `/* … */`.
    BlockComment,
    /// A name or a word such as `true`, `for`.
    Ident,
    /// A number.
    Number,
    /// `{`
    OpenBrace,
    /// `}` that closes a `{`.
    CloseBrace,
    /// `[`
    OpenBracket,
    /// `]`
    CloseBracket,
    /// `(`
    OpenParen,
    /// `)`
    CloseParen,
    /// `"` that begins a string.
    OpenQuote,
    /// `"` that ends a string. A string that its line does not close has none.
    CloseQuote,
    /// Text in a quoted string: a lone `$` or `%`, an escaped `$${` or `%%{` (with its `~`),
    /// or anything between those, escapes included.
    QuotedText,
    /// `<<NAME` or `<<-NAME` with its line end.
    OpenHeredoc,
    /// The line that ends a heredoc, blanks before the marker included, without the line end.
    CloseHeredoc,
    /// Text in a heredoc: as [`TokenKind::QuotedText`] without escapes, and never longer than
    /// a line with its line end.
    HeredocText,
    /// `${` or `${~`
    OpenInterpolation,
    /// `%{` or `%{~`
    OpenDirective,
    /// `}` or `~}` that ends an interpolation or a directive.
    CloseSequence,
    /// `=`
    Equal,
    /// `:`
    Colon,
    /// `::`
    DoubleColon,
    /// `,`
    Comma,
    /// `.`
    Dot,
    /// `...`
    Ellipsis,
    /// `=>`
    FatArrow,
    /// `?`
    Question,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Star,
    /// `/`
    Slash,
    /// `%`
    Percent,
    /// `!`
    Bang,
    /// `&&`
    And,
    /// `||`
    Or,
    /// `==`
    EqualEqual,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// Nothing of the language: a character that means nothing, a byte that is not UTF-8, an
    /// escape that is none, a comment that does not end.
    Invalid,
    /// After the last token. The lexer never makes it; the parser puts it there.
    End,
}

/// What a byte can begin outside strings; indexes [`CLASS`].
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Class {
    Other,
    Blank,
    LineFeed,
    CarriageReturn,
    Letter,
    Digit,
    Single,
    OpenRound,
    CloseRound,
    OpenBrace,
    CloseBrace,
    Quote,
    Hash,
    Slash,
    Dot,
    Colon,
    Equal,
    Bang,
    Less,
    Greater,
    Ampersand,
    Pipe,
    Tilde,
    NotAscii,
}

/// What a byte can begin outside strings.
pub(super) static CLASS: [Class; 256] = classes();

/// The kind of the tokens of one byte that need no look ahead.
pub(super) static SINGLE: [TokenKind; 128] = singles();

/// ASCII that goes on a name.
pub(super) static NAME: [bool; 256] = names();

/// Bytes at which text in a quoted string needs a look.
pub(super) static QUOTED_STOP: [bool; 256] = stops(b"\"\\$%\n\r");

/// Bytes at which text in a heredoc needs a look.
pub(super) static HEREDOC_STOP: [bool; 256] = stops(b"$%\n\r");

const fn classes() -> [Class; 256] {
    let mut table = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b' ' | b'\t' => Class::Blank,
            b'\n' => Class::LineFeed,
            b'\r' => Class::CarriageReturn,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b',' | b'?' | b'+' | b'-' | b'*' | b'%' => Class::Single,
            b'(' | b'[' => Class::OpenRound,
            b')' | b']' => Class::CloseRound,
            b'{' => Class::OpenBrace,
            b'}' => Class::CloseBrace,
            b'"' => Class::Quote,
            b'#' => Class::Hash,
            b'/' => Class::Slash,
            b'.' => Class::Dot,
            b':' => Class::Colon,
            b'=' => Class::Equal,
            b'!' => Class::Bang,
            b'<' => Class::Less,
            b'>' => Class::Greater,
            b'&' => Class::Ampersand,
            b'|' => Class::Pipe,
            b'~' => Class::Tilde,
            0x80..=0xff => Class::NotAscii,
            _ => Class::Other,
        };
        byte += 1;
    }
    table
}

const fn singles() -> [TokenKind; 128] {
    let mut table = [TokenKind::Invalid; 128];
    table[b',' as usize] = TokenKind::Comma;
    table[b'?' as usize] = TokenKind::Question;
    table[b'+' as usize] = TokenKind::Plus;
    table[b'-' as usize] = TokenKind::Minus;
    table[b'*' as usize] = TokenKind::Star;
    table[b'%' as usize] = TokenKind::Percent;
    table[b'(' as usize] = TokenKind::OpenParen;
    table[b')' as usize] = TokenKind::CloseParen;
    table[b'[' as usize] = TokenKind::OpenBracket;
    table[b']' as usize] = TokenKind::CloseBracket;
    table
}

const fn names() -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = matches!(byte as u8, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-');
        byte += 1;
    }
    table
}

const fn stops(bytes: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    let mut byte = 128;
    while byte < 256 {
        table[byte] = true;
        byte += 1;
    }
    table
}
