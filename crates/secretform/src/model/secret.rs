//! A secret's container, and all that is declared of it.

use std::borrow::Cow;
use std::fmt;

use ecow::EcoString;

use super::{
    Address, Argument, Datum, Description, Expression, Field, FileName, Ignore, KmsKey, Label, Probe,
    Provider, Record, RecoveryWindow, Region, Replica, ResourcePolicy, Rotation, Says, SecretBuilder,
    SecretName, Setting, Tags, ValueSource,
};

/// How the spec names a secret: `secret.GROUP.LABEL`, or `secret.LABEL` outside of groups.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecretRef {
    /// The group's label.
    pub group: Option<EcoString>,
    /// The secret's.
    pub label: EcoString,
}

impl SecretRef {
    /// A secret of a group.
    pub fn in_group(group: impl Into<EcoString>, label: impl Into<EcoString>) -> Self {
        Self { group: Some(group.into()), label: label.into() }
    }

    /// A secret outside of groups.
    pub fn ungrouped(label: impl Into<EcoString>) -> Self {
        Self { group: None, label: label.into() }
    }
}

impl fmt::Display for SecretRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut steps = self.group.iter().chain([&self.label]).enumerate();
        f.write_str("secret")?;
        steps.try_for_each(
            |(_, step)| {
                if super::is_name(step) { write!(f, ".{step}") } else { write!(f, "[{step:?}]") }
            },
        )
    }
}

/// A secret: an `aws_secretsmanager_secret`, what stands beside it, and the keys of its value.
/// Never the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// Boxed, for secrets are moved often while thousands of them are built.
    pub(super) said: Box<Said>,
}

/// All that is said of a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) reference: SecretRef,
    pub(super) label: Label,
    pub(super) name: SecretName,
    pub(super) description: Option<Description>,
    pub(super) tags: Tags,
    pub(super) fields: Vec<Field>,
    /// What many specs say of no secret: behind one pointer, so that theirs stay small.
    pub(super) settings: Option<Box<Settings>>,
    /// What few secrets say.
    pub(super) rare: Option<Box<Rare>>,
}

/// Arguments of the container that a secret may say or inherit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Settings {
    pub(super) kms_key_id: Option<KmsKey>,
    pub(super) recovery_window_in_days: Option<Setting<RecoveryWindow>>,
    pub(super) force_overwrite_replica_secret: Option<Setting<bool>>,
    pub(super) replicas: Vec<Replica>,
    pub(super) prevent_destroy: Option<bool>,
    pub(super) provider: Option<Provider>,
    pub(super) region: Option<Region>,
    pub(super) file: Option<FileName>,
    pub(super) ignore: Ignore,
}

/// See [`Said::rare`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rare {
    pub(super) policy: Option<ResourcePolicy>,
    pub(super) guide: Option<String>,
    pub(super) probe: Option<Probe>,
    pub(super) value: ValueSource,
    pub(super) rotation: Option<Rotation>,
}

impl Secret {
    /// A secret under construction.
    pub fn builder(label: impl Into<EcoString>) -> SecretBuilder {
        SecretBuilder::new(label.into())
    }

    fn setting<'s, T>(&'s self, get: impl FnOnce(&'s Settings) -> Option<T>) -> Option<T> {
        self.said.settings.as_deref().and_then(get)
    }

    /// How the spec names it.
    pub fn reference(&self) -> &SecretRef {
        &self.said.reference
    }

    /// The label of its group, if it is in one.
    pub fn group(&self) -> Option<&str> {
        self.said.reference.group.as_deref()
    }

    /// The label of its Terraform block.
    pub fn label(&self) -> &Label {
        &self.said.label
    }

    /// Its name in AWS.
    pub fn name(&self) -> &SecretName {
        &self.said.name
    }

    /// What it is for.
    pub fn description(&self) -> Option<&Description> {
        self.said.description.as_ref()
    }

    /// What encrypts it, if not the account's own key of Secrets Manager.
    pub fn kms_key_id(&self) -> Option<&KmsKey> {
        self.setting(|said| said.kms_key_id.as_ref())
    }

    /// How long it can be restored after it is deleted, where that is said.
    pub fn recovery_window_in_days(&self) -> Option<&Setting<RecoveryWindow>> {
        self.setting(|said| said.recovery_window_in_days.as_ref())
    }

    /// Whether a replica may overwrite a secret of the same name, where that is said.
    pub fn force_overwrite_replica_secret(&self) -> Option<&Setting<bool>> {
        self.setting(|said| said.force_overwrite_replica_secret.as_ref())
    }

    /// Its tags.
    pub fn tags(&self) -> &Tags {
        &self.said.tags
    }

