//! The smallest splices that turn one JSON value into another, in the file's own style.
//!
//! Elements and members that stay are not touched, nor is any blank between them; what is
//! new is laid out as its neighbours are.

use std::collections::HashMap;

use super::style::{Style, blanks_before, indent_of};
use super::{Json, Value, ValueKind, escape};
use crate::source::{Edits, Overlap, Span};

/// Edits that turn `root`, the value of the whole file `bytes`, into `target`.
///
/// # Errors
/// Only for a `root` that was not read from `bytes`.
pub fn edits(bytes: &[u8], root: &Value, target: &Json) -> Result<Edits, Overlap> {
    let mut editor = Editor::new(bytes, root);
    editor.set(root, target)?;
    Ok(editor.finish())
}

/// Collects the edits of several values of one file.
#[derive(Debug)]
pub struct Editor<'a> {
    bytes: &'a [u8],
    style: Style,
    edits: Edits,
}

impl<'a> Editor<'a> {
    /// For the file `bytes`, whose value is `root`.
    pub fn new(bytes: &'a [u8], root: &Value) -> Self {
        Self { bytes, style: Style::of(bytes, root), edits: Edits::new() }
    }

    /// Turns `value`, which stands in the file, into `target`.
    ///
    /// # Errors
    /// If the value, or one around it, was set before.
    pub fn set(&mut self, value: &Value, target: &Json) -> Result<(), Overlap> {
        self.change(value, target, None)
    }

    /// The edits.
    pub fn finish(self) -> Edits {
        self.edits
    }

    fn change(&mut self, value: &Value, target: &Json, key: Option<&str>) -> Result<(), Overlap> {
        match (&value.kind, target) {
            _ if value == target => Ok(()),
            (ValueKind::Array(old), Json::Array(new)) if !old.is_empty() && !new.is_empty() => {
                self.array(old, new)
            }
            (ValueKind::Object(old), Json::Object(new)) if !old.is_empty() && !new.is_empty() => {
                let elements: Vec<Element<'_>> = old
                    .iter()
                    .map(|member| Element {
                        key: Some((&member.key, member.key_span)),
                        value: &member.value,
                        span: member.span(),
                    })
                    .collect();
                let new: Vec<New<'_>> =
                    new.iter().map(|(key, value)| New { key: Some(key), value }).collect();
                let names = numbered(elements.iter().map(|e| e.key.map(|(key, _)| key)));
                let wanted = numbered(new.iter().map(|n| n.key.map(String::as_str)));
                self.list(&elements, &new, &align(&names, &wanted))
            }
            (ValueKind::Array(_), Json::Array(_)) => self.replace(value, target, key),
            (_, Json::Array(new)) => match new.iter().position(|item| value == item) {
                Some(at) => self.wrap(value, &new[..at], &new[at + 1..], key),
                None => self.replace(value, target, key),
            },
            _ => self.replace(value, target, key),
        }
    }

    fn replace(&mut self, value: &Value, target: &Json, key: Option<&str>) -> Result<(), Overlap> {
        let text = self.style.write(target, indent_of(self.bytes, value.span.start), key);
        self.edits.push(value.span, text)
    }

    /// Makes a list of one value that stands alone.
    fn wrap(
        &mut self,
        value: &Value,
        before: &[Json],
        after: &[Json],
        key: Option<&str>,
    ) -> Result<(), Overlap> {
        let indent = indent_of(self.bytes, value.span.start);
        // Lines of an object would need new indentation: its bytes stay, so brackets hug it.
        let plain = !matches!(value.kind, ValueKind::Object(_) | ValueKind::Array(_));
        let [open, between, close] = if plain {
            self.style.around(indent, key, before.len() + after.len() > 0)
        } else {
            [String::new(), format!(",{}", self.style.gap()), String::new()]
        };
        let inner = open.rsplit_once('\n').map_or(indent, |(_, inner)| inner);
        let mut head = format!("[{open}");
        for item in before {
            head += &self.style.write(item, inner, None);
            head += &between;
        }
        let mut tail = String::new();
        for item in after {
            tail += &between;
            tail += &self.style.write(item, inner, None);
        }
        tail += &close;
        tail.push(']');
        self.edits.push(Span::at(value.span.start as usize), head)?;
        self.edits.push(Span::at(value.span.end as usize), tail)
    }

    fn array(&mut self, old: &[Value], new: &[Json]) -> Result<(), Overlap> {
        let elements: Vec<Element<'_>> =
            old.iter().map(|value| Element { key: None, value, span: value.span }).collect();
        let wanted: Vec<New<'_>> = new.iter().map(|value| New { key: None, value }).collect();
        let mut ids: HashMap<Json, usize> = HashMap::new();
        let mut id = |value: Json| {
            let next = ids.len();
            *ids.entry(value).or_insert(next)
        };
        let old: Vec<usize> = old.iter().map(|value| id(value.to_json())).collect();
        let new: Vec<usize> = new.iter().map(|value| id(value.clone())).collect();
        self.list(&elements, &wanted, &align(&old, &new))
    }

    /// Edits a list, given which elements stay; between two of those, old ones make room
    /// for new ones one by one, and what is left over of either goes or comes.
    fn list(&mut self, old: &[Element<'_>], new: &[New<'_>], kept: &[(usize, usize)]) -> Result<(), Overlap> {
        let (mut from, mut to) = (0, 0);
        let ends = [(old.len(), new.len())];
        for &(stay, wanted) in kept.iter().chain(&ends) {
            let swap = (stay - from).min(wanted - to);
            for step in 0..swap {
                self.swap(&old[from + step], &new[to + step])?;
            }
            if from + swap < stay {
                self.remove(old, from + swap, stay)?;
            } else {
                self.insert(old, from + swap, &new[to + swap..wanted])?;
            }
            if stay < old.len() {
                // The same element, or a member of the same key.
                self.swap(&old[stay], &new[wanted])?;
            }
            (from, to) = (stay + 1, wanted + 1);
        }
        Ok(())
    }

