//! The tree as it is kept: nodes in postfix order, so that a node's children stand right
//! before it, and no node points anywhere.

use crate::source::Span;

/// What a node is. Its children, in order, stand after the dash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum NodeKind {
    /// The whole file — items.
    File,
    /// `{ … }` of a block — items.
    Body,
    /// `name = value` — Name, expression.
    Attribute,
    /// `type labels { … }` — Name, labels, Body.
    Block,
    /// A word that is no expression.
    Name,
    /// A bare label.
    BareLabel,
    /// A quoted label, quotes included.
    QuotedLabel,

    Null,
    True,
    False,
    Number,
    Variable,
    /// `"…"` without sequences.
    String,
    /// `"…"` — parts.
    QuotedTemplate,
    /// `<<NAME` without sequences, up to the end of the closing line.
    Heredoc,
    /// `<<NAME` — parts, one Text for each token.
    HeredocTemplate,
    /// Text between sequences.
    Text,
    /// `${ … }` — expression.
    Interpolation,
    /// `%{ if … }` — expression.
    If,
    /// `%{ else }`
    Else,
    /// `%{ endif }`
    EndIf,
    /// `%{ for … }` — one or two Names, expression.
    For,
    /// `%{ endfor }`
    EndFor,
    /// `object.name` — expression, Name.
    Attr,
    /// `object[key]` — expression, expression.
    Index,
    /// `object.0` — expression, Name.
    LegacyIndex,
    /// `object.*` — expression.
    AttrSplat,
    /// `object[*]` — expression.
    FullSplat,
    /// `name(…)` — Name, expressions.
    Call,
    /// `name(…, last...)` — Name, expressions.
    CallExpand,
    /// `[…]` — expressions.
    Tuple,
    /// `{…}` — ObjectItems.
    Object,
    /// `key = value` — expression, expression.
    ObjectItem,
    /// `(…)` — expression.
    Paren,
    /// `-x` — expression.
    Negate,
    /// `!x` — expression.
    Not,
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    /// `a ? b : c` — three expressions.
    Conditional,
    /// `[for …]` — one or two Names, collection, value, perhaps Condition.
    ForTuple,
    /// `{for …}` — one or two Names, collection, key, value, perhaps Condition.
    ForObject,
    /// The same with `...` after the value.
    ForObjectGroup,
    /// `if …` of a `for` — expression.
    Condition,
}

impl NodeKind {
    /// Whether a node of this kind is an expression.
    pub(super) fn is_expression(self) -> bool {
        !matches!(
            self,
            Self::File
                | Self::Body
                | Self::Attribute
                | Self::Block
                | Self::Name
                | Self::BareLabel
                | Self::QuotedLabel
                | Self::Text
                | Self::Interpolation
                | Self::If
                | Self::Else
                | Self::EndIf
                | Self::For
                | Self::EndFor
                | Self::ObjectItem
                | Self::Condition
        )
    }
}

/// One node: 16 bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) start: u32,
    pub(super) end: u32,
    /// How many nodes it is with all below it.
    pub(super) size: u32,
    pub(super) kind: NodeKind,
}

impl Node {
    pub(super) fn span(self) -> Span {
        Span { start: self.start, end: self.end }
    }
}

/// The children of the node at `at`, last one first.
pub(super) fn children_reversed(nodes: &[Node], at: usize) -> ChildrenReversed<'_> {
    let first = at + 1 - nodes[at].size as usize;
    ChildrenReversed { nodes, first, at }
}

/// See [`children_reversed`].
#[derive(Clone)]
pub(super) struct ChildrenReversed<'t> {
    nodes: &'t [Node],
    first: usize,
    at: usize,
}

impl Iterator for ChildrenReversed<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if self.at <= self.first {
            return None;
        }
        let child = self.at - 1;
        self.at -= self.nodes[child].size as usize;
        Some(child)
    }
}
