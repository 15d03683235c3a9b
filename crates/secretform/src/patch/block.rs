//! One block: each difference becomes edits; what was formatted before is formatted after.

use super::argument;
use super::collection;
use super::lines::{LineEnd, begins_line, indentation, line_end, whole_lines};
use crate::compare::{Difference, DifferenceKind, Step};
use crate::evaluate::unwrapped;
use crate::model::{Datum, Record};
use crate::render::{self, Renderer};
use crate::source::{Edits, Span};
use crate::syntax::{self, Attribute, Block, Body, Expr, ExprKind, File};

/// Why a difference can't be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The path of the difference.
    pub path: String,
    /// The reason, as the end of a sentence.
    pub reason: String,
}

/// The text of the block at `span` with all differences made good, and what had to be left.
///
/// One difference after the other, each on the result of those before it: changes first, then
/// what is added, then what goes, from the last to the first, so that places keep their numbers.
///
/// What is added goes where the templates of `renderer` would have it.
pub fn patch_block(
    renderer: &Renderer,
    bytes: &[u8],
    span: Span,
    differences: &[Difference],
) -> (Vec<u8>, Vec<Held>) {
    let old = &bytes[span.range()];
    let line_end = LineEnd::of(bytes);
    let mut held = Vec::new();
    let mut new = old.to_vec();
    for difference in ordered(differences) {
        let file = File::parse(&new);
        let block = match file.body().blocks().next() {
            Some(block) if file.errors().is_empty() => block,
            _ => {
                let reason = "its block could not be read".to_owned();
                held.push(Held { path: difference.path.to_string(), reason });
                continue;
            }
        };
        let mut patch = Patch { renderer, bytes: &new, line_end, edits: Edits::new(), held: Vec::new() };
        if patch.opened(block, difference) {
            let opened = patch.edits.apply(&new);
            let file = File::parse(&opened);
            let Some(block) = file.body().blocks().next() else { continue };
            let mut patch =
                Patch { renderer, bytes: &opened, line_end, edits: Edits::new(), held: Vec::new() };
            patch.difference(block, difference.path.steps(), difference);
            held.extend(patch.held);
            new = patch.edits.apply(&opened);
            continue;
        }
        patch.difference(block, difference.path.steps(), difference);
        held.extend(patch.held);
        new = patch.edits.apply(&new);
    }
    if new != old
        && syntax::is_formatted(old).unwrap_or(false)
        && let Ok(formatted) = syntax::format(&new)
    {
        new = formatted;
    }
    (new, held)
}

fn ordered(differences: &[Difference]) -> Vec<&Difference> {
    let of = |kind: fn(DifferenceKind) -> bool| differences.iter().filter(move |it| kind(it.kind));
    let mut out: Vec<&Difference> =
        of(|kind| !matches!(kind, DifferenceKind::Missing | DifferenceKind::Extra)).collect();
    out.extend(of(|kind| kind == DifferenceKind::Missing));
    let mut gone: Vec<&Difference> = of(|kind| kind == DifferenceKind::Extra).collect();
    gone.sort_by(|a, b| b.path.cmp(&a.path));
    out.extend(gone);
    out
}

/// Edits in the making. All offsets are within the block's own text.
pub(super) struct Patch<'a> {
    pub(super) renderer: &'a Renderer,
    pub(super) bytes: &'a [u8],
    pub(super) line_end: LineEnd,
    pub(super) edits: Edits,
    pub(super) held: Vec<Held>,
}

