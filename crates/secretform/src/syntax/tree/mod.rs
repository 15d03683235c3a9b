//! The tree as it is read: cursors over the flat nodes, cheap to copy. Nothing is decoded
//! before it is asked for.

mod expression;
mod kind;
mod template;

use std::borrow::Cow;

pub use self::expression::{Expr, Step};
pub use self::kind::{BinaryOp, ExprKind, ObjectItem, UnaryOp};
pub use self::template::{Directive, Template, TemplatePart};
use super::SyntaxError;
use super::escape::{decode_quoted, inside_quotes};
use super::index::{Item, Label};
use super::node::{Node, NodeKind, children_reversed};
use super::parse;
use crate::source::Span;

/// The tree of one file, or of one item of a file. Parsing never fails: what is wrong is in
/// [`errors`](Self::errors), and the items that are right are in the [`body`](Self::body).
#[derive(Clone, Debug)]
pub struct File<'s> {
    bytes: &'s [u8],
    text: Checked<'s>,
    nodes: Vec<Node>,
    errors: Vec<SyntaxError>,
}

impl<'s> File<'s> {
    /// Parses a whole file.
    pub fn parse(bytes: &'s [u8]) -> Self {
        let (nodes, errors) = parse::parse_file(bytes);
        Self { bytes, text: Checked::new(bytes, 0), nodes, errors }
    }

    /// All that is wrong, in order of place. Empty exactly if Terraform takes the text, but
    /// for nesting deeper than 400 levels and for names that are not UTF-8.
    pub fn errors(&self) -> &[SyntaxError] {
        &self.errors
    }

    /// What stands at top level.
    pub fn body(&self) -> Body<'_> {
        Body { tree: Tree { file: self }, at: self.nodes.len().saturating_sub(1) as u32 }
    }

    /// The text that was parsed.
    pub fn bytes(&self) -> &'s [u8] {
        self.bytes
    }
}

/// The tree of `item` alone, as [`next_item`](super::next_item) found it in `bytes`; spans are
/// those of the whole file.
pub fn parse_item<'s>(bytes: &'s [u8], item: &Item) -> File<'s> {
    let end = item.span.end as usize;
    // A heredoc's last line needs its line end.
    let line_end = match bytes.get(end..) {
        Some([b'\n', ..]) => 1,
        Some([b'\r', b'\n', ..]) => 2,
        _ => 0,
    };
    let start = item.span.start as usize;
    let (nodes, errors) = parse::parse_range(bytes, start, end + line_end);
    let text = Checked::new(bytes.get(start..end).unwrap_or_default(), start);
    File { bytes, text, nodes, errors }
}

/// Parses a file item by item, each of which is gone when the next is read, and says what
/// [`File::errors`] would: for large files, of which no tree is kept.
pub fn for_each_item(bytes: &[u8], each: impl FnMut(BodyItem<'_>)) -> Vec<SyntaxError> {
    for_each_item_between(bytes, 0, bytes.len(), each).1
}

/// [`for_each_item`], of those that begin in `start..stop`, where an item begins at `start`. Says
/// where the last ended, too.
pub(crate) fn for_each_item_between(
    bytes: &[u8],
    start: usize,
    stop: usize,
    mut each: impl FnMut(BodyItem<'_>),
) -> (usize, Vec<SyntaxError>) {
    let text = Checked::new(bytes.get(start..).unwrap_or_default(), start);
    parse::parse_each(bytes, start, stop, |nodes| {
        let file = File { bytes, text, nodes: std::mem::take(nodes), errors: Vec::new() };
        file.body().items().for_each(&mut each);
        *nodes = file.nodes;
    })
}

/// A stretch of a file that was found to be UTF-8 as a whole, so that no piece of it need be
/// looked at again; else none of it.
#[derive(Clone, Copy, Debug)]
struct Checked<'s> {
    text: &'s str,
    start: usize,
}

impl<'s> Checked<'s> {
    fn new(bytes: &'s [u8], start: usize) -> Self {
        Self { text: str::from_utf8(bytes).unwrap_or_default(), start }
    }

    fn get(self, span: Span) -> Option<&'s str> {
        let range = span.range();
        self.text.get(range.start.checked_sub(self.start)?..range.end.checked_sub(self.start)?)
    }
}

