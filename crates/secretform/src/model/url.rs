//! Addresses on the web that people are sent to, and what of them must be safe.

use std::fmt;

use super::checked::try_from;
use super::{Invalid, InvalidKind};

/// The address of a page: `https://HOST…`, or `http://` of this machine. It carries no
/// credentials.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Url(String);

try_from!(Url, &str, String);

impl Url {
    /// A checked address.
    pub fn new(url: impl Into<String>) -> Result<Self, Invalid> {
        let url = url.into();
        let wrong = |detail| Err(Invalid::new(InvalidKind::Url, &url).detail(detail));
        if url.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"`\\^{}|".contains(c)) {
            return wrong("it has a character that no URL has");
        }
        let Some(authority) = authority(&url) else { return wrong("it doesn't begin with https://") };
        if authority.contains('@') {
            return wrong("it holds credentials");
        }
        if authority.is_empty() || authority.starts_with(':') {
            return wrong("it has no host");
        }
        if url.starts_with("http://") && !is_local(authority) {
            return wrong("http:// is read on the way");
        }
        Ok(Self(url))
    }

    /// As it was said.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Between `https://` or `http://` and the path.
pub(super) fn authority(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    rest.split(['/', '?', '#']).next()
}

/// Whether host and port are this machine's own.
pub(super) fn is_local(authority: &str) -> bool {
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|host| {
        authority
            .strip_prefix(host)
            .is_some_and(|port| port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
    })
}

fn is_port(text: &str) -> bool {
    text.parse::<u16>().is_ok_and(|port| port > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_https_or_local_and_hold_no_credentials() {
        for good in
            ["https://cloud.airbyte.com", "https://a.b:8443/x?y#z", "http://localhost:8000/", "http://[::1]"]
        {
            assert_eq!(Url::new(good).unwrap().as_str(), good);
        }
        for bad in [
            "",
            "cloud.airbyte.com",
            "https://",
            "https://:80",
            "HTTPS://x",
            "ftp://x",
            "javascript:alert(1)",
            "http://cloud.airbyte.com",
            "http://localhost.evil.example",
            "http://localhost:99999",
            "https://me:secret@x",
            "https://x y",
            "https://x\n",
            "https://x\"><script>",
        ] {
            assert_eq!(Url::new(bad).unwrap_err().kind(), InvalidKind::Url, "{bad}");
        }
    }
}
