//! The cursor over one template: a quoted string or a heredoc.

use std::borrow::Cow;

use super::{Expr, Tree};
use crate::source::Span;
use crate::syntax::escape::{decode_heredoc, decode_quoted, normalize};
use crate::syntax::node::NodeKind;

/// A quoted string or a heredoc.
#[derive(Clone, Copy)]
pub struct Template<'t> {
    tree: Tree<'t>,
    at: u32,
}

/// A part of a template.
#[derive(Clone, Debug)]
pub enum TemplatePart<'t> {
    /// Text between sequences.
    Literal {
        /// Escapes resolved, blanks taken off as `~` and `<<-` ask, NFC.
        text: String,
        /// Where it stands, before anything was taken off.
        span: Span,
    },
    /// `${ … }`
    Interpolation {
        /// The expression.
        expr: Expr<'t>,
        /// From `${` to `}`.
        span: Span,
    },
    /// `%{ … }`
    Directive {
        /// From `%{` to `}`, without what follows up to the directive's end.
        span: Span,
        /// Which one.
        directive: Directive<'t>,
    },
}

/// What a `%{ … }` says. They nest rightly: the parser saw to that.
#[derive(Clone, Copy, Debug)]
pub enum Directive<'t> {
    /// `%{ if condition }`
    If(Expr<'t>),
    /// `%{ else }`
    Else,
    /// `%{ endif }`
    EndIf,
    /// `%{ for key, value in collection }`
    For {
        /// The name of the key, if it has one.
        key_name: Option<&'t str>,
        /// The name of the value.
        value_name: &'t str,
        /// What is gone through.
        collection: Expr<'t>,
    },
    /// `%{ endfor }`
    EndFor,
}

/// A token of text, or anything else, on the way to parts.
enum Piece<'t> {
    Text(Cow<'t, str>, Span),
    Sequence(u32),
}

impl<'t> Template<'t> {
    pub(super) fn new(tree: Tree<'t>, at: u32) -> Self {
        Self { tree, at }
    }

