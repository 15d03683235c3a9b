//! Secrets' names and the prefixes that groups of them share.

use super::checked::checked_text;
use super::{Invalid, InvalidKind, Text};

/// The longest name, in characters.
const LONGEST: usize = 512;

/// The name of a secret. Known parts obey AWS's rule; what expressions stand for is carried.
///
/// Source: Secrets Manager API Reference, *CreateSecret*, `Name`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecretName(Text);

checked_text!(SecretName);

impl SecretName {
    /// A name, if AWS takes it.
    pub fn new(name: impl Into<Text>) -> Result<Self, Invalid> {
        let name = name.into();
        if name.is_empty() {
            return Err(Invalid::new(InvalidKind::SecretName, name).detail("it is empty"));
        }
        match fault(&name, LONGEST) {
            Some(detail) => Err(Invalid::new(InvalidKind::SecretName, name).detail(detail)),
            None => Ok(Self(name)),
        }
    }

    /// What stands for a name until there is one.
    pub(super) fn placeholder() -> Self {
        Self(Text::new())
    }

    /// Whether it ends in a hyphen and six characters, as an ARN's end does: Secrets Manager
    /// may then take a partial ARN for a whole one. AWS advises against it, and takes it.
    ///
    /// Source: Secrets Manager User Guide, *Troubleshooting*.
    pub fn ends_like_an_arn(&self) -> bool {
        ends_like_an_arn(&self.0)
    }
}

/// See [`SecretName::ends_like_an_arn`]; for any text, as found in existing Terraform.
pub fn ends_like_an_arn(name: &Text) -> bool {
    let end = name.literal_suffix().as_bytes();
    end.len() > 6
        && end[end.len() - 7] == b'-'
        && end[end.len() - 6..].iter().all(|byte| byte.is_ascii_alphanumeric())
}

/// What every name of a group begins with; holds its own separator.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prefix(Text);

checked_text!(Prefix);

impl Prefix {
    /// A prefix, if names may begin with it. It may be empty.
    pub fn new(prefix: impl Into<Text>) -> Result<Self, Invalid> {
        let prefix = prefix.into();
        match fault(&prefix, LONGEST - 1) {
            Some(detail) => Err(Invalid::new(InvalidKind::Prefix, prefix).detail(detail)),
            None => Ok(Self(prefix)),
        }
    }

    /// Whether it is known to be empty: every name begins with it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it ends in a letter or digit, so that `airbyte*` also reads `airbyte-old/…`.
    pub fn is_loose(&self) -> bool {
        self.0.literal_suffix().ends_with(|c: char| c.is_ascii_alphanumeric())
    }

    /// Prefix and label joined.
    pub fn name(&self, label: &str) -> Result<SecretName, Invalid> {
        let name = match self.0.as_literal() {
            Some(prefix) => Text::from([prefix, label].concat()),
            None => {
                let mut name = self.0.clone();
                name.push_str(label);
                name
            }
        };
        SecretName::new(name)
    }
}

/// Why a text can't be a name or the beginning of one.
fn fault(text: &Text, longest: usize) -> Option<String> {
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '+' | '=' | '.' | '@' | '-');
    // Bytes are looked at faster, and no part of a character that isn't ASCII is legal.
    let foul = |literal: &&str| !literal.bytes().all(|byte| legal(char::from(byte)));
    if let Some(c) = text.literals().find(foul).and_then(|literal| literal.chars().find(|&c| !legal(c))) {
        return Some(format!("{c:?} is none of them"));
    }
    text.longer_than(longest).map(|length| format!("{length} characters"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Expression;

    #[test]
    fn names_have_1_to_512_of_their_characters() {
        for good in ["a", "airbyte/api-credentials", "A_+=.@-/9", &"x".repeat(512)] {
            assert!(SecretName::new(good).is_ok(), "{good}");
        }
        for bad in ["", " ", "a b", "a#", "a:b", "é", "a*", "a\n", "аirbyte", &"x".repeat(513)] {
            let error = SecretName::new(bad).unwrap_err();
            assert_eq!(error.kind(), InvalidKind::SecretName, "{bad}");
        }
    }

    #[test]
    fn expressions_are_carried_and_the_rest_obeys() {
        let stage = Expression::reference("var.stage").unwrap();
        let mut name = Text::symbol(stage.clone());
        assert!(SecretName::new(name.clone()).is_ok());
        name.push_str("/db");
        assert!(SecretName::new(name.clone()).is_ok());
        name.push_str("#");
        assert!(SecretName::new(name).is_err());
        let mut long = Text::symbol(stage);
        long.push_str(&"x".repeat(513));
        assert!(SecretName::new(long).is_err());
    }

    #[test]
    fn a_name_may_look_like_the_end_of_an_arn() {
        let check = |name: &str, expected| {
            assert_eq!(SecretName::new(name).unwrap().ends_like_an_arn(), expected, "{name}");
        };
        check("api-secret", true);
        check("-abcdef", true);
        check("api-secrets", false);
        check("api-key", false);
        check("abcdef", false);
        check("api-ab_def", false);
    }

    #[test]
    fn prefixes() {
        for (prefix, loose) in
            [("airbyte/", false), ("ccms-", false), ("MANIFEST_", false), ("", false), ("air", true)]
        {
            assert_eq!(Prefix::new(prefix).unwrap().is_loose(), loose, "{prefix}");
        }
        assert!(Prefix::new("a b/").is_err());
        assert!(Prefix::new("x".repeat(511)).is_ok());
        assert!(Prefix::new("x".repeat(512)).is_err());
    }

    proptest! {
        #[test]
        fn a_name_is_taken_exactly_if_the_pattern_matches(name in "\\PC{0,20}|[0-9A-Za-z/_+=.@-]{1,512}") {
            let legal = !name.is_empty() && name.len() <= 512
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_+=.@-".contains(&b));
            prop_assert_eq!(SecretName::new(name.as_str()).is_ok(), legal);
        }
    }
}
