//! The part of one line that a diagnostic points at: cut to the width, secrets hidden, harmless.
//! The cost depends on the width alone, not on the length of the line or the file.

use unicode_width::UnicodeWidthStr;

use super::hygiene;
use super::mask::HIDDEN;
use crate::source::Span;

/// One line as it is shown, and where in it the carets stand.
#[derive(Debug, PartialEq)]
pub(super) struct Excerpt {
    /// The text, without a line break.
    pub(super) text: String,
    /// Columns before the first caret.
    pub(super) indent: usize,
    /// How many carets, one at least.
    pub(super) carets: usize,
}

/// Shows the first line of `span` in `width` columns; `hidden` are the spans nobody may see.
pub(super) fn of(bytes: &[u8], span: Span, hidden: &[Span], width: usize) -> Excerpt {
    let width = width.max(30);
    let start = (span.start as usize).min(bytes.len());
    let span = Span::new(start, (span.end as usize).clamp(start, bytes.len()));
    let nearby = start.saturating_sub(width);
    let line_start = memchr::memrchr(b'\n', &bytes[nearby..start]).map(|at| nearby + at + 1);
    let line_start = line_start.or((nearby == 0).then_some(0));
    let mut back = width / 2;
    if let Some(from) = line_start {
        let excerpt = show(bytes, from, false, span, hidden, width);
        if excerpt.indent <= width * 3 / 4 || start - from <= 1 {
            return excerpt;
        }
        back = back.min(start - from);
    }
    // What comes before may be shown wider than it is long, so go nearer until the place is seen.
    loop {
        let from = boundary(bytes, start - back, start);
        let excerpt = show(bytes, from, true, span, hidden, width);
        if excerpt.indent <= width * 3 / 4 || back == 0 {
            return excerpt;
        }
        back /= 2;
    }
}

/// The first byte from `from` on that begins a character; `place` at most.
fn boundary(bytes: &[u8], from: usize, place: usize) -> usize {
    (from..place).find(|at| bytes[*at] & 0xC0 != 0x80).unwrap_or(place)
}

/// The line from `from` on. A place that doesn't fit has an indent of `usize::MAX`.
fn show(bytes: &[u8], from: usize, cut: bool, span: Span, hidden: &[Span], width: usize) -> Excerpt {
    let (start, end) = (span.start as usize, span.end as usize);
    // Four bytes a column are the most that a line can take; the line's true end may lie far behind.
    let limit = bytes.len().min(from + 4 * width);
    let line_end = memchr::memchr(b'\n', &bytes[from..limit]).map_or(limit, |length| from + length);
    let whole = line_end < limit || limit == bytes.len();
    let line_end = line_end - usize::from(whole && bytes[from..line_end].ends_with(b"\r"));

    let mut text = if cut { "…".to_owned() } else { String::new() };
    let mut columns = text.width();
    let (mut indent, mut last) = (None, columns);
    let mut at = if from == 0 && bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { from };
    let first_hidden = hidden.partition_point(|span| span.end as usize <= at);
    let mut hidden = hidden[first_hidden..].iter().peekable();
    while at < line_end {
        let (cell, next) = match hidden.next_if(|span| span.start as usize <= at) {
            Some(span) => (HIDDEN.to_owned(), (span.end as usize).clamp(at, line_end)),
            None => cell(&bytes[at..line_end], at),
        };
        let cell_width = cell.width();
        let room = if whole && next == line_end { width } else { width - 1 };
        if columns + cell_width > room {
            break;
        }
        if indent.is_none() && next > start {
            indent = Some(columns);
        }
        text.push_str(&cell);
        columns += cell_width;
        if at < end {
            last = columns;
        }
        at = next;
    }
    if at < line_end || !whole {
        text.push('…');
    }
    let indent = indent.unwrap_or(if at >= line_end && start >= line_end { columns } else { usize::MAX });
    Excerpt { text, indent, carets: last.saturating_sub(indent).max(1) }
}

