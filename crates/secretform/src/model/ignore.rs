//! What the spec says it doesn't care for.

use std::fmt;

use super::{Invalid, InvalidKind};
use crate::source::is_name;

/// Attributes that are written when their block is created, and never compared or patched
/// after: `ignore = [tags["Name"], kms_key_id]`, or `all`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ignore {
    /// Everything but what decides whether the thing exists.
    All,
    /// These.
    Only(Vec<IgnoredPath>),
}

/// An attribute, or one key of one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IgnoredPath {
    attribute: String,
    key: Option<String>,
}

impl IgnoredPath {
    /// A whole attribute or nested block.
    pub fn attribute(name: impl Into<String>) -> Result<Self, Invalid> {
        let attribute = name.into();
        if !is_name(&attribute) {
            return Err(Invalid::new(InvalidKind::Ignored, attribute));
        }
        Ok(Self { attribute, key: None })
    }

    /// One tag.
    pub fn tag(key: impl Into<String>) -> Self {
        Self { attribute: "tags".to_owned(), key: Some(key.into()) }
    }

    /// The attribute's name.
    pub fn name(&self) -> &str {
        &self.attribute
    }

    /// The key in it, if only that is ignored.
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }
}

impl fmt::Display for IgnoredPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.attribute)?;
        match &self.key {
            Some(key) => write!(f, "[{key:?}]"),
            None => Ok(()),
        }
    }
}

impl Default for Ignore {
    fn default() -> Self {
        Self::Only(Vec::new())
    }
}

impl Ignore {
    /// Whether an attribute or nested block is ignored whole.
    pub fn covers(&self, attribute: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(paths) => paths.iter().any(|path| path.attribute == attribute && path.key.is_none()),
        }
    }

    /// Whether one key of an attribute is ignored.
    pub fn covers_key(&self, attribute: &str, key: &str) -> bool {
        self.covers(attribute)
            || matches!(self, Self::Only(paths) if paths
                .iter()
                .any(|path| path.attribute == attribute && path.key.as_deref() == Some(key)))
    }

    /// Whether nothing is ignored.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Only(paths) if paths.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_less_than_its_attribute() {
        let ignore =
            Ignore::Only(vec![IgnoredPath::tag("Name"), IgnoredPath::attribute("kms_key_id").unwrap()]);
        assert!(!ignore.covers("tags") && ignore.covers("kms_key_id"));
        assert!(ignore.covers_key("tags", "Name") && !ignore.covers_key("tags", "name"));
        assert!(Ignore::All.covers("description"));
        assert!(Ignore::default().is_nothing());
        assert!(IgnoredPath::attribute("a b").is_err());
    }
}
