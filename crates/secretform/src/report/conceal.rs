//! Finds in any text, well-formed or not, the values of attributes that hold secrets.
//!
//! No tree is asked, because an excerpt of a file that doesn't parse must hide them too. In doubt
//! it hides too much: a value runs to the end of its line, one that is never closed to the end of the file.

use std::collections::BTreeSet;

use crate::source::Span;

/// How far back from `=` or `:` a quoted key or a comment may begin; beyond it the value is hidden.
const REACH: usize = 4096;

/// In a name, whatever surrounds it: `secret_string_wo`, `SecretString`, `db_password`.
const TELLING: [&str; 5] = ["password", "secret_string", "secretstring", "secret_binary", "secretbinary"];

/// Whether an attribute of this name holds a secret: by its own words, or because the spec says
/// so of a field called `names`.
pub(super) fn is_sensitive(name: &str, names: &BTreeSet<String>) -> bool {
    names.contains(name)
        || name.len() >= 8
            && TELLING.iter().any(|telling| {
                name.as_bytes()
                    .windows(telling.len())
                    .any(|part| part.eq_ignore_ascii_case(telling.as_bytes()))
            })
}

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
    let marked = memchr::memmem::find(bytes, b"sensitive").is_some();
    let fields = if marked { Fields::of(bytes, json) } else { Fields::default() };
    let mut quotes = Quotes::default();
    let mut spans: Vec<Span> = Vec::new();
    let mut seen = 0;
    for at in memchr::memchr2_iter(b'=', b':', bytes) {
        if at < seen || is_operator(bytes, at) {
            continue;
        }
        let hide = match key_before(bytes, at) {
            Key::None => false,
            Key::TooFar => true,
            Key::Name(name) => {
                is_sensitive(&name, names)
                    || (marked && matches!(name.as_str(), "default" | "example") && fields.sensitive_at(at))
            }
        };
        let prose = kind == Kind::Prose && bytes[at] == b':' && !is_quoted(bytes, at);
        if hide && !prose {
            let start = at + 1 + blanks(&bytes[at + 1..]);
            let inside_string = quotes.odd_before(bytes, at) && !bytes[start..].starts_with(b"<<");
            seen = if inside_string { line_end(bytes, start) } else { value_end(bytes, start, json) };
            if seen > start {
                spans.push(Span::new(start, seen));
            }
        }
    }
    spans
}

/// `==`, `>=` and `::` are no separators.
fn is_operator(bytes: &[u8], at: usize) -> bool {
    let same = |other: Option<&u8>| other == Some(&bytes[at]);
    same(bytes.get(at + 1))
        || at > 0 && (same(bytes.get(at - 1)) || matches!(bytes[at - 1], b'!' | b'<' | b'>'))
}

/// Whether a quote stands on either side of the separator.
fn is_quoted(bytes: &[u8], at: usize) -> bool {
    let quote = |byte: Option<&u8>| matches!(byte, Some(b'"' | b'\''));
    quote(bytes[..at].trim_ascii_end().last()) || quote(bytes[at + 1..].trim_ascii_start().first())
}

enum Key {
    None,
    Name(String),
    /// Something that begins farther back than is looked.
    TooFar,
}

/// The name before the separator at `at`: bare, quoted, quoted inside a string, in parentheses.
fn key_before(bytes: &[u8], at: usize) -> Key {
    let mut before = bytes[..at].trim_ascii_end();
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
            Some(start) => Key::Name(unescape(&quoted[nearby + start + 1..])),
            None if nearby == 0 => Key::None,
            None => Key::TooFar,
        };
    }
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | 0x80..);
    let length = before.iter().rev().take_while(|byte| is_name(byte)).take(REACH).count();
    match length {
        0 => Key::None,
        REACH => Key::TooFar,
        _ => Key::Name(String::from_utf8_lossy(&before[before.len() - length..]).into_owned()),
    }
}

/// A key's text with `\uXXXX` decoded, which Terraform reads in JSON and in quoted keys of HCL.
fn unescape(quoted: &[u8]) -> String {
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

fn blanks(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |length| at + length)
}

/// What surrounds the byte that is looked at.
#[derive(PartialEq)]
enum Inside {
    Brackets,
    String,
}

