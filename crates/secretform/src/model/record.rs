//! The neutral form of a block's body. What the spec declares and what Terraform's files
//! hold both become records, and only records are compared.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Datum;

/// A block's arguments and nested blocks under the provider's own names. What is absent or
/// `null` has no entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    arguments: BTreeMap<Cow<'static, str>, Datum>,
    blocks: BTreeMap<Cow<'static, str>, Vec<Record>>,
}

impl Record {
    /// An empty body.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets an argument; [`Datum::Null`] takes it away.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: Datum) {
        let name = name.into();
        if value == Datum::Null {
            self.arguments.remove(&name);
        } else {
            self.arguments.insert(name, value);
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
        self.blocks.entry(name.into()).or_default().push(block);
    }

    /// An argument's value.
    pub fn get(&self, name: &str) -> Option<&Datum> {
        self.arguments.get(name)
    }

    /// The arguments, by name.
    pub fn arguments(&self) -> impl ExactSizeIterator<Item = (&str, &Datum)> {
        self.arguments.iter().map(|(name, value)| (name.as_ref(), value))
    }

    /// The nested blocks of one type, in order.
    pub fn blocks(&self, name: &str) -> &[Record] {
        self.blocks.get(name).map_or(&[], Vec::as_slice)
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
