//! Groups and secrets to the model: names, labels, and what is inherited.

use crate::diagnostic::codes;
use crate::model::iam::Resource;
use crate::model::{
    Datum, Description, Errors, Field, FileName, Format, Group, InvalidKind, Kind, KmsKey, Label, Prefix,
    Provider, RecoveryWindow, Region, Replica, ResourcePolicy, Secret, SecretBuilder, SecretName, Setting,
    Tags, Text, Url,
};
use crate::source::Span;

use super::super::own::OWN;
use super::super::types::{self, Inherit, Literal, Policy, Said};
use super::super::value::Around;
use super::Lowering;
use super::names::{At, Nowhere};

impl<'s> Lowering<'s> {
    /// All groups, in the spec's order; those with errors are left out.
    pub(super) fn groups(&mut self) {
        for (at, group) in self.names.spec.groups.iter().enumerate() {
            if group.label.is_empty() {
                self.groups.push(None);
                self.prefixes.push(None);
                continue;
            }
            let sound = self.check_group_label(at, group);
            let (prefix, span) = match &group.prefix {
                Some(said) => {
                    (self.sink.text("prefix", said, &Nowhere(&self.names)).unwrap_or_default(), said.span)
                }
                None => (Text::from([&*group.label, "/"].concat()), group.span),
            };
            let prefix = self.sink.checked(span, Prefix::new(prefix));
            if let Some(prefix) = prefix.as_ref().filter(|prefix| prefix.is_loose()) {
                self.loose_prefix(span, prefix);
            }
            self.prefixes.push(prefix.as_ref().map(|prefix| prefix.as_text().clone()));
            let built = prefix.filter(|_| sound).and_then(|prefix| {
                let mut builder = Group::builder(group.label.clone()).prefix(prefix).external(group.external);
                if let Some(title) = &group.rare().title {
                    builder = builder.title(title.as_str());
                }
                if let Some(said) = &group.rare().url
                    && let Some(url) = self.sink.checked(said.span, Url::new(said.value.as_str()))
                {
                    builder = builder.url(url);
                }
                if let Some(guide) = &group.rare().guide {
                    builder = builder.guide(guide.as_str());
                }
                if let Some(said) = &group.rare().account_id
                    && let Some(account) = self.account("account_id", said)
                {
                    builder = builder.account_id(account);
                }
                if let Some(region) = self.group_region(group.inherit.as_deref()) {
                    builder = builder.region(region);
                }
                self.model_errors(group.span, builder.build())
            });
            self.groups.push(built);
        }
    }

    /// The region that a group's secrets inherit; one that is made of each secret's own name says
    /// nothing of the group.
    fn group_region(&mut self, group: Option<&Inherit>) -> Option<Region> {
        let own = group.and_then(|group| group.region.as_ref());
        let said = own.or(self.names.spec.defaults.region.as_ref())?;
        let text = match said.value.resolve(&Nowhere(&self.names)).ok()?.converted(Kind::String) {
            Datum::Text(text) => text,
            Datum::Symbol(symbol) => symbol.into(),
            _ => return None,
        };
        self.sink.checked(said.span, Region::new(text))
    }

    fn check_group_label(&mut self, at: usize, group: &types::Group) -> bool {
        if let Some(first) = self.names.group(&group.label).filter(|first| *first != at) {
            let first = self.names.spec.groups[first].span;
            self.sink
                .errors
                .twice(group.span, first, format!("the group `{}` is declared twice", group.label))
                .fix("join the two in one block");
        }
        if OWN.contains(&group.label.as_str()) {
            self.reserved(group.span, "group", &group.label);
            return false;
        }
        true
    }

    fn reserved(&mut self, span: Span, kind: &str, label: &str) {
        self.sink
            .errors
            .wrong(
                span,
                format!("no {kind} can be called `{label}`: `secret.{label}` is said of the secret around"),
                "a word of the spec's",
            )
            .fix("call it otherwise");
    }

    fn loose_prefix(&mut self, span: Span, prefix: &Prefix) {
        self.sink
            .errors
            .add(
                &codes::LOOSE_PREFIX,
                span,
                format!("`{prefix}*` reads every name that begins so, `{prefix}-old/…` too"),
                "no separator at its end",
            )
            .fix(format!("end it in a separator, `\"{prefix}/\"` or `\"{prefix}-\"`, if the names do"));
    }