impl Patch<'_> {
    pub(super) fn edit(&mut self, span: Span, text: &str, difference: &Difference) {
        let text = self.line_end.apply(text);
        if self.edits.push(span, text).is_err() {
            self.hold(difference, "another change to the same place is already made; run again");
        }
    }

    pub(super) fn hold(&mut self, difference: &Difference, reason: &str) {
        self.held.push(Held { path: difference.path.to_string(), reason: reason.to_owned() });
    }

    /// Gives a block on one line lines of its own, if something must be added to it.
    fn opened(&mut self, block: Block<'_>, difference: &Difference) -> bool {
        let adds = matches!(difference.path.steps(), [Step::Argument(_) | Step::NewBlock(_), ..])
            && difference.kind == DifferenceKind::Missing;
        let inner = Span { start: block.open_brace().end, end: block.close_brace().start };
        let text = &self.bytes[inner.range()];
        if !adds || text.contains(&b'\n') {
            return false;
        }
        let (start, end) = (inner.start as usize, inner.end as usize);
        let before = text.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if before == text.len() {
            let _ = self.edits.push(inner, self.line_end.apply("\n"));
            return true;
        }
        let after = text.iter().rev().take_while(|byte| byte.is_ascii_whitespace()).count();
        let _ = self.edits.push(Span::new(start, start + before), self.line_end.apply("\n  "));
        let _ = self.edits.push(Span::new(end - after, end), self.line_end.apply("\n"));
        true
    }

    fn difference(&mut self, block: Block<'_>, steps: &[Step], difference: &Difference) {
        let body = block.body();
        match steps {
            [Step::Argument(name)] => self.argument(block, name, difference),
            [Step::Argument(name), rest @ ..] => match body.attribute(name) {
                Some(attribute) => self.within(attribute.value(), rest, difference),
                None => self.first_entry(block, name, rest, difference),
            },
            [Step::Block(name, index)] if difference.kind == DifferenceKind::Extra => {
                match nth(body, name, *index) {
                    Some(nested) => self.remove(nested.span(), difference),
                    None => self.hold(difference, "it was not found again"),
                }
            }
            [Step::Block(name, index), rest @ ..] if !rest.is_empty() => match nth(body, name, *index) {
                Some(nested) => self.difference(nested, rest, difference),
                None => self.hold(difference, "it was not found again"),
            },
            [Step::NewBlock(name)] => match &difference.block {
                Some(record) => self.add_block(block, name, record, difference),
                None => self.hold(difference, "it is not known what to write"),
            },
            _ => self.hold(difference, "this kind of change is made by hand"),
        }
    }

    fn argument(&mut self, block: Block<'_>, name: &str, difference: &Difference) {
        let attribute = block.body().attribute(name);
        match (difference.kind, attribute, &difference.expected) {
            (DifferenceKind::Unknown | DifferenceKind::UnknownArgument, ..) => {
                self.hold(difference, "what stands there can't be known before Terraform runs");
            }
            (DifferenceKind::Extra, Some(attribute), _) => self.remove(attribute.span(), difference),
            (_, Some(attribute), Some(expected)) => self.replace(attribute, name, expected, difference),
            (_, None, Some(expected)) => argument::add(self, block, name, expected, difference),
            _ => self.hold(difference, "it was not found again"),
        }
    }

    /// The first entry of a map, or element of a list, whose argument isn't there.
    fn first_entry(&mut self, block: Block<'_>, name: &str, steps: &[Step], difference: &Difference) {
        let value = match (steps, &difference.expected) {
            ([Step::Key(key)], Some(expected)) => Datum::Object(vec![(key.clone(), expected.clone())]),
            ([Step::NewElement], Some(expected)) => Datum::List(vec![expected.clone()]),
            _ => return self.hold(difference, "it was not found again"),
        };
        argument::add(self, block, name, &value, difference);
    }

    fn replace(&mut self, attribute: Attribute<'_>, name: &str, expected: &Datum, difference: &Difference) {
        let value = attribute.value().span();
        let indent = indentation(self.bytes, attribute.span().start as usize).to_owned();
        let text = render::argument(name, expected);
        self.edit(value, &super::indented(&text, &indent), difference);
    }

    fn within(&mut self, value: Expr<'_>, steps: &[Step], difference: &Difference) {
        let kind = unwrapped(value).kind();
        match (steps, kind) {
            (_, _) if difference.kind == DifferenceKind::Unknown => {
                self.hold(difference, "what stands there can't be known before Terraform runs");
            }
            ([Step::Key(key)], ExprKind::Object(items)) => {
                collection::entry(self, unwrapped(value).span(), &items, key, difference);
            }
            ([Step::Key(key)], ExprKind::Call { args, .. }) => match args.last().map(|last| unwrapped(*last))
            {
                Some(last) => match last.kind() {
                    ExprKind::Object(items) => collection::entry(self, last.span(), &items, key, difference),
                    _ => self.hold(difference, "the map is not written out here"),
                },
                None => self.hold(difference, "the map is not written out here"),
            },
            ([Step::Element(_) | Step::NewElement], ExprKind::Tuple(items)) => {
                collection::element(self, unwrapped(value).span(), &items, difference);
            }
            ([Step::NewElement], _) if difference.found.is_none() && literal(value) => {
                self.hold(difference, "it stands where a list should be");
            }
            ([Step::Element(_) | Step::NewElement], ExprKind::Call { name: "concat", args, .. }) => {
                match args.first().map(|first| unwrapped(*first)) {
                    Some(first) => match first.kind() {
                        ExprKind::Tuple(items) => {
                            collection::element(self, first.span(), &items, difference);
                        }
                        _ => self.hold(difference, "the list is not written out here"),
                    },
                    None => self.hold(difference, "the list is not written out here"),
                }
            }
            _ => self.hold(difference, "the value is made by an expression"),
        }
    }

    /// Takes lines away, or just the bytes where something shares their lines.
    pub(super) fn remove(&mut self, span: Span, difference: &Difference) {
        let span = whole_lines(self.bytes, span).unwrap_or(span);
        self.edit(span, "", difference);
    }

    /// Adds a nested block after the last of its type, before `lifecycle`, or at the end.
    fn add_block(&mut self, block: Block<'_>, name: &str, record: &Record, difference: &Difference) {
        let body = block.body();
        let outer = indentation(self.bytes, block.span().start as usize).to_owned();
        let indent = format!("{outer}  ");
        let text = super::indented(&render::nested(name, record), &indent);
        if let Some(last) = body.blocks().filter(|other| other.type_name() == name).last() {
            let end = line_end(self.bytes, last.span().end as usize);
            self.edit(Span::at(end), &format!("\n\n{indent}{text}"), difference);
            return;
        }
        let after = ["lifecycle"];
        if let Some(next) = body.blocks().find(|other| after.contains(&other.type_name()))
            && begins_line(self.bytes, next.span().start as usize)
        {
            let start = next.span().start as usize;
            self.edit(Span::at(start), &format!("{text}\n\n{indent}"), difference);
            return;
        }
        let end = block.close_brace().start as usize;
        let last = body.items().last().map(|item| item.span().end as usize);
        match last {
            Some(last) => {
                let last = line_end(self.bytes, last).min(end);
                self.edit(Span::at(last), &format!("\n\n{indent}{text}"), difference);
            }
            None => {
                let open = block.open_brace().end as usize;
                let multi_line = self.bytes[open..end].contains(&b'\n');
                let tail = if multi_line { "" } else { "\n" };
                let at = if multi_line { line_end(self.bytes, open) } else { open };
                self.edit(Span::at(at), &format!("\n{indent}{text}{tail}"), difference);
            }
        }
    }
}

fn literal(value: Expr<'_>) -> bool {
    value.literal_string().is_some()
}

fn nth<'t>(body: Body<'t>, name: &str, index: usize) -> Option<Block<'t>> {
    body.blocks().filter(|block| block.type_name() == name).nth(index)
}
