//! Finds in any text, well-formed or not, the values of attributes that hold secrets.
//!
//! No tree is asked, because an excerpt of a file that doesn't parse must hide them too. In doubt
//! it hides too much: a value runs to the end of its line, one that is never closed to the end of the file.

mod fields;
mod name;
mod value;

use std::cell::LazyCell;
use std::collections::BTreeSet;

use foldhash::{HashMap, HashMapExt};

use self::fields::Fields;
use self::name::{Key, key_before, unescape};
use self::value::{Quotes, line_end, value_end};
use super::mask::merge;
use crate::model::ValueSource;
use crate::source::Span;

pub(super) use self::name::is_sensitive;

/// What kind of text is searched.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// Terraform, a spec, or anything unknown.
    Hcl,
    /// JSON: without comments, heredocs and templates.
    Json,
    /// A message: a bare word before a colon is a word, not a key.
    Prose,
}

/// The spans of all sensitive values in `bytes`, in order and apart from each other.
pub(super) fn values(bytes: &[u8], kind: Kind, names: &BTreeSet<String>) -> Vec<Span> {
    let json = kind == Kind::Json;
    let mut spans = separated(bytes, kind, names);
    if kind != Kind::Prose {
        spans.extend(unseparated(bytes, json));
    }
    merge(spans)
}

/// Values after `=` or `:`.
fn separated(bytes: &[u8], kind: Kind, names: &BTreeSet<String>) -> Vec<Span> {
    let json = kind == Kind::Json;
    // Few files have a name for which they are asked.
    let fields = LazyCell::new(|| Fields::of(bytes, json));
    let mut judged: HashMap<&[u8], bool> = HashMap::new();
    let shortest = names.iter().map(String::len).min().unwrap_or(6).min(6);
    let mut quotes = Quotes::default();
    let mut spans: Vec<Span> = Vec::new();
    let mut seen = 0;
    for at in memchr::memchr2_iter(b'=', b':', bytes) {
        if at < seen || (bytes[at] == b':' && is_doubled(bytes, at)) {
            continue;
        }
        let hide = match key_before(bytes, at) {
            Key::None => false,
            Key::TooFar => true,
            // Most names are too short to tell of anything; the others are few, and judged once.
            Key::Name { name, word_before: None } if name.len() < shortest => false,
            Key::Name { name, word_before } => {
                let by_field =
                    |name: &[u8]| matches!(name, b"default" | b"example") && fields.sensitive_at(at);
                let hides = |name: &[u8]| is_sensitive(&unescape(name), names) || by_field(name);
                *judged.entry(name).or_insert_with(|| is_sensitive(&unescape(name), names))
                    || by_field(name)
                    || word_before.is_some_and(|word| {
                        hides(&[word, name].concat()) || hides(&[word, b"_", name].concat())
                    })
            }
        };
        let prose = kind == Kind::Prose && bytes[at] == b':' && !is_quoted(bytes, at);
        let plain = || {
            let value = bytes[at + 1..line_end(bytes, at)].trim_ascii();
            let value = value.strip_suffix(b"}").map_or(value, <[u8]>::trim_ascii);
            is_plain(bytes[..at].trim_ascii_end(), value)
        };
        if hide && !prose && !plain() {
            let start = at + bytes[at..].iter().take_while(|byte| b" \t=:".contains(byte)).count();
            let inside_string = quotes.odd_before(bytes, at) && !bytes[start..].starts_with(b"<");
            seen = if inside_string { line_end(bytes, start) } else { value_end(bytes, start, json) };
            spans.push(Span::new(start, seen));
        }
    }
    spans
}

/// Whether a value says nothing of a secret, whatever its name: a length or version that is a number,
/// or a reference to a password that is made when Terraform runs.
pub(super) fn is_plain(name: &[u8], value: &[u8]) -> bool {
    const MADE: &[u8] = b"ephemeral.aws_secretsmanager_random_password.";
    if name.ends_with(b"_length") || name.ends_with(b"_wo_version") {
        return !value.is_empty() && value.iter().all(u8::is_ascii_digit);
    }
    let label = value.strip_prefix(MADE).and_then(|rest| rest.strip_suffix(b".random_password"));
    name.ends_with(b"secret_string_wo")
        && label.is_some_and(|label| label.iter().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(b)))
}

/// Values whose `=` was forgotten: the attribute's name begins a line or a body.
fn unseparated(bytes: &[u8], json: bool) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut seen = 0;
    for word in ["password", "secret_string", "secret_binary", "value"] {
        for at in memchr::memmem::find_iter(bytes, word.as_bytes()) {
            let before = bytes[..at].trim_ascii_end();
            let quote = usize::from(before.len() == at && before.ends_with(b"\""));
            let before = before[..before.len() - quote].trim_ascii_end();
            let own_line = bytes[before.len()..at].contains(&b'\n');
            if at < seen || !(own_line || matches!(before.last(), None | Some(b'{' | b',' | b'('))) {
                continue;
            }
            let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'"');
            let name_end = at + bytes[at..].iter().take_while(is_name).count();
            let start = name_end + bytes[name_end..].iter().take_while(|byte| b" \t".contains(byte)).count();
            if matches!(bytes.get(start), None | Some(b'=' | b':' | b'{' | b'\n' | b'\r')) {
                continue;
            }
            // Where a value comes from is the label of a block.
            if word == "value" && (name_end > at + word.len() || !is_unknown_source(&bytes[start..])) {
                continue;
            }
            seen = value_end(bytes, start, json);
            spans.push(Span::new(start, seen));
        }
        seen = 0;
    }
    spans
}

/// Whether a string follows that is no source of a value in a spec.
fn is_unknown_source(rest: &[u8]) -> bool {
    let is = |label: &[u8], word: &str| {
        label.strip_prefix(word.as_bytes()).is_some_and(|end| end.starts_with(b"\""))
    };
    rest.strip_prefix(b"\"").is_some_and(|label| !ValueSource::WORDS.iter().any(|word| is(label, word)))
}

/// `::` is no separator.
fn is_doubled(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 1) == Some(&bytes[at]) || at > 0 && bytes[at - 1] == bytes[at]
}

/// Whether a quote stands on either side of the separator.
fn is_quoted(bytes: &[u8], at: usize) -> bool {
    let quote = |byte: Option<&u8>| matches!(byte, Some(b'"' | b'\''));
    quote(bytes[..at].trim_ascii_end().last()) || quote(bytes[at + 1..].trim_ascii_start().first())
}

#[cfg(test)]
mod tests;
