//! A list of values, of which a part may be an expression: `concat(["a", "b"], local.more)`.

use super::{Datum, Expression};

/// Values in the order they were said, then lists that only Terraform can evaluate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Terms<T> {
    items: Vec<T>,
    joined: Vec<Expression>,
}

impl<T> Default for Terms<T> {
    fn default() -> Self {
        Self { items: Vec::new(), joined: Vec::new() }
    }
}

impl<T> Terms<T> {
    /// No value.
    pub fn new() -> Self {
        Self::default()
    }

    /// A list that is one expression.
    pub fn symbol(expression: Expression) -> Self {
        Self { items: Vec::new(), joined: vec![expression] }
    }

    /// Appends a value.
    pub fn push(&mut self, item: T) {
        self.items.push(item);
    }

    /// Joins a list that only Terraform can evaluate.
    pub fn join(&mut self, list: Expression) {
        self.joined.push(list);
    }

    /// The values that are said one by one.
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// The lists that are joined to them.
    pub fn joined(&self) -> &[Expression] {
        &self.joined
    }

    /// Whether nothing is said at all.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.joined.is_empty()
    }

    /// The neutral form, with `item` for each value.
    pub fn datum(&self, item: impl FnMut(&T) -> Datum) -> Datum {
        Datum::concat(self.items.iter().map(item).collect(), self.joined.clone())
    }
}

impl<T: ToString> Terms<T> {
    /// Values as they are, then the lists that only Terraform knows, as `${…}`.
    pub fn texts(&self) -> Vec<String> {
        let joined = self.joined.iter().map(|list| format!("${{{}}}", list.source()));
        self.items.iter().map(ToString::to_string).chain(joined).collect()
    }
}

impl<T> From<Vec<T>> for Terms<T> {
    fn from(items: Vec<T>) -> Self {
        Self { items, joined: Vec::new() }
    }
}

impl<T> FromIterator<T> for Terms<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::from(items.into_iter().collect::<Vec<_>>())
    }
}
