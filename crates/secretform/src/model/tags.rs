//! A secret's tags.

use super::{Datum, Expression, Invalid, InvalidKind, Text};

/// The most tags on one secret.
const MOST: usize = 50;
/// The longest key and the longest value, in characters.
const LONGEST_KEY: usize = 128;
const LONGEST_VALUE: usize = 256;

/// Tags by key, in the order they were said, perhaps over maps that only Terraform can
/// evaluate: `merge(local.tags, { Name = "…" })`.
///
/// Source: Secrets Manager API Reference, *Tag* and *TagResource*. The provider's `validate`
/// checks none of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tags {
    base: Vec<Expression>,
    entries: Vec<(Text, Text)>,
}

impl Tags {
    /// No tags.
    pub fn new() -> Self {
        Self::default()
    }

    /// Tags that are one expression.
    pub fn symbol(tags: Expression) -> Self {
        Self { base: vec![tags], entries: Vec::new() }
    }

    /// Joins a map that only Terraform can evaluate; entries stand over it.
    pub fn join(&mut self, map: Expression) {
        self.base.push(map);
    }

    /// Makes room for so many more tags.
    #[cfg(feature = "terraform")]
    pub(crate) fn reserve(&mut self, more: usize) {
        self.entries.reserve_exact(more.min(MOST));
    }

    /// Adds a tag, or gives the one of this key another value in its place.
    pub fn set(&mut self, key: impl Into<Text>, value: impl Into<Text>) -> Result<(), Invalid> {
        let (key, value) = (key.into().into_nfc(), value.into().into_nfc());
        check_key(&key)?;
        check_value(&value)?;
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.0 == key) {
            entry.1 = value;
        } else if self.entries.len() == MOST {
            return Err(Invalid::new(InvalidKind::TagCount, key).detail("one too many"));
        } else {
            self.entries.push((key, value));
        }
        Ok(())
    }

    /// Takes a tag away; whether there was one.
    pub fn remove(&mut self, key: &Text) -> bool {
        let before = self.entries.len();
        self.entries.retain(|entry| entry.0 != *key);
        self.entries.len() < before
    }

    /// These tags with `over` said over them: inherited keys first, each key once.
    pub fn overlaid(mut self, over: &Tags) -> Result<Self, Invalid> {
        self.base.extend(over.base.iter().cloned());
        for (key, value) in &over.entries {
            self.set(key, value)?;
        }
        Ok(self)
    }

    /// The maps that only Terraform can evaluate.
    pub fn base(&self) -> &[Expression] {
        &self.base
    }

    /// Key and value of each tag that is said.
    pub fn entries(&self) -> &[(Text, Text)] {
        &self.entries
    }

    /// The value of one tag that is said.
    pub fn get(&self, key: &str) -> Option<&Text> {
        self.entries.iter().find(|entry| entry.0.as_literal() == Some(key)).map(|entry| &entry.1)
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.base.is_empty() && self.entries.is_empty()
    }

    /// The neutral form.
    pub fn datum(&self) -> Datum {
        let entry = |(key, value): &(Text, Text)| (key.clone(), Datum::text(value.clone()));
        Datum::merge(self.base.clone(), self.entries.iter().map(entry).collect())
    }
}

/// Whether AWS takes this key of a tag.
pub fn check_key(key: &Text) -> Result<(), Invalid> {
    let length = if key.is_empty() { Some(0) } else { key.longer_than(LONGEST_KEY) };
    if let Some(length) = length {
        return Err(Invalid::new(InvalidKind::TagKey, key).detail(format!("{length} characters")));
    }
    // Reserved in any case of letters, as the Tag Editor's guide has it for all services.
    if key.literal_prefix().get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:")) {
        return Err(Invalid::new(InvalidKind::TagReserved, key));
    }
    Ok(())
}

/// Whether AWS takes this value of a tag.
pub fn check_value(value: &Text) -> Result<(), Invalid> {
    if let Some(length) = value.longer_than(LONGEST_VALUE) {
        return Err(Invalid::new(InvalidKind::TagValue, value).detail(format!("{length} characters")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifty_tags_and_no_more() {
        let mut tags = Tags::new();
        for at in 0..50 {
            tags.set(at.to_string(), "x").unwrap();
        }
        tags.set("7", "y").unwrap();
        assert_eq!(tags.get("7"), Some(&"y".into()));
        assert_eq!(tags.set("50", "x").unwrap_err().kind(), InvalidKind::TagCount);
        assert!(tags.remove(&"0".into()));
        tags.set("50", "x").unwrap();
    }

    #[test]
    fn keys_and_values_have_their_lengths() {
        let mut tags = Tags::new();
        let mut check = |key: &str, value: &str, expected: Option<InvalidKind>| {
            assert_eq!(tags.set(key, value).err().map(|error| error.kind()), expected, "{key}={value}");
        };
        check(&"é".repeat(128), "", None);
        check(&"é".repeat(129), "", Some(InvalidKind::TagKey));
        check("", "x", Some(InvalidKind::TagKey));
        check("a", &"é".repeat(256), None);
        check("a", &"é".repeat(257), Some(InvalidKind::TagValue));
        check("aws:x", "", Some(InvalidKind::TagReserved));
        check("AWS:x", "", Some(InvalidKind::TagReserved));
        check("aws", "", None);
        check("awsé", "", None);
    }

    #[test]
    fn an_overlay_keeps_places_and_joins_expressions() {
        let mut inherited = Tags::symbol(Expression::reference("local.tags").unwrap());
        inherited.set("Name", "a").unwrap();
        let mut own = Tags::new();
        own.set("Owner", "finance").unwrap();
        own.set("Name", "b").unwrap();
        let tags = inherited.overlaid(&own).unwrap();
        assert_eq!(tags.datum().to_string(), "merge(local.tags, { Name = \"b\", Owner = \"finance\" })");
    }
}
