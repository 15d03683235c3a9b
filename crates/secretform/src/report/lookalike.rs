//! Says aloud when two values differ by characters that look like others.

use std::fmt::Write as _;

/// A note that names the characters of `found` that are not ASCII and don't occur in `expected`: `а`
/// (U+0430) is no `a`, however much it looks like one.
pub(super) fn note(expected: Option<&str>, found: Option<&str>) -> Option<String> {
    let (expected, found) = (expected?, found?);
    if !expected.is_ascii() || found.chars().count() > expected.chars().count() + 8 {
        return None;
    }
    let mut strange: Vec<char> = found.chars().filter(|c| !c.is_ascii()).collect();
    strange.sort_unstable();
    strange.dedup();
    if strange.is_empty() {
        return None;
    }
    let mut text = "what was found is not all ASCII: ".to_owned();
    for (at, c) in strange.iter().take(5).enumerate() {
        let comma = if at == 0 { "" } else { ", " };
        let _ = write!(text, "{comma}U+{:04X}", *c as u32);
    }
    if strange.len() > 5 {
        text.push_str(" …");
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn homoglyphs_are_named_and_honest_text_is_not() {
        let said = note(Some("\"airbyte/api\""), Some("\"аirbyte/аpі\""));
        assert_eq!(said.as_deref(), Some("what was found is not all ASCII: U+0430, U+0456"));
        assert_eq!(note(Some("\"a\""), Some("\"b\"")), None);
        assert_eq!(note(Some("\"Zugang für Müller\""), Some("\"Zugang für Meier\"")), None);
        assert_eq!(note(None, Some("а")), None);
    }
}
