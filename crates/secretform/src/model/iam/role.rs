//! What a role is called and how long it lasts.

use std::fmt;

use crate::model::checked::{checked_text, try_from};
use crate::model::{Datum, Invalid, InvalidKind, Text};

/// A role's name.
///
/// Source: IAM API Reference, *CreateRole*: 1 to 64 characters of `[\w+=,.@-]`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleName(Text);

checked_text!(RoleName);

impl RoleName {
    /// A name, if its literal parts are.
    pub fn new(name: impl Into<Text>) -> Result<Self, Invalid> {
        let name = name.into();
        let legal = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
        if let Some(c) = name.literals().flat_map(str::chars).find(|c| !legal(*c)) {
            return Err(Invalid::new(InvalidKind::RoleName, &name).detail(format!("{c:?} in it")));
        }
        let length = name.known_chars();
        if name.is_empty() || length > 64 {
            return Err(Invalid::new(InvalidKind::RoleName, &name).detail(format!("{length} characters")));
        }
        Ok(Self(name))
    }
}

/// Where a role stands among others, `/` unless said.
///
/// Source: IAM API Reference, *CreateRole*. The provider's `validate` checks none of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RolePath(Text);

checked_text!(RolePath);

impl RolePath {
    /// A path, if its literal parts can be of one.
    pub fn new(path: impl Into<Text>) -> Result<Self, Invalid> {
        let path = path.into();
        let known = path.as_literal();
        let ends = known.is_none_or(|path| path.starts_with('/') && path.ends_with('/'));
        let legal = path.literals().flat_map(str::chars).all(|c| matches!(c, '!'..='~'));
        if !ends || !legal || path.is_empty() || path.known_chars() > 512 {
            return Err(Invalid::new(InvalidKind::RolePath, path));
        }
        Ok(Self(path))
    }
}

/// What a role is for.
///
/// Source: IAM API Reference, *CreateRole*.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleDescription(Text);

checked_text!(RoleDescription);

impl RoleDescription {
    /// A description, if AWS takes it.
    pub fn new(description: impl Into<Text>) -> Result<Self, Invalid> {
        let description = description.into();
        let legal = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{a1}'..='\u{ff}');
        if let Some(c) = description.literals().flat_map(str::chars).find(|c| !legal(*c)) {
            let detail = format!("{c:?} in it");
            return Err(Invalid::new(InvalidKind::RoleDescription, &description).detail(detail));
        }
        let length = description.known_chars();
        if length > 1_000 {
            let detail = format!("{length} characters");
            return Err(Invalid::new(InvalidKind::RoleDescription, &description).detail(detail));
        }
        Ok(Self(description))
    }
}

/// The policy that bounds what a role may do, by its ARN.
///
/// Source: IAM User Guide, *Permissions boundaries for IAM entities*.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PermissionsBoundary(Text);

checked_text!(PermissionsBoundary);

impl PermissionsBoundary {
    /// The ARN of a managed policy, or an expression that gives one.
    pub fn new(arn: impl Into<Text>) -> Result<Self, Invalid> {
        let arn = arn.into();
        let known = arn.as_literal();
        let is_arn = |arn: &str| {
            let fields: Vec<&str> = arn.splitn(6, ':').collect();
            matches!(fields[..], ["arn", _, "iam", "", _, policy] if policy.starts_with("policy/") && !policy.contains(['*', '?']))
        };
        if known.is_some_and(|arn| !is_arn(arn)) || arn.is_empty() {
            return Err(Invalid::new(InvalidKind::PermissionsBoundary, arn));
        }
        Ok(Self(arn))
    }
}

/// How long a session of a role may last, in seconds.
///
/// Source: IAM API Reference, *CreateRole*, `MaxSessionDuration`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionDuration(u32);

try_from!(SessionDuration, &str);

impl SessionDuration {
    /// A number of seconds, from an hour to twelve.
    pub fn new(seconds: &str) -> Result<Self, Invalid> {
        match seconds.parse() {
            Ok(number @ 3_600..=43_200) => Ok(Self(number)),
            _ => Err(Invalid::new(InvalidKind::SessionDuration, seconds)),
        }
    }

    /// The neutral form.
    pub fn datum(&self) -> Datum {
        Datum::Number(self.0.to_string())
    }
}

impl fmt::Display for SessionDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_paths() {
        assert!(RoleName::new("github-actions").is_ok() && RoleName::new("x".repeat(64)).is_ok());
        for bad in ["", "a b", "a/b", "é"] {
            assert!(RoleName::new(bad).is_err(), "{bad}");
        }
        assert!(RoleName::new("x".repeat(65)).is_err());
        for good in ["/", "/ci/", "/a/b/"] {
            assert!(RolePath::new(good).is_ok(), "{good}");
        }
        for bad in ["", "ci", "/ci", "ci/", "/a b/"] {
            assert!(RolePath::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn descriptions_durations_and_boundaries() {
        assert!(RoleDescription::new("Deploys é").is_ok());
        assert!(RoleDescription::new("→").is_err() && RoleDescription::new("x".repeat(1_001)).is_err());
        for (seconds, good) in
            [("3600", true), ("43200", true), ("3599", false), ("43201", false), ("1h", false)]
        {
            assert_eq!(SessionDuration::new(seconds).is_ok(), good, "{seconds}");
        }
        assert!(PermissionsBoundary::new("arn:aws:iam::111122223333:policy/ci").is_ok());
        for bad in ["", "ci", "arn:aws:iam::111122223333:role/ci", "arn:aws:iam::1:policy/*"] {
            assert!(PermissionsBoundary::new(bad).is_err(), "{bad}");
        }
    }
}
