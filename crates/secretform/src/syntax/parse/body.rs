//! Items of bodies: attributes and blocks.

use std::collections::HashMap;

use super::{Failed, MAX_ERRORS, Parser, SyntaxError, Token, TokenKind};
use crate::source::{Position, Span};
use crate::syntax::node::{Node, NodeKind};

impl Parser<'_> {
    /// Parses items up to the `}` of `opener` (taken), or to the end. Never fails: says
    /// whether the end is the right one.
    pub(super) fn items(&mut self, opener: Option<Token>) -> bool {
        let (depth, first_node) = (self.depth, self.nodes.len());
        loop {
            match self.kind() {
                TokenKind::Newline => {
                    self.bump();
                }
                TokenKind::CloseBrace if opener.is_some() => return true,
                TokenKind::End => {
                    if let Some(opener) = opener {
                        self.unclosed_block(opener, first_node);
                    }
                    return opener.is_none();
                }
                _ => {
                    let (start, node) = (self.at, self.nodes.len());
                    if self.item().is_err() {
                        self.nodes.truncate(node);
                        self.depth = depth;
                        self.newlines = true;
                        self.recover(start, opener.is_some());
                    }
                }
            }
        }
    }

    fn item(&mut self) -> Result<(), Failed> {
        if self.kind() != TokenKind::Ident {
            return Err(self.no_item());
        }
        let first = self.nodes.len();
        let name = self.bump();
        self.leaf(NodeKind::Name, name.start, name.end);
        match self.kind() {
            TokenKind::Equal => self.attribute(name, first)?,
            TokenKind::OpenQuote | TokenKind::OpenBrace | TokenKind::Ident => self.block(name, first)?,
            _ => return Err(self.neither_attribute_nor_block(name)),
        }
        match self.kind() {
            TokenKind::End => Ok(()),
            TokenKind::Newline => {
                self.bump();
                Ok(())
            }
            _ => Err(self.no_line_end()),
        }
    }

    fn attribute(&mut self, name: Token, first: usize) -> Result<(), Failed> {
        let equal = self.bump();
        if matches!(self.kind(), TokenKind::Newline | TokenKind::End) {
            return Err(self.no_value(name, equal));
        }
        // Levels of a value are counted apart from those of the blocks around it.
        let depth = std::mem::replace(&mut self.depth, 0);
        self.expression()?;
        self.depth = depth;
        self.node(NodeKind::Attribute, name.start, first);
        Ok(())
    }

    fn block(&mut self, name: Token, first: usize) -> Result<(), Failed> {
        loop {
            match self.kind() {
                TokenKind::OpenBrace => break,
                TokenKind::OpenQuote => self.label()?,
                TokenKind::Ident => {
                    let label = self.bump();
                    self.leaf(NodeKind::BareLabel, label.start, label.end);
                }
                _ => return Err(self.no_block_body(name)),
            }
        }
        let opener = self.token();
        self.enter(opener)?;
        self.bump();
        let first_in_body = self.nodes.len();
        let closed = match self.kind() {
            TokenKind::Newline | TokenKind::CloseBrace | TokenKind::End => self.items(Some(opener)),
            _ => {
                self.one_attribute(opener)?;
                true
            }
        };
        if closed {
            self.bump();
        }
        self.depth -= 1;
        repeated_attributes(self.bytes, self.nodes, first_in_body, self.errors);
        self.node(NodeKind::Body, opener.start, first_in_body);
        self.node(NodeKind::Block, name.start, first);
        Ok(())
    }

    /// The body of `b { a = 1 }`: one attribute, on one line with both braces.
    fn one_attribute(&mut self, opener: Token) -> Result<(), Failed> {
        if self.kind() != TokenKind::Ident {
            return Err(self.no_item());
        }
        let first = self.nodes.len();
        let name = self.bump();
        if self.kind() != TokenKind::Equal {
            return Err(self.not_one_attribute(name));
        }
        self.leaf(NodeKind::Name, name.start, name.end);
        self.attribute(name, first)?;
        match self.kind() {
            TokenKind::CloseBrace => Ok(()),
            TokenKind::End => {
                self.unclosed_block(opener, first);
                Err(Failed)
            }
            _ => Err(self.not_one_line(opener)),
        }
    }

    /// A quoted label, in which no sequence may stand.
    fn label(&mut self) -> Result<(), Failed> {
        let opener = self.bump_raw();
        loop {
            match self.kind() {
                TokenKind::CloseQuote => {
                    self.bump();
                    self.leaf(NodeKind::QuotedLabel, opener.start, self.last_end);
                    return Ok(());
                }
                TokenKind::QuotedText => {
                    self.bump_raw();
                }
                TokenKind::Invalid => {
                    self.invalid(self.token());
                    self.bump_raw();
                }
                TokenKind::OpenInterpolation | TokenKind::OpenDirective => {
                    return Err(self.sequence_in_label());
                }
                _ => return Err(self.unclosed_label(opener)),
            }
        }
    }
}

