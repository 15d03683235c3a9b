//! Where Terraform keeps a thing: `aws_secretsmanager_secret.api`, `data.aws_iam_policy_document.ci`.

use std::fmt;

/// Which kind of block an address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// A `resource`.
    Managed,
    /// A `data` source.
    Data,
    /// An `ephemeral` resource.
    Ephemeral,
}

/// The address of a resource in the root module, without an instance key.
///
/// Source: Terraform, *Resource Addressing*.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    mode: Mode,
    type_name: String,
    label: String,
}

impl Address {
    /// The address of a block with these two labels.
    pub fn new(mode: Mode, type_name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { mode, type_name: type_name.into(), label: label.into() }
    }

    /// `aws_secretsmanager_secret.LABEL`
    pub fn secret(label: impl Into<String>) -> Self {
        Self::new(Mode::Managed, "aws_secretsmanager_secret", label)
    }

    /// `data.aws_iam_policy_document.LABEL`
    pub fn policy_document(label: impl Into<String>) -> Self {
        Self::new(Mode::Data, "aws_iam_policy_document", label)
    }

    /// Resource, data source or ephemeral resource.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// The provider's type, such as `aws_secretsmanager_secret`.
    pub fn type_name(&self) -> &str {
        &self.type_name
    }

    /// The second label of the block.
    pub fn label(&self) -> &str {
        &self.label
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.mode {
            Mode::Managed => {}
            Mode::Data => f.write_str("data.")?,
            Mode::Ephemeral => f.write_str("ephemeral.")?,
        }
        write!(f, "{}.{}", self.type_name, self.label)
    }
}
