//! Claims of tokens that a trust policy may ask for.

use std::fmt;

use super::IssuerUrl;
use crate::model::iam::{Issuer, STANDARD_CLAIMS};
use crate::model::{Invalid, InvalidKind};

/// A claim of an issuer's tokens that AWS STS evaluates, other than `sub` and `aud`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Claim(String);

impl Claim {
    /// A claim, if a condition on it can ever hold.
    pub fn new(issuer: &IssuerUrl, name: impl Into<String>) -> Result<Self, Invalid> {
        let name = name.into();
        let refused = |detail: String| Err(Invalid::new(InvalidKind::Claim, &name).detail(detail));
        if matches!(name.as_str(), "sub" | "aud") {
            return refused(format!("`{name}` is said already"));
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
        if name.is_empty() || !name.chars().all(plain) {
            return refused("not a claim's name".to_owned());
        }
        match Self::evaluated(issuer) {
            Some(known) if !known.contains(&name.as_str()) && !STANDARD_CLAIMS.contains(&name.as_str()) => {
                refused("STS never evaluates it, so the condition would never hold".to_owned())
            }
            _ => Ok(Self(name)),
        }
    }

    /// What STS evaluates of an issuer's tokens beside [`STANDARD_CLAIMS`]; `None` for an
    /// issuer that secretform doesn't know.
    pub fn evaluated(issuer: &IssuerUrl) -> Option<&'static [&'static str]> {
        Issuer::at(issuer.as_str()).map(|(_, endpoint)| endpoint.claims)
    }

    /// Its name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_sts_evaluates() {
        let check = |issuer: &str, name: &str, expected: bool| {
            let issuer = IssuerUrl::new(issuer).unwrap();
            assert_eq!(Claim::new(&issuer, name).is_ok(), expected, "{issuer} {name}");
        };
        let github = "token.actions.githubusercontent.com";
        check(github, "repository_id", true);
        check("token.actions.githubusercontent.com/acme", "enterprise_id", true);
        for never in ["event_name", "repository_owner", "runner_environment", "sub", "aud", "", "a:b"] {
            check(github, never, false);
        }
        check("gitlab.com", "project_id", true);
        check("gitlab.com", "project_path", false);
        check("oidc.circleci.com/org/x", "oidc.circleci.com/project-id", true);
        check("id.acme.com", "team", true);
    }
}