    /// The Terraform label of every secret, of which `secret.…​.arn` is made.
    pub(super) fn labels(&mut self) {
        for at in 0..self.names.spec.secrets.len() {
            let secret = &self.names.spec.secrets[at];
            let group = secret.group.map(|group| self.names.spec.groups[group].label.as_str());
            let label = match &secret.rare().terraform_label {
                Some(said) => self.sink.checked(said.span, Label::new(said.value.as_str())),
                None => self.sink.checked(secret.label_span, Label::derived(group, &secret.label)),
            };
            self.names.labels.push(label);
        }
    }

    /// One secret, or its errors.
    pub(super) fn secret(&mut self, at: usize) -> Option<Secret> {
        let spec = self.names.spec;
        let said = &spec.secrets[at];
        let sound = self.check_secret_label(said);
        let group = said.group.map(|group| &spec.groups[group]);
        let chain = Chain {
            levels: [
                said.inherit.as_deref(),
                group.and_then(|group| group.inherit.as_deref()),
                Some(&spec.defaults),
            ],
        };
        let prefix = said.group.and_then(|group| self.prefixes[group].clone());
        let name = self.secret_name(at, said, prefix.as_ref());
        let around = At {
            names: &self.names,
            secret: at,
            prefix: prefix.as_ref(),
            name: name.as_ref().map(SecretName::as_text),
        };
        let sink = &mut self.sink;

        let mut builder = Secret::builder(said.label.clone());
        if let Some(text) = said.description.as_ref().and_then(|said| sink.text("description", said, &around))
        {
            let span = said.description.as_ref().map_or(said.span, |said| said.span);
            if let Some(description) = sink.checked(span, Description::new(text)) {
                builder = builder.description(description);
            }
        }
        let mut tags = Tags::new();
        for level in chain.levels.iter().rev().flatten() {
            if let Some(said) = &level.tags {
                sink.tags(&mut tags, said, &around);
            }
        }
        builder = builder.tags(tags);
        builder = inherited(sink, builder, &chain, &around);
        let said_fields = spec.fields(said);
        if !said_fields.is_empty() {
            let mut fields = Vec::with_capacity(said_fields.len());
            fields.extend(said_fields.iter().filter_map(|said| field(sink, said)));
            builder = builder.fields(fields);
        }
        if let Some(rare) = said.rare.as_deref() {
            builder = super::probe::rare(sink, builder, rare, said_fields);
        }
        let value = chain.first(|level| level.value.as_deref());
        let value = sink.value_source(value, said, &around);
        let rotation = chain.first(|level| level.rotation.as_deref());
        if let Some(rotation) = rotation.and_then(|rotation| sink.rotation(rotation, value.as_ref(), &around))
        {
            builder = builder.rotation(rotation);
        }
        let policy = chain.first(|level| level.policy.as_ref());
        let policy = policy.and_then(|policy| self.policy(policy, at, prefix.as_ref(), name.as_ref()));
        if let Some(policy) = policy {
            builder = builder.policy(policy);
        }
        let (name, label) = (name?, self.names.labels[at].clone()?);
        builder = builder.name(name).label(label).value(value?);
        if let Some(group) = said.group {
            builder = builder.group(self.groups[group].as_ref()?);
        }
        if !sound {
            return None;
        }
        self.secret_errors(said, builder.build())
    }

    /// The secret, or its errors, each where it belongs.
    fn secret_errors(&mut self, said: &types::Secret, built: Result<Secret, Errors>) -> Option<Secret> {
        built
            .map_err(|errors| {
                for invalid in &*errors {
                    let field = self.names.spec.fields(said).iter().find(|field| field.key == invalid.text());
                    let of_field = matches!(
                        invalid.kind(),
                        InvalidKind::FieldOfPassword
                            | InvalidKind::NothingGenerates
                            | InvalidKind::FieldTwice
                    );
                    let span = field.filter(|_| of_field).map_or(said.label_span, |field| field.span);
                    self.sink.invalid(span, invalid);
                }
            })
            .ok()
    }

