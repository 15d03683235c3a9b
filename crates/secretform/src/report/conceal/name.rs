//! Which names tell of a secret, and the name before a separator.

use std::collections::BTreeSet;

/// How far back from `=` or `:` a quoted key or a comment may begin; beyond it the value is hidden.
const REACH: usize = 4096;

/// In a name, whatever surrounds it: `secret_string_wo`, `SecretString`, `db_password`.
const TELLING: [&str; 7] = [
    "password",
    "secret_string",
    "secretstring",
    "secret_binary",
    "secretbinary",
    // A provider's own credentials.
    "secret_key",
    "secret_access_key",
];

/// What a slip of the fingers may have been meant to be; two letters may differ.
const MEANT: [&str; 5] = ["password", "secret_string", "secret_binary", "password_wo", "secret_string_wo"];

/// Whether an attribute of this name holds a secret: by its own words, because it is nearly one that does, or because
/// the spec says so of a field called `names`.
pub(in crate::report) fn is_sensitive(name: &str, names: &BTreeSet<String>) -> bool {
    let telling = |telling: &&str| {
        name.as_bytes().windows(telling.len()).any(|part| part.eq_ignore_ascii_case(telling.as_bytes()))
    };
    let meant = |meant: &&str| {
        meant.len().abs_diff(name.len()) <= 2 && strsim::osa_distance(meant, &name.to_ascii_lowercase()) <= 2
    };
    names.contains(name) || TELLING.iter().any(telling) || MEANT.iter().any(meant)
}

/// What stands before a separator.
pub(super) enum Key<'b> {
    /// No name.
    None,
    /// A name.
    Name {
        /// As it is written.
        name: &'b [u8],
        /// What stands before it, parted by blanks alone: `secret string = …` is a slip.
        word_before: Option<&'b [u8]>,
    },
    /// Something that begins farther back than is looked.
    TooFar,
}

/// The name before the separator at `at`: bare, quoted, quoted inside a string, in parentheses.
pub(super) fn key_before(bytes: &[u8], at: usize) -> Key<'_> {
    let mut before = bytes[..at].trim_ascii_end();
    // Nearly all names are bare and have nothing behind them.
    if before.last().is_some_and(|byte| IN_NAME[usize::from(*byte)]) {
        return bare_key(before);
    }
    while let Some(comment) = before.strip_suffix(b"*/") {
        let nearby = comment.len().saturating_sub(REACH);
        match memchr::memmem::rfind(&comment[nearby..], b"/*") {
            Some(start) => before = comment[..nearby + start].trim_ascii_end(),
            None if nearby == 0 => return Key::None,
            None => return Key::TooFar,
        }
    }
    before = before.strip_suffix(b")").unwrap_or(before).trim_ascii_end();
    if let Some(quoted) = before.strip_suffix(b"\"").or_else(|| before.strip_suffix(b"'")) {
        let quoted = quoted.strip_suffix(b"\\").unwrap_or(quoted);
        let nearby = quoted.len().saturating_sub(REACH);
        return match memchr::memrchr2(b'"', b'\'', &quoted[nearby..]) {
            Some(start) => Key::Name { name: &quoted[nearby + start + 1..], word_before: None },
            None if nearby == 0 => Key::None,
            None => Key::TooFar,
        };
    }
    bare_key(before)
}

/// The word that ends the text, and the one before it.
fn bare_key(before: &[u8]) -> Key<'_> {
    let (rest, name) = before.split_at(before.len() - word_length(before));
    match name.len() {
        0 => Key::None,
        REACH => Key::TooFar,
        _ => {
            let blank = rest.ends_with(b" ") || rest.ends_with(b"\t");
            let rest = if blank { &rest[rest.len().saturating_sub(REACH)..] } else { &[] };
            let end = rest.iter().rposition(|byte| !matches!(byte, b' ' | b'\t')).map_or(0, |at| at + 1);
            let rest = &rest[..end];
            let word = &rest[rest.len() - word_length(rest)..];
            Key::Name { name, word_before: (!word.is_empty()).then_some(word) }
        }
    }
}

/// Which bytes a bare name is made of.
const IN_NAME: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = byte >= 0x80 || (byte as u8).is_ascii_alphanumeric() || byte == 0x5f || byte == 0x2d;
        byte += 1;
    }
    table
};

/// How long the word is that ends the text.
fn word_length(before: &[u8]) -> usize {
    let nearby = &before[before.len().saturating_sub(REACH)..];
    let outside = nearby.iter().rposition(|byte| !IN_NAME[usize::from(*byte)]);
    nearby.len() - outside.map_or(0, |at| at + 1)
}

/// A key's text with `\uXXXX` decoded, which Terraform reads in JSON and in quoted keys of HCL.
pub(super) fn unescape(quoted: &[u8]) -> String {
    let text = String::from_utf8_lossy(quoted);
    let mut parts = text.split("\\u");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let decoded =
            part.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
        match decoded {
            Some(c) => {
                out.push(c);
                out.push_str(&part[4..]);
            }
            None => out.push_str(part),
        }
    }
    out
}
