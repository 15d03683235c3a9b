//! A new argument, at the place where a person would put it.

use super::block::Patch;
use super::lines::{begins_line, indentation, line_end};
use crate::compare::Difference;
use crate::model::Datum;
use crate::render;
use crate::source::Span;
use crate::syntax::{Block, BodyItem};

/// Adds `name = value`: after the nearest argument that the canonical order has before it in
/// its section, else before the nearest after it, else as a section of its own.
pub(super) fn add(
    patch: &mut Patch<'_>,
    block: Block<'_>,
    name: &str,
    value: &Datum,
    difference: &Difference,
) {
    let body = block.body();
    let indent = match body.attributes().next() {
        Some(first) if begins_line(patch.bytes, first.span().start as usize) => {
            indentation(patch.bytes, first.span().start as usize).to_owned()
        }
        _ => format!("{}  ", indentation(patch.bytes, block.span().start as usize)),
    };
    let text = format!("{name} = {}", super::indented(&render::argument(name, value), &indent));
    let sections = match block.labels().first() {
        Some(label) => patch.renderer.sections(&label.text),
        None => patch.renderer.sections(block.type_name()),
    };
    let (section, at) = place(&sections, name);
    let own = sections.get(section).map_or(&[][..], Vec::as_slice);
    for earlier in own[..at.min(own.len())].iter().rev() {
        if let Some(attribute) = body.attribute(earlier) {
            let end = line_end(patch.bytes, attribute.span().end as usize);
            return patch.edit(Span::at(inside(block, end)), &format!("\n{indent}{text}"), difference);
        }
    }
    for later in own.iter().skip(at + 1) {
        if let Some(attribute) = body.attribute(later) {
            let start = attribute.span().start as usize;
            return patch.edit(Span::at(start), &format!("{text}\n{indent}"), difference);
        }
    }
    let earlier: Vec<&str> =
        sections[..section.min(sections.len())].iter().flatten().map(String::as_str).collect();
    let before = body
        .items()
        .map(|item| match item {
            BodyItem::Attribute(attribute) => (attribute.name(), attribute.span()),
            BodyItem::Block(block) => (block.type_name(), block.span()),
        })
        .filter(|(name, _)| earlier.contains(name))
        .map(|(_, span)| span.end as usize)
        .max();
    if let Some(end) = before {
        let end = line_end(patch.bytes, end);
        return patch.edit(Span::at(inside(block, end)), &format!("\n\n{indent}{text}"), difference);
    }
    let open = block.open_brace().end as usize;
    let end = line_end(patch.bytes, open);
    let one_line = !patch.bytes[open..block.close_brace().start as usize].contains(&b'\n');
    let gap = if body.items().next().is_some() { "\n" } else { "" };
    let at = if one_line { open } else { end };
    patch.edit(Span::at(at), &format!("\n{indent}{text}{gap}"), difference);
}

/// Never beyond the block's own closing brace.
fn inside(block: Block<'_>, offset: usize) -> usize {
    offset.min(block.close_brace().start as usize)
}

/// The section of the canonical order that holds `name`, and its place there.
fn place(sections: &[Vec<String>], name: &str) -> (usize, usize) {
    for (section, names) in sections.iter().enumerate() {
        if let Some(at) = names.iter().position(|other| *other == name) {
            return (section, at);
        }
    }
    (sections.len(), 0)
}
