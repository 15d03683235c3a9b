//! Where a secret lives: partition, region and account.

use super::checked::checked_text;
use super::{Invalid, InvalidKind, Text};

/// A region's code, such as `eu-west-2`, or an expression.
///
/// Source: Secrets Manager API Reference, *ReplicaRegionType*: `^([a-z]+-)+\d+$`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(Text);

checked_text!(Region);

impl Region {
    /// A region, if it can be one.
    pub fn new(region: impl Into<Text>) -> Result<Self, Invalid> {
        let region = region.into();
        let good = match region.as_literal() {
            Some(region) => is_region(region),
            None => chars_are(&region, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
        };
        if good { Ok(Self(region)) } else { Err(Invalid::new(InvalidKind::Region, region)) }
    }

    /// A region as a grant may name it: as well `*`, or a pattern of several.
    pub fn pattern(region: impl Into<Text>) -> Result<Self, Invalid> {
        let region = region.into();
        if is_pattern(&region, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
            return Ok(Self(region));
        }
        Self::new(region)
    }
}

/// An account's twelve digits, or an expression.
///
/// Source: IAM User Guide, *Amazon Resource Names*.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(Text);

checked_text!(AccountId);

impl AccountId {
    /// An account id, if it can be one.
    pub fn new(account: impl Into<Text>) -> Result<Self, Invalid> {
        let account = account.into();
        let length = account.known_chars();
        let length = if account.as_literal().is_some() { length == 12 } else { length <= 12 };
        if length && chars_are(&account, |c| c.is_ascii_digit()) {
            return Ok(Self(account));
        }
        Err(Invalid::new(InvalidKind::AccountId, account))
    }

    /// An account as a grant may name it: as well `*`, or a pattern of several.
    pub fn pattern(account: impl Into<Text>) -> Result<Self, Invalid> {
        let account = account.into();
        if is_pattern(&account, |c| c.is_ascii_digit()) {
            return Ok(Self(account));
        }
        Self::new(account)
    }
}

/// A partition, such as `aws` or `aws-cn`, or an expression.
///
/// Source: IAM User Guide, *Amazon Resource Names*.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Partition(Text);

checked_text!(Partition);

impl Partition {
    /// A partition, if it can be one.
    pub fn new(partition: impl Into<Text>) -> Result<Self, Invalid> {
        let partition = partition.into();
        let word = |c: char| c.is_ascii_lowercase() || c == '-';
        let good = match partition.as_literal() {
            Some("aws") => true,
            Some(text) => {
                text.strip_prefix("aws-").is_some_and(|rest| !rest.is_empty() && rest.chars().all(word))
            }
            None => chars_are(&partition, word),
        };
        if good { Ok(Self(partition)) } else { Err(Invalid::new(InvalidKind::Partition, partition)) }
    }

    /// A partition as a grant may name it: as well `*`.
    pub fn pattern(partition: impl Into<Text>) -> Result<Self, Invalid> {
        let partition = partition.into();
        if is_pattern(&partition, |c| c.is_ascii_lowercase() || c == '-') {
            return Ok(Self(partition));
        }
        Self::new(partition)
    }
}

impl Default for Partition {
    fn default() -> Self {
        Self("aws".into())
    }
}

/// Partition, region and account, as far as they are said at one level of the spec.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    /// Which of AWS's separate worlds.
    pub partition: Option<Partition>,
    /// Which region.
    pub region: Option<Region>,
    /// Whose account.
    pub account_id: Option<AccountId>,
}

impl Scope {
    /// What is said here, else what is said in `outer`.
    #[must_use]
    pub fn or(&self, outer: &Scope) -> Scope {
        Scope {
            partition: self.partition.as_ref().or(outer.partition.as_ref()).cloned(),
            region: self.region.as_ref().or(outer.region.as_ref()).cloned(),
            account_id: self.account_id.as_ref().or(outer.account_id.as_ref()).cloned(),
        }
    }
}

/// Whether a text can be a region's code. For what existing Terraform holds, too.
pub fn is_region(text: &str) -> bool {
    let Some((words, number)) = text.rsplit_once('-') else { return false };
    let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) && words.split('-').all(word)
}

fn chars_are(text: &Text, legal: impl Fn(char) -> bool) -> bool {
    text.literals().flat_map(str::chars).all(legal)
}

fn is_pattern(text: &Text, legal: impl Fn(char) -> bool) -> bool {
    text.literals().any(|part| part.contains(['*', '?']))
        && chars_are(text, |c| c == '*' || c == '?' || legal(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Expression;

    #[test]
    fn regions() {
        for good in ["eu-west-2", "us-gov-west-1", "ap-southeast-10"] {
            assert!(Region::new(good).is_ok(), "{good}");
        }
        for bad in ["", "eu", "eu-west", "-1", "eu--1", "EU-west-1", "eu-west-2a", "*", "eu-west-2:"] {
            assert!(Region::new(bad).is_err(), "{bad}");
        }
        assert!(Region::new(Expression::reference("var.region").unwrap()).is_ok());
        assert!(Region::pattern("*").is_ok() && Region::pattern("eu-*").is_ok());
        assert!(Region::pattern("eu:*").is_err());
    }

    #[test]
    fn accounts_have_twelve_digits() {
        assert!(AccountId::new("012345678901").is_ok());
        for bad in ["", "12345678901", "1234567890123", "12345678901a", "*"] {
            assert!(AccountId::new(bad).is_err(), "{bad}");
        }
        assert!(AccountId::pattern("*").is_ok());
        assert!(AccountId::pattern("*:*").is_err());
    }

    #[test]
    fn partitions() {
        for good in ["aws", "aws-cn", "aws-us-gov", "aws-iso-b"] {
            assert!(Partition::new(good).is_ok(), "{good}");
        }
        for bad in ["", "AWS", "aws-", "gcp", "aws:x"] {
            assert!(Partition::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_inner_scope_wins() {
        let inner = Scope { region: Some(Region::new("eu-west-1").unwrap()), ..Scope::default() };
        let outer = Scope {
            partition: Some(Partition::default()),
            region: Some(Region::new("eu-west-2").unwrap()),
            account_id: None,
        };
        let scope = inner.or(&outer);
        assert_eq!(scope.region, inner.region);
        assert_eq!(scope.partition, outer.partition);
    }
}
