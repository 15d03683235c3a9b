//! Where a grant stands.

use std::fmt;

use super::{Address, FileName, Invalid, Label, PolicyPath};

/// The statement or document that a reader's grant is written as.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// One statement of a `data "aws_iam_policy_document"` that holds others' too.
    Statement {
        /// The document's label.
        document: Label,
        /// Where the document is created if it is missing.
        file: FileName,
    },
    /// A `data "aws_iam_policy_document"` owned whole.
    PolicyDocument {
        /// Its label.
        label: Label,
        /// Where it is created if it is missing.
        file: FileName,
    },
    /// A file of IAM JSON owned whole.
    PolicyFile {
        /// From the spec's folder.
        path: PolicyPath,
    },
}

impl Place {
    /// The file that a document is created in unless another is said.
    pub const DEFAULT_FILE: &'static str = "iam.tf";

    /// One statement of a document.
    pub fn statement(document: &str, file: &str) -> Result<Self, Invalid> {
        Ok(Self::Statement { document: Label::new(document)?, file: FileName::new(file)? })
    }

    /// A document owned whole.
    pub fn policy_document(label: &str, file: &str) -> Result<Self, Invalid> {
        Ok(Self::PolicyDocument { label: Label::new(label)?, file: FileName::new(file)? })
    }

    /// A file of IAM JSON owned whole.
    pub fn policy_file(path: &str) -> Result<Self, Invalid> {
        Ok(Self::PolicyFile { path: PolicyPath::new(path)? })
    }

    /// The address of the document in Terraform, if it is in Terraform.
    pub fn address(&self) -> Option<Address> {
        match self {
            Self::Statement { document: label, .. } | Self::PolicyDocument { label, .. } => {
                Some(Address::policy_document(label.as_str()))
            }
            Self::PolicyFile { .. } => None,
        }
    }

    /// Whether all of the document is the reader's.
    pub fn is_whole(&self) -> bool {
        !matches!(self, Self::Statement { .. })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Statement { document: label, .. } | Self::PolicyDocument { label, .. } => {
                Address::policy_document(label.as_str()).fmt(f)
            }
            Self::PolicyFile { path } => path.fmt(f),
        }
    }
}
