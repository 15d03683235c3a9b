//! The cursor over one expression.

use std::borrow::Cow;

use super::{BinaryOp, ExprKind, ObjectItem, Template, Tree, UnaryOp};
use crate::source::Span;
use crate::syntax::canonical;
use crate::syntax::lex::{TokenKind, lex_code};
use crate::syntax::node::NodeKind;

/// An expression.
#[derive(Clone, Copy)]
pub struct Expr<'t> {
    tree: Tree<'t>,
    at: u32,
}

/// One step of a traversal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step<'t> {
    /// The first name, and `.name`.
    Name(&'t str),
    /// `["key"]`
    Key(String),
    /// `[0]` and `.0`, as it is written.
    Number(&'t str),
}

impl<'t> Expr<'t> {
    pub(super) fn new(tree: Tree<'t>, at: u32) -> Self {
        Self { tree, at }
    }

    /// Where it stands.
    pub fn span(self) -> Span {
        self.tree.node(self.at).span()
    }

    /// Its text as it stands; bytes of comments that are not UTF-8 are replaced.
    pub fn text(self) -> Cow<'t, str> {
        String::from_utf8_lossy(self.bytes())
    }

    fn bytes(self) -> &'t [u8] {
        self.tree.bytes().get(self.span().range()).unwrap_or_default()
    }

    /// What it is, one level deep.
    pub fn kind(self) -> ExprKind<'t> {
        let node = self.tree.node(self.at);
        match node.kind {
            NodeKind::Null => ExprKind::Null,
            NodeKind::True => ExprKind::Bool(true),
            NodeKind::False => ExprKind::Bool(false),
            NodeKind::Number => ExprKind::Number(self.tree.str(node.span())),
            NodeKind::Variable => ExprKind::Variable(self.tree.str(node.span())),
            NodeKind::String | NodeKind::QuotedTemplate | NodeKind::Heredoc | NodeKind::HeredocTemplate => {
                ExprKind::Template(Template::new(self.tree, self.at))
            }
            NodeKind::Call | NodeKind::CallExpand => self.call(node.kind),
            NodeKind::ForTuple | NodeKind::ForObject | NodeKind::ForObjectGroup => self.for_kind(node.kind),
            NodeKind::Tuple => {
                let expr = |at| Expr { tree: self.tree, at };
                ExprKind::Tuple(self.tree.children(self.at).into_iter().map(expr).collect())
            }
            NodeKind::Object => {
                let item = |at| self.object_item(at);
                ExprKind::Object(self.tree.children(self.at).into_iter().map(item).collect())
            }
            kind => self.fixed(kind),
        }
    }

    /// A kind that has a certain number of parts.
    fn fixed(self, kind: NodeKind) -> ExprKind<'t> {
        let (tree, last) = (self.tree, self.at.saturating_sub(1));
        let last_but_one = tree.before(last);
        let expr = |at| Expr { tree, at };
        match kind {
            NodeKind::Attr => {
                let name_span = tree.node(last).span();
                ExprKind::Attr { object: expr(last_but_one), name: tree.str(name_span), name_span }
            }
            NodeKind::LegacyIndex => {
                ExprKind::LegacyIndex { object: expr(last_but_one), index: tree.str(tree.node(last).span()) }
            }
            NodeKind::Index => ExprKind::Index { object: expr(last_but_one), key: expr(last) },
            NodeKind::AttrSplat => ExprKind::AttrSplat { object: expr(last) },
            NodeKind::FullSplat => ExprKind::FullSplat { object: expr(last) },
            NodeKind::Paren => ExprKind::Paren(expr(last)),
            NodeKind::Negate => ExprKind::Unary { op: UnaryOp::Negate, operand: expr(last) },
            NodeKind::Not => ExprKind::Unary { op: UnaryOp::Not, operand: expr(last) },
            NodeKind::Conditional => ExprKind::Conditional {
                condition: expr(tree.before(last_but_one)),
                then: expr(last_but_one),
                otherwise: expr(last),
            },
            _ => match binary_op(kind) {
                Some(op) => ExprKind::Binary { op, left: expr(last_but_one), right: expr(last) },
                None => ExprKind::Null, // no other kind of node is an expression
            },
        }
    }

    fn call(self, kind: NodeKind) -> ExprKind<'t> {
        let parts = self.tree.children(self.at);
        let name_span = parts.first().map_or(Span::default(), |&at| self.tree.node(at).span());
        ExprKind::Call {
            name: self.tree.str(name_span),
            name_span,
            args: parts.into_iter().skip(1).map(|at| Expr { tree: self.tree, at }).collect(),
            expand: kind == NodeKind::CallExpand,
        }
    }

    fn for_kind(self, kind: NodeKind) -> ExprKind<'t> {
        let parts = self.tree.children(self.at);
        let is_name = |at: &&u32| self.tree.node(**at).kind == NodeKind::Name;
        let names: Vec<&'t str> =
            parts.iter().take_while(is_name).map(|&at| self.tree.str(self.tree.node(at).span())).collect();
        let rest = &parts[names.len()..];
        let expr = |at: usize| Expr { tree: self.tree, at: rest.get(at).copied().unwrap_or(self.at) };
        let condition = rest
            .last()
            .filter(|&&at| self.tree.node(at).kind == NodeKind::Condition)
            .map(|&at| Expr { tree: self.tree, at: at - 1 });
        let key_name = if names.len() == 2 { Some(names[0]) } else { None };
        let value_name = names.last().copied().unwrap_or_default();
        let collection = expr(0);
        if kind == NodeKind::ForTuple {
            return ExprKind::ForTuple { key_name, value_name, collection, element: expr(1), condition };
        }
        let group = kind == NodeKind::ForObjectGroup;
        let (key, value) = (expr(1), expr(2));
        ExprKind::ForObject { key_name, value_name, collection, key, value, group, condition }
    }

    fn object_item(self, at: u32) -> ObjectItem<'t> {
        let value = at - 1;
        let key = self.tree.before(value);
        ObjectItem {
            key: Expr { tree: self.tree, at: key },
            value: Expr { tree: self.tree, at: value },
            span: self.tree.node(at).span(),
        }
    }

    /// The text of a quoted string or heredoc without sequences: escapes resolved, indentation
    /// of a `<<-` taken off, NFC. `None` for anything else.
    pub fn literal_string(self) -> Option<String> {
        self.literal_text().map(Cow::into_owned)
    }

    /// [`literal_string`](Self::literal_string), not copied where it means itself.
    pub fn literal_text(self) -> Option<Cow<'t, str>> {
        match self.tree.node(self.at).kind {
            NodeKind::String | NodeKind::Heredoc => Template::new(self.tree, self.at).literal(),
            _ => None,
        }
    }

    /// The steps of `a.b["c"].d[0]`; `None` if it is anything but names, literal keys and numbers.
    pub fn traversal(self) -> Option<Vec<Step<'t>>> {
        let mut steps = Vec::new();
        let mut expr = self;
        loop {
            match expr.kind() {
                ExprKind::Variable(name) => {
                    steps.push(Step::Name(name));
                    steps.reverse();
                    return Some(steps);
                }
                ExprKind::Attr { object, name, .. } => {
                    steps.push(Step::Name(name));
                    expr = object;
                }
                ExprKind::LegacyIndex { object, index } => {
                    steps.push(Step::Number(index));
                    expr = object;
                }
                ExprKind::Index { object, key } => {
                    steps.push(match key.kind() {
                        ExprKind::Number(number) => Step::Number(number),
                        _ => Step::Key(key.literal_string()?),
                    });
                    expr = object;
                }
                _ => return None,
            }
        }
    }

    /// The same meaning, always spelled in one way: without comments, blanks in one way, no
    /// needless parentheses, `"${x}"` as `x`, strings escaped in one way (heredocs as strings),
    /// `=` in objects, keys that are names bare, no trailing comma. Two expressions with equal
    /// canonical texts mean the same; not the other way round.
    pub fn canonical(self) -> String {
        canonical::write(self)
    }

    /// Whether a comment stands inside.
    pub fn comments(self) -> bool {
        lex_code(self.bytes())
            .iter()
            .any(|token| matches!(token.kind, TokenKind::LineComment | TokenKind::BlockComment))
    }

    /// This expression and all below it, those in templates and directives too; each after its
    /// parts. Bare keys of objects are among them, as variables.
    pub fn descendants(self) -> impl Iterator<Item = Expr<'t>> {
        let first = self.at + 1 - self.tree.node(self.at).size;
        (first..=self.at)
            .filter(move |&at| self.tree.node(at).kind.is_expression())
            .map(move |at| Expr { tree: self.tree, at })
    }
}

impl std::fmt::Debug for Expr<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}`", self.text())
    }
}

fn binary_op(kind: NodeKind) -> Option<BinaryOp> {
    Some(match kind {
        NodeKind::Or => BinaryOp::Or,
        NodeKind::And => BinaryOp::And,
        NodeKind::Equal => BinaryOp::Equal,
        NodeKind::NotEqual => BinaryOp::NotEqual,
        NodeKind::Less => BinaryOp::Less,
        NodeKind::LessEqual => BinaryOp::LessEqual,
        NodeKind::Greater => BinaryOp::Greater,
        NodeKind::GreaterEqual => BinaryOp::GreaterEqual,
        NodeKind::Add => BinaryOp::Add,
        NodeKind::Subtract => BinaryOp::Subtract,
        NodeKind::Multiply => BinaryOp::Multiply,
        NodeKind::Divide => BinaryOp::Divide,
        NodeKind::Modulo => BinaryOp::Modulo,
        _ => return None,
    })
}
