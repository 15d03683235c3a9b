//! Copies of a secret in other regions.

use super::{KmsKey, Record, Region};

/// A copy of a secret in another region.
///
/// Source: the provider's `replica` block of `aws_secretsmanager_secret`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Replica {
    /// Where.
    pub region: Region,
    /// Under which key of that region.
    pub kms_key_id: Option<KmsKey>,
}

impl Replica {
    /// A copy under the region's own key of Secrets Manager.
    pub fn new(region: Region) -> Self {
        Self { region, kms_key_id: None }
    }

    /// Under this key of the region.
    #[must_use]
    pub fn kms_key_id(mut self, key: KmsKey) -> Self {
        self.kms_key_id = Some(key);
        self
    }

    /// The neutral form of a `replica` block.
    pub fn record(&self) -> Record {
        let mut record = Record::new();
        record.set("region", self.region.datum());
        record.set_some("kms_key_id", self.kms_key_id.as_ref().map(KmsKey::datum));
        record
    }
}
