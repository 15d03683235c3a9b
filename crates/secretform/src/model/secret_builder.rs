//! How a [`Secret`] is built: everything optional but its label, all errors at once.

use ecow::EcoString;

use super::checked::checked;
use super::group::check_label;
use super::secret::{Said, Settings};
use super::{
    Description, Errors, Expression, Field, FileName, Group, Ignore, Invalid, InvalidKind, KmsKey, Label,
    Prefix, Probe, Provider, RecoveryWindow, Region, Replica, ResourcePolicy, RotatedBy, Rotation, Secret,
    SecretName, SecretRef, Setting, Tags, Text, ValueSource,
};

/// A [`Secret`] under construction. Methods take a checked value, or text that
/// [`build`](Self::build) then complains of.
#[derive(Clone, Debug)]
#[must_use]
pub struct SecretBuilder {
    /// Its name and label are placeholders until [`build`](Self::build).
    said: Box<Said>,
    group: Option<(Prefix, bool)>,
    name: Option<SecretName>,
    label: Option<Label>,
    errors: Vec<Invalid>,
}

impl SecretBuilder {
    pub(super) fn new(label: EcoString) -> Self {
        Self {
            said: Box::new(Said {
                reference: SecretRef { group: None, label },
                label: Label::placeholder(),
                name: SecretName::placeholder(),
                description: None,
                tags: Tags::new(),
                fields: Vec::new(),
                settings: None,
                rare: None,
            }),
            group: None,
            name: None,
            label: None,
            errors: Vec::new(),
        }
    }

    /// The group that it is in: its name is then the group's prefix and its label.
    pub fn group(mut self, group: &Group) -> Self {
        self.said.reference.group = Some(group.shared_label().clone());
        self.group = Some((group.prefix().clone(), group.is_external()));
        self
    }

    /// Its whole name, where prefix and label don't make it.
    pub fn name(mut self, name: impl TryInto<SecretName, Error: Into<Invalid>>) -> Self {
        self.name = checked(name, &mut self.errors);
        self
    }

    /// The label of its Terraform block, where [`Label::derived`] isn't it.
    pub fn label(mut self, label: impl TryInto<Label, Error: Into<Invalid>>) -> Self {
        self.label = checked(label, &mut self.errors);
        self
    }

    /// What it is for.
    pub fn description(mut self, description: impl TryInto<Description, Error: Into<Invalid>>) -> Self {
        self.said.description = checked(description, &mut self.errors);
        self
    }

    /// What encrypts it.
    pub fn kms_key_id(mut self, key: impl TryInto<KmsKey, Error: Into<Invalid>>) -> Self {
        let key = checked(key, &mut self.errors);
        self.settings().kms_key_id = key;
        self
    }

    /// How long it can be restored after it is deleted.
    pub fn recovery_window_in_days(
        mut self,
        days: impl TryInto<RecoveryWindow, Error: Into<Invalid>>,
    ) -> Self {
        let days = checked(days, &mut self.errors).map(Setting::Known);
        self.settings().recovery_window_in_days = days;
        self
    }

    /// The same, by an expression.
    pub fn recovery_window_expression(mut self, days: Expression) -> Self {
        self.settings().recovery_window_in_days = Some(Setting::Symbol(days));
        self
    }

    /// Whether a replica may overwrite a secret of the same name.
    pub fn force_overwrite_replica_secret(mut self, force: impl Into<Setting<bool>>) -> Self {
        self.settings().force_overwrite_replica_secret = Some(force.into());
        self
    }

    /// Adds a tag, or says another value for it.
    pub fn tag(mut self, key: impl Into<Text>, value: impl Into<Text>) -> Self {
        if let Err(error) = self.said.tags.set(key, value) {
            self.errors.push(error);
        }
        self
    }

    /// All its tags.
    pub fn tags(mut self, tags: Tags) -> Self {
        self.said.tags = tags;
        self
    }

    /// Adds a copy in another region.
    pub fn replica(mut self, replica: Replica) -> Self {
        self.settings().replicas.push(replica);
        self
    }

    /// Its own policy.
    pub fn policy(mut self, policy: ResourcePolicy) -> Self {
        self.said.rare.get_or_insert_default().policy = Some(policy);
        self
    }

