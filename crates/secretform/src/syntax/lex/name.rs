//! Names and characters. HCL's names are ID_Start or `_`, then ID_Continue or `-` (UAX #31,
//! without the closure under normalization that XID_* have).

use super::token::NAME;
use super::unicode::{ID_CONTINUE, ID_START};

/// Whether `text` is one name: what an attribute, a block type or a bare object key may be.
pub fn is_name(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|first| {
        if first.is_ascii() { first == '_' || first.is_ascii_alphabetic() } else { in_table(ID_START, first) }
    }) && chars.all(|next| if next.is_ascii() { NAME[next as usize] } else { in_table(ID_CONTINUE, next) })
}

/// The end of the character at `at`, which is not ASCII, if it can begin a name; else the end
/// of what is wrong there.
pub(super) fn start(bytes: &[u8], at: usize) -> Result<usize, usize> {
    match utf8(bytes, at) {
        Ok((end, char)) if in_table(ID_START, char) => Ok(end),
        Ok((end, _)) => Err(end),
        Err(end) => Err(end),
    }
}

/// The end of the character at `at`, if it is not ASCII and can go on a name.
pub(super) fn go_on(bytes: &[u8], at: usize) -> Option<usize> {
    if bytes.get(at).is_none_or(u8::is_ascii) {
        return None;
    }
    utf8(bytes, at).ok().filter(|&(_, char)| in_table(ID_CONTINUE, char)).map(|(end, _)| end)
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

fn in_table(table: &[(u32, u32)], char: char) -> bool {
    let char = u32::from(char);
    let after = table.partition_point(|&(first, _)| first <= char);
    after > 0 && char <= table[after - 1].1
}
