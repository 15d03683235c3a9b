//! Who signs tokens, and for whom.

use std::fmt;

use crate::model::checked::try_from;
use crate::model::{Invalid, InvalidKind};

/// Who signs a system's tokens: the address of an identity provider, without `https://`, as it
/// stands in the provider's ARN and before the `:` of condition keys.
///
/// Source: IAM User Guide, *Create an OpenID Connect (OIDC) identity provider in IAM*; IAM API
/// Reference, *CreateOpenIDConnectProvider*: `https://`, at most 255 characters, no query and
/// no port.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IssuerUrl(String);

try_from!(IssuerUrl, &str, String);

impl IssuerUrl {
    /// An issuer by its address; `https://` may be left out, as the provider's state does.
    pub fn new(url: impl Into<String>) -> Result<Self, Invalid> {
        const LONGEST: usize = 255;
        let url = url.into();
        let refused = |why: &'static str| Err(Invalid::new(InvalidKind::Issuer, &url).detail(why));
        let rest = url.strip_prefix("https://").unwrap_or(&url);
        let host = rest.split('/').next().unwrap_or_default();
        let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | '~' | '%');
        if rest.contains("://") {
            return refused("it is no https address");
        }
        if host.contains(':') {
            return refused("AWS takes no port");
        }
        if !host.contains('.') || host.starts_with(['.', '-']) || host.ends_with(['.', '-']) {
            return refused("it names no host");
        }
        if rest.contains(['?', '#']) {
            return refused("AWS takes no query");
        }
        if !rest.chars().all(letters) {
            return refused("no such character stands in an address");
        }
        if rest.ends_with('/') {
            return refused("the tokens' `iss` has no slash at the end");
        }
        if rest.len() + "https://".len() > LONGEST {
            return refused("longer than 255 characters");
        }
        Ok(Self(rest.to_owned()))
    }

    /// The address without `https://`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address with `https://`, as the provider's `url` has it.
    pub fn url(&self) -> String {
        format!("https://{}", self.0)
    }

    /// The condition key of a claim: `token.actions.githubusercontent.com:sub`.
    pub fn key(&self, claim: &str) -> String {
        format!("{}:{claim}", self.0)
    }
}

impl fmt::Display for IssuerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whom tokens are for: the `aud` claim, and a client id of the identity provider.
///
/// Source: IAM API Reference, *CreateOpenIDConnectProvider*, `ClientIDList`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Audience(String);

try_from!(Audience, &str, String);

impl Audience {
    /// An audience of 1 to 255 characters; it is compared whole, so it holds no wildcard.
    pub fn new(audience: impl Into<String>) -> Result<Self, Invalid> {
        let audience = audience.into();
        let length = audience.chars().count();
        if !(1..=255).contains(&length) {
            return Err(Invalid::new(InvalidKind::Audience, &audience).detail(format!("{length} characters")));
        }
        if audience.contains(['*', '?']) || audience.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(Invalid::new(InvalidKind::Audience, &audience).detail("not one whole audience"));
        }
        Ok(Self(audience))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuers_are_https_addresses() {
        for good in [
            "https://token.actions.githubusercontent.com",
            "token.actions.githubusercontent.com",
            "https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc",
            "https://github.acme.com/_services/token",
        ] {
            let issuer = IssuerUrl::new(good).unwrap();
            assert_eq!(issuer.url().strip_prefix("https://"), Some(issuer.as_str()));
        }
        for bad in [
            "",
            "https://",
            "http://gitlab.com",
            "https://gitlab.com/",
            "https://gitlab.com:8443",
            "https://gitlab.com?x=1",
            "https://*.com",
            "https://a b.com",
            "gitlab",
        ] {
            assert!(IssuerUrl::new(bad).is_err(), "{bad}");
        }
        assert!(IssuerUrl::new(format!("https://a.b/{}", "x".repeat(243))).is_ok());
        assert!(IssuerUrl::new(format!("https://a.b/{}", "x".repeat(244))).is_err());
    }

    #[test]
    fn an_audience_is_one_whole_text() {
        assert!(Audience::new("sts.amazonaws.com").is_ok() && Audience::new("x".repeat(255)).is_ok());
        for bad in ["", "*", "a b", "sts.*"] {
            assert!(Audience::new(bad).is_err(), "{bad}");
        }
        assert!(Audience::new("x".repeat(256)).is_err());
    }
}