    /// Where its value comes from.
    pub fn value(mut self, source: ValueSource) -> Self {
        if source != ValueSource::Manual || self.said.rare.is_some() {
            self.said.rare.get_or_insert_default().value = source;
        }
        self
    }

    /// What replaces its value.
    pub fn rotation(mut self, rotation: Rotation) -> Self {
        self.said.rare.get_or_insert_default().rotation = Some(rotation);
        self
    }

    /// Terraform's `lifecycle { prevent_destroy }`.
    pub fn prevent_destroy(mut self, prevent: bool) -> Self {
        self.settings().prevent_destroy = Some(prevent);
        self
    }

    /// Which configuration of the provider makes it.
    pub fn provider(mut self, provider: impl TryInto<Provider, Error: Into<Invalid>>) -> Self {
        let provider = checked(provider, &mut self.errors);
        self.settings().provider = provider;
        self
    }

    /// Where it is (provider 6).
    pub fn region(mut self, region: impl TryInto<Region, Error: Into<Invalid>>) -> Self {
        let region = checked(region, &mut self.errors);
        self.settings().region = region;
        self
    }

    /// The file that its block is added to.
    pub fn file(mut self, file: impl TryInto<FileName, Error: Into<Invalid>>) -> Self {
        let file = checked(file, &mut self.errors);
        self.settings().file = file;
        self
    }

    /// What is written when it is created and not compared after.
    pub fn ignore(mut self, ignore: Ignore) -> Self {
        if ignore != Ignore::default() || self.said.settings.is_some() {
            self.settings().ignore = ignore;
        }
        self
    }

    /// Adds a key of its JSON value.
    pub fn field(mut self, field: Field) -> Self {
        self.said.fields.push(field);
        self
    }

    /// All the keys of its JSON value.
    pub fn fields(mut self, fields: Vec<Field>) -> Self {
        self.said.fields = fields;
        self
    }

    /// What a person does to get its value; Markdown.
    pub fn guide(mut self, guide: impl Into<String>) -> Self {
        self.said.rare.get_or_insert_default().guide = Some(guide.into());
        self
    }

    /// What proves its value; the fields that it uses are declared, before or after.
    pub fn probe(mut self, probe: Probe) -> Self {
        self.said.rare.get_or_insert_default().probe = Some(probe);
        self
    }

    fn settings(&mut self) -> &mut Settings {
        self.said.settings.get_or_insert_default()
    }

    /// The secret, or all that is wrong with it.
    pub fn build(mut self) -> Result<Secret, Errors> {
        let spec_label = std::mem::take(&mut self.said.reference.label);
        // Only labels that stand right after `secret.` can be taken for something else.
        if spec_label.is_empty() {
            return Err(Invalid::new(InvalidKind::EmptyLabel, "").into());
        } else if self.group.is_none() {
            self.errors.extend(check_label(&spec_label).err());
        }
        if let Some((_, true)) = &self.group {
            let group = self.said.reference.group.clone().unwrap_or_default();
            self.errors
                .push(Invalid::new(InvalidKind::SecretOfExternal, &spec_label).detail(group.to_string()));
        }
        self.check_replicas();
        self.check_value();
        for (at, field) in self.said.fields.iter().enumerate() {
            if self.said.fields[..at].iter().any(|earlier| earlier.name() == field.name()) {
                self.errors.push(Invalid::new(InvalidKind::FieldTwice, field.name()));
            }
        }
        if let Some(probe) = self.said.rare.as_ref().and_then(|rare| rare.probe.as_ref()) {
            for key in probe.fields() {
                if !self.said.fields.iter().any(|field| field.name() == key) {
                    self.errors.push(Invalid::new(InvalidKind::ProbeField, key));
                }
            }
        }
        // A name or label that was refused is not derived in its place: the errors stand.
        let refused = |errors: &[Invalid], kind| errors.iter().any(|error| error.kind() == kind);
        let name = match (self.name.take(), self.group.take()) {
            (Some(name), _) => Some(name),
            (None, _) if refused(&self.errors, InvalidKind::SecretName) => None,
            (None, Some((prefix, _))) => self.keep(prefix.name(&spec_label)),
            (None, None) => self.keep(SecretName::new(spec_label.as_str())),
        };
        let label = match self.label.take() {
            Some(label) => Some(label),
            None if refused(&self.errors, InvalidKind::Label) => None,
            None => {
                let label = Label::derived(self.said.reference.group.as_deref(), &spec_label);
                self.keep(label)
            }
        };
        let (Some(name), Some(label), true) = (name, label, self.errors.is_empty()) else {
            return Err(Errors(self.errors));
        };
        let mut said = self.said;
        (said.reference.label, said.name, said.label) = (spec_label, name, label);
        Ok(Secret { said })
    }

