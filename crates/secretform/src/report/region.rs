//! Rounds the edits of a file to whole lines and gathers them by the owned block they lie in.

use std::borrow::Cow;
use std::ops::Range;

use super::diff::FileDiff;
use super::mask::{Masks, merge};
use crate::source::{Edit, Span};

/// Whole lines of the file, and the edits in them.
pub(super) struct Region<'e> {
    pub(super) old: Range<usize>,
    edits: Vec<&'e Edit>,
}

/// The regions of one owned block, or a region that lies in none. What is secret is looked for in all of
/// it, so that a heredoc is known for one in its every line.
pub(super) struct Scope<'e> {
    pub(super) old: Range<usize>,
    pub(super) regions: Vec<Region<'e>>,
}

/// A text, and the spans of it that nobody may see.
pub(super) struct Side<'a> {
    pub(super) bytes: Cow<'a, [u8]>,
    pub(super) hidden: Vec<Span>,
}

/// All that is edited in a file, in order.
pub(super) fn scopes<'e>(file: &FileDiff<'e>) -> Vec<Scope<'e>> {
    let before = file.before.unwrap_or_default();
    let mut scopes: Vec<Scope<'e>> = Vec::new();
    for region in regions(before, file.edits.iter()) {
        let mut old = region.old.clone();
        let first = file.context.partition_point(|span| span.end as usize <= old.start);
        for block in file.context[first..].iter().take_while(|block| (block.start as usize) < region.old.end)
        {
            old = old.start.min(block.start as usize)..old.end.max(block.end as usize);
        }
        match scopes.last_mut() {
            Some(last) if region.old.start < last.old.end => {
                last.old.end = last.old.end.max(old.end);
                last.regions.push(region);
            }
            _ => scopes.push(Scope { old, regions: vec![region] }),
        }
    }
    scopes
}

/// No line is shown in halves: a region begins and ends where lines do, before and after.
fn regions<'e>(before: &[u8], edits: impl Iterator<Item = &'e Edit>) -> Vec<Region<'e>> {
    let mut regions: Vec<Region<'e>> = Vec::new();
    let mut edits = edits.peekable();
    while let Some(first) = edits.next() {
        let start = line_start(before, first.span.start as usize);
        let mut region = Region { old: start..start, edits: Vec::new() };
        let mut next = Some(first);
        while let Some(edit) = next {
            let end = edit.span.end as usize;
            let whole = end == line_start(before, end);
            region.old.end = region.old.end.max(if whole { end } else { line_end(before, end) });
            region.edits.push(edit);
            next = edits.next_if(|edit| edit.span.start as usize <= region.old.end);
            if next.is_none() && region.ends_in_a_line(before) {
                region.old.end = line_end(before, region.old.end);
                next = edits.next_if(|edit| edit.span.start as usize <= region.old.end);
            }
        }
        regions.push(region);
    }
    regions
}

impl Region<'_> {
    /// Whether what comes after the region would go on in its last line.
    fn ends_in_a_line(&self, before: &[u8]) -> bool {
        let after = apply(before, &self.old, &self.edits);
        !after.is_empty() && !after.ends_with(b"\n") && self.old.end < before.len()
    }

    /// How long `length` bytes that hold the region are after its edits.
    fn edited(&self, length: usize) -> usize {
        let more: usize = self.edits.iter().map(|edit| edit.text.len()).sum();
        let less: usize = self.edits.iter().map(|edit| edit.span.len()).sum();
        (length + more).saturating_sub(less)
    }
}

impl Scope<'_> {
    /// Where the lines of each region are in the text of the scope after the edits.
    pub(super) fn new_ranges(&self) -> Vec<Range<usize>> {
        let (mut from, mut to) = (self.old.start, 0);
        let place = |region: &Region<'_>| {
            let start = to + (region.old.start - from);
            to = start + region.edited(region.old.len());
            from = region.old.end;
            start..to
        };
        self.regions.iter().map(place).collect()
    }

    /// The file before with what is hidden of the scope, and the scope after.
    pub(super) fn sides<'a>(&self, file: &FileDiff<'a>, masks: &Masks) -> (Side<'a>, Side<'static>) {
        let before = file.before.unwrap_or_default();
        let edits: Vec<&Edit> = self.regions.iter().flat_map(|region| region.edits.iter().copied()).collect();
        let after = apply(before, &self.old, &edits);
        let start = self.old.start;
        let mut hidden_before: Vec<Span> = masks
            .found(file.label, &before[self.old.clone()])
            .into_iter()
            .map(|span| Span::new(span.start as usize + start, span.end as usize + start))
            .collect();
        let mut hidden_after = masks.found(file.label, &after);
        for span in masks.told(file.source) {
            if (span.start as usize) < self.old.end && span.end as usize > start {
                hidden_before.push(*span);
                let (from, to) = (moved(span.start, &edits, false), moved(span.end, &edits, true));
                hidden_after.push(Span::new(from.saturating_sub(start), to.saturating_sub(start)));
            }
        }
        let before = Side { bytes: Cow::Borrowed(before), hidden: merge(hidden_before) };
        (before, Side { bytes: Cow::Owned(after), hidden: merge(hidden_after) })
    }
}

/// Where a place of the file is after the edits; a place inside of one goes to its start or its end.
fn moved(place: u32, edits: &[&Edit], to_end: bool) -> usize {
    let mut at = place as usize;
    for edit in edits.iter().take_while(|edit| edit.span.start < place) {
        if edit.span.end > place {
            let into = (place - edit.span.start) as usize;
            return at - into + if to_end { edit.text.len() } else { 0 };
        }
        at = at + edit.text.len() - edit.span.len();
    }
    at
}

fn apply(before: &[u8], range: &Range<usize>, edits: &[&Edit]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = range.start;
    for edit in edits {
        out.extend_from_slice(before.get(at..edit.span.start as usize).unwrap_or_default());
        out.extend_from_slice(edit.text.as_bytes());
        at = edit.span.end as usize;
    }
    out.extend_from_slice(before.get(at..range.end).unwrap_or_default());
    out
}

/// Where the line of `at` begins.
pub(super) fn line_start(bytes: &[u8], at: usize) -> usize {
    memchr::memrchr(b'\n', &bytes[..at.min(bytes.len())]).map_or(0, |line_break| line_break + 1)
}

/// One past the line break of the line of `at`.
pub(super) fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &bytes[at.min(bytes.len())..]).map_or(bytes.len(), |length| at + length + 1)
}
