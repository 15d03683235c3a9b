//! The anchored walk: one pass over a file that jumps over every block whose bytes are as
//! they should be, and lexes only what stands between.

use std::collections::HashMap;

use crate::source::Span;
use crate::syntax::{self, Item, ItemKind, Token};

/// A top-level block as it should stand in some file.
#[derive(Clone, Copy, Debug)]
pub struct Desired<'a> {
    /// Its bytes, from its type to its closing brace.
    pub text: &'a str,
    /// Its type and its two labels.
    pub header: (&'a str, &'a str, &'a str),
}

/// What stands at one place of a file.
#[derive(Debug)]
pub enum Standing {
    /// The desired block of this index, byte for byte.
    Equal(usize, Span),
    /// Anything else.
    Other(Item),
    /// Something that is no HCL; the rest of the file is not looked at.
    Broken,
}

/// Everything that stands in a file, in order.
///
/// At the top level between items the lexer has no state, and a desired text is one whole
/// item; so bytes that are equal at such a place, with a line end behind them, are the block.
pub fn walk(bytes: &[u8], desired: &[Desired<'_>]) -> Vec<Standing> {
    let mut standing = Vec::new();
    let mut tokens: Vec<Token> = Vec::new();
    let mut by_header: Option<HashMap<(&str, &str, &str), usize>> = None;
    let mut position = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let mut expected = 0;
    loop {
        position += bytes[position..].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n')).count();
        if let Some(block) = desired.get(expected) {
            let text = block.text.as_bytes();
            if bytes[position..].starts_with(text) && ends_line(&bytes[position + text.len()..]) {
                let end = position + text.len();
                standing.push(Standing::Equal(expected, Span::new(position, end)));
                position = end;
                expected += 1;
                continue;
            }
        }
        tokens.clear();
        let item = match syntax::next_item(bytes, position, &mut tokens) {
            None => return standing,
            Some(Err(_)) => {
                standing.push(Standing::Broken);
                return standing;
            }
            Some(Ok(item)) => item,
        };
        position = item.span.end as usize;
        let ItemKind::Block { type_name, labels, .. } = &item.kind else {
            standing.push(Standing::Other(item));
            continue;
        };
        let header = match (std::str::from_utf8(&bytes[type_name.range()]), labels.as_slice()) {
            (Ok(type_name), [first, second]) => Some((type_name, first.text.as_str(), second.text.as_str())),
            _ => None,
        };
        // Blocks mostly stand in order: the map is made when one doesn't.
        let found = match (header, desired.get(expected)) {
            (Some(header), Some(next)) if next.header == header => Some(expected),
            (Some(header), _) => by_header
                .get_or_insert_with(|| {
                    desired.iter().enumerate().map(|(at, block)| (block.header, at)).collect()
                })
                .get(&header)
                .copied(),
            (None, _) => None,
        };
        if let Some(at) = found {
            expected = at + 1;
            if desired[at].text.as_bytes() == &bytes[item.span.range()] {
                standing.push(Standing::Equal(at, item.span));
                continue;
            }
        }
        standing.push(Standing::Other(item));
    }
}

fn ends_line(rest: &[u8]) -> bool {
    matches!(rest, [] | [b'\n', ..] | [b'\r', b'\n', ..])
}