    /// Whether the secret may be called so; if not, why not.
    fn check_secret_label(&mut self, said: &types::Secret) -> bool {
        let spec = self.names.spec;
        match said.group {
            Some(group) if spec.groups[group].external => {
                let group = &spec.groups[group];
                self.sink
                    .errors
                    .wrong(
                        said.label_span,
                        format!("`{}` is external: its secrets are declared elsewhere", group.label),
                        "in an external group",
                    )
                    .related(group.span, "the group")
                    .fix(format!(
                        "leave it out, `secret.{}.{}` can be read all the same; or take `external` away",
                        group.label, said.label
                    ));
                return false;
            }
            Some(_) => {}
            None if OWN.contains(&said.label.as_str()) => {
                self.reserved(said.label_span, "secret outside of groups", &said.label);
                return false;
            }
            None => {
                if let Some(group) = self.names.group(&said.label) {
                    let first = spec.groups[group].span;
                    self.sink
                        .errors
                        .twice(
                            said.label_span,
                            first,
                            format!(
                                "`{0}` is a group and a secret, so `secret.{0}` could be either",
                                said.label
                            ),
                        )
                        .fix("call one of them otherwise");
                    return false;
                }
            }
        }
        true
    }

    fn secret_name(&mut self, at: usize, said: &types::Secret, prefix: Option<&Text>) -> Option<SecretName> {
        let (text, span) = match &said.rare().name {
            Some(name) => {
                let around = At { names: &self.names, secret: at, prefix, name: None };
                (self.sink.text("name", name, &around)?, name.span)
            }
            None => {
                let mut text = match (said.group, prefix) {
                    (None, _) => Text::new(),
                    (Some(_), Some(prefix)) => prefix.clone(),
                    (Some(_), None) => return None,
                };
                text.push_str(&said.label);
                (text, said.label_span)
            }
        };
        let name = self.sink.checked(span, SecretName::new(text))?;
        if name.ends_like_an_arn() {
            self.sink
                .errors
                .add(
                    &codes::NAME_LIKE_ARN,
                    span,
                    format!("`{name}` ends in a hyphen and six characters, as the ARN of a secret does"),
                    "like an ARN's end",
                )
                .reason(
                    "Secrets Manager may take a partial ARN of it for a whole one and not find the secret",
                )
                .fix("call a new secret otherwise; lower it by a `rule` for one that exists");
        }
        Some(name)
    }

    fn policy(
        &mut self,
        policy: &Policy,
        at: usize,
        prefix: Option<&Text>,
        name: Option<&SecretName>,
    ) -> Option<ResourcePolicy> {
        let mut statements = Vec::new();
        for statement in &policy.statements {
            let reads = self.policy_reads(&statement.clauses);
            let around = At { names: &self.names, secret: at, prefix, name: name.map(SecretName::as_text) };
            statements.push(self.sink.statement(statement, &around, reads, Some(Resource::everything())));
        }
        let around = At { names: &self.names, secret: at, prefix, name: name.map(SecretName::as_text) };
        let made = match &policy.json {
            Some(said) => ResourcePolicy::json(self.sink.text("json", said, &around)?),
            None => ResourcePolicy::statements(statements.into_iter().collect::<Option<Vec<_>>>()?),
        };
        let block = policy.block_public_policy.as_ref();
        let block = block.and_then(|said| self.sink.switch("block_public_policy", said, &around));
        let made = self.model_errors(policy.span, made)?;
        Some(match block {
            Some(block) => made.block_public_policy(block),
            None => made,
        })
    }
}

/// What a secret inherits from: itself, its group, `defaults`.
struct Chain<'s> {
    levels: [Option<&'s Inherit>; 3],
}

