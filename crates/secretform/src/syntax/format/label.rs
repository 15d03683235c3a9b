//! The normal spelling of a label's text, as HCL's `hclwrite` escapes it.

use crate::syntax::escape::{decode_quoted, normalize};

/// Whether a quoted label, quotes included, is spelled normally already, as nearly all are.
pub(super) fn is_plain(quoted: &[u8]) -> bool {
    quoted.get(1..quoted.len().saturating_sub(1)).is_some_and(|text| {
        text.iter().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'\\' | b'$' | b'%' | b'"'))
    })
}

/// The normal spelling of the text between the quotes of a label. `None` leaves it alone:
/// a label with `$` or `%`, which Terraform 1.11.4 loses.
pub(super) fn normal(text: &[u8]) -> Option<String> {
    let text = str::from_utf8(text).ok()?;
    if text.contains(['$', '%']) {
        return None;
    }
    let mut normal = String::with_capacity(text.len());
    for char in normalize(decode_quoted(text)).chars() {
        push(&mut normal, char);
    }
    Some(normal)
}

fn push(out: &mut String, char: char) {
    match char {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        _ if is_printable(char) => out.push(char),
        _ if u32::from(char) < 0x10000 => out.push_str(&format!("\\u{:04x}", u32::from(char))),
        _ => out.push_str(&format!("\\U{:08x}", u32::from(char))),
    }
}

/// Go's `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols and the space. Rust
/// escapes all but those for debugging, too (and some marks, if they come first).
fn is_printable(char: char) -> bool {
    if char.is_ascii() {
        return matches!(char, ' '..='~');
    }
    format!("a{char}").escape_debug().nth(1) == Some(char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_have_one_spelling() {
        let normal = |text: &str| normal(text.as_bytes());
        assert_eq!(normal("y\\u00e9"), Some("yé".to_owned()));
        assert_eq!(normal("\\U0001F600 \\\\ \\\""), Some("\u{1f600} \\\\ \\\"".to_owned()));
        assert_eq!(normal("a\u{200b}\u{a0}\\u0007\\n"), Some("a\\u200b\\u00a0\\u0007\\n".to_owned()));
        assert_eq!(normal("e\u{301}"), Some("é".to_owned()));
        assert_eq!(normal("\u{e0001}"), Some("\\U000e0001".to_owned()));
        assert_eq!(normal("a$b"), None);
    }
}
