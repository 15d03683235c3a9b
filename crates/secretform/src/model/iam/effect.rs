//! What a statement does.

use std::fmt;

use crate::model::checked::try_from;
use crate::model::{Datum, Invalid, InvalidKind};

/// Allow or deny.
///
/// Source: IAM User Guide, *IAM JSON policy elements: Effect*.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// The provider's default.
    #[default]
    Allow,
    /// Wins over every Allow.
    Deny,
}

try_from!(Effect, &str);

impl Effect {
    /// An effect as IAM writes it, capital letter included.
    pub fn new(effect: &str) -> Result<Self, Invalid> {
        match effect {
            "Allow" => Ok(Self::Allow),
            "Deny" => Ok(Self::Deny),
            other => Err(Invalid::new(InvalidKind::Effect, other)),
        }
    }

    /// As IAM writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Deny => "Deny",
        }
    }

    /// The neutral form.
    pub fn datum(self) -> Datum {
        Datum::Text(self.as_str().into())
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