impl<'s> Chain<'s> {
    fn first<T>(&self, get: impl Fn(&'s Inherit) -> Option<T>) -> Option<T> {
        self.levels.iter().flatten().find_map(|level| get(level))
    }
}

fn inherited(
    sink: &mut super::convert::Sink,
    mut builder: SecretBuilder,
    chain: &Chain<'_>,
    around: &dyn Around,
) -> SecretBuilder {
    if let Some(said) = chain.first(|level| level.kms_key_id.as_ref())
        && let Some(text) = sink.text("kms_key_id", said, around)
        && let Some(key) = sink.checked(said.span, KmsKey::new(text))
    {
        builder = builder.kms_key_id(key);
    }
    if let Some(said) = chain.first(|level| level.recovery_window_in_days.as_ref()) {
        match sink.number("recovery_window_in_days", said, around) {
            Some(Setting::Known(days)) => {
                if let Some(days) = sink.checked(said.span, RecoveryWindow::new(days)) {
                    builder = builder.recovery_window_in_days(days);
                }
            }
            Some(Setting::Symbol(days)) => builder = builder.recovery_window_expression(days),
            None => {}
        }
    }
    if let Some(said) = chain.first(|level| level.force_overwrite_replica_secret.as_ref())
        && let Some(force) = sink.switch("force_overwrite_replica_secret", said, around)
    {
        builder = builder.force_overwrite_replica_secret(force);
    }
    if let Some(said) = chain.first(|level| level.region.as_ref())
        && let Some(region) = region(sink, said, around)
    {
        builder = builder.region(region);
    }
    if let Some(said) = chain.first(|level| level.provider.as_ref())
        && let Some(provider) = &said.value
        && let Some(provider) = sink.checked(said.span, Provider::new(provider.as_str()))
    {
        builder = builder.provider(provider);
    }
    if let Some(said) = chain.first(|level| level.file.as_ref())
        && let Some(file) = &said.value
        && let Some(file) = sink.checked(said.span, FileName::new(file.as_str()))
    {
        builder = builder.file(file);
    }
    if let Some(ignore) = chain.first(|level| level.ignore.as_ref()) {
        builder = builder.ignore(ignore.clone());
    }
    if let Some(prevent) = chain.first(|level| level.lifecycle.as_ref()).and_then(|said| said.prevent_destroy)
    {
        builder = builder.prevent_destroy(prevent);
    }
    let replicas = chain.first(|level| (!level.replicas.is_empty()).then_some(&level.replicas));
    let mut regions: Vec<(Region, Span)> = Vec::new();
    for said in replicas.into_iter().flatten() {
        let Some(region) = said.region.as_ref().and_then(|said| region(sink, said, around)) else { continue };
        if let Some((_, first)) = regions.iter().find(|(other, _)| *other == region) {
            let first = *first;
            let message = format!("the region `{region}` has two replicas");
            sink.errors
                .add(&codes::DECLARED_TWICE, said.span, message, "again here")
                .related(first, "first here")
                .fix("keep one of them");
            continue;
        }
        regions.push((region.clone(), said.span));
        let mut replica = Replica::new(region);
        if let Some(said) = &said.kms_key_id
            && let Some(text) = sink.text("kms_key_id", said, around)
            && let Some(key) = sink.checked(said.span, KmsKey::new(text))
        {
            replica = replica.kms_key_id(key);
        }
        builder = builder.replica(replica);
    }
    builder
}

fn region(sink: &mut super::convert::Sink, said: &Said, around: &dyn Around) -> Option<Region> {
    let text = sink.text("region", said, around)?;
    sink.checked(said.span, Region::new(text))
}

/// A key of a secret's JSON value.
fn field(sink: &mut super::convert::Sink, said: &types::Field) -> Option<Field> {
    let mut builder = Field::builder(said.key.clone())
        .required(said.required)
        .sensitive(said.sensitive)
        .generated(said.generated);
    if let Some(text) = &said.description {
        builder = builder.description(text.clone());
    }
    if let Some(text) = &said.rare().example {
        builder = builder.example(text.as_str());
    }
    if let Some(format) = &said.rare().format {
        builder = builder.format(sink.checked(format.span, Format::new(format.value.as_str()))?);
    }
    if let Some(default) = &said.rare().default {
        if said.sensitive {
            sink.errors
                .wrong(default.span, format!("the field `{}` is sensitive, so its value can't stand in a spec", said.key), "a sensitive default")
                .fix("take `default` away, and make the value anew if it was a real one: it has been in a file");
            return None;
        }
        builder = builder.default(shown(&default.value));
    }
    match builder.build() {
        Ok(field) => Some(field),
        Err(errors) => {
            errors.iter().for_each(|invalid| sink.invalid(said.span, invalid));
            None
        }
    }
}

/// A literal as the text that stands in the secret's JSON value.
fn shown(literal: &Literal) -> String {
    match literal {
        Literal::String(text) => text.clone(),
        other => json(other).to_string(),
    }
}

fn json(literal: &Literal) -> serde_json::Value {
    use serde_json::Value;
    match literal {
        Literal::Bool(value) => Value::Bool(*value),
        Literal::Number(digits) => {
            digits.parse().map_or_else(|_| Value::String(digits.clone()), Value::Number)
        }
        Literal::String(text) => Value::String(text.clone()),
        Literal::List(items) => items.iter().map(json).collect(),
        Literal::Object(entries) => entries.iter().map(|(key, value)| (key.clone(), json(value))).collect(),
    }
}