/// What a cursor points into. Cursors are two words, for those who walk a tree hold many of them.
#[derive(Clone, Copy)]
struct Tree<'t> {
    file: &'t File<'t>,
}

impl<'t> Tree<'t> {
    fn bytes(self) -> &'t [u8] {
        self.file.bytes
    }

    fn nodes(self) -> &'t [Node] {
        &self.file.nodes
    }

    fn node(self, at: u32) -> Node {
        self.file.nodes[at as usize]
    }

    /// The node right before all of this one: its elder sister, or its first child's if it has none.
    fn before(self, at: u32) -> u32 {
        (at + 1).saturating_sub(self.node(at).size).saturating_sub(1)
    }

    fn children_reversed(self, at: u32) -> impl Iterator<Item = u32> + use<'t> {
        children_reversed(self.nodes(), at as usize).map(|at| at as u32)
    }

    fn children(self, at: u32) -> Vec<u32> {
        let mut children: Vec<u32> = self.children_reversed(at).collect();
        children.reverse();
        children
    }

    /// [`children`](Self::children), without memory of their own where there are few.
    fn each_child(self, at: u32) -> impl Iterator<Item = u32> + use<'t> {
        const FEW: usize = 8;
        let (mut few, count) = ([0; FEW], self.children_reversed(at).count());
        let places = few.get_mut(..count).unwrap_or_default();
        places.iter_mut().rev().zip(self.children_reversed(at)).for_each(|(place, child)| *place = child);
        let many = if count > FEW { self.children(at) } else { Vec::new() };
        few.into_iter().take(if count > FEW { 0 } else { count }).chain(many)
    }

    /// The text of something that the lexer found to be UTF-8.
    fn str(self, span: Span) -> &'t str {
        self.file.text.get(span).unwrap_or_else(|| {
            self.bytes().get(span.range()).and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default()
        })
    }

    /// The first child of a node, which is a leaf.
    fn first_leaf(self, at: u32) -> Node {
        self.node(at + 1 - self.node(at).size)
    }
}

/// The items of a file or of a block.
#[derive(Clone, Copy)]
pub struct Body<'t> {
    tree: Tree<'t>,
    at: u32,
}

/// An attribute or a block.
#[derive(Clone, Copy, Debug)]
pub enum BodyItem<'t> {
    /// `name = value`
    Attribute(Attribute<'t>),
    /// `type "label" { … }`
    Block(Block<'t>),
}

impl<'t> Body<'t> {
    /// From `{` to `}`, or the whole file.
    pub fn span(self) -> Span {
        self.tree.node(self.at).span()
    }

    /// All items, in order.
    pub fn items(self) -> impl Iterator<Item = BodyItem<'t>> {
        let item = move |at| self.item(at);
        self.tree.each_child(self.at).filter_map(item)
    }

    /// The attributes, in order.
    pub fn attributes(self) -> impl Iterator<Item = Attribute<'t>> {
        self.items().filter_map(|item| match item {
            BodyItem::Attribute(attribute) => Some(attribute),
            BodyItem::Block(_) => None,
        })
    }

    /// The blocks, in order.
    pub fn blocks(self) -> impl Iterator<Item = Block<'t>> {
        self.items().filter_map(|item| match item {
            BodyItem::Block(block) => Some(block),
            BodyItem::Attribute(_) => None,
        })
    }

    /// The attribute of this name. (Where there are two, which is an error, the first.)
    pub fn attribute(self, name: &str) -> Option<Attribute<'t>> {
        self.attributes_reversed().filter(|attribute| attribute.name() == name).last()
    }

    /// The blocks of this type, in order.
    pub fn blocks_of(self, type_name: &str) -> impl Iterator<Item = Block<'t>> {
        self.blocks().filter(move |block| block.type_name() == type_name)
    }

    fn attributes_reversed(self) -> impl Iterator<Item = Attribute<'t>> {
        self.tree.children_reversed(self.at).filter_map(move |at| match self.item(at) {
            Some(BodyItem::Attribute(attribute)) => Some(attribute),
            _ => None,
        })
    }

    fn item(self, at: u32) -> Option<BodyItem<'t>> {
        match self.tree.node(at).kind {
            NodeKind::Attribute => Some(BodyItem::Attribute(Attribute { tree: self.tree, at })),
            NodeKind::Block => Some(BodyItem::Block(Block { tree: self.tree, at })),
            _ => None,
        }
    }
}