/// The first character of `bytes`, which stand at `at`, as it may be shown, and where the next one is.
fn cell(bytes: &[u8], at: usize) -> (String, usize) {
    let window = &bytes[..bytes.len().min(16)];
    let Some(c) = window.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next()) else {
        return ("\u{fffd}".to_owned(), at + 1);
    };
    if c == '\t' {
        return ("    ".to_owned(), at + 1);
    }
    let mut shown = String::new();
    hygiene::push_visible(&mut shown, c);
    if c == '#' && hygiene::opens_command(&String::from_utf8_lossy(window)) {
        shown.push(' ');
    }
    (shown, at + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text, then carets, for the first `‹…›` of `marked`.
    fn check(marked: &str, width: usize, hidden: &[Span]) -> (String, String) {
        let start = marked.find('‹').unwrap();
        let end = marked.find('›').unwrap() - '‹'.len_utf8();
        let bytes = marked.replace(['‹', '›'], "").into_bytes();
        let excerpt = of(&bytes, Span::new(start, end), hidden, width);
        (excerpt.text, " ".repeat(excerpt.indent) + &"^".repeat(excerpt.carets))
    }

    #[test]
    fn the_line_is_shown_and_the_place_marked() {
        for (marked, text, carets) in [
            ("a\n  x = ‹1›\nb", "  x = 1", "      ^"),
            ("x = ‹\"世界\"› # c", "x = \"世界\" # c", "    ^^^^^^"),
            ("\tx = ‹a\tb›\r\n", "    x = a    b", "        ^^^^^^"),
            ("\u{feff}‹ab›", "ab", "^^"),
            ("ab‹›", "ab", "  ^"),
            ("ab‹\n›", "ab", "  ^"),
            ("‹resource \"a\" {\n}›\n", "resource \"a\" {", "^^^^^^^^^^^^^^"),
            ("a\n‹›", "", "^"),
        ] {
            assert_eq!(check(marked, 80, &[]), (text.to_owned(), carets.to_owned()), "{marked:?}");
        }
    }

    #[test]
    fn long_lines_are_cut_on_both_sides_of_the_place() {
        let (text, carets) = check(&format!("{}‹here›{}", "a".repeat(500), "b".repeat(500)), 40, &[]);
        assert_eq!(text, format!("…{}here{}…", "a".repeat(20), "b".repeat(14)));
        assert_eq!(carets, format!("{}^^^^", " ".repeat(21)));
        let (text, carets) = check(&format!("{}‹{}›", "\u{202e}".repeat(500), "x".repeat(500)), 40, &[]);
        assert!(text.width() <= 40 && text.contains("xxx"), "{text}");
        assert!(carets.ends_with("^^^^"));
    }

    #[test]
    fn any_bytes_give_a_line_within_the_width() {
        let pieces: [&[u8]; 9] =
            [b"a", b"\t", "世".as_bytes(), b"\xff", b"\r", b"\n", b"##[", b"\x1b", b"\xe2\x80\xae"];
        let mut state = 7_u64;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as usize % below
        };
        for _ in 0..5_000 {
            let bytes: Vec<u8> = (0..random(80)).flat_map(|_| pieces[random(9)].to_vec()).collect();
            let start = random(bytes.len() + 2);
            let hide = random(bytes.len() + 1);
            let hidden = [Span::new(hide, hide + 1 + random(9))];
            let excerpt = of(&bytes, Span::new(start, start + random(20)), &hidden, 30 + random(20));
            assert!(excerpt.text.width() <= 50, "{excerpt:?}");
            assert!(excerpt.indent < 50 && excerpt.indent + excerpt.carets <= 51, "{excerpt:?}");
            assert!(!excerpt.text.contains("##[") && !excerpt.text.contains(char::is_control));
        }
    }

    #[test]
    fn hidden_values_are_not_shown_even_where_they_are_pointed_at() {
        let text = "secret_string = \"hunter2\"";
        let hidden = [Span::new(16, text.len())];
        let excerpt = of(text.as_bytes(), Span::new(17, 20), &hidden, 80);
        assert_eq!(excerpt, Excerpt { text: "secret_string = (sensitive)".into(), indent: 16, carets: 11 });
        let excerpt = of(text.as_bytes(), Span::new(0, 13), &hidden, 80);
        assert_eq!((excerpt.indent, excerpt.carets), (0, 13));
    }
}
