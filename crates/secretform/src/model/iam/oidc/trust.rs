//! A trust in one issuer's tokens, as the statement of a role's trust policy.

use super::{Audience, Claim, IssuerUrl, Subjects};
use crate::model::iam::{Condition, OperatorTest, PrincipalType, Principals, Statement};
use crate::model::{Errors, Invalid, InvalidKind, Text};

/// Whose tokens a role takes: the issuer, whom they are for, which jobs they speak of, and
/// what else they must say. All of it must hold at once, so all of it stands in one statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trust {
    issuer: IssuerUrl,
    audience: Audience,
    subjects: Subjects,
    claims: Vec<(Claim, Subjects)>,
}

impl Trust {
    /// Tokens with one of these `sub` claims.
    pub fn new(
        issuer: IssuerUrl,
        audience: Audience,
        subjects: impl Into<Subjects>,
    ) -> Result<Self, Invalid> {
        let subjects = subjects.into();
        if subjects.is_empty() {
            return Err(Invalid::new(InvalidKind::NoSubject, &issuer));
        }
        Ok(Self { issuer, audience, subjects, claims: Vec::new() })
    }

    /// Asks for a claim as well, to be one of these values.
    pub fn claim(mut self, name: &str, values: impl Into<Subjects>) -> Result<Self, Invalid> {
        let (claim, values) = (Claim::new(&self.issuer, name)?, values.into());
        if values.is_empty() {
            return Err(Invalid::new(InvalidKind::ConditionValues, self.issuer.key(name)));
        }
        if self.claims.iter().any(|(other, _)| *other == claim) {
            return Err(Invalid::new(InvalidKind::Claim, name).detail("said twice"));
        }
        self.claims.push((claim, values));
        Ok(self)
    }

    /// Who signs the tokens.
    pub fn issuer(&self) -> &IssuerUrl {
        &self.issuer
    }

    /// Whom they are for.
    pub fn audience(&self) -> &Audience {
        &self.audience
    }

    /// The `sub` claims, one of which a token must have.
    pub fn subjects(&self) -> &Subjects {
        &self.subjects
    }

    /// What else a token must say.
    pub fn claims(&self) -> &[(Claim, Subjects)] {
        &self.claims
    }

    /// The statement that lets bearers of such tokens assume the role; `provider` is the ARN of
    /// the identity provider.
    pub fn statement(&self, provider: Text) -> Result<Statement, Errors> {
        let principals = Principals::new(PrincipalType::Federated, vec![provider])?;
        let mut statement = Statement::builder()
            .trusts()
            .action("sts:AssumeRoleWithWebIdentity")
            .principals(principals)
            .condition(self.condition("aud", &vec![Text::from(self.audience.as_str())].into())?)
            .condition(self.condition("sub", &self.subjects)?);
        for (claim, values) in &self.claims {
            statement = statement.condition(self.condition(claim.as_str(), values)?);
        }
        statement.build()
    }

    fn condition(&self, claim: &str, values: &Subjects) -> Result<Condition, Invalid> {
        let test = if values.is_wild() { OperatorTest::StringLike } else { OperatorTest::StringEquals };
        Condition::new(test, self.issuer.key(claim), values.values().clone())
    }
}
