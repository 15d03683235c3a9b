//! Statement ids.

use crate::model::checked::checked_text;
use crate::model::{Invalid, InvalidKind, Text};

/// The id of a statement: letters A to Z, a to z and digits; or an expression.
///
/// Source: IAM User Guide, *IAM JSON policy elements: Sid*. The provider passes any text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sid(Text);

checked_text!(Sid);

impl Sid {
    /// A Sid, if IAM takes it.
    pub fn new(sid: impl Into<Text>) -> Result<Self, Invalid> {
        let sid = sid.into();
        if sid.literals().flat_map(str::chars).all(|c| c.is_ascii_alphanumeric()) {
            Ok(Self(sid))
        } else {
            Err(Invalid::new(InvalidKind::Sid, sid))
        }
    }

    /// Whether it is known to be empty, which is as if there were none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits() {
        assert!(Sid::new("SecretsManagerAccess1").is_ok());
        assert!(Sid::new("").unwrap().is_empty());
        for bad in ["a-b", "a b", "a_b", "é", "a:b"] {
            assert!(Sid::new(bad).is_err(), "{bad}");
        }
    }
}
