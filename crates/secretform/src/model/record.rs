//! The neutral form of a block's body. What the spec declares and what Terraform's files
//! hold both become records, and only records are compared.

use std::borrow::Cow;

use super::Datum;

/// A block's arguments and nested blocks under the provider's own names. What is absent or
/// `null` has no entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    arguments: Sorted<Datum>,
    blocks: Sorted<Vec<Record>>,
}

/// By name. A body has a handful of names, for which a sorted vector is smaller than a tree.
type Sorted<T> = Vec<(Cow<'static, str>, T)>;

fn find<T>(entries: &Sorted<T>, name: &str) -> Result<usize, usize> {
    entries.binary_search_by(|(other, _)| other.as_ref().cmp(name))
}

impl Record {
    /// An empty body.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets an argument; [`Datum::Null`] takes it away.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: Datum) {
        let name = name.into();
        match (find(&self.arguments, &name), value) {
            (Ok(at), Datum::Null) => drop(self.arguments.remove(at)),
            (Err(_), Datum::Null) => {}
            (Ok(at), value) => self.arguments[at].1 = value,
            (Err(at), value) => self.arguments.insert(at, (name, value)),
        }
    }

    /// [`set`](Self::set), if there is something to set.
    pub fn set_some(&mut self, name: impl Into<Cow<'static, str>>, value: Option<Datum>) {
        if let Some(value) = value {
            self.set(name, value);
        }
    }

    /// Appends a nested block.
    pub fn push(&mut self, name: impl Into<Cow<'static, str>>, block: Record) {
        let name = name.into();
        match find(&self.blocks, &name) {
            Ok(at) => self.blocks[at].1.push(block),
            Err(at) => self.blocks.insert(at, (name, vec![block])),
        }
    }

    /// An argument's value.
    pub fn get(&self, name: &str) -> Option<&Datum> {
        find(&self.arguments, name).ok().map(|at| &self.arguments[at].1)
    }

    /// The arguments, by name.
    pub fn arguments(&self) -> impl ExactSizeIterator<Item = (&str, &Datum)> {
        self.arguments.iter().map(|(name, value)| (name.as_ref(), value))
    }

    /// The nested blocks of one type, in order.
    pub fn blocks(&self, name: &str) -> &[Record] {
        find(&self.blocks, name).map_or(&[], |at| &self.blocks[at].1)
    }

    /// Takes the nested blocks of one type out.
    #[cfg(feature = "terraform")]
    pub(crate) fn take(&mut self, name: &str) -> Vec<Record> {
        find(&self.blocks, name).map_or_else(|_| Vec::new(), |at| self.blocks.remove(at).1)
    }

    /// All nested blocks, by type.
    pub fn nested(&self) -> impl ExactSizeIterator<Item = (&str, &[Record])> {
        self.blocks.iter().map(|(name, blocks)| (name.as_ref(), blocks.as_slice()))
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.arguments.is_empty() && self.blocks.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_is_absence() {
        let mut record = Record::new();
        record.set("kms_key_id", Datum::Null);
        assert!(record.is_empty());
        record.set("kms_key_id", Datum::Text("alias/a".into()));
        assert_eq!(record.arguments().len(), 1);
        record.set("kms_key_id", Datum::Null);
        assert_eq!(record, Record::new());
    }
}
