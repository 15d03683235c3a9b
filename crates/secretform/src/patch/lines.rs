//! Lines of a text: where they begin and end, how they are indented and how they break.

use crate::source::Span;

/// How the lines of a file end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnd {
    /// `\n`
    Lf,
    /// `\r\n`
    CrLf,
}

impl LineEnd {
    /// The line end that a file uses, by its first line.
    pub fn of(bytes: &[u8]) -> Self {
        match memchr::memchr(b'\n', bytes) {
            Some(at) if at > 0 && bytes[at - 1] == b'\r' => Self::CrLf,
            _ => Self::Lf,
        }
    }

    /// `text`, whose lines end in `\n`, with this line end.
    pub fn apply(self, text: &str) -> String {
        match self {
            Self::Lf => text.to_owned(),
            Self::CrLf => text.replace('\n', "\r\n"),
        }
    }
}

/// The start of the line that holds `offset`.
pub(super) fn line_start(bytes: &[u8], offset: usize) -> usize {
    memchr::memrchr(b'\n', &bytes[..offset]).map_or(0, |at| at + 1)
}

/// The end of the line that holds `offset`, before its line end.
pub(crate) fn line_end(bytes: &[u8], offset: usize) -> usize {
    let end = memchr::memchr(b'\n', &bytes[offset..]).map_or(bytes.len(), |at| offset + at);
    if end > offset && bytes[end - 1] == b'\r' { end - 1 } else { end }
}

/// The start of the line after the one that holds `offset`.
pub(super) fn next_line(bytes: &[u8], offset: usize) -> usize {
    memchr::memchr(b'\n', &bytes[offset..]).map_or(bytes.len(), |at| offset + at + 1)
}

/// The blanks that the line of `offset` begins with.
pub(crate) fn indentation(bytes: &[u8], offset: usize) -> &str {
    let start = line_start(bytes, offset);
    let blanks = bytes[start..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    std::str::from_utf8(&bytes[start..start + blanks]).unwrap_or("")
}

/// Whether only blanks stand before `offset` on its line.
pub(super) fn begins_line(bytes: &[u8], offset: usize) -> bool {
    bytes[line_start(bytes, offset)..offset].iter().all(|byte| matches!(byte, b' ' | b'\t'))
}

/// Whether only blanks stand behind `offset` on its line.
pub(super) fn ends_line(bytes: &[u8], offset: usize) -> bool {
    bytes[offset..line_end(bytes, offset)].iter().all(|byte| matches!(byte, b' ' | b'\t'))
}

/// Whether the line that holds `offset` is empty but for blanks.
pub(super) fn is_blank(bytes: &[u8], offset: usize) -> bool {
    let start = line_start(bytes, offset);
    ends_line(bytes, start)
}

/// What to delete so that the lines of `span` go, with the empty line before them if another
/// empty line or a closing brace follows. `None` if something else stands on those lines.
pub(super) fn whole_lines(bytes: &[u8], span: Span) -> Option<Span> {
    let (start, end) = (span.start as usize, span.end as usize);
    if !begins_line(bytes, start) || !ends_line(bytes, end) {
        return None;
    }
    let mut from = line_start(bytes, start);
    let to = next_line(bytes, end);
    let closes = |at: usize| {
        at >= bytes.len()
            || is_blank(bytes, at)
            || matches!(bytes[at..].iter().find(|b| !matches!(b, b' ' | b'\t')), Some(b'}'))
    };
    if from > 0 && is_blank(bytes, from - 1) && closes(to) {
        from = line_start(bytes, from - 1);
    } else if to < bytes.len() && is_blank(bytes, to) && opens(bytes, from) {
        return Some(Span::new(from, next_line(bytes, to)));
    }
    Some(Span::new(from, to))
}

/// Whether the line before `start` ends in an opening brace.
fn opens(bytes: &[u8], start: usize) -> bool {
    bytes[..start].iter().rev().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}

/// `text` with every line but the first, unless it is empty, indented by `indent`.
///
/// Only for text without heredocs, whose lines must stay where they are.
pub fn indented(text: &str, indent: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(indent);
            }
        }
        out.push_str(line);
    }
    out
}
