//! Text from files, made harmless: it can't steer a terminal, hide or reorder what a reviewer
//! sees, nor be taken for a command by the CI runner that prints it. What is taken out stays visible.

use std::borrow::Cow;
use std::fmt::Write as _;

/// `text` as a part of one line, after something of ours: line breaks, control characters and
/// invisible or reordering characters become visible signs, and `##[` and its kin are broken
/// up, which runners obey anywhere in a line.
///
/// Source: actions/runner, `ActionCommand.TryParse` (`##[` anywhere) and `TryParseV2` (`::` after
/// blanks); Azure Pipelines, *Logging commands* (`##vso[`).
pub fn inline(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        push_visible(&mut out, c);
        if c == '#' && opens_command(&text[at..]) {
            out.push(' ');
        }
    }
    Cow::Owned(out)
}

/// [`inline`] for text that begins a line or follows only blanks: `::` there is broken up too.
pub fn line(text: &str) -> Cow<'_, str> {
    let text = inline(text);
    if !starts_command(&text) {
        return text;
    }
    let mut text = text.into_owned();
    break_start(&mut text);
    Cow::Owned(text)
}

/// [`line()`] for each line of a page.
pub fn lines(page: &str) -> Cow<'_, str> {
    if is_harmless(page) {
        return Cow::Borrowed(page);
    }
    let lines: Vec<Cow<'_, str>> = page.split('\n').map(line).collect();
    Cow::Owned(lines.join("\n"))
}

/// Whether [`lines`] would leave a page as it is, decided at a glance where all of it is ASCII.
fn is_harmless(page: &str) -> bool {
    let bytes = page.as_bytes();
    let begins_line = |at: usize| {
        let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |end| end + 1);
        bytes[start..at].iter().all(|byte| *byte == b' ')
    };
    is_visible(bytes)
        && !memchr::memchr_iter(b'#', bytes).any(|at| opens_command(&page[at..]))
        && !memchr::memmem::find_iter(bytes, "::").any(begins_line)
}

/// Whether all is ASCII to be seen, or ends a line. No chunk is left before its end, so that a
/// processor looks at many bytes at once.
fn is_visible(bytes: &[u8]) -> bool {
    let is_other = |byte: u8| byte.wrapping_sub(b' ') > b'~' - b' ' && byte != b'\n';
    bytes.chunks(1_024).all(|chunk| !chunk.iter().fold(false, |any, byte| any | is_other(*byte)))
}

/// Breaks up a `::` that only blanks precede, in text that is otherwise harmless.
pub(super) fn break_start(text: &mut String) {
    if starts_command(text) {
        let blanks = text.len() - text.trim_start().len();
        text.insert(blanks + 1, ' ');
    }
}

fn starts_command(text: &str) -> bool {
    text.trim_start().starts_with("::")
}

/// Appends `c` as it may be shown.
pub(super) fn push_visible(out: &mut String, c: char) {
    match c {
        // The Unicode block of pictures for control characters is in their order.
        '\0'..='\x1f' => out.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}')),
        '\x7f' => out.push('\u{2421}'),
        _ if is_treacherous(c) => {
            let _ = write!(out, "<U+{:04X}>", c as u32);
        }
        _ => out.push(c),
    }
}

/// Whether a runner would look for a command at this `#`: `##[`, `##vso[`, `##teamcity[` …
pub(super) fn opens_command(text: &str) -> bool {
    text.strip_prefix("##")
        .is_some_and(|rest| rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).starts_with('['))
}

/// Whether [`inline`] would leave `text` as it is; ASCII without `##` is decided at a glance.
fn is_plain(text: &str) -> bool {
    let unsuspicious = |byte: &u8| matches!(byte, b' '..=b'~');
    if text.as_bytes().iter().all(unsuspicious) {
        return !text.contains("##");
    }
    !text.contains("##") && !text.chars().any(|c| c.is_control() || is_treacherous(c))
}

/// Characters without a glyph of their own: C1 controls, separators of lines, everything of
/// Unicode's `Default_Ignorable_Code_Point` and the other format controls. The bidirectional ones can show
/// a line in another order than it is read (CVE-2021-42574), the others make two names look alike.
pub(super) fn is_treacherous(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}'
        | '\u{70f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{110bd}' | '\u{110cd}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmless_text_is_not_copied() {
        for text in ["", "arn:aws:iam::1:role/x", "# a comment", "Grüße, 世界"] {
            assert!(matches!(inline(text), Cow::Borrowed(same) if same == text), "{text:?}");
        }
    }

    #[test]
    fn control_characters_become_signs() {
        assert_eq!(inline("\x1b[31mred\x1b[0m\x07"), "␛[31mred␛[0m␇");
        assert_eq!(inline("a\r\n::error::b\tc\0\x7f"), "a␍␊::error::b␉c␀␡");
        assert_eq!(inline("\u{9b}31m\u{85}"), "<U+009B>31m<U+0085>");
    }

    #[test]
    fn invisible_and_reordering_characters_are_spelled_out() {
        assert_eq!(inline("user\u{202e} \u{2066}// admin\u{2069}"), "user<U+202E> <U+2066>// admin<U+2069>");
        assert_eq!(inline("air\u{200b}byte\u{e0041}\u{feff}"), "air<U+200B>byte<U+E0041><U+FEFF>");
    }

    #[test]
    fn commands_of_ci_runners_are_broken_up() {
        for (text, expected) in [
            ("::error::x", ": :error::x"),
            ("  \t::add-mask::x", "  ␉::add-mask::x"),
            ("\u{a0}\u{3000}::x", "\u{a0}\u{3000}: :x"),
            ("a ##[group]x", "a # #[group]x"),
            ("##vso[task.setvariable variable=x]y", "# #vso[task.setvariable variable=x]y"),
            ("###[error]", "## #[error]"),
            ("##teamcity[x]", "# #teamcity[x]"),
            ("## heading", "## heading"),
            ("a::b", "a::b"),
        ] {
            assert_eq!(line(text), expected, "{text:?}");
        }
    }

    #[test]
    fn whatever_comes_in_what_goes_out_is_harmless() {
        let pieces =
            ["::", "#", "##", "[", "vso[", "\n", "\r", "\x1b", " ", "\u{a0}", "\u{85}", "\u{202e}", "a"];
        let mut state = 1_u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..8 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
            }
            let page = lines(&text);
            let each: Vec<_> = text.split('\n').map(line).collect();
            assert_eq!(page, each.join("\n"), "{text:?}");
            let shown = line(&text);
            assert!(!shown.trim_start().starts_with("::"), "{text:?} → {shown:?}");
            assert!(!shown.contains("##[") && !shown.contains("##vso["), "{text:?} → {shown:?}");
            assert!(!shown.chars().any(|c| c.is_control() || is_treacherous(c)), "{text:?} → {shown:?}");
            assert_eq!(line(&shown), shown, "{text:?}");
        }
    }
}