    fn keep<T>(&mut self, result: Result<T, Invalid>) -> Option<T> {
        result.map_err(|error| self.errors.push(error)).ok()
    }

    /// Whether value, rotation and fields fit each other.
    fn check_value(&mut self) {
        let manual = ValueSource::Manual;
        let (value, rotation) = match self.said.rare.as_deref() {
            Some(rare) => (&rare.value, rare.rotation.as_ref()),
            None => (&manual, None),
        };
        if let Some(rotation) = rotation {
            match (rotation.by(), value) {
                (RotatedBy::Partner { .. }, ValueSource::External(_)) | (RotatedBy::Function(_), _) => {}
                (RotatedBy::Partner { role, .. }, _) => {
                    self.errors.push(Invalid::new(InvalidKind::PartnerWithoutType, role));
                }
            }
        }
        // A password is no JSON, so it has no keys until a rotation writes some.
        if let (ValueSource::Generated(_), None, Some(field)) = (value, rotation, self.said.fields.first()) {
            self.errors.push(Invalid::new(InvalidKind::FieldOfPassword, field.name()));
        }
        if matches!(value, ValueSource::Manual) && rotation.is_none() {
            let made = self.said.fields.iter().filter(|field| field.is_generated());
            self.errors.extend(made.map(|field| Invalid::new(InvalidKind::NothingGenerates, field.name())));
        }
    }