/// Where the value that begins at `start` ends: the first line break outside of brackets, strings,
/// heredocs and comments, with something before it.
fn value_end(bytes: &[u8], start: usize, json: bool) -> usize {
    let mut inside = Vec::new();
    let mut begun = false;
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        let rest = &bytes[at..];
        if inside.last() == Some(&Inside::String) {
            at += match byte {
                b'\\' => 2,
                b'\n' => return bytes.len(),
                b'"' => {
                    inside.pop();
                    1
                }
                b'$' | b'%' if !json && rest.get(1) == Some(&byte) && rest.get(2) == Some(&b'{') => 3,
                b'$' | b'%' if !json && rest.get(1) == Some(&b'{') => {
                    inside.push(Inside::Brackets);
                    2
                }
                _ => 1,
            };
            continue;
        }
        match byte {
            b'\n' if inside.is_empty() && begun => return at,
            b'"' => inside.push(Inside::String),
            b'{' | b'[' | b'(' => inside.push(Inside::Brackets),
            b'}' | b']' | b')' => drop(inside.pop()),
            b'#' if !json => at = line_end(bytes, at) - 1,
            b'/' if !json && rest.starts_with(b"//") => at = line_end(bytes, at) - 1,
            b'/' if !json && rest.starts_with(b"/*") => match memchr::memmem::find(rest, b"*/") {
                Some(length) => at += length + 1,
                None => return bytes.len(),
            },
            b'<' if !json => {
                if let Some(length) = heredoc(rest) {
                    at += length - 1;
                }
            }
            _ => {}
        }
        begun |= !byte.is_ascii_whitespace();
        at += 1;
    }
    bytes.len()
}

/// The length of the heredoc that `bytes` begins with, its last line without the line break.
fn heredoc(bytes: &[u8]) -> Option<usize> {
    let marker_at = if bytes.starts_with(b"<<-") { 3 } else { 2 };
    let first_line = line_end(bytes, 0);
    let marker = bytes.strip_prefix(b"<<").map(|_| bytes[..first_line].get(marker_at..))??.trim_ascii();
    if marker.is_empty() {
        return None;
    }
    let mut at = first_line;
    while at < bytes.len() {
        let end = line_end(bytes, at + 1);
        if bytes[at + 1..end].trim_ascii() == marker {
            return Some(end);
        }
        at = end;
    }
    Some(bytes.len())
}

/// Whether a place lies inside a string, told by the quotes before it on its line. Asked for places in
/// ascending order, it looks at each byte once.
#[derive(Default)]
struct Quotes {
    at: usize,
    odd: bool,
}

impl Quotes {
    fn odd_before(&mut self, bytes: &[u8], place: usize) -> bool {
        if let Some(line_break) = memchr::memrchr(b'\n', &bytes[self.at..place]) {
            self.at += line_break + 1;
            self.odd = false;
        }
        while self.at < place {
            let Some(found) = memchr::memchr2(b'"', b'\\', &bytes[self.at..place]) else {
                self.at = place;
                break;
            };
            let escaped = bytes[self.at + found] == b'\\';
            self.odd ^= !escaped;
            self.at += found + 1;
            if escaped && bytes.get(self.at) != Some(&b'\n') {
                self.at += 1;
            }
        }
        self.odd
    }
}

/// Which `field` and `variable` blocks say `sensitive`: their `default` and `example` are hidden.
#[derive(Default)]
struct Fields {
    /// Where each block begins, and whether it says so; the first stands for the text before any.
    blocks: Vec<(usize, bool)>,
}

impl Fields {
    fn of(bytes: &[u8], json: bool) -> Self {
        let mut blocks = vec![(0, false)];
        // In JSON no header says where the next block begins: the file counts as one.
        if !json {
            let headers = ["field", "variable"].iter().flat_map(|word| {
                memchr::memmem::find_iter(bytes, word)
                    .filter(|at| {
                        let before = bytes[..*at].trim_ascii_end();
                        let own_line = bytes[before.len()..*at].contains(&b'\n');
                        let follows = bytes.get(at + word.len());
                        (own_line || matches!(before.last(), None | Some(b'{' | b'}')))
                            && matches!(follows, Some(b' ' | b'\t' | b'"'))
                    })
                    .map(|at| (at, false))
            });
            blocks.extend(headers);
            blocks.sort_unstable();
        }
        let mut fields = Self { blocks };
        for at in memchr::memmem::find_iter(bytes, b"sensitive") {
            let after = bytes[at + b"sensitive".len()..].trim_ascii_start();
            let after = after.strip_prefix(b"\"").unwrap_or(after).trim_ascii_start();
            let value = after.strip_prefix(b"=").or_else(|| after.strip_prefix(b":"));
            let block = fields.block_at(at);
            if value.is_some_and(|value| !value.trim_ascii_start().starts_with(b"false")) {
                fields.blocks[block].1 = true;
            }
        }
        fields
    }

    fn block_at(&self, at: usize) -> usize {
        self.blocks.partition_point(|(start, _)| *start <= at).saturating_sub(1)
    }

    fn sensitive_at(&self, at: usize) -> bool {
        self.blocks.get(self.block_at(at)).is_some_and(|(_, sensitive)| *sensitive)
    }
}

#[cfg(test)]
mod tests;
