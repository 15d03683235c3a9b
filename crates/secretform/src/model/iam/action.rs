//! Actions, and what is known of Secrets Manager's own.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::model::checked::try_from;
use crate::model::{Datum, Expression, Invalid, InvalidKind, Text};

/// `SERVICE:NAME` with `*` and `?` in the name, or `*`; or an expression. Two are equal in
/// whichever case their letters are.
///
/// Source: IAM User Guide, *IAM JSON policy elements: Action*.
#[derive(Clone, Debug)]
pub struct Action {
    text: Text,
    folded: Text,
}

try_from!(Action, &str, String, Text, Expression);

impl Action {
    /// An action, if it can be one.
    pub fn new(action: impl Into<Text>) -> Result<Self, Invalid> {
        let text = action.into();
        let good = match text.as_literal() {
            Some(text) => is_action(text),
            None => text.literals().flat_map(str::chars).all(|c| legal(c) || c == ':'),
        };
        if !good {
            return Err(Invalid::new(InvalidKind::Action, text));
        }
        let folded = text.map_literals(str::to_ascii_lowercase);
        Ok(Self { text, folded })
    }

    /// `secretsmanager:GetSecretValue`, which is what reading a secret takes.
    pub fn get_secret_value() -> Self {
        let text = Text::from("secretsmanager:GetSecretValue");
        Self { folded: text.map_literals(str::to_ascii_lowercase), text }
    }

    /// The text as written.
    pub fn as_text(&self) -> &Text {
        &self.text
    }

    /// The whole text, if all of it is known.
    pub fn as_literal(&self) -> Option<&str> {
        self.text.as_literal()
    }

    /// The neutral form.
    pub fn datum(&self) -> Datum {
        Datum::text(self.text.clone())
    }

    /// What is known of it, if it is one of Secrets Manager's, written in any case.
    pub fn secrets_manager(&self) -> Option<&'static SecretsManagerAction> {
        let name = self.folded.as_literal()?.strip_prefix("secretsmanager:")?;
        SECRETS_MANAGER.iter().find(|action| action.name.eq_ignore_ascii_case(name))
    }
}

fn legal(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_*?".contains(c)
}

fn is_action(text: &str) -> bool {
    if text == "*" {
        return true;
    }
    let Some((service, name)) = text.split_once(':') else { return false };
    let is_service = |c: char| c.is_ascii_alphanumeric() || c == '-';
    !service.is_empty() && service.chars().all(is_service) && !name.is_empty() && name.chars().all(legal)
}

impl PartialEq for Action {
    fn eq(&self, other: &Self) -> bool {
        self.folded == other.folded
    }
}

impl Eq for Action {}

impl PartialOrd for Action {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Action {
    fn cmp(&self, other: &Self) -> Ordering {
        self.folded.cmp(&other.folded)
    }
}

impl Hash for Action {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.folded.hash(state);
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

/// How AWS classes an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// Lists secrets, or makes a password.
    List,
    /// Reads a value or what is known of a secret.
    Read,
    /// Changes who may do what.
    Permissions,
    /// Changes tags.
    Tagging,
    /// Changes secrets.
    Write,
}

/// An action of Secrets Manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecretsManagerAction {
    /// Without `secretsmanager:`.
    pub name: &'static str,
    /// Its class.
    pub access: Access,
    /// Whether it acts on no secret: a statement grants it only on `*`.
    pub needs_every_resource: bool,
}

const fn on_secret(name: &'static str, access: Access) -> SecretsManagerAction {
    SecretsManagerAction { name, access, needs_every_resource: false }
}

const fn on_everything(name: &'static str, access: Access) -> SecretsManagerAction {
    SecretsManagerAction { name, access, needs_every_resource: true }
}

/// All actions of Secrets Manager, sorted by name.
///
/// Source: Service Authorization Reference, *AWS Secrets Manager* (2026-09-26).
pub const SECRETS_MANAGER: [SecretsManagerAction; 23] = [
    on_everything("BatchGetSecretValue", Access::Read),
    on_secret("CancelRotateSecret", Access::Write),
    on_secret("CreateSecret", Access::Write),
    on_secret("DeleteResourcePolicy", Access::Permissions),
    on_secret("DeleteSecret", Access::Write),
    on_secret("DescribeSecret", Access::Read),
    on_everything("GetRandomPassword", Access::Read),
    on_secret("GetResourcePolicy", Access::Read),
    on_secret("GetSecretValue", Access::Read),
    on_secret("ListSecretVersionIds", Access::Read),
    on_everything("ListSecrets", Access::List),
    on_secret("PutResourcePolicy", Access::Permissions),
    on_secret("PutSecretValue", Access::Write),
    on_secret("RemoveRegionsFromReplication", Access::Write),
    on_secret("ReplicateSecretToRegions", Access::Write),
    on_secret("RestoreSecret", Access::Write),
    on_secret("RotateSecret", Access::Write),
    on_secret("StopReplicationToReplica", Access::Write),
    on_secret("TagResource", Access::Tagging),
    on_secret("UntagResource", Access::Tagging),
    on_secret("UpdateSecret", Access::Write),
    on_secret("UpdateSecretVersionStage", Access::Write),
    on_secret("ValidateResourcePolicy", Access::Permissions),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions() {
        for good in ["*", "secretsmanager:GetSecretValue", "s3:*", "SecretsManager:get*", "kms:De?rypt"] {
            assert!(Action::new(good).is_ok(), "{good}");
        }
        for bad in ["", "s3", "s3:", ":Get", "s3:Get Object", "s*:Get", "*:*", "s3:a:b", "secretsmanager:Gét"]
        {
            assert_eq!(Action::new(bad).unwrap_err().kind(), InvalidKind::Action, "{bad}");
        }
        assert!(Action::new(Expression::reference("var.action").unwrap()).is_ok());
    }

    #[test]
    fn case_is_no_difference() {
        let (a, b) = (Action::new("secretsmanager:getsecretvalue").unwrap(), Action::get_secret_value());
        assert_eq!(a, b);
        assert_eq!(a.cmp(&b), Ordering::Equal);
        assert_eq!(a.to_string(), "secretsmanager:getsecretvalue");
        assert_eq!(a.secrets_manager().map(|action| action.name), Some("GetSecretValue"));
    }

    #[test]
    fn the_catalogue_is_sorted_and_knows_what_needs_every_resource() {
        assert!(SECRETS_MANAGER.is_sorted_by_key(|action| action.name));
        let on_everything: Vec<_> = SECRETS_MANAGER
            .iter()
            .filter(|action| action.needs_every_resource)
            .map(|action| action.name)
            .collect();
        assert_eq!(on_everything, ["BatchGetSecretValue", "GetRandomPassword", "ListSecrets"]);
    }
}
