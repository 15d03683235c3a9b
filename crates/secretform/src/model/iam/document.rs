//! Policy documents: statements in order.

use std::fmt;

use super::{PolicyUse, Statement};
use crate::model::checked::try_from;
use crate::model::{Datum, Errors, Invalid, InvalidKind, Record};

/// The version of the policy language.
///
/// Source: IAM User Guide, *IAM JSON policy elements: Version*.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// The old one, without variables; what JSON means that names no version.
    V2008,
    /// The current one, and the default of `aws_iam_policy_document`.
    #[default]
    V2012,
}

try_from!(Version, &str);

impl Version {
    /// A version as IAM writes it.
    pub fn new(version: &str) -> Result<Self, Invalid> {
        match version {
            "2012-10-17" => Ok(Self::V2012),
            "2008-10-17" => Ok(Self::V2008),
            other => Err(Invalid::new(InvalidKind::Version, other)),
        }
    }

    /// As IAM writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V2008 => "2008-10-17",
            Self::V2012 => "2012-10-17",
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A policy: one statement at least, no Sid twice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyDocument {
    version: Version,
    statements: Vec<Statement>,
}

impl PolicyDocument {
    /// A document under construction, of the current version.
    pub fn builder() -> PolicyDocumentBuilder {
        PolicyDocumentBuilder::default()
    }

    /// The language's version.
    pub fn version(&self) -> Version {
        self.version
    }

    /// The statements, in order.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// The neutral form of `aws_iam_policy_document`. The provider's default for `version` is
    /// left out.
    pub fn record(&self) -> Record {
        let mut record = Record::new();
        if self.version != Version::default() {
            record.set("version", Datum::Text(self.version.as_str().into()));
        }
        for statement in &self.statements {
            record.push("statement", statement.record());
        }
        record
    }
}

/// A [`PolicyDocument`] under construction.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct PolicyDocumentBuilder {
    version: Version,
    statements: Vec<Statement>,
    used: Option<PolicyUse>,
    errors: Vec<Invalid>,
}

impl PolicyDocumentBuilder {
    /// The language's version.
    pub fn version(mut self, version: Version) -> Self {
        self.version = version;
        self
    }

    /// Appends a statement.
    pub fn statement(mut self, statement: Statement) -> Self {
        self.statements.push(statement);
        self
    }

    /// What the document is for, whose limits it must keep.
    pub fn used_as(mut self, used: PolicyUse) -> Self {
        self.used = Some(used);
        self
    }

    /// The document, or all that is wrong with it.
    pub fn build(mut self) -> Result<PolicyDocument, Errors> {
        if self.statements.is_empty() {
            self.errors.push(Invalid::new(InvalidKind::PolicyEmpty, ""));
        }
        for (at, statement) in self.statements.iter().enumerate() {
            let Some(sid) = statement.sid() else { continue };
            if self.statements[..at].iter().any(|earlier| earlier.sid() == Some(sid)) {
                self.errors.push(Invalid::new(InvalidKind::SidTwice, sid));
            }
        }
        let document = PolicyDocument { version: self.version, statements: self.statements };
        if let Some(used) = self.used {
            self.errors.extend(used.check(&document));
        }
        Errors::none_or(self.errors, || document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(sid: &str) -> Statement {
        Statement::builder().sid(sid).action("s3:*").resource("*").build().unwrap()
    }

    #[test]
    fn a_sid_stands_once_and_none_is_no_sid() {
        let build = |sids: &[&str]| {
            sids.iter()
                .fold(PolicyDocument::builder(), |builder, sid| builder.statement(statement(sid)))
                .build()
        };
        assert!(build(&["A", "B", "", ""]).is_ok());
        assert_eq!(build(&["A", "B", "A"]).unwrap_err()[0].kind(), InvalidKind::SidTwice);
        assert_eq!(build(&[]).unwrap_err()[0].kind(), InvalidKind::PolicyEmpty);
    }

    #[test]
    fn versions() {
        assert!(Version::new("2012-10-17").is_ok() && Version::new("2008-10-17").is_ok());
        for bad in ["", "2012-10-18", "2012"] {
            assert!(Version::new(bad).is_err(), "{bad}");
        }
        let old = PolicyDocument::builder().version(Version::V2008).statement(statement("")).build().unwrap();
        assert!(old.record().get("version").is_some());
    }
}
