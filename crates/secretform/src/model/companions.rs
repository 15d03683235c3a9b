//! The blocks that stand beside a secret's container: who may read it, what sets its value, what
//! replaces it.

use super::{Address, Datum, Expression, Mode, PolicyContent, Provider, Record, Region, Secret, ValueSource};

/// One of the blocks that a secret is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SecretBlock {
    /// The `aws_iam_policy_document` of its policy.
    PolicyDocument,
    /// The ephemeral `aws_secretsmanager_random_password` that makes its value.
    RandomPassword,
    /// Its container, `aws_secretsmanager_secret`.
    Container,
    /// Its `aws_secretsmanager_secret_policy`.
    Policy,
    /// The `aws_secretsmanager_secret_version` that sets its generated value.
    Version,
    /// Its `aws_secretsmanager_secret_rotation`.
    Rotation,
}

impl SecretBlock {
    /// All of them in the order in which they stand: what the container or a companion refers to
    /// comes first.
    pub const ALL: [Self; 6] = [
        Self::PolicyDocument,
        Self::RandomPassword,
        Self::Container,
        Self::Policy,
        Self::Version,
        Self::Rotation,
    ];

    /// The provider's type.
    pub fn type_name(self) -> &'static str {
        match self {
            Self::PolicyDocument => "aws_iam_policy_document",
            Self::RandomPassword => "aws_secretsmanager_random_password",
            Self::Container => "aws_secretsmanager_secret",
            Self::Policy => "aws_secretsmanager_secret_policy",
            Self::Version => "aws_secretsmanager_secret_version",
            Self::Rotation => "aws_secretsmanager_secret_rotation",
        }
    }

    /// Resource, data source or ephemeral resource.
    pub fn mode(self) -> Mode {
        match self {
            Self::PolicyDocument => Mode::Data,
            Self::RandomPassword => Mode::Ephemeral,
            _ => Mode::Managed,
        }
    }

    /// The block of this mode and type.
    pub fn of(mode: Mode, type_name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|block| block.mode() == mode && block.type_name() == type_name)
    }
}

impl Secret {
    /// The blocks that it is written as, in their order.
    pub fn blocks(&self) -> impl Iterator<Item = SecretBlock> + use<> {
        let policy = self.policy().map(|policy| matches!(policy.content(), PolicyContent::Document(_)));
        let generated = self.value().generated().is_some();
        let rotated = self.rotation().is_some();
        SecretBlock::ALL.into_iter().filter(move |block| match block {
            SecretBlock::PolicyDocument => policy == Some(true),
            SecretBlock::Container => true,
            SecretBlock::Policy => policy.is_some(),
            SecretBlock::RandomPassword | SecretBlock::Version => generated,
            SecretBlock::Rotation => rotated,
        })
    }

    /// The address of one of its blocks: they share its label, and the document of its policy
    /// adds `_policy`.
    pub fn block_address(&self, block: SecretBlock) -> Address {
        match block {
            SecretBlock::PolicyDocument => {
                Address::policy_document(self.label().suffixed("_policy").as_str())
            }
            other => Address::new(other.mode(), other.type_name(), self.label().as_str()),
        }
    }

    /// The neutral form of one of its blocks, if it has it.
    pub fn block_record(&self, block: SecretBlock) -> Option<Record> {
        match block {
            SecretBlock::PolicyDocument => self.policy_document_record(),
            SecretBlock::RandomPassword => self.random_password_record(),
            SecretBlock::Container => Some(self.record()),
            SecretBlock::Policy => self.policy_record(),
            SecretBlock::Version => self.version_record(),
            SecretBlock::Rotation => self.rotation_record(),
        }
    }

    /// The neutral form of its `aws_secretsmanager_secret_policy` block, if it has a policy.
    pub fn policy_record(&self) -> Option<Record> {
        let policy = self.policy()?;
        let mut record = self.placed();
        record.set("secret_arn", Datum::Symbol(self.arn_expression()));
        record.set(
            "policy",
            match policy.content() {
                PolicyContent::Document(_) => {
                    attribute(&self.block_address(SecretBlock::PolicyDocument), "json")
                }
                PolicyContent::Json(json) => Datum::text(json.clone()),
            },
        );
        record.set("block_public_policy", policy.block_datum());
        Some(record)
    }

    /// The neutral form of its policy's `aws_iam_policy_document`, if it has a policy of
    /// statements.
    pub fn policy_document_record(&self) -> Option<Record> {
        match self.policy()?.content() {
            PolicyContent::Document(document) => Some(document.record()),
            PolicyContent::Json(_) => None,
        }
    }

    /// The neutral form of its ephemeral `aws_secretsmanager_random_password`, if its value is
    /// generated.
    pub fn random_password_record(&self) -> Option<Record> {
        let mut record = self.value().generated()?.record();
        self.place(&mut record);
        Some(record)
    }

    /// The neutral form of its `aws_secretsmanager_secret_version`, if its value is generated.
    /// Only people write those of other sources.
    pub fn version_record(&self) -> Option<Record> {
        let generated = self.value().generated()?;
        let mut record = self.placed();
        record.set("secret_id", attribute(&self.address(), "id"));
        record.set(
            "secret_string_wo",
            attribute(&self.block_address(SecretBlock::RandomPassword), "random_password"),
        );
        record.set("secret_string_wo_version", generated.version().datum());
        Some(record)
    }

    /// The neutral form of its `aws_secretsmanager_secret_rotation`, if it is rotated.
    pub fn rotation_record(&self) -> Option<Record> {
        let mut record = self.rotation()?.record();
        self.place(&mut record);
        record.set("secret_id", attribute(&self.address(), "id"));
        // A rotation starts from the value that is there.
        if let ValueSource::Generated(_) = self.value() {
            let version = Expression::plain(self.block_address(SecretBlock::Version).to_string());
            record.set("depends_on", Datum::List(vec![Datum::Symbol(version)]));
        }
        Some(record)
    }

    /// A record of what stands where the container does.
    fn placed(&self) -> Record {
        let mut record = Record::new();
        self.place(&mut record);
        record
    }

    fn place(&self, record: &mut Record) {
        record.set_some("provider", self.provider().map(Provider::datum));
        record.set_some("region", self.region().map(Region::datum));
    }
}

/// `ADDRESS.NAME`
fn attribute(address: &Address, name: &str) -> Datum {
    Datum::Symbol(Expression::plain(format!("{address}.{name}")))
}
