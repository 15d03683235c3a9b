//! How far a value reaches, and whether it began inside a string.

/// What surrounds the byte that is looked at.
#[derive(PartialEq)]
enum Inside {
    Brackets,
    String,
}

/// Where the value that begins at `start` ends: the first line break outside of brackets, strings,
/// heredocs and comments, with something before it.
pub(super) fn value_end(bytes: &[u8], start: usize, json: bool) -> usize {
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
            // A value can't begin with `<` but as a heredoc, be it misspelt.
            b'<' if !json && (!begun || rest.starts_with(b"<<")) => {
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
    let first_line = line_end(bytes, 0);
    let opener = |byte: &&u8| matches!(byte, b'<' | b'-' | b' ' | b'\t');
    let marker = bytes[bytes.iter().take_while(opener).count()..first_line].trim_ascii();
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

/// Where the line of `at` ends, without its line break.
pub(super) fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |length| at + length)
}

/// Whether a place lies inside a string, told by the quotes before it on its line. Asked for places in
/// ascending order, it looks at each byte once.
#[derive(Default)]
pub(super) struct Quotes {
    at: usize,
    odd: bool,
}

impl Quotes {
    /// Whether the quotes before `place` on its line are odd in number.
    pub(super) fn odd_before(&mut self, bytes: &[u8], place: usize) -> bool {
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
