//! Characters that are not ASCII, in names and in bytes that may not be UTF-8.

use crate::source::{begins_name, goes_on_name};

/// The end of the character at `at`, which is not ASCII, if it can begin a name; else the end
/// of what is wrong there.
pub(super) fn start(bytes: &[u8], at: usize) -> Result<usize, usize> {
    match utf8(bytes, at) {
        Ok((end, char)) if begins_name(char) => Ok(end),
        Ok((end, _)) => Err(end),
        Err(end) => Err(end),
    }
}

/// The end of the character at `at`, if it is not ASCII and can go on a name.
pub(super) fn go_on(bytes: &[u8], at: usize) -> Option<usize> {
    if bytes.get(at).is_none_or(u8::is_ascii) {
        return None;
    }
    utf8(bytes, at).ok().filter(|&(_, char)| goes_on_name(char)).map(|(end, _)| end)
}

/// The character at `at` and its end, or the end of the bytes there that are not UTF-8.
pub(super) fn utf8(bytes: &[u8], at: usize) -> Result<(usize, char), usize> {
    let four = &bytes[at.min(bytes.len())..bytes.len().min(at + 4)];
    let Some(chunk) = four.utf8_chunks().next() else {
        return Err(at + 1);
    };
    match chunk.valid().chars().next() {
        Some(char) => Ok((at + char.len_utf8(), char)),
        None => Err(at + chunk.invalid().len().max(1)),
    }
}
