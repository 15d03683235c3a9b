//! The part of a text that another text differs in.

use crate::source::Span;

/// What of `old` must be replaced by what, to make it `new`; `None` if they are equal. The ends
/// of it are no middle of a character.
pub fn narrowed(old: &[u8], new: &[u8]) -> Option<(Span, String)> {
    if old == new {
        return None;
    }
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (start, end) = on_boundaries(old, new, start, end);
    let text = String::from_utf8_lossy(&new[start..new.len() - end]).into_owned();
    Some((Span::new(start, old.len() - end), text))
}

/// Moves the ends of a common prefix and suffix out of the middle of characters.
fn on_boundaries(old: &[u8], new: &[u8], mut start: usize, mut end: usize) -> (usize, usize) {
    let inside = |bytes: &[u8], at: usize| bytes.get(at).is_some_and(|byte| byte & 0xc0 == 0x80);
    while start > 0 && (inside(old, start) || inside(new, start)) {
        start -= 1;
    }
    while end > 0 && (inside(old, old.len() - end) || inside(new, new.len() - end)) {
        end -= 1;
    }
    (start, end)
}