/// So many names are compared one with another.
const FEW: usize = 24;

/// The roots of the trees in `nodes[first..]`, last one first.
pub(super) fn roots_reversed(nodes: &[Node], first: usize) -> impl Iterator<Item = usize> {
    let mut at = nodes.len();
    std::iter::from_fn(move || {
        let root = at.checked_sub(1).filter(|&root| root >= first)?;
        at -= nodes[root].size as usize;
        Some(root)
    })
}

/// The names of the attributes among the roots of the trees in `nodes[first..]`, last one first.
pub(super) fn attribute_names_reversed(nodes: &[Node], first: usize) -> impl Iterator<Item = Span> {
    roots_reversed(nodes, first)
        .filter(|&at| nodes[at].kind == NodeKind::Attribute)
        .map(|at| nodes[at + 1 - nodes[at].size as usize].span())
}

/// Reports each attribute in the body of the nodes from `first` on whose name another bears.
/// Object keys may repeat, attributes may not.
fn repeated_attributes(bytes: &[u8], nodes: &[Node], first: usize, errors: &mut Vec<SyntaxError>) {
    let mut few = [Span::default(); FEW];
    let mut count = 0;
    for name in attribute_names_reversed(nodes, first) {
        count += 1;
        let Some(place) = FEW.checked_sub(count) else { break };
        few[place] = name;
    }
    if count <= FEW {
        repeated_names(bytes, &few[FEW - count..], errors);
        return;
    }
    let mut all: Vec<Span> = attribute_names_reversed(nodes, first).collect();
    all.reverse();
    repeated_names(bytes, &all, errors);
}

/// Reports each name of an attribute that stands before it too, in one body.
pub(super) fn repeated_names(bytes: &[u8], names: &[Span], errors: &mut Vec<SyntaxError>) {
    let text = |span: Span| &bytes[span.range()];
    if names.len() <= FEW {
        // The order of what is found is of no matter: errors are sorted.
        for (at, &name) in names.iter().enumerate() {
            if let Some(&before) = names[..at].iter().find(|&&other| text(other) == text(name)) {
                errors.push(repeated(bytes, name, before));
            }
        }
        return;
    }
    let mut seen: HashMap<&[u8], Span> = HashMap::with_capacity(names.len());
    for &name in names {
        let before = *seen.entry(text(name)).or_insert(name);
        if errors.len() >= MAX_ERRORS {
            return;
        }
        if before != name {
            errors.push(repeated(bytes, name, before));
        }
    }
}

fn repeated(bytes: &[u8], name: Span, before: Span) -> SyntaxError {
    let text = String::from_utf8_lossy(&bytes[name.range()]).into_owned();
    let line = Position::of(bytes, before.start as usize).line;
    SyntaxError::new(name, format!("`{text}` is set twice in one body"))
        .label("set again")
        .help(format!("line {line} sets it first: keep one of the two"))
}