    fn check_replicas(&mut self) {
        let Some(said) = self.said.settings.as_deref() else { return };
        for (at, replica) in said.replicas.iter().enumerate() {
            let region = &replica.region;
            if said.replicas[..at].iter().any(|earlier| earlier.region == *region) {
                self.errors.push(Invalid::new(InvalidKind::ReplicaTwice, region));
            }
            if said.region.as_ref() == Some(region) {
                self.errors.push(Invalid::new(InvalidKind::ReplicaAtHome, region));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FunctionArn, RotationDays, RotationRole, Schedule, SecretBlock, SecretType};

    fn kinds(builder: SecretBuilder) -> Vec<InvalidKind> {
        builder.build().err().into_iter().flatten().map(|error| error.kind()).collect()
    }

    #[test]
    fn name_and_label_come_from_group_and_label() {
        let group = Group::builder("airbyte").build().unwrap();
        let secret = Secret::builder("api-credentials").group(&group).build().unwrap();
        assert_eq!(secret.name().as_literal(), Some("airbyte/api-credentials"));
        assert_eq!(secret.label().as_str(), "airbyte_api_credentials");
        assert_eq!(secret.reference().to_string(), "secret.airbyte.api-credentials");
        let secret = Secret::builder("1password").name("other").label("x").build().unwrap();
        assert_eq!((secret.name().as_literal(), secret.label().as_str()), (Some("other"), "x"));
        assert_eq!(secret.reference().to_string(), "secret[\"1password\"]");
    }

    #[test]
    fn all_errors_come_together_and_none_twice() {
        let builder =
            Secret::builder("a b").name("a#b").label("1").recovery_window_in_days(6).kms_key_id("x");
        let expected =
            [InvalidKind::SecretName, InvalidKind::Label, InvalidKind::RecoveryWindow, InvalidKind::KmsKey];
        assert_eq!(kinds(builder), expected);
        assert_eq!(kinds(Secret::builder("a b")), [InvalidKind::SecretName]);
        assert_eq!(kinds(Secret::builder("arn")), [InvalidKind::ReservedLabel]);
        assert_eq!(kinds(Secret::builder("")), [InvalidKind::EmptyLabel]);
        let group = Group::builder("airbyte").build().unwrap();
        assert_eq!(kinds(Secret::builder("arn").group(&group)), []);
        let external = Group::builder("dlt").external(true).build().unwrap();
        assert_eq!(kinds(Secret::builder("a").group(&external)), [InvalidKind::SecretOfExternal]);
    }

    #[test]
    fn replicas_are_elsewhere_and_in_one_region_each() {
        let replica = |region: &str| Replica::new(Region::new(region).unwrap());
        let builder = Secret::builder("a").replica(replica("eu-west-1"));
        assert_eq!(kinds(builder.clone().replica(replica("eu-west-2"))), []);
        assert_eq!(kinds(builder.clone().replica(replica("eu-west-1"))), [InvalidKind::ReplicaTwice]);
        assert_eq!(kinds(builder.region("eu-west-1")), [InvalidKind::ReplicaAtHome]);
    }

    #[test]
    fn the_record_is_the_providers_block() {
        let secret = Secret::builder("token")
            .description("A token")
            .recovery_window_in_days(7)
            .force_overwrite_replica_secret(true)
            .tag("Name", "token")
            .provider("aws.core")
            .region("eu-west-2")
            .replica(Replica::new(Region::new("eu-west-1").unwrap()))
            .prevent_destroy(true)
            .build()
            .unwrap();
        let record = secret.record();
        let names: Vec<_> = record.arguments().map(|(name, _)| name).collect();
        let expected = [
            "description",
            "force_overwrite_replica_secret",
            "name",
            "provider",
            "recovery_window_in_days",
            "region",
            "tags",
        ];
        assert_eq!(names, expected);
        assert_eq!(record.blocks("replica").len(), 1);
        assert_eq!(
            record.blocks("lifecycle")[0].get("prevent_destroy"),
            Some(&super::super::Datum::Bool(true))
        );
        assert_eq!(secret.policy_record(), None);
    }

    #[test]
    fn value_rotation_and_fields_fit_each_other() {
        let generated = || {
            let version = super::super::ValueVersion::new(1).unwrap();
            ValueSource::Generated(Box::new(super::super::GeneratedValue::builder(version).build().unwrap()))
        };
        let schedule = || Schedule::AfterDays(RotationDays::new(30).unwrap().into());
        let role = RotationRole::new("arn:aws:iam::111122223333:role/x").unwrap();
        let partner = Rotation::by_partner(role, Vec::new(), schedule()).unwrap();
        let function = FunctionArn::new("arn:aws:lambda:eu-west-2:111122223333:function:x").unwrap();
        let function = Rotation::by_function(function, schedule());
        let external = ValueSource::External(SecretType::new("SnowflakeKeyPairAuthentication").unwrap());
        let plain = || Secret::builder("a");
        assert_eq!(kinds(plain().rotation(partner.clone())), [InvalidKind::PartnerWithoutType]);
        assert_eq!(kinds(plain().rotation(partner).value(external)), []);
        let made = Field::builder("key").generated(true).build().unwrap();
        assert_eq!(kinds(plain().field(made.clone())), [InvalidKind::NothingGenerates]);
        assert_eq!(kinds(plain().field(made.clone()).rotation(function.clone())), []);
        assert_eq!(kinds(plain().field(made.clone()).value(generated())), [InvalidKind::FieldOfPassword]);
        let all = plain().field(made).value(generated()).rotation(function).build().unwrap();
        let order = [
            SecretBlock::RandomPassword,
            SecretBlock::Container,
            SecretBlock::Version,
            SecretBlock::Rotation,
        ];
        assert_eq!(all.blocks().collect::<Vec<_>>(), order);
        assert_eq!(plain().value(ValueSource::Manual).build().unwrap(), plain().build().unwrap());
    }

    #[test]
    fn a_policy_stands_beside_it() {
        let policy = ResourcePolicy::json(Expression::reference("local.policy").unwrap()).unwrap();
        let secret = Secret::builder("token").policy(policy).build().unwrap();
        let record = secret.policy_record().unwrap();
        assert_eq!(record.get("secret_arn").unwrap().to_string(), "aws_secretsmanager_secret.token.arn");
        assert_eq!(record.get("policy").unwrap().to_string(), "local.policy");
        assert_eq!(secret.policy_document_record(), None);
    }
}
