//! Where a group goes in a spec, and what a spec has at top level, found without parsing it.

use crate::patch::LineEnd;
use crate::source::Span;
use crate::syntax::{Item, ItemKind, next_item};

/// After the last of these that a spec has, the first kind first, a group is put.
const ANCHORS: [&str; 4] = ["group", "secret", "defaults", "terraform"];

/// The top level of a spec.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The readers with their labels.
    pub readers: Vec<(String, Item)>,
    /// The last block of each kind of [`ANCHORS`].
    last: [Option<Span>; ANCHORS.len()],
    /// Whether an empty line stands between two of the blocks.
    airy: bool,
}

impl Outline {
    /// Reads a spec; of a broken one what comes before the break.
    pub fn read(bytes: &[u8]) -> Self {
        let mut outline = Self { airy: true, ..Self::default() };
        let (mut at, mut blank, mut count) = (0, false, 0);
        let mut tokens = Vec::new();
        while let Some(Ok(item)) = next_item(bytes, at, &mut tokens) {
            if count > 0 && !blank {
                blank = has_blank_line(&bytes[at..item.span.start as usize]);
            }
            count += 1;
            at = item.span.end as usize;
            let ItemKind::Block { type_name, labels, .. } = &item.kind else { continue };
            let type_name = &bytes[type_name.range()];
            if let Some(kind) = ANCHORS.iter().position(|kind| kind.as_bytes() == type_name) {
                outline.last[kind] = Some(item.span);
            } else if type_name == b"reader"
                && let Some(label) = labels.first()
            {
                outline.readers.push((label.text.clone(), item));
            }
        }
        outline.airy = blank || count < 2;
        outline
    }

    /// Where the group `text`, whose lines end as the spec's do, goes in the spec, and what is
    /// written there: after the last group, else the last secret, `defaults`, `terraform`, and
    /// the comments behind it.
    pub fn insertion(&self, bytes: &[u8], text: &str) -> (Span, String) {
        let gap = if self.airy { "\n\n" } else { "\n" };
        let anchor = self.last.iter().flatten().next();
        let at = anchor.map_or(bytes.len(), |anchor| after_comments(bytes, anchor.end as usize));
        let mut next = bytes[at..].split(|byte| *byte == b'\n').skip(1);
        let next_is_close = next.next().is_some_and(|line| !line.trim_ascii().is_empty());
        let tail = if self.airy && next_is_close { "\n" } else { "" };
        let end = LineEnd::of(bytes);
        (Span::at(at), format!("{}{text}{}", end.apply(gap), end.apply(tail)))
    }
}

/// Whether one of the lines that `gap` holds from end to end is empty.
fn has_blank_line(gap: &[u8]) -> bool {
    let mut lines = gap.split(|byte| *byte == b'\n').skip(1).peekable();
    while let Some(line) = lines.next() {
        if lines.peek().is_some() && line.trim_ascii().is_empty() {
            return true;
        }
    }
    false
}

/// The end of the line of `at`, or of the comments under it if nothing follows them directly.
fn after_comments(bytes: &[u8], at: usize) -> usize {
    let end_of =
        |from: usize| memchr::memchr(b'\n', &bytes[from..]).map_or(bytes.len(), |found| from + found);
    let without_cr = |end: usize| if end > at && bytes[end - 1] == b'\r' { end - 1 } else { end };
    let own = end_of(at);
    let mut end = own;
    while end < bytes.len() {
        let next = end_of(end + 1);
        let line = bytes[end + 1..next].trim_ascii();
        if line.is_empty() {
            return without_cr(end);
        }
        if !line.starts_with(b"#") && !line.starts_with(b"//") {
            return without_cr(own);
        }
        end = next;
    }
    without_cr(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_group(spec: &str) -> String {
        let (span, text) = Outline::read(spec.as_bytes()).insertion(spec.as_bytes(), "NEW");
        let mut edits = crate::source::Edits::new();
        edits.push(span, text).unwrap();
        String::from_utf8(edits.apply(spec.as_bytes())).unwrap()
    }

    #[test]
    fn a_group_goes_behind_the_last_of_its_kind_and_keeps_the_distance_that_is_kept() {
        let check = |spec: &str, expected: &str| assert_eq!(with_group(spec), expected, "{spec:?}");
        check("terraform {}\n", "terraform {}\n\nNEW\n");
        check("terraform {}", "terraform {}\n\nNEW");
        check("terraform {}\n\nreader \"r\" {}\n", "terraform {}\n\nNEW\n\nreader \"r\" {}\n");
        check("terraform {}\nreader \"r\" {}\n", "terraform {}\nNEW\nreader \"r\" {}\n");
        check("terraform {}\n\ndefaults {}\n", "terraform {}\n\ndefaults {}\n\nNEW\n");
        check("secret \"a\" {}\n\nterraform {}\n", "secret \"a\" {}\n\nNEW\n\nterraform {}\n");
        check(
            "group \"a\" {} # a\ngroup \"b\" {} # b\n\nsecret \"c\" {}\n",
            "group \"a\" {} # a\ngroup \"b\" {} # b\n\nNEW\n\nsecret \"c\" {}\n",
        );
        check("group \"a\" {}\n\n# end\n", "group \"a\" {}\n\nNEW\n\n# end\n");
        check("group \"a\" {}\n# of a\n\nx = 1\n", "group \"a\" {}\n# of a\n\nNEW\n\nx = 1\n");
        check(
            "x = 1\n\ngroup \"a\" {}\n# of y\ny = 1\n",
            "x = 1\n\ngroup \"a\" {}\n\nNEW\n\n# of y\ny = 1\n",
        );
        check("group \"a\" {}\r\n\r\nx = 1\r\n", "group \"a\" {}\r\n\r\nNEW\r\n\r\nx = 1\r\n");
        check("", "\n\nNEW");
    }
}
