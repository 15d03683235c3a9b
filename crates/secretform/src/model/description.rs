//! A secret's description.

use super::checked::checked_text;
use super::{Invalid, InvalidKind, Text};

/// The longest description, in characters.
const LONGEST: usize = 2_048;

/// What a secret is for.
///
/// Source: Secrets Manager API Reference, *CreateSecret*, `Description`. The provider's
/// `validate` lets longer ones pass; AWS refuses them while applying.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Description(Text);

checked_text!(Description);

impl Description {
    /// A description, if AWS takes it.
    pub fn new(description: impl Into<Text>) -> Result<Self, Invalid> {
        let description = description.into().into_nfc();
        if let Some(length) = description.longer_than(LONGEST) {
            return Err(
                Invalid::new(InvalidKind::Description, description).detail(format!("{length} characters"))
            );
        }
        Ok(Self(description))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_count_not_bytes() {
        assert!(Description::new("é".repeat(2_048)).is_ok());
        assert_eq!(Description::new("e\u{301}").unwrap().as_literal(), Some("é"));
        let error = Description::new("é".repeat(2_049)).unwrap_err();
        assert_eq!(error.what(), Some("2049 characters"));
    }
}
