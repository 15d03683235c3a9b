//! What an expression can be.

use super::{Expr, Template};
use crate::source::Span;

/// An expression, one level deep.
#[derive(Clone, Debug)]
pub enum ExprKind<'t> {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number as it is written; a sign is an operator.
    Number(&'t str),
    /// A quoted string or a heredoc, with or without sequences.
    Template(Template<'t>),
    /// A bare name.
    Variable(&'t str),
    /// `object.name`
    Attr {
        /// What the name is taken from.
        object: Expr<'t>,
        /// The name.
        name: &'t str,
        /// Where the name stands.
        name_span: Span,
    },
    /// `object[key]`
    Index {
        /// What the element is taken from.
        object: Expr<'t>,
        /// Which element.
        key: Expr<'t>,
    },
    /// `object.0`
    LegacyIndex {
        /// What the element is taken from.
        object: Expr<'t>,
        /// Which element, a number as it is written.
        index: &'t str,
    },
    /// `object.*`. Names and numbers that follow are taken from each element; a later `[…]`
    /// is taken from the list that this makes.
    AttrSplat {
        /// The collection.
        object: Expr<'t>,
    },
    /// `object[*]`. All steps that follow are taken from each element.
    FullSplat {
        /// The collection.
        object: Expr<'t>,
    },
    /// `name(…)`
    Call {
        /// The function, `provider::x::y` as a whole.
        name: &'t str,
        /// Where the name stands.
        name_span: Span,
        /// The arguments.
        args: Vec<Expr<'t>>,
        /// Whether `...` follows the last argument.
        expand: bool,
    },
    /// `[…]`
    Tuple(Vec<Expr<'t>>),
    /// `{…}`
    Object(Vec<ObjectItem<'t>>),
    /// `(…)`
    Paren(Expr<'t>),
    /// `-x`, `!x`
    Unary {
        /// The operator.
        op: UnaryOp,
        /// What it applies to.
        operand: Expr<'t>,
    },
    /// `a + b` and the like
    Binary {
        /// The operator.
        op: BinaryOp,
        /// Before the operator.
        left: Expr<'t>,
        /// After it.
        right: Expr<'t>,
    },
    /// `condition ? then : otherwise`
    Conditional {
        /// What decides.
        condition: Expr<'t>,
        /// The value if it is true.
        then: Expr<'t>,
        /// The value if it is false.
        otherwise: Expr<'t>,
    },
    /// `[for key, value in collection : element if condition]`
    ForTuple {
        /// The name of the key, if it has one.
        key_name: Option<&'t str>,
        /// The name of the value.
        value_name: &'t str,
        /// What is gone through.
        collection: Expr<'t>,
        /// What comes of each.
        element: Expr<'t>,
        /// Which of them count.
        condition: Option<Expr<'t>>,
    },
    /// `{for key, value in collection : new_key => new_value if condition}`
    ForObject {
        /// The name of the key, if it has one.
        key_name: Option<&'t str>,
        /// The name of the value.
        value_name: &'t str,
        /// What is gone through.
        collection: Expr<'t>,
        /// The key that comes of each.
        key: Expr<'t>,
        /// The value that comes of each.
        value: Expr<'t>,
        /// Whether `...` groups values of the same key.
        group: bool,
        /// Which of them count.
        condition: Option<Expr<'t>>,
    },
}

/// `key = value` or `key : value` in an object.
#[derive(Clone, Copy, Debug)]
pub struct ObjectItem<'t> {
    /// A bare name is a [`ExprKind::Variable`] here, but means itself: see [`ObjectItem::name`].
    pub key: Expr<'t>,
    /// The value.
    pub value: Expr<'t>,
    /// From the key to the end of the value.
    pub span: Span,
}

impl ObjectItem<'_> {
    /// The key, if it is known without evaluation: a bare word (`true` too), a string
    /// without sequences, or a whole number as it is usually written. In parentheses a word is
    /// no name; a string or a number still is.
    pub fn name(&self) -> Option<String> {
        let mut key = self.key;
        while let ExprKind::Paren(inner) = key.kind() {
            key = inner;
        }
        let parentheses = key.span() != self.key.span();
        match key.kind() {
            ExprKind::Variable(_) | ExprKind::Null if parentheses => None,
            ExprKind::Variable(name) => Some(name.to_owned()),
            ExprKind::Null => Some("null".to_owned()),
            ExprKind::Bool(value) => Some(value.to_string()),
            ExprKind::Number(digits) => {
                let usual = digits == "0" || !digits.starts_with('0');
                (usual && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.to_owned())
            }
            _ => key.literal_string(),
        }
    }
}

/// An operator before its operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    /// `-`
    Negate,
    /// `!`
    Not,
}

impl UnaryOp {
    /// As it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Negate => "-",
            Self::Not => "!",
        }
    }
}

/// An operator between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is its symbol")]
pub enum BinaryOp {
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
}

impl BinaryOp {
    /// As it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Or => "||",
            Self::And => "&&",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Modulo => "%",
        }
    }

    /// How tight it binds: 1 for `||`, 6 for `*`.
    pub fn precedence(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Equal | Self::NotEqual => 3,
            Self::Less | Self::LessEqual | Self::Greater | Self::GreaterEqual => 4,
            Self::Add | Self::Subtract => 5,
            Self::Multiply | Self::Divide | Self::Modulo => 6,
        }
    }
}
