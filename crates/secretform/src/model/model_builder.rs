//! How a [`Model`] is built: what no group, secret or reader can tell by itself.

use foldhash::{HashMap, HashMapExt as _, HashSet, HashSetExt as _};
use std::collections::hash_map::Entry;

use super::checked::checked;
use super::declaration::{secret_arn, secret_scope};
use super::iam::{PolicyDocument, PolicyUse, Resource, Sid, Statement};
use super::order::Order;
use super::{
    AccountId, By, Errors, FileName, Grant, Group, IdentityProvider, Invalid, InvalidKind, Model, OidcRole,
    Partition, Place, PolicyContent, Profile, Read, Reader, Region, Resolved, ResourcePolicy, Scope, Secret,
    SecretBlock, SecretRef, Subject, Text,
};

/// A [`Model`] under construction.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct ModelBuilder {
    scope: Scope,
    file: Option<FileName>,
    profile: Option<Profile>,
    groups: Vec<Group>,
    secrets: Vec<Secret>,
    readers: Vec<Reader>,
    oidc: Vec<OidcRole>,
    errors: Vec<Invalid>,
}

impl ModelBuilder {
    /// The directory's region.
    pub fn region(mut self, region: impl TryInto<Region, Error: Into<Invalid>>) -> Self {
        self.scope.region = checked(region, &mut self.errors);
        self
    }

    /// The directory's account.
    pub fn account_id(mut self, account: impl TryInto<AccountId, Error: Into<Invalid>>) -> Self {
        self.scope.account_id = checked(account, &mut self.errors);
        self
    }

    /// The directory's partition; `aws` unless said.
    pub fn partition(mut self, partition: impl TryInto<Partition, Error: Into<Invalid>>) -> Self {
        self.scope.partition = checked(partition, &mut self.errors);
        self
    }

    /// The file that containers are added to; `secrets.tf` unless said.
    pub fn file(mut self, file: impl TryInto<FileName, Error: Into<Invalid>>) -> Self {
        self.file = checked(file, &mut self.errors);
        self
    }

    /// The profile under which people run the AWS CLI here.
    pub fn profile(mut self, profile: impl TryInto<Profile, Error: Into<Invalid>>) -> Self {
        self.profile = checked(profile, &mut self.errors);
        self
    }

    /// Adds a group.
    pub fn group(mut self, group: Group) -> Self {
        self.groups.push(group);
        self
    }

    /// All the groups, in their order.
    pub fn groups(mut self, groups: Vec<Group>) -> Self {
        self.groups = groups;
        self
    }

    /// Adds a secret; its group, if it is in one, is added too, before or after.
    pub fn secret(mut self, secret: Secret) -> Self {
        self.secrets.push(secret);
        self
    }

    /// Adds secrets in their order.
    pub fn secrets(mut self, secrets: impl IntoIterator<Item = Secret>) -> Self {
        self.secrets.extend(secrets);
        self
    }

    /// Adds a reader.
    pub fn reader(mut self, reader: Reader) -> Self {
        self.readers.push(reader);
        self
    }

    /// Adds a role for a CI system.
    pub fn oidc(mut self, role: OidcRole) -> Self {
        self.oidc.push(role);
        self
    }

    /// The model, or all that is wrong with it. Each error that is about a part has a
    /// [`Subject`](Invalid::subject).
    pub fn build(self) -> Result<Model, Errors> {
        self.build_or_return().map_err(|(errors, _)| errors)
    }

    /// The secrets, in their order.
    #[cfg(feature = "terraform")]
    pub(crate) fn into_secrets(self) -> Vec<Secret> {
        self.secrets
    }

