//! Whom a resource policy speaks of.

use std::fmt;

use crate::model::checked::try_from;
use crate::model::{Datum, Invalid, InvalidKind, Record, Setting, Terms, Text};

/// What kind of principals a list holds.
///
/// Source: IAM User Guide, *AWS JSON policy elements: Principal*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PrincipalType {
    /// Accounts, roles, users, sessions.
    Aws,
    /// AWS services.
    Service,
    /// Identity providers.
    Federated,
    /// S3's canonical users.
    CanonicalUser,
    /// Everyone, written `"*"` with no type.
    Everyone,
}

try_from!(PrincipalType, &str);

impl PrincipalType {
    const ALL: [Self; 5] = [Self::Aws, Self::Service, Self::Federated, Self::CanonicalUser, Self::Everyone];

    /// A type as the provider writes it.
    pub fn new(name: &str) -> Result<Self, Invalid> {
        let known = Self::ALL.into_iter().find(|kind| kind.as_str() == name);
        known.ok_or_else(|| Invalid::new(InvalidKind::PrincipalType, name))
    }

    /// As the provider writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Aws => "AWS",
            Self::Service => "Service",
            Self::Federated => "Federated",
            Self::CanonicalUser => "CanonicalUser",
            Self::Everyone => "*",
        }
    }

    fn takes(self, identifier: &str) -> bool {
        let unique_id = |text: &str| text.len() >= 16 && text.bytes().all(|b| b.is_ascii_alphanumeric());
        let account = |text: &str| text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
        let whole = !identifier.is_empty() && !identifier.contains(['*', '?']);
        match self {
            Self::Everyone => identifier == "*",
            Self::Aws => {
                identifier == "*"
                    || whole
                        && (account(identifier) || unique_id(identifier) || identifier.starts_with("arn:"))
            }
            Self::Service => whole && identifier.contains('.') && !identifier.contains([':', '/', ' ']),
            Self::Federated | Self::CanonicalUser => whole,
        }
    }
}

impl fmt::Display for PrincipalType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Principals of one type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Principals {
    kind: Setting<PrincipalType>,
    identifiers: Terms<Text>,
}

impl Principals {
    /// Principals of a type, if IAM takes them.
    pub fn new(
        kind: impl Into<Setting<PrincipalType>>,
        identifiers: impl Into<Terms<Text>>,
    ) -> Result<Self, Invalid> {
        let (kind, identifiers) = (kind.into(), identifiers.into());
        if identifiers.is_empty() {
            return Err(Invalid::new(InvalidKind::Principal, "").detail("there is none"));
        }
        if let Setting::Known(kind) = &kind {
            let literals = identifiers.items().iter().filter_map(Text::as_literal);
            if let Some(bad) = literals.into_iter().find(|identifier| !kind.takes(identifier)) {
                return Err(Invalid::new(InvalidKind::Principal, bad).detail(format!("no {kind} principal")));
            }
        }
        Ok(Self { kind, identifiers })
    }

    /// Everyone.
    pub fn everyone() -> Self {
        Self { kind: PrincipalType::Everyone.into(), identifiers: vec![Text::from("*")].into() }
    }

    /// What kind they are.
    pub fn kind(&self) -> &Setting<PrincipalType> {
        &self.kind
    }

    /// Who they are.
    pub fn identifiers(&self) -> &Terms<Text> {
        &self.identifiers
    }

    /// The neutral form of a `principals` block.
    pub fn record(&self) -> Record {
        let mut record = Record::new();
        record.set("type", self.kind.datum(|kind| Datum::Text(kind.as_str().into())));
        record.set("identifiers", self.identifiers.datum(|text| Datum::text(text.clone())));
        record
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn principals_are_whole_names() {
        let check = |kind: &str, identifier: &str, expected: bool| {
            let kind = PrincipalType::new(kind).unwrap();
            let principals = Principals::new(kind, vec![Text::from(identifier)]);
            assert_eq!(principals.is_ok(), expected, "{kind} {identifier}");
        };
        check("AWS", "*", true);
        check("AWS", "111122223333", true);
        check("AWS", "arn:aws:iam::111122223333:role/a", true);
        check("AWS", "arn:aws:iam::111122223333:role/*", false);
        check("AWS", "role/a", false);
        check("Service", "lambda.amazonaws.com", true);
        check("Service", "lambda", false);
        check("Federated", "cognito-identity.amazonaws.com", true);
        check("*", "*", true);
        check("*", "111122223333", false);
        assert!(PrincipalType::new("aws").is_err());
        assert!(Principals::new(PrincipalType::Aws, Vec::new()).is_err());
    }
}
