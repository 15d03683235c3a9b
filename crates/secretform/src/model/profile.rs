//! A profile of the AWS CLI, under which a team runs its commands.

use std::fmt;

use super::checked::try_from;
use super::{Invalid, InvalidKind};

/// The name of a profile in `~/.aws/config`, as `--profile` takes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Profile(String);

try_from!(Profile, &str, String);

impl Profile {
    /// A name that can stand between `[profile` and `]`, and that `--profile` doesn't take for
    /// an option.
    /// <https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html>
    pub fn new(name: impl Into<String>) -> Result<Self, Invalid> {
        let name = name.into();
        let wrong = |detail| Err(Invalid::new(InvalidKind::Profile, &name).detail(detail));
        if name.trim() != name || name.is_empty() {
            return wrong("empty, or with blanks at an end");
        }
        if name.starts_with('-') {
            return wrong("an option begins with -");
        }
        if name.chars().any(|c| c.is_control() || "[]".contains(c)) {
            return wrong("brackets and control characters end a section's name");
        }
        Ok(Self(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_one_line_that_ends_no_section() {
        for good in ["analytics", "my team's", "a/b@c"] {
            assert_eq!(Profile::new(good).unwrap().as_str(), good);
        }
        for bad in ["", " ", "a ", "-x", "a]", "[a", "a\nb", "a\u{1b}"] {
            assert_eq!(Profile::new(bad).unwrap_err().kind(), InvalidKind::Profile, "{bad:?}");
        }
    }
}