    /// Its copies in other regions.
    pub fn replicas(&self) -> &[Replica] {
        self.setting(|said| Some(said.replicas.as_slice())).unwrap_or_default()
    }

    /// Its own policy.
    pub fn policy(&self) -> Option<&ResourcePolicy> {
        self.said.rare.as_ref()?.policy.as_ref()
    }

    /// Where its value comes from.
    pub fn value(&self) -> &ValueSource {
        self.said.rare.as_ref().map_or(&ValueSource::Manual, |rare| &rare.value)
    }

    /// What replaces its value.
    pub fn rotation(&self) -> Option<&Rotation> {
        self.said.rare.as_ref()?.rotation.as_ref()
    }

    /// Terraform's `lifecycle { prevent_destroy }`, where that is said.
    pub fn prevent_destroy(&self) -> Option<bool> {
        self.setting(|said| said.prevent_destroy)
    }

    /// Which configuration of the provider makes it, where that is said.
    pub fn provider(&self) -> Option<&Provider> {
        self.setting(|said| said.provider.as_ref())
    }

    /// Where it is, if not in the provider's region (provider 6).
    pub fn region(&self) -> Option<&Region> {
        self.setting(|said| said.region.as_ref())
    }

    /// The file that its block is added to, where that is said.
    pub fn file(&self) -> Option<&FileName> {
        self.setting(|said| said.file.as_ref())
    }

    /// What is written when it is created and not compared after.
    pub fn ignore(&self) -> &Ignore {
        static NOTHING: Ignore = Ignore::Only(Vec::new());
        self.said.settings.as_ref().map_or(&NOTHING, |said| &said.ignore)
    }

    /// The keys of its JSON value.
    pub fn fields(&self) -> &[Field] {
        &self.said.fields
    }

    /// What a person does to get its value; Markdown.
    pub fn guide(&self) -> Option<&str> {
        self.said.rare.as_ref()?.guide.as_deref()
    }

    /// What proves its value.
    pub fn probe(&self) -> Option<&Probe> {
        self.said.rare.as_ref()?.probe.as_ref()
    }

    /// `aws_secretsmanager_secret.LABEL`
    pub fn address(&self) -> Address {
        Address::secret(self.said.label.as_str())
    }

    /// Terraform's expression for its ARN: `aws_secretsmanager_secret.LABEL.arn`.
    pub fn arn_expression(&self) -> Expression {
        Expression::plain(format!("{}.arn", self.address()))
    }

    /// The neutral form of its `aws_secretsmanager_secret` block, meta-arguments and
    /// `lifecycle` included.
    pub fn record(&self) -> Record {
        const ARGUMENTS: [&str; 9] = [
            "provider",
            "region",
            "name",
            "type",
            "description",
            "kms_key_id",
            "recovery_window_in_days",
            "force_overwrite_replica_secret",
            "tags",
        ];
        let mut record = Record::new();
        for name in ARGUMENTS {
            record.set_some(name, self.argument(name).map(Argument::into_datum));
        }
        for name in ["replica", "lifecycle"] {
            self.nested(name).iter().for_each(|block| record.push(name, block.clone()));
        }
        record
    }
}

/// Its `aws_secretsmanager_secret` block.
impl Says for Secret {
    fn argument(&self, name: &str) -> Option<Argument<'_>> {
        let said = &*self.said;
        match name {
            "name" => Some(Argument::Text(said.name.as_text())),
            "description" => said.description.as_ref().map(|it| Argument::Text(it.as_text())),
            "tags" => (!said.tags.is_empty()).then_some(Argument::Tags(&said.tags)),
            "kms_key_id" => self.kms_key_id().map(|it| Argument::Text(it.as_text())),
            "region" => self.region().map(|it| Argument::Text(it.as_text())),
            "type" => self.value().external().map(|it| it.datum().into()),
            "provider" => self.provider().map(|it| it.datum().into()),
            "recovery_window_in_days" => {
                self.recovery_window_in_days().map(|it| it.datum(|days| days.datum()).into())
            }
            "force_overwrite_replica_secret" => {
                let force = self.force_overwrite_replica_secret();
                force.map(|it| it.datum(|force| Datum::Bool(*force)).into())
            }
            _ => None,
        }
    }

    fn nested(&self, name: &str) -> Cow<'_, [Record]> {
        match (name, self.prevent_destroy()) {
            ("replica", _) => self.replicas().iter().map(Replica::record).collect(),
            ("lifecycle", Some(prevent)) => {
                let mut lifecycle = Record::new();
                lifecycle.set("prevent_destroy", Datum::Bool(prevent));
                Cow::Owned(vec![lifecycle])
            }
            _ => Cow::Borrowed(&[]),
        }
    }
}
