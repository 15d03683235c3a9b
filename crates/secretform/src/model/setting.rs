//! A number, boolean or choice that is known, or that only Terraform can evaluate.

use super::{Datum, Expression};

/// An argument's value where it isn't a string (for which there is [`Text`](super::Text)).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Setting<T> {
    /// A value of the argument's type.
    Known(T),
    /// An expression, carried as it stands.
    Symbol(Expression),
}

impl<T> Setting<T> {
    /// The value, if it is known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Symbol(_) => None,
        }
    }

    /// The expression, if it is one.
    pub fn symbol(&self) -> Option<&Expression> {
        match self {
            Self::Known(_) => None,
            Self::Symbol(expression) => Some(expression),
        }
    }

    /// The neutral form, with `known` for a known value.
    pub fn datum(&self, known: impl FnOnce(&T) -> Datum) -> Datum {
        match self {
            Self::Known(value) => known(value),
            Self::Symbol(expression) => Datum::Symbol(expression.clone()),
        }
    }
}

impl<T> From<T> for Setting<T> {
    fn from(value: T) -> Self {
        Self::Known(value)
    }
}