    fn swap(&mut self, old: &Element<'_>, new: &New<'_>) -> Result<(), Overlap> {
        if let (Some((name, span)), Some(wanted)) = (old.key, new.key)
            && name != wanted
        {
            self.edits.push(span, escape::quote(wanted))?;
        }
        self.change(old.value, new.value, new.key.map(String::as_str))
    }

    /// Removes the elements `from..to` and the commas that they leave behind.
    fn remove(&mut self, old: &[Element<'_>], from: usize, to: usize) -> Result<(), Overlap> {
        let gap = |at: usize| blanks_before(self.bytes, old[at].span.start);
        let span = if to < old.len() && gap(to).contains('\n') && !gap(from).contains('\n') {
            // What stays begins a line and goes on doing so.
            let before = |at: usize| old[at].span.start - u32::try_from(gap(at).len()).unwrap_or_default();
            Span { start: before(from), end: before(to) }
        } else if to < old.len() {
            Span { start: old[from].span.start, end: old[to].span.start }
        } else if from > 0 {
            Span { start: old[from - 1].span.end, end: old[to - 1].span.end }
        } else {
            Span { start: old[from].span.start, end: old[to - 1].span.end }
        };
        self.edits.push(span, "")
    }

    /// Inserts before the element `at`, or after the last one.
    fn insert(&mut self, old: &[Element<'_>], at: usize, new: &[New<'_>]) -> Result<(), Overlap> {
        if new.is_empty() {
            return Ok(());
        }
        let bytes = self.bytes;
        let neighbour = &old[at.saturating_sub(1)];
        let indent = indent_of(bytes, neighbour.span.start);
        let gap = match (at, old.len()) {
            (0 | 1, 1) => {
                let gap = blanks_before(bytes, old[0].span.start);
                if gap.contains('\n') { gap } else { self.style.gap() }
            }
            (0 | 1, _) => blanks_before(bytes, old[1].span.start),
            _ => blanks_before(bytes, old[at - 1].span.start),
        };
        // An empty line between two elements is the author's, not the list's style.
        let gap = match gap.rsplit_once('\n') {
            Some((lines, indent)) if lines.contains('\n') => {
                let line = if lines.ends_with('\r') { "\r\n" } else { "\n" };
                format!("{line}{indent}")
            }
            _ => gap.to_owned(),
        };
        let mut text = String::new();
        for element in new {
            if at > 0 {
                text.push(',');
                text += &gap;
            }
            if let Some(key) = element.key {
                escape::push_quoted(&mut text, key);
                text += self.style.colon();
            }
            text += &self.style.write(element.value, indent, element.key.map(String::as_str));
            if at == 0 {
                text.push(',');
                text += &gap;
            }
        }
        let place = if at > 0 { neighbour.span.end } else { neighbour.span.start };
        self.edits.push(Span::at(place as usize), text)
    }
}

/// An element of an array or a member of an object, in the file.
struct Element<'a> {
    key: Option<(&'a str, Span)>,
    value: &'a Value,
    span: Span,
}

/// One that is wanted.
struct New<'a> {
    key: Option<&'a String>,
    value: &'a Json,
}

/// Each key with how often it stood before, so that a key that stands twice is two.
fn numbered<'a>(keys: impl Iterator<Item = Option<&'a str>>) -> Vec<(&'a str, usize)> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    keys.flatten()
        .map(|key| {
            let count = seen.entry(key).or_default();
            *count += 1;
            (key, *count)
        })
        .collect()
}

/// Up to this many cells the longest common subsequence is found; beyond, a common one.
const MAX_CELLS: usize = 1 << 18;

/// Pairs of places of equal elements, both sides in ascending order.
fn align<T: PartialEq + Eq + std::hash::Hash + Copy>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&old_rest[..old_rest.len() - tail], &new_rest[..new_rest.len() - tail]);
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    if a.len().saturating_mul(b.len()) <= MAX_CELLS {
        longest(a, b, |x, y| pairs.push((head + x, head + y)));
    } else {
        let mut places: HashMap<T, Vec<usize>> = HashMap::new();
        for (at, item) in b.iter().enumerate() {
            places.entry(*item).or_default().push(at);
        }
        let mut next = 0;
        for (at, item) in a.iter().enumerate() {
            let Some(found) = places.get(item) else { continue };
            if let Some(&place) = found.get(found.partition_point(|&place| place < next)) {
                pairs.push((head + at, head + place));
                next = place + 1;
            }
        }
    }
    pairs.extend((0..tail).rev().map(|back| (old.len() - 1 - back, new.len() - 1 - back)));
    pairs
}

fn longest<T: PartialEq>(a: &[T], b: &[T], mut pair: impl FnMut(usize, usize)) {
    let width = b.len() + 1;
    let mut best = vec![0_u32; (a.len() + 1) * width];
    for x in (0..a.len()).rev() {
        for y in (0..b.len()).rev() {
            best[x * width + y] = if a[x] == b[y] {
                best[(x + 1) * width + y + 1] + 1
            } else {
                best[(x + 1) * width + y].max(best[x * width + y + 1])
            };
        }
    }
    let (mut x, mut y) = (0, 0);
    while x < a.len() && y < b.len() {
        if a[x] == b[y] {
            pair(x, y);
            (x, y) = (x + 1, y + 1);
        } else if best[(x + 1) * width + y] >= best[x * width + y + 1] {
            x += 1;
        } else {
            y += 1;
        }
    }
}
