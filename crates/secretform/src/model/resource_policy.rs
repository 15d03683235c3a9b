//! Who may act on a secret, as the secret itself says it.

use super::iam::{PolicyDocument, PolicyUse, Statement};
use super::{Datum, Errors, Invalid, InvalidKind, Setting, Text};

/// A secret's own policy: `aws_secretsmanager_secret_policy`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourcePolicy {
    content: PolicyContent,
    block_public_policy: Setting<bool>,
}

/// A resource policy as statements or as JSON.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyContent {
    /// Statements, each with its principals; written as an `aws_iam_policy_document`.
    Document(PolicyDocument),
    /// IAM JSON, or an expression that gives it.
    Json(Text),
}

impl ResourcePolicy {
    /// A policy of these statements, which name their principals. Blocks public access.
    pub fn document(document: PolicyDocument) -> Result<Self, Errors> {
        let mut errors = PolicyUse::Secret.check(&document);
        for statement in document.statements() {
            if statement.principals().is_empty() && statement.not_principals().is_empty() {
                let sid = statement.sid().map(ToString::to_string).unwrap_or_default();
                errors.push(Invalid::new(InvalidKind::PrincipalMissing, sid));
            }
        }
        Errors::none_or(errors, || Self::of(PolicyContent::Document(document)))
    }

    /// A policy as JSON, or as an expression that gives it. Blocks public access.
    pub fn json(json: impl Into<Text>) -> Result<Self, Errors> {
        let json = json.into();
        let mut errors = match json.as_literal() {
            Some(literal) => PolicyUse::Secret.check_json(literal),
            None => Vec::new(),
        };
        if json.is_empty() {
            errors.push(Invalid::new(InvalidKind::PolicyEmpty, ""));
        }
        Errors::none_or(errors, || Self::of(PolicyContent::Json(json)))
    }

    /// The same policy of one statement or several.
    pub fn statements(statements: impl IntoIterator<Item = Statement>) -> Result<Self, Errors> {
        let mut document = PolicyDocument::builder();
        for statement in statements {
            document = document.statement(statement);
        }
        Self::document(document.build()?)
    }

    fn of(content: PolicyContent) -> Self {
        Self { content, block_public_policy: Setting::Known(true) }
    }

    /// Whether AWS refuses a policy that lets everyone in; true unless said.
    #[must_use]
    pub fn block_public_policy(mut self, block: impl Into<Setting<bool>>) -> Self {
        self.block_public_policy = block.into();
        self
    }

    /// Statements or JSON.
    pub fn content(&self) -> &PolicyContent {
        &self.content
    }

    /// Whether AWS refuses a policy that lets everyone in.
    pub fn blocks_public_policy(&self) -> &Setting<bool> {
        &self.block_public_policy
    }

    /// The neutral form of `block_public_policy`.
    pub(crate) fn block_datum(&self) -> Datum {
        self.block_public_policy.datum(|block| Datum::Bool(*block))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::iam::Principals;

    #[test]
    fn statements_name_their_principals() {
        let statement = |principals: Option<Principals>| {
            let builder = Statement::builder().sid("A").action("secretsmanager:*").resource("*");
            match principals {
                Some(principals) => builder.principals(principals).build().unwrap(),
                None => builder.build().unwrap(),
            }
        };
        assert!(ResourcePolicy::statements([statement(Some(Principals::everyone()))]).is_ok());
        let errors = ResourcePolicy::statements([statement(None)]).unwrap_err();
        assert_eq!(errors[0].kind(), InvalidKind::PrincipalMissing);
    }

    #[test]
    fn json_has_1_to_20480_characters() {
        assert!(ResourcePolicy::json("").is_err());
        assert!(ResourcePolicy::json("x".repeat(20_480)).is_ok());
        assert!(ResourcePolicy::json("x".repeat(20_481)).is_err());
    }
}