    /// [`build`](Self::build); with errors, the builder comes back for who wants to say more.
    pub(crate) fn build_or_return(mut self) -> Result<Model, (Errors, Box<Self>)> {
        self.check_labels();
        self.check_secrets();
        self.check_places();
        let providers = self.check_oidc();
        let index = Index::new(&self);
        let mut errors = Vec::new();
        let mut resolved = Vec::with_capacity(self.readers.len());
        for (at, reader) in self.readers.iter().enumerate() {
            let mut each = Vec::with_capacity(reader.grants().len());
            for (place, grant) in reader.grants().iter().enumerate() {
                match index.resolve(grant) {
                    Ok(grant) => each.push(grant),
                    Err(found) => {
                        let subject = Subject::Grant(at, place);
                        errors.extend(found.into_iter().map(|error| error.subject_is(subject)));
                    }
                }
            }
            resolved.push(each);
        }
        self.errors.extend(errors);
        let file = match self.file.take() {
            Some(file) => Ok(file),
            None => FileName::new(Model::DEFAULT_FILE),
        };
        match file {
            Ok(file) if self.errors.is_empty() => Ok(Model {
                scope: self.scope,
                file,
                profile: self.profile,
                groups: self.groups,
                secrets: self.secrets,
                readers: self.readers,
                resolved,
                oidc: self.oidc,
                providers,
                by_reference: Order::default(),
                by_label: Order::default(),
                by_name: Order::default(),
            }),
            file => {
                self.errors.extend(file.err());
                Err((Errors(std::mem::take(&mut self.errors)), Box::new(self)))
            }
        }
    }

    /// Groups, readers and secrets are declared once, and a secret outside of groups has no
    /// group's label: `secret.LABEL` would be both.
    fn check_labels(&mut self) {
        let mut groups = HashMap::new();
        for (at, group) in self.groups.iter().enumerate() {
            if groups.insert(group.label(), at).is_some() {
                self.errors.push(twice(InvalidKind::GroupTwice, group.label(), Subject::Group(at)));
            }
        }
        let mut readers = HashMap::new();
        for (at, reader) in self.readers.iter().enumerate() {
            if readers.insert(reader.label(), at).is_some() {
                self.errors.push(twice(InvalidKind::ReaderTwice, reader.label(), Subject::Reader(at)));
            }
        }
        let mut secrets = HashMap::with_capacity(self.secrets.len());
        for (at, secret) in self.secrets.iter().enumerate() {
            let reference = secret.reference();
            if secrets.insert(reference, at).is_some() {
                self.errors.push(twice(InvalidKind::SecretTwice, reference, Subject::Secret(at)));
            }
            match secret.group() {
                None if groups.contains_key(reference.label.as_str()) => {
                    self.errors.push(twice(
                        InvalidKind::GroupAndSecret,
                        &reference.label,
                        Subject::Secret(at),
                    ));
                }
                Some(group) if !groups.contains_key(group) => {
                    self.errors.push(twice(InvalidKind::UnknownGroup, group, Subject::Secret(at)));
                }
                _ => {}
            }
        }
    }

    /// Two secrets have two Terraform labels, and two names where they are in one region and
    /// account. Providers stand for regions and accounts that aren't said.
    fn check_secrets(&mut self) {
        let mut labels = HashMap::with_capacity(self.secrets.len());
        let mut names = HashMap::with_capacity(self.secrets.len());
        for (at, secret) in self.secrets.iter().enumerate() {
            let subject = Subject::Secret(at);
            let of = |earlier: usize| self.secrets[earlier].reference().to_string();
            match labels.entry(secret.label()) {
                Entry::Occupied(earlier) => {
                    let error = twice(InvalidKind::LabelTwice, secret.label(), subject);
                    self.errors.push(error.detail(format!("it is {}'s", of(*earlier.get()))));
                }
                Entry::Vacant(entry) => {
                    entry.insert(at);
                }
            }
            let region = secret.region().filter(|region| Some(*region) != self.scope.region.as_ref());
            match names.entry((secret.name(), region, secret.provider())) {
                Entry::Occupied(earlier) => {
                    let error = twice(InvalidKind::NameTwice, secret.name(), subject);
                    self.errors.push(error.detail(format!("it is {}'s", of(*earlier.get()))));
                }
                Entry::Vacant(entry) => {
                    entry.insert(at);
                }
            }
        }
    }

