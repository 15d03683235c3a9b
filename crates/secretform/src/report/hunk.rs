//! The lines of a file's diff, and their hunks.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::diff::FileDiff;
use super::hygiene;
use super::mask::{HIDDEN, Masks};
use super::region::{self, Region, Scope, Side, line_end, line_start};

/// Unchanged lines shown on either side of a change.
const CONTEXT: usize = 3;
/// Longer lines are shown from shortly before their first difference, and no longer than this.
const LONGEST: usize = 1_000;
/// Above this product of line counts a region is shown as replaced: that takes linear time.
const COMPARABLE: usize = 4_000_000;

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// It stands there before and after.
    Same,
    /// It goes.
    Removed,
    /// It comes.
    Added,
}

/// A line of a diff.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) mark: Mark,
    /// As it is shown.
    pub(super) text: String,
    /// How many lines stand before it, before and after.
    old: usize,
    new: usize,
}

/// Lines without a gap between them.
#[derive(Debug)]
pub(super) struct Hunk {
    pub(super) lines: Vec<Line>,
}

impl Hunk {
    /// `@@ -3,4 +3,5 @@`. An empty side names the line before it, as diff and git do.
    pub(super) fn header(&self) -> String {
        let side = |before: usize, absent: Mark| {
            let count = self.lines.iter().filter(|line| line.mark != absent).count();
            let start = if count == 0 { before } else { before + 1 };
            if count == 1 { start.to_string() } else { format!("{start},{count}") }
        };
        let (old, new) = self.lines.first().map_or((0, 0), |line| (line.old, line.new));
        format!("@@ -{} +{} @@", side(old, Mark::Added), side(new, Mark::Removed))
    }
}

/// All hunks of a file.
pub(super) fn of(file: &FileDiff<'_>, masks: &Masks) -> Vec<Hunk> {
    let before = file.before.unwrap_or_default();
    let scopes = region::scopes(file);
    let starts: Vec<usize> =
        scopes.iter().flat_map(|scope| scope.regions.iter().map(|region| region.old.start)).collect();
    let mut limits = starts.into_iter().skip(1).chain([before.len()]);
    let mut lines = Lines::default();
    for scope in &scopes {
        let (old, new) = scope.sides(file, masks);
        for (region, range) in scope.regions.iter().zip(scope.new_ranges()) {
            let limit = limits.next().unwrap_or(before.len());
            lines.region(file, scope, region, (&old, &new), range, limit);
        }
    }
    split(lines.out)
}

/// Splits where a line is left out.
fn split(lines: Vec<Line>) -> Vec<Hunk> {
    let mut hunks: Vec<Hunk> = Vec::new();
    let mut next = None;
    for line in lines {
        let follows = next == Some((line.old, line.new));
        let old = line.old + usize::from(line.mark != Mark::Added);
        next = Some((old, line.new + usize::from(line.mark != Mark::Removed)));
        match hunks.last_mut() {
            Some(hunk) if follows => hunk.lines.push(line),
            _ => hunks.push(Hunk { lines: vec![line] }),
        }
    }
    hunks
}

/// The lines so far, and how far the file was counted.
#[derive(Default)]
struct Lines {
    out: Vec<Line>,
    /// Up to this byte of the file before.
    at: usize,
    /// Lines up to there, before and after.
    old: usize,
    new: usize,
}

impl Lines {
    /// Adds a region with its context, which goes no farther than `limit`.
    fn region(
        &mut self,
        file: &FileDiff<'_>,
        scope: &Scope<'_>,
        region: &Region<'_>,
        (old, new): (&Side<'_>, &Side<'_>),
        new_range: Range<usize>,
        limit: usize,
    ) {
        let mut removed = lines_of(&old.bytes, region.old.clone());
        let mut added = lines_of(&new.bytes, new_range);
        let same = |(a, b): &(&Range<usize>, &Range<usize>)| content(&old.bytes, a) == content(&new.bytes, b);
        let prefix = removed.iter().zip(&added).take_while(same).count();
        let start = removed.get(prefix).map_or(region.old.end, |line| line.start);
        removed.drain(..prefix);
        added.drain(..prefix);
        let suffix = removed.iter().rev().zip(added.iter().rev()).take_while(same).count();
        removed.truncate(removed.len() - suffix);
        added.truncate(added.len() - suffix);
        if removed.is_empty() && added.is_empty() {
            return;
        }
        let end = removed.last().map_or(start, |line| line.end);
        let shown = |line: &Range<usize>| is_context(file, scope, &old.bytes, line);

        let mut above = Vec::new();
        let mut at = start;
        while above.len() < CONTEXT && at > self.at {
            let line = line_start(&old.bytes, at - 1)..at;
            if !shown(&line) {
                break;
            }
            at = line.start;
            above.push(line);
        }
        self.count_to(&old.bytes, at);
        let all = removed.iter().map(|line| (old, line)).chain(added.iter().map(|line| (new, line)));
        let crlf = all.clone().all(|(side, line)| content(&side.bytes, line).ends_with(b"\r"));
        let show = |side: &Side<'_>, line: &Range<usize>, from: usize| show(side, line, from, crlf);
        for line in above.iter().rev() {
            self.push(Mark::Same, show(old, line, 0));
        }
        for op in compare(&old.bytes, &removed, &new.bytes, &added) {
            let (gone, come) = (&removed[op.old_range()], &added[op.new_range()]);
            if matches!(op, DiffOp::Equal { .. }) {
                for (at, line) in gone.iter().enumerate() {
                    let near = at < CONTEXT || at + CONTEXT >= gone.len();
                    if near && shown(line) {
                        self.push(Mark::Same, show(old, line, 0));
                    } else {
                        self.old += 1;
                        self.new += 1;
                    }
                }
                continue;
            }
            let from = |at: usize| match (gone.get(at), come.get(at)) {
                (Some(gone), Some(come)) => common(&old.bytes[gone.clone()], &new.bytes[come.clone()]),
                _ => 0,
            };
            for (at, line) in gone.iter().enumerate() {
                self.push(Mark::Removed, show(old, line, from(at)));
            }
            for (at, line) in come.iter().enumerate() {
                self.push(Mark::Added, show(new, line, from(at)));
            }
        }
        self.at = end;
        for _ in 0..CONTEXT {
            let line = self.at..line_end(&old.bytes, self.at);
            if line.is_empty() || line.end > limit || !shown(&line) {
                break;
            }
            self.push(Mark::Same, show(old, &line, 0));
            self.at = line.end;
        }
    }