impl<'t> BodyItem<'t> {
    /// From the first word to the last byte; without the line end.
    pub fn span(self) -> Span {
        match self {
            Self::Attribute(attribute) => attribute.span(),
            Self::Block(block) => block.span(),
        }
    }
}

/// `name = value` in a body.
#[derive(Clone, Copy)]
pub struct Attribute<'t> {
    tree: Tree<'t>,
    at: u32,
}

impl<'t> Attribute<'t> {
    /// The name.
    pub fn name(self) -> &'t str {
        self.tree.str(self.name_span())
    }

    /// Where the name stands.
    pub fn name_span(self) -> Span {
        self.tree.first_leaf(self.at).span()
    }

    /// From the name to the end of the value.
    pub fn span(self) -> Span {
        self.tree.node(self.at).span()
    }

    /// The value.
    pub fn value(self) -> Expr<'t> {
        Expr::new(self.tree, self.at - 1)
    }
}

/// `type "label" { … }` in a body.
#[derive(Clone, Copy)]
pub struct Block<'t> {
    tree: Tree<'t>,
    at: u32,
}

impl<'t> Block<'t> {
    /// The first word.
    pub fn type_name(self) -> &'t str {
        self.tree.str(self.type_span())
    }

    /// Where the first word stands.
    pub fn type_span(self) -> Span {
        self.tree.first_leaf(self.at).span()
    }

    /// The labels, escapes resolved. Bare and quoted ones mean the same.
    pub fn labels(self) -> Vec<Label> {
        let label = |(text, span): (Cow<'t, str>, Span)| Label { text: text.into_owned(), span };
        self.each_label().map(label).collect()
    }

    /// [`labels`](Self::labels), one by one: text and place.
    pub fn each_label(self) -> impl ExactSizeIterator<Item = (Cow<'t, str>, Span)> {
        let (first, body) = (self.at + 1 - self.tree.node(self.at).size, self.at - 1);
        // Labels are leaves, so they stand one by one between the type and the body.
        let labels = first as usize + 1..(body + 1 - self.tree.node(body).size) as usize;
        self.tree.nodes().get(labels).unwrap_or_default().iter().map(move |node| {
            let text = self.tree.str(node.span());
            let quoted = node.kind == NodeKind::QuotedLabel;
            (if quoted { decode_quoted(inside_quotes(text)) } else { Cow::Borrowed(text) }, node.span())
        })
    }

    /// From the type to the last label.
    pub fn header_span(self) -> Span {
        let before_body = self.tree.before(self.at - 1);
        self.type_span().to(self.tree.node(before_body).span())
    }

    /// The `{`.
    pub fn open_brace(self) -> Span {
        let start = self.body().span().start;
        Span { start, end: start + 1 }
    }

    /// The `}`; empty if it is missing.
    pub fn close_brace(self) -> Span {
        let end = self.body().span().end;
        let present = end > self.open_brace().end && self.tree.bytes().get(end as usize - 1) == Some(&b'}');
        Span { start: end - u32::from(present), end }
    }

    /// From the type to the `}`.
    pub fn span(self) -> Span {
        self.tree.node(self.at).span()
    }

    /// What stands between the braces.
    pub fn body(self) -> Body<'t> {
        Body { tree: self.tree, at: self.at - 1 }
    }
}

impl std::fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.items()).finish()
    }
}

impl std::fmt::Debug for Attribute<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} = {:?}", self.name(), self.value())
    }
}

impl std::fmt::Debug for Block<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let header: Cow<'_, str> = String::from_utf8_lossy(&self.tree.bytes()[self.header_span().range()]);
        write!(f, "{header} {:?}", self.body())
    }
}

#[cfg(test)]
mod tests;
