//! The KMS key that encrypts a secret.

use super::checked::checked_text;
use super::{Invalid, InvalidKind, Text};

/// A key ARN, a key id, `alias/NAME` or an alias ARN; or an expression.
///
/// Source: Secrets Manager API Reference, *CreateSecret*, `KmsKeyId`; KMS Developer Guide,
/// *Key identifiers*. The provider checks nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KmsKey(Text);

checked_text!(KmsKey);

impl KmsKey {
    /// A key, if KMS could know it by that name.
    pub fn new(key: impl Into<Text>) -> Result<Self, Invalid> {
        let key = key.into();
        let good = match key.as_literal() {
            Some(text) => is_key(text),
            None => {
                key.literals().flat_map(str::chars).all(|c| c.is_ascii_alphanumeric() || ":/_-".contains(c))
            }
        };
        if good { Ok(Self(key)) } else { Err(Invalid::new(InvalidKind::KmsKey, key)) }
    }
}

fn is_key(text: &str) -> bool {
    let Some(arn) = text.strip_prefix("arn:") else { return is_id(text) || is_alias(text) };
    let fields: Vec<&str> = arn.split(':').collect();
    let [partition, "kms", region, account, resource] = fields[..] else { return false };
    partition.starts_with("aws")
        && super::scope::is_region(region)
        && account.len() == 12
        && account.bytes().all(|b| b.is_ascii_digit())
        && (resource.strip_prefix("key/").is_some_and(is_id) || is_alias(resource))
}

/// A UUID, or `mrk-` and 32 hexadecimal digits for a key of several regions.
fn is_id(text: &str) -> bool {
    let hex = |text: &str| text.bytes().all(|b| b.is_ascii_hexdigit());
    if let Some(id) = text.strip_prefix("mrk-") {
        return id.len() == 32 && hex(id);
    }
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12]) && groups.iter().all(|group| hex(group))
}

fn is_alias(text: &str) -> bool {
    text.strip_prefix("alias/").is_some_and(|name| {
        (1..=250).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_-".contains(&b))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Expression;

    #[test]
    fn the_four_forms() {
        let id = "1234abcd-12ab-34cd-56ef-1234567890ab";
        for good in [
            id,
            "mrk-1234abcd12ab34cd56ef1234567890ab",
            "alias/aws/secretsmanager",
            &format!("arn:aws:kms:eu-west-2:111122223333:key/{id}"),
            "arn:aws-cn:kms:cn-north-1:111122223333:alias/team",
        ] {
            assert!(KmsKey::new(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "not a key",
            "aws/secretsmanager",
            "alias/",
            "alias/a b",
            &id[1..],
            "arn:aws:kms:eu-west-2:111122223333:other/x",
            "arn:aws:iam::111122223333:role/x",
        ] {
            assert_eq!(KmsKey::new(bad).unwrap_err().kind(), InvalidKind::KmsKey, "{bad}");
        }
        assert!(KmsKey::new(Expression::reference("aws_kms_key.secrets.arn").unwrap()).is_ok());
    }
}