    fn push(&mut self, mark: Mark, text: String) {
        self.out.push(Line { mark, text, old: self.old, new: self.new });
        self.old += usize::from(mark != Mark::Added);
        self.new += usize::from(mark != Mark::Removed);
    }

    fn count_to(&mut self, bytes: &[u8], at: usize) {
        let between = &bytes[self.at..at];
        let unbroken = at == bytes.len() && between.last().is_some_and(|byte| *byte != b'\n');
        let lines = memchr::memchr_iter(b'\n', between).count() + usize::from(unbroken);
        self.at = at;
        self.old += lines;
        self.new += lines;
    }
}

/// Whether an unchanged line is of an owned block, and of the one whose secrets were looked for.
fn is_context(file: &FileDiff<'_>, scope: &Scope<'_>, bytes: &[u8], line: &Range<usize>) -> bool {
    let text = bytes[line.clone()].trim_ascii_start();
    let start = if text.is_empty() { line.start } else { line.end - text.len() };
    let end = start + text.trim_ascii_end().len();
    let block = file.context.partition_point(|block| (block.end as usize) < end);
    start >= scope.old.start
        && end <= scope.old.end
        && file.context.get(block).is_some_and(|block| block.start as usize <= start)
}

/// The difference of two runs of lines.
fn compare(old: &[u8], removed: &[Range<usize>], new: &[u8], added: &[Range<usize>]) -> Vec<DiffOp> {
    if removed.len() * added.len() > COMPARABLE {
        return vec![DiffOp::Replace {
            old_index: 0,
            old_len: removed.len(),
            new_index: 0,
            new_len: added.len(),
        }];
    }
    let removed: Vec<&[u8]> = removed.iter().map(|line| content(old, line)).collect();
    let added: Vec<&[u8]> = added.iter().map(|line| content(new, line)).collect();
    capture_diff_slices(Algorithm::Myers, &removed, &added)
}

/// The lines of a range that begins with one, line breaks included.
fn lines_of(bytes: &[u8], range: Range<usize>) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let end = line_end(bytes, at).min(range.end);
        lines.push(at..end);
        at = end;
    }
    lines
}

/// A line without its line break; a file's last line is the same with and without one.
fn content<'a>(bytes: &'a [u8], line: &Range<usize>) -> &'a [u8] {
    let line = &bytes[line.clone()];
    line.strip_suffix(b"\n").unwrap_or(line)
}

fn common(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

/// A line as it is shown: secrets hidden, harmless, a long one from shortly before `from` on. In text
/// with CRLF the CR is no news; elsewhere it is shown.
fn show(side: &Side<'_>, line: &Range<usize>, from: usize, crlf: bool) -> String {
    let content = content(&side.bytes, line);
    let content = if crlf { content.strip_suffix(b"\r").unwrap_or(content) } else { content };
    let (mut at, mut end) = (line.start, line.start + content.len());
    let mut out = String::new();
    let long = content.len() > LONGEST;
    if long {
        at = boundary(&side.bytes, line.start + from.min(content.len()).saturating_sub(LONGEST / 4));
        end = boundary(&side.bytes, end.min(at + LONGEST));
        if at > line.start {
            out.push('…');
        }
    }
    let first = side.hidden.partition_point(|span| span.end as usize <= at);
    for span in side.hidden[first..].iter().take_while(|span| (span.start as usize) < end) {
        push(&mut out, &side.bytes[at..(span.start as usize).clamp(at, end)]);
        out.push_str(HIDDEN);
        at = (span.end as usize).clamp(at, end);
    }
    push(&mut out, &side.bytes[at..end]);
    if long && end < line.start + content.len() {
        out.push('…');
    }
    out
}

/// Tabs stay: they are layout, and a diff of JSON is full of them.
fn push(out: &mut String, bytes: &[u8]) {
    for (at, part) in String::from_utf8_lossy(bytes).split('\t').enumerate() {
        if at > 0 {
            out.push('\t');
        }
        out.push_str(&hygiene::inline(part));
    }
}

/// The nearest place from `at` on between two characters.
fn boundary(bytes: &[u8], at: usize) -> usize {
    (at..bytes.len()).find(|at| bytes[*at] & 0xC0 != 0x80).unwrap_or(bytes.len())
}
