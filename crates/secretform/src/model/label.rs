//! Terraform's names of things: labels, files and providers.

use std::fmt;

use ecow::EcoString;

use super::checked::try_from;
use super::{Datum, Expression, Invalid, InvalidKind};
use crate::source::is_name;

/// The second label of a block: a name of Terraform's language.
///
/// Source: Terraform, *Identifiers*. HCL takes the Unicode property `ID_Start`, or `_`, then
/// `ID_Continue` and `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(EcoString);

try_from!(Label, &str, String);

impl Label {
    /// A label, if Terraform takes it.
    pub fn new(label: impl Into<EcoString>) -> Result<Self, Invalid> {
        let label = label.into();
        if is_name(&label) { Ok(Self(label)) } else { Err(Invalid::new(InvalidKind::Label, label)) }
    }

    /// What stands for a label until there is one.
    pub(super) fn placeholder() -> Self {
        Self(EcoString::new())
    }

    /// The label of a secret for which none is said: `GROUP_SECRET` in lower case, every run
    /// of characters that are no letters or digits one `_`, none at the ends, one before a
    /// leading digit.
    ///
    /// Letters are a to z: a Terraform label should be one that everybody can type.
    pub fn derived(group: Option<&str>, secret: &str) -> Result<Self, Invalid> {
        let mut label = String::with_capacity(group.map_or(0, str::len) + secret.len() + 2);
        for part in group.into_iter().chain([secret]) {
            let mut in_word = false;
            // Bytes are looked at faster, and none of a character that isn't ASCII is a letter.
            for byte in part.bytes() {
                if byte.is_ascii_alphanumeric() {
                    if !in_word && (!label.is_empty() || byte.is_ascii_digit()) {
                        label.push('_');
                    }
                    label.push(char::from(byte.to_ascii_lowercase()));
                }
                in_word = byte.is_ascii_alphanumeric();
            }
        }
        if label.is_empty() {
            let text = group.map_or(secret.to_owned(), |group| format!("{group}_{secret}"));
            return Err(Invalid::new(InvalidKind::NoLabel, text));
        }
        Ok(Self(label.into()))
    }