    /// Roles have their blocks to themselves, but for identity providers, which they share.
    fn check_oidc(&mut self) -> Vec<IdentityProvider> {
        let mut taken = HashSet::new();
        let mut names = HashSet::new();
        let mut providers: Vec<IdentityProvider> = Vec::new();
        for (at, role) in self.oidc.iter().enumerate() {
            let subject = Subject::Oidc(at);
            let blocks =
                [role.role_address(), role.trust_address(), role.document_address(), role.policy_address()];
            if let Some(address) = blocks.into_iter().find(|address| !taken.insert(address.clone())) {
                self.errors.push(twice(InvalidKind::OidcTwice, address, subject));
            } else if !names.insert(role.name()) {
                self.errors.push(twice(InvalidKind::RoleTwice, role.name(), subject));
            }
            let Some(provider) = role.provider() else { continue };
            let joined = providers.iter_mut().map(|other| other.join(&provider)).find(|it| *it != Ok(false));
            match joined {
                Some(Err(error)) => self.errors.push(error.subject_is(subject)),
                Some(Ok(_)) => {}
                None => providers.push(provider),
            }
        }
        providers
    }

    /// Nothing is written by two: no whole document that another grant stands in, no
    /// statement of one Sid.
    fn check_places(&mut self) {
        let mut whole = HashSet::new();
        let mut statements: HashMap<String, Vec<Option<&Sid>>> = HashMap::new();
        for secret in &self.secrets {
            if matches!(secret.policy().map(ResourcePolicy::content), Some(PolicyContent::Document(_))) {
                whole.insert(secret.block_address(SecretBlock::PolicyDocument).to_string());
            }
        }
        for role in &self.oidc {
            whole.insert(role.trust_address().to_string());
            let sids = statements.entry(role.document_address().to_string()).or_default();
            sids.extend(role.statements().iter().filter_map(Statement::sid).map(Some));
        }
        for (at, reader) in self.readers.iter().enumerate() {
            for (place, grant) in reader.grants().iter().enumerate() {
                let key = grant.place().to_string();
                let taken = if grant.place().is_whole() {
                    statements.contains_key(&key) || !whole.insert(key)
                } else {
                    let owned_whole = whole.contains(&key);
                    let sids = statements.entry(key).or_default();
                    let sid = grant.sid();
                    let sid_taken = sid.is_some() && sids.contains(&sid);
                    sids.push(sid);
                    sid_taken || owned_whole
                };
                if taken {
                    self.errors.push(twice(
                        InvalidKind::PlaceTwice,
                        grant.place(),
                        Subject::Grant(at, place),
                    ));
                }
            }
        }
    }
}

fn twice(kind: InvalidKind, text: impl std::fmt::Display, subject: Subject) -> Invalid {
    Invalid::new(kind, text).subject_is(subject)
}

/// Groups and secrets by what readers call them.
struct Index<'m> {
    scope: &'m Scope,
    groups: HashMap<&'m str, &'m Group>,
    secrets: HashMap<&'m SecretRef, &'m Secret>,
    by_group: HashMap<&'m str, Vec<&'m Secret>>,
}

impl<'m> Index<'m> {
    fn new(builder: &'m ModelBuilder) -> Self {
        let grants = || builder.readers.iter().flat_map(Reader::grants).flat_map(Grant::reads);
        // Most specs read whole groups: then no secret is asked for.
        let by_name = grants().any(|read| matches!(read, Read::Secret(_)));
        let one_by_one = grants().any(|read| matches!(read, Read::Each(_)));
        let mut by_group: HashMap<&str, Vec<&Secret>> = HashMap::new();
        for secret in builder.secrets.iter().filter(|_| one_by_one) {
            if let Some(group) = secret.group() {
                by_group.entry(group).or_default().push(secret);
            }
        }
        let named = builder.secrets.iter().filter(|_| by_name);
        Self {
            scope: &builder.scope,
            groups: builder.groups.iter().map(|group| (group.label(), group)).collect(),
            secrets: named.map(|secret| (secret.reference(), secret)).collect(),
            by_group,
        }
    }

