//! Words of a POSIX shell, whatever they hold.

use std::borrow::Cow;
use std::fmt::Write as _;

/// `text` as one word: bare where that is safe, in single quotes elsewhere, between which a
/// shell sees nothing but the closing one.
pub(super) fn word(text: &str) -> Cow<'_, str> {
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./:@,+".contains(&byte);
    if !text.is_empty() && text.bytes().all(bare) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("'{}'", text.replace('\'', "'\\''")))
}

/// `text` with `%XX` for what separates the parts of a word of `sf_check` or can't be shown.
pub(super) fn percent<'t>(text: &'t str, separators: &str) -> Cow<'t, str> {
    let stays = |byte: u8| {
        (byte == b' ' || byte.is_ascii_graphic())
            && !matches!(byte, b'%' | b'#')
            && !separators.as_bytes().contains(&byte)
    };
    if text.bytes().all(stays) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        // `#` too: `##[` is a command to some CI runners.
        if c == '%' || c == '#' || separators.contains(c) || !(c == ' ' || c.is_ascii_graphic()) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    const HOSTILE: &[&str] = &[
        "",
        " ",
        "a",
        "-n",
        "it's",
        "'",
        "''",
        "\\",
        "\\'",
        "$(touch /tmp/x)",
        "`id`",
        "a\nb",
        "\t",
        "*",
        "~",
        "a;b|c&d>e<f",
        "!x",
        "#",
        "{a,b}",
        "漢字 \u{202e}",
        "%",
        "key=x?",
        "END",
    ];

    #[test]
    #[expect(clippy::print_stderr, reason = "what is missing is said aloud")]
    fn a_real_shell_gives_every_word_back() {
        for text in HOSTILE {
            let script = format!("printf %s {}", word(text));
            let Ok(output) = Command::new("sh").arg("-c").arg(script).output() else {
                eprintln!("SKIPPED: no sh here");
                return;
            };
            assert_eq!(String::from_utf8_lossy(&output.stdout), *text, "{text:?}");
        }
    }

    #[test]
    fn percent_leaves_what_reads_well() {
        assert_eq!(percent("api_key", "?="), "api_key");
        assert_eq!(percent("a=b?%#\né", "?="), "a%3Db%3F%25%23%0A%C3%A9");
        assert_eq!(percent("^sk-\\w+$", ""), "^sk-\\w+$");
    }
}