    /// The label.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// This label with more characters of a name after it: `LABEL_policy`.
    pub(crate) fn suffixed(&self, suffix: &str) -> Self {
        Self(ecow::eco_format!("{}{suffix}", self.0))
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file of the Terraform directory, by its name.
///
/// Source: Terraform, *Files and Configuration Structure*, *Override Files*.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName(String);

try_from!(FileName, &str, String);

impl FileName {
    /// A file, if Terraform reads it and blocks can be added to it.
    pub fn new(name: impl Into<String>) -> Result<Self, Invalid> {
        let name = name.into();
        let good = name.strip_suffix(".tf").is_some_and(|stem| {
            !stem.is_empty()
                && !stem.starts_with('.')
                && !stem.contains(['/', '\\', '\0'])
                && stem != "override"
                && !stem.ends_with("_override")
        });
        if good { Ok(Self(name)) } else { Err(Invalid::new(InvalidKind::FileName, name)) }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file of IAM JSON, by its path from the spec's folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyPath(String);

try_from!(PolicyPath, &str, String);

impl PolicyPath {
    /// A path, with `.` and `..` resolved by their text, so that one file has one path.
    /// Whether it leaves the repository only the place of the spec can say.
    pub fn new(path: impl Into<String>) -> Result<Self, Invalid> {
        let path = path.into();
        let drive = path.as_bytes().get(1) == Some(&b':');
        let mut parts: Vec<&str> = Vec::new();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." if parts.last().is_some_and(|last| *last != "..") => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        let no_file = path.ends_with('/') || parts.last().is_none_or(|last| *last == "..");
        if no_file || path.starts_with(['/', '\\']) || drive || path.contains('\0') {
            return Err(Invalid::new(InvalidKind::PolicyPath, path));
        }
        Ok(Self(parts.join("/")))
    }

    /// The path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PolicyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A provider's configuration: `aws`, `aws.core`.
///
/// Source: Terraform, *The Resource provider Meta-Argument*.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Provider {
    name: Label,
    alias: Option<Label>,
}

try_from!(Provider, &str, String);

impl Provider {
    /// A provider as Terraform writes it.
    pub fn new(provider: impl Into<String>) -> Result<Self, Invalid> {
        let provider = provider.into();
        let (name, alias) = match provider.split_once('.') {
            Some((name, alias)) => (name, Some(alias)),
            None => (provider.as_str(), None),
        };
        let parts = Label::new(name).and_then(|name| Ok((name, alias.map(Label::new).transpose()?)));
        match parts {
            Ok((name, alias)) => Ok(Self { name, alias }),
            Err(_) => Err(Invalid::new(InvalidKind::Provider, provider)),
        }
    }

    /// The provider's local name, as a rule `aws`.
    pub fn name(&self) -> &Label {
        &self.name
    }

    /// Which of its configurations.
    pub fn alias(&self) -> Option<&Label> {
        self.alias.as_ref()
    }

    /// The neutral form.
    pub fn datum(&self) -> Datum {
        Datum::Symbol(Expression::plain(self.to_string()))
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(f)?;
        match &self.alias {
            Some(alias) => write!(f, ".{alias}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn derived_labels() {
        let check = |group: Option<&str>, secret: &str, expected: &str| {
            assert_eq!(Label::derived(group, secret).unwrap().as_str(), expected, "{group:?} {secret}");
        };
        check(Some("airbyte"), "api-credentials", "airbyte_api_credentials");
        check(None, "webhook-token", "webhook_token");
        check(None, "1password", "_1password");
        check(Some("a/b"), "c.d", "a_b_c_d");
        check(Some("MANIFEST_"), "_Key", "manifest_key");
        check(None, "--a--__--b--", "a_b");
        check(Some("ü"), "x", "x");
        check(Some("9"), "x", "_9_x");
        assert_eq!(Label::derived(Some("ü"), "-").unwrap_err().kind(), InvalidKind::NoLabel);
    }

    #[test]
    fn labels_are_names_of_terraform() {
        for good in ["a", "_", "_1", "a-b", "ünit", "a9_"] {
            assert!(Label::new(good).is_ok(), "{good}");
        }
        for bad in ["", "1a", "-a", "a b", "a.b", "a/b", "a\"", "${x}"] {
            assert!(Label::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn files_are_names_that_terraform_reads() {
        for good in ["secrets.tf", "oidc.tf", "a b.tf", "override2.tf"] {
            assert!(FileName::new(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            ".tf",
            ".secrets.tf",
            "a/secrets.tf",
            "../a.tf",
            "secrets",
            "a.tf.json",
            "override.tf",
            "x_override.tf",
        ] {
            assert!(FileName::new(bad).is_err(), "{bad}");
        }
        assert!(PolicyPath::new("iam/worker.json").is_ok());
        let path = |path: &str| PolicyPath::new(path).unwrap().to_string();
        assert_eq!(path("./iam//x/../worker.json"), "iam/worker.json");
        assert_eq!(path("../../a/../iam/w.json"), "../../iam/w.json");
        for bad in ["", ".", "..", "a/..", "/etc/passwd", "C:/x", "a/", "a\0b"] {
            assert!(PolicyPath::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn providers() {
        assert_eq!(Provider::new("aws.core").unwrap().to_string(), "aws.core");
        assert!(Provider::new("aws").unwrap().alias().is_none());
        for bad in ["", "aws.", ".core", "aws.a.b", "aws core"] {
            assert!(Provider::new(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_derived_label_is_a_name_and_deriving_again_changes_nothing(
            group in proptest::option::of("\\PC{0,12}|[a-zA-Z0-9/_.-]{0,12}"),
            secret in "\\PC{0,12}|[a-zA-Z0-9/_.-]{0,12}",
        ) {
            if let Ok(label) = Label::derived(group.as_deref(), &secret) {
                prop_assert!(is_name(label.as_str()));
                prop_assert!(!label.as_str().ends_with('_') && !label.as_str().contains("__"));
                prop_assert_eq!(&Label::derived(None, label.as_str()).unwrap(), &label);
            } else {
                prop_assert!(!secret.contains(|c: char| c.is_ascii_alphanumeric()));
            }
        }
    }
}
