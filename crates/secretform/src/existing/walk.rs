//! The anchored walk: one pass over a file that jumps over every block whose bytes are as
//! they should be, and lexes only what stands between.

use foldhash::HashMap;

use crate::source::Span;
use crate::syntax::{self, Item, ItemKind, Token};

/// A block's type and its two labels.
pub type Header<'a> = (&'a str, &'a str, &'a str);

/// The top-level blocks that should stand in some file, by index.
pub trait Desired {
    /// The bytes of a block, from its type to its closing brace; `None` behind the last. They
    /// are asked for when the walk is where the block may stand, so they need not be kept.
    fn text(&mut self, index: usize) -> Option<&str>;

    /// Whether a block has this header.
    fn is_headed(&self, index: usize, header: Header<'_>) -> bool;

    /// The block of this header.
    fn find(&self, header: Header<'_>) -> Option<usize>;
}

/// Desired blocks whose bytes are at hand.
#[derive(Clone, Debug, Default)]
pub struct DesiredTexts<'a> {
    blocks: Vec<(Header<'a>, &'a str)>,
    by_header: HashMap<Header<'a>, usize>,
}

impl<'a> FromIterator<(Header<'a>, &'a str)> for DesiredTexts<'a> {
    fn from_iter<I: IntoIterator<Item = (Header<'a>, &'a str)>>(blocks: I) -> Self {
        let blocks: Vec<_> = blocks.into_iter().collect();
        let by_header = blocks.iter().enumerate().map(|(at, (header, _))| (*header, at)).collect();
        Self { blocks, by_header }
    }
}

impl Desired for DesiredTexts<'_> {
    fn text(&mut self, index: usize) -> Option<&str> {
        self.blocks.get(index).map(|(_, text)| *text)
    }

    fn is_headed(&self, index: usize, header: Header<'_>) -> bool {
        self.blocks.get(index).is_some_and(|(other, _)| *other == header)
    }

    fn find(&self, header: Header<'_>) -> Option<usize> {
        self.by_header.get(&header).copied()
    }
}

/// No blocks.
impl Desired for () {
    fn text(&mut self, _: usize) -> Option<&str> {
        None
    }

    fn is_headed(&self, _: usize, _: Header<'_>) -> bool {
        false
    }

    fn find(&self, _: Header<'_>) -> Option<usize> {
        None
    }
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
pub fn walk<'a, D: Desired>(bytes: &'a [u8], desired: &'a mut D) -> Walk<'a, D> {
    let position = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    Walk { bytes, desired, position, expected: 0, tokens: Vec::new() }
}

/// See [`walk`].
#[derive(Debug)]
pub struct Walk<'a, D> {
    bytes: &'a [u8],
    desired: &'a mut D,
    position: usize,
    /// The desired block that should come next: blocks mostly stand in order.
    expected: usize,
    tokens: Vec<Token>,
}

impl<D: Desired> Iterator for Walk<'_, D> {
    type Item = Standing;

    #[inline]
    fn next(&mut self) -> Option<Standing> {
        let rest = self.bytes.get(self.position..)?;
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n')).count();
        self.position += blanks;
        let rest = &rest[blanks..];
        if let Some(text) = self.desired.text(self.expected)
            && let Some(behind) = rest.strip_prefix(text.as_bytes())
            && ends_line(behind)
        {
            let start = self.position;
            self.position += text.len();
            self.expected += 1;
            return Some(Standing::Equal(self.expected - 1, Span::new(start, self.position)));
        }
        self.lexed()
    }
}

impl<D: Desired> Walk<'_, D> {
    /// The next item, which doesn't stand as it was expected.
    fn lexed(&mut self) -> Option<Standing> {
        let Ok(item) = syntax::next_item(self.bytes, self.position, &mut self.tokens)? else {
            self.position = self.bytes.len();
            return Some(Standing::Broken);
        };
        self.position = item.span.end as usize;
        let ItemKind::Block { type_name, labels, .. } = &item.kind else {
            return Some(Standing::Other(item));
        };
        let header = match (std::str::from_utf8(&self.bytes[type_name.range()]), labels.as_slice()) {
            (Ok(type_name), [first, second]) => Some((type_name, first.text.as_str(), second.text.as_str())),
            _ => None,
        };
        let found = header.and_then(|header| {
            if self.desired.is_headed(self.expected, header) {
                Some(self.expected)
            } else {
                self.desired.find(header)
            }
        });
        if let Some(at) = found {
            self.expected = at + 1;
            if self.desired.text(at).map(str::as_bytes) == Some(&self.bytes[item.span.range()]) {
                return Some(Standing::Equal(at, item.span));
            }
        }
        Some(Standing::Other(item))
    }
}

fn ends_line(rest: &[u8]) -> bool {
    matches!(rest, [] | [b'\n', ..] | [b'\r', b'\n', ..])
}
