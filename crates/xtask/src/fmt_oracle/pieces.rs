//! A rough cut of HCL text into pieces, written without the library's lexer: what makes the
//! oracle's inputs must not share that lexer's mistakes.

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Blanks and tabs.
    Blank,
    /// One line end.
    Newline,
    /// A comment, without the line end of a `#` or `//` one.
    Comment,
    /// A whole heredoc, up to the end of its closing word.
    Heredoc,
    /// A whole quoted string with all that is nested in it.
    Quoted,
    /// A name or a number.
    Word,
    /// Anything else.
    Mark,
}

/// A stretch of the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its bytes.
    pub text: &'a [u8],
}

/// All pieces; together they are `bytes`.
pub(crate) fn cut(bytes: &[u8]) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let (kind, len) = piece(&bytes[at..]);
        pieces.push(Piece { kind, text: &bytes[at..at + len] });
        at += len;
    }
    pieces
}

fn piece(rest: &[u8]) -> (Kind, usize) {
    let run = |wanted: fn(u8) -> bool| rest.iter().take_while(|byte| wanted(**byte)).count();
    match rest {
        [b' ' | b'\t', ..] => (Kind::Blank, run(|byte| matches!(byte, b' ' | b'\t'))),
        [b'\n', ..] => (Kind::Newline, 1),
        [b'\r', b'\n', ..] => (Kind::Newline, 2),
        [b'#', ..] | [b'/', b'/', ..] => {
            let len = run(|byte| byte != b'\n');
            (Kind::Comment, if rest[..len].ends_with(b"\r") { len - 1 } else { len })
        }
        [b'/', b'*', ..] => {
            let end = rest.windows(2).skip(2).position(|pair| pair == b"*/");
            (Kind::Comment, end.map_or(rest.len(), |end| end + 4))
        }
        [b'<', b'<', ..] => heredoc(rest).map_or((Kind::Mark, 1), |len| (Kind::Heredoc, len)),
        [b'"', ..] => (Kind::Quoted, quoted(rest)),
        [byte, ..] if is_word(*byte) => (Kind::Word, run(is_word)),
        _ => {
            let two: &[&[u8]] = &[b"==", b"!=", b"<=", b">=", b"&&", b"||", b"=>", b"::"];
            let len = if rest.starts_with(b"...") { 3 } else { 1 };
            (Kind::Mark, if two.iter().any(|mark| rest.starts_with(mark)) { 2 } else { len })
        }
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-' || byte >= 0x80
}

fn heredoc(rest: &[u8]) -> Option<usize> {
    let start = if rest.get(2) == Some(&b'-') { 3 } else { 2 };
    let word = rest[start..].iter().take_while(|byte| is_word(**byte)).count();
    let word = &rest[start..start + word];
    if word.is_empty() {
        return None;
    }
    let mut at = 0;
    for line in rest.split_inclusive(|byte| *byte == b'\n') {
        if at > 0 && line.trim_ascii() == word {
            return Some(at + line.trim_ascii_end().len());
        }
        at += line.len();
    }
    None
}

fn quoted(rest: &[u8]) -> usize {
    let mut at = 1;
    let mut depth = 0usize;
    while at < rest.len() {
        match &rest[at..] {
            [b'\n', ..] => return at,
            [b'\\', _, ..] if depth == 0 => at += 2,
            [b'$' | b'%', b'{', ..] if depth == 0 && !rest[..at].ends_with(&rest[at..=at]) => {
                depth = 1;
                at += 2;
            }
            [b'"', ..] if depth == 0 => return at + 1,
            [b'"', ..] => at += quoted(&rest[at..]),
            [b'{', ..] if depth > 0 => (depth, at) = (depth + 1, at + 1),
            [b'}', ..] if depth > 0 => (depth, at) = (depth - 1, at + 1),
            _ => at += 1,
        }
    }
    rest.len()
}