    /// The statement of a grant, with the resources of what it reads before those it says.
    fn resolve(&self, grant: &Grant) -> Result<Resolved, Vec<Invalid>> {
        let mut errors = Vec::new();
        let mut resources: Vec<Resource> = Vec::new();
        let mut there = HashSet::new();
        for read in grant.reads() {
            match self.resources(read, grant) {
                Ok(found) => {
                    for resource in found {
                        if there.insert(resource.clone()) {
                            resources.push(resource);
                        }
                    }
                }
                Err(error) => errors.push(error),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let statement = grant.base.clone().resources_first(resources).build().map_err(Vec::from_iter)?;
        let document = self.document(grant, &statement)?;
        Ok(Resolved { statement, document })
    }

    fn document(&self, grant: &Grant, statement: &Statement) -> Result<Option<PolicyDocument>, Vec<Invalid>> {
        if !grant.place().is_whole() {
            return Ok(None);
        }
        let all = || std::iter::once(statement).chain(grant.others());
        if matches!(grant.place(), Place::PolicyFile { .. }) {
            let symbolic = all().filter(|statement| !statement.is_literal());
            let errors: Vec<_> = symbolic.map(|statement| symbol_in_json(statement, grant)).collect();
            if !errors.is_empty() {
                return Err(errors);
            }
        }
        // What it is attached to is not known here; no identity policy is longer than a role's.
        // With principals it is some service's resource policy, of another length.
        let identity = all().all(|it| it.principals().is_empty() && it.not_principals().is_empty());
        let mut document = PolicyDocument::builder();
        if identity {
            document = document.used_as(PolicyUse::Role);
        }
        for statement in all() {
            document = document.statement(statement.clone());
        }
        document.build().map(Some).map_err(Vec::from_iter)
    }

    fn resources(&self, read: &Read, grant: &Grant) -> Result<Vec<Resource>, Invalid> {
        let unknown = |kind| Invalid::new(kind, read);
        match read {
            Read::Group(label) => {
                let group =
                    self.groups.get(label.as_str()).ok_or_else(|| unknown(InvalidKind::UnknownGroup))?;
                if group.prefix().is_empty() {
                    return Err(unknown(InvalidKind::EverySecret));
                }
                self.arn(read, grant, &group.scope(), group.prefix().as_text(), "*").map(|arn| vec![arn])
            }
            Read::Each(label) => {
                if !self.groups.contains_key(label.as_str()) {
                    return Err(unknown(InvalidKind::UnknownGroup));
                }
                let secrets = self.by_group.get(label.as_str()).map_or(&[][..], Vec::as_slice);
                if secrets.is_empty() {
                    return Err(unknown(InvalidKind::UnknownSecret).detail("the group declares none"));
                }
                secrets.iter().map(|secret| self.secret(read, grant, secret)).collect()
            }
            Read::Secret(reference) => {
                if let Some(secret) = self.secrets.get(reference) {
                    return Ok(vec![self.secret(read, grant, secret)?]);
                }
                let group = reference.group.as_deref().and_then(|label| self.groups.get(label));
                let Some(group) = group.filter(|group| group.is_external()) else {
                    return Err(unknown(InvalidKind::UnknownSecret));
                };
                let name = group.prefix().name(&reference.label)?;
                let arn = self.arn(read, grant, &group.scope(), name.as_text(), grant.suffix().as_str())?;
                Ok(vec![arn])
            }
        }
    }

    fn secret(&self, read: &Read, grant: &Grant, secret: &Secret) -> Result<Resource, Invalid> {
        if grant.by() == By::Reference {
            return Resource::new(secret.arn_expression());
        }
        let group = secret.group().and_then(|group| self.groups.get(group)).copied();
        let scope = secret_scope(secret, group);
        self.arn(read, grant, &scope, secret.name().as_text(), grant.suffix().as_str())
    }

    /// `own` is what the secret or group says of where it is; the grant's word wins, the
    /// directory's comes last.
    fn arn(
        &self,
        read: &Read,
        grant: &Grant,
        own: &Scope,
        name: &Text,
        end: &str,
    ) -> Result<Resource, Invalid> {
        let scope = grant.scope().or(own).or(self.scope);
        let arn = secret_arn(&scope, name, end).ok_or_else(|| Invalid::new(InvalidKind::NoScope, read))?;
        Resource::new(arn)
    }
}

fn symbol_in_json(statement: &Statement, grant: &Grant) -> Invalid {
    let symbolic = statement.resources().items().iter().find(|resource| resource.as_literal().is_none());
    match symbolic {
        Some(resource) => Invalid::new(InvalidKind::SymbolInJson, resource),
        None => Invalid::new(InvalidKind::SymbolInJson, grant.place()),
    }
}

#[cfg(test)]
mod tests;