    /// The text of `span`, which lies inside.
    #[cfg(feature = "hcl")]
    pub(in crate::syntax) fn source(self, span: Span) -> &'t str {
        self.tree.str(span)
    }

    fn kind(self) -> NodeKind {
        self.tree.node(self.at).kind
    }

    /// Where it stands, quotes or markers included.
    pub fn span(self) -> Span {
        self.tree.node(self.at).span()
    }

    /// Whether it is a heredoc.
    pub fn is_heredoc(self) -> bool {
        matches!(self.kind(), NodeKind::Heredoc | NodeKind::HeredocTemplate)
    }

    /// Whether it is a heredoc whose indentation is taken off: `<<-`.
    pub fn is_indented_heredoc(self) -> bool {
        self.is_heredoc() && self.tree.bytes().get(self.span().start as usize + 2) == Some(&b'-')
    }

    /// Whether anything has to be evaluated in it.
    pub fn has_sequences(self) -> bool {
        matches!(self.kind(), NodeKind::QuotedTemplate | NodeKind::HeredocTemplate)
    }

    /// Between the quotes; or the lines between the one with `<<` and the closing one.
    pub fn content_span(self) -> Span {
        let span = self.span();
        let bytes = self.tree.bytes().get(span.range()).unwrap_or_default();
        if !self.is_heredoc() {
            let closed = bytes.len() > 1 && bytes.ends_with(b"\"");
            return Span { start: span.start + 1, end: span.end - u32::from(closed) };
        }
        let first = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1);
        let last = memchr::memrchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1);
        Span::new(span.start as usize + first, span.start as usize + last.max(first))
    }

    /// The text, if it has no sequences.
    pub(super) fn literal(self) -> Option<Cow<'t, str>> {
        match self.kind() {
            NodeKind::String => Some(normalize(decode_quoted(self.tree.str(self.content_span())))),
            NodeKind::Heredoc => {
                let mut parts = self.parts();
                match (parts.pop(), parts.is_empty()) {
                    (None, _) => Some(Cow::Borrowed("")),
                    (Some(TemplatePart::Literal { text, .. }), true) => Some(Cow::Owned(text)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Texts and sequences, in order; no two texts in a row, none for an empty text.
    pub fn parts(self) -> Vec<TemplatePart<'t>> {
        let mut pieces = self.pieces();
        self.trim(&mut pieces);
        if self.is_indented_heredoc() {
            unindent(&mut pieces);
        }
        let mut parts: Vec<TemplatePart<'t>> = Vec::with_capacity(pieces.len());
        for piece in pieces {
            match (piece, parts.last_mut()) {
                (Piece::Text(more, end), Some(TemplatePart::Literal { text, span })) => {
                    text.push_str(&more);
                    *span = span.to(end);
                }
                (Piece::Text(text, span), _) if !span.is_empty() => {
                    parts.push(TemplatePart::Literal { text: text.into_owned(), span });
                }
                (Piece::Text(..), _) => {}
                (Piece::Sequence(at), _) => parts.push(self.sequence(at)),
            }
        }
        for part in &mut parts {
            if let TemplatePart::Literal { text, .. } = part
                && !text.is_ascii()
            {
                *text = normalize(Cow::Borrowed(text)).into_owned();
            }
        }
        parts
    }

    fn pieces(self) -> Vec<Piece<'t>> {
        let content = self.content_span();
        match self.kind() {
            NodeKind::String => vec![Piece::Text(decode_quoted(self.tree.str(content)), content)],
            NodeKind::Heredoc => {
                let mut start = content.start;
                let lines = self.tree.str(content).split_inclusive('\n');
                lines
                    .map(|line| {
                        let span = Span { start, end: start + line.len() as u32 };
                        start = span.end;
                        Piece::Text(decode_heredoc(line), span)
                    })
                    .collect()
            }
            kind => self
                .tree
                .children(self.at)
                .into_iter()
                .map(|at| {
                    let node = self.tree.node(at);
                    let text = self.tree.str(node.span());
                    match (node.kind, kind) {
                        (NodeKind::Text, NodeKind::QuotedTemplate) => {
                            Piece::Text(decode_quoted(text), node.span())
                        }
                        (NodeKind::Text, _) => Piece::Text(decode_heredoc(text), node.span()),
                        _ => Piece::Sequence(at),
                    }
                })
                .collect(),
        }
    }

    /// Takes off the blanks that `${~` and `~}` eat: those of the token next to them alone.
    fn trim(self, pieces: &mut [Piece<'t>]) {
        for at in 0..pieces.len() {
            let Piece::Sequence(node) = pieces[at] else { continue };
            let bytes = self.tree.bytes().get(self.tree.node(node).span().range()).unwrap_or_default();
            if bytes.get(2) == Some(&b'~')
                && let Some(Piece::Text(text, _)) = at.checked_sub(1).and_then(|at| pieces.get_mut(at))
            {
                *text = Cow::Owned(text.trim_end().to_owned());
            }
            if bytes.ends_with(b"~}")
                && let Some(Piece::Text(text, _)) = pieces.get_mut(at + 1)
            {
                *text = Cow::Owned(text.trim_start().to_owned());
            }
        }
    }

    fn sequence(self, at: u32) -> TemplatePart<'t> {
        let node = self.tree.node(at);
        let span = node.span();
        let expr = Expr::new(self.tree, at.saturating_sub(1));
        let directive = match node.kind {
            NodeKind::If => Directive::If(expr),
            NodeKind::Else => Directive::Else,
            NodeKind::EndIf => Directive::EndIf,
            NodeKind::EndFor => Directive::EndFor,
            NodeKind::For => {
                let parts = self.tree.children(at);
                let name =
                    |at: usize| parts.get(at).map_or("", |&at| self.tree.str(self.tree.node(at).span()));
                let (key_name, value_name) =
                    if parts.len() > 2 { (Some(name(0)), name(1)) } else { (None, name(0)) };
                Directive::For { key_name, value_name, collection: expr }
            }
            _ => return TemplatePart::Interpolation { expr, span },
        };
        TemplatePart::Directive { span, directive }
    }
}

/// Takes the least indentation of all lines off each, as HCL does for `<<-`: blank lines
/// don't count, and a line that begins with a sequence has none.
fn unindent(pieces: &mut [Piece<'_>]) {
    let mut least = usize::MAX;
    let mut first_of_line = Vec::new();
    let mut line_start = true;
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Text(text, _) = piece else {
            if std::mem::replace(&mut line_start, false) {
                least = 0;
            }
            continue;
        };
        if line_start {
            let blanks = text.len() - text.trim_start().len();
            if blanks < text.len() || !text.ends_with('\n') {
                least = least.min(text[..blanks].chars().count());
                first_of_line.push(at);
            }
        }
        line_start = text.ends_with('\n');
    }
    for at in first_of_line {
        if let Piece::Text(text, _) = &mut pieces[at] {
            let cut = text.char_indices().nth(least).map_or(text.len(), |(cut, _)| cut);
            *text = Cow::Owned(text[cut..].to_owned());
        }
    }
}

impl std::fmt::Debug for Template<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.parts()).finish()
    }
}
