//! One entry of a map, one element of a list, in the style of what stands around it.

use super::block::Patch;
use super::lines::{begins_line, ends_line, indentation, line_end, next_line};
use crate::compare::{Difference, DifferenceKind, Step};
use crate::model::Text;
use crate::render;
use crate::source::Span;
use crate::syntax::{Expr, ObjectItem};

/// Adds, changes or removes the entry `key` of an object that stands at `span`.
pub(super) fn entry(
    patch: &mut Patch<'_>,
    span: Span,
    items: &[ObjectItem<'_>],
    key: &Text,
    difference: &Difference,
) {
    let item = items.iter().rfind(|item| crate::evaluate::key(item) == *key);
    match (difference.kind, item, &difference.expected) {
        (DifferenceKind::Changed, Some(item), Some(expected)) => {
            patch.edit(item.value.span(), &render::expression(expected, 0, false), difference);
        }
        (DifferenceKind::Extra, Some(_), _) => {
            let all = items.iter().enumerate().filter(|(_, item)| crate::evaluate::key(item) == *key);
            for (at, _) in all {
                let spans: Vec<Span> = items.iter().map(|item| item.span).collect();
                remove_part(patch, span, &spans, at, difference);
            }
        }
        (DifferenceKind::Missing, _, Some(expected)) => {
            let text = format!("{} = {}", render::object_key(key), render::expression(expected, 0, false));
            let spans: Vec<Span> = items.iter().map(|item| item.span).collect();
            add_part(patch, span, &spans, &text, false, difference);
        }
        _ => patch.hold(difference, "the entry was not found again"),
    }
}

/// Adds, replaces or removes one element of a list that stands at `span`.
pub(super) fn element(patch: &mut Patch<'_>, span: Span, items: &[Expr<'_>], difference: &Difference) {
    let spans: Vec<Span> = items.iter().map(|item| item.span()).collect();
    match (difference.path.steps().last(), &difference.expected) {
        (Some(Step::NewElement), Some(expected)) => {
            add_part(patch, span, &spans, &render::expression(expected, 0, false), true, difference);
        }
        (Some(Step::Element(index)), Some(expected)) if *index < spans.len() => {
            patch.edit(spans[*index], &render::expression(expected, 0, false), difference);
        }
        (Some(Step::Element(index)), None) if *index < spans.len() => {
            remove_part(patch, span, &spans, *index, difference);
        }
        _ => patch.hold(difference, "the element was not found again"),
    }
}

/// Appends to what stands between the brackets of `span`: on a line of its own if the last
/// part has one, with a comma behind it only if the last part has one.
fn add_part(
    patch: &mut Patch<'_>,
    span: Span,
    parts: &[Span],
    text: &str,
    commas: bool,
    difference: &Difference,
) {
    let bytes = patch.bytes;
    let open = span.start as usize + 1;
    let close = span.end as usize - 1;
    let Some(last) = parts.last() else {
        if bytes[open..close].contains(&b'\n') {
            let indent = format!("{}  ", indentation(bytes, open - 1));
            patch.edit(Span::at(line_end(bytes, open)), &format!("\n{indent}{text}"), difference);
        } else {
            let blank = if commas { "" } else { " " };
            let gap = Span::new(open, close);
            if bytes[gap.range()].iter().all(u8::is_ascii_whitespace) {
                patch.edit(gap, &format!("{blank}{text}{blank}"), difference);
            } else {
                patch.edit(Span::at(close), &format!("{blank}{text}{blank}"), difference);
            }
        }
        return;
    };
    let end = last.end as usize;
    let comma = comma_after(bytes, end, close);
    // A comment may stand before the part on its line.
    let before = parts.len().checked_sub(2).map_or(open, |at| parts[at].end as usize);
    if !bytes[before..last.start as usize].contains(&b'\n') {
        match comma {
            Some(at) => patch.edit(Span::at(at + 1), &format!(" {text},"), difference),
            None => patch.edit(Span::at(end), &format!(", {text}"), difference),
        }
        return;
    }
    let indent = indentation(bytes, last.start as usize).to_owned();
    let after = comma.map_or(end, |at| at + 1);
    let same_line_close = !bytes[after..close].contains(&b'\n');
    let at = if same_line_close { after } else { line_end(bytes, after) };
    match comma {
        Some(_) => patch.edit(Span::at(at), &format!("\n{indent}{text},"), difference),
        None if commas && at == end => patch.edit(Span::at(end), &format!(",\n{indent}{text}"), difference),
        None => {
            if commas {
                patch.edit(Span::at(end), ",", difference);
            }
            patch.edit(Span::at(at), &format!("\n{indent}{text}"), difference);
        }
    }
}

/// Takes one part away with its comma; a comment on its line stays.
fn remove_part(patch: &mut Patch<'_>, span: Span, parts: &[Span], index: usize, difference: &Difference) {
    let bytes = patch.bytes;
    let close = span.end as usize - 1;
    let part = parts[index];
    let (start, end) = (part.start as usize, part.end as usize);
    let comma = comma_after(bytes, end, close);
    let last = index + 1 == parts.len();
    let after = comma.map_or(end, |at| at + 1);
    if begins_line(bytes, start) && ends_line(bytes, after) && next_line(bytes, after) <= close {
        let from = start - indentation(bytes, start).len();
        patch.edit(Span::new(from, next_line(bytes, after)), "", difference);
        if last && comma.is_none() && index > 0 {
            drop_comma_before(patch, parts, index, difference);
        }
        return;
    }
    if !last {
        let mut to = after;
        while matches!(bytes.get(to), Some(b' ' | b'\t')) {
            to += 1;
        }
        patch.edit(Span::new(start, to), "", difference);
        return;
    }
    if index > 0 && comma.is_none() {
        if let Some(before) = comma_after(bytes, parts[index - 1].end as usize, start) {
            if bytes[before + 1..start].iter().all(|b| matches!(b, b' ' | b'\t')) {
                patch.edit(Span::new(before, end), "", difference);
                return;
            }
            drop_comma_before(patch, parts, index, difference);
        }
        patch.edit(Span::new(start, end), "", difference);
        return;
    }
    patch.edit(Span::new(start, after), "", difference);
}

/// The list ended without a comma, so it goes on ending without one.
fn drop_comma_before(patch: &mut Patch<'_>, parts: &[Span], index: usize, difference: &Difference) {
    let from = parts[index - 1].end as usize;
    if let Some(at) = comma_after(patch.bytes, from, parts[index].start as usize) {
        patch.edit(Span::new(at, at + 1), "", difference);
    }
}

/// The comma behind a part, comments and line ends between them skipped.
fn comma_after(bytes: &[u8], from: usize, to: usize) -> Option<usize> {
    let mut at = from;
    while at < to {
        match bytes[at] {
            b',' => return Some(at),
            b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            b'#' => at = next_line(bytes, at),
            b'/' if bytes.get(at + 1) == Some(&b'/') => at = next_line(bytes, at),
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                at = memchr::memmem::find(&bytes[at + 2..], b"*/").map_or(to, |found| at + 2 + found + 2);
            }
            _ => return None,
        }
    }
    None
}
