//! Everything that one spec declares, checked as a whole.

use super::order::Order;
use super::{
    FileName, Grant, Group, IdentityProvider, ModelBuilder, OidcRole, Profile, Reader, Resolved, Scope,
    Secret, SecretRef, Suffix, Text, iam,
};

/// Groups, secrets and readers of one Terraform directory. No label, name or place is taken
/// twice, and all that is read is declared.
#[derive(Clone, Debug)]
pub struct Model {
    pub(super) scope: Scope,
    pub(super) file: FileName,
    pub(super) profile: Option<Profile>,
    pub(super) groups: Vec<Group>,
    pub(super) secrets: Vec<Secret>,
    pub(super) readers: Vec<Reader>,
    /// What each grant of each reader comes to.
    pub(super) resolved: Vec<Vec<Resolved>>,
    pub(super) oidc: Vec<OidcRole>,
    /// The identity providers that are written for them, each once.
    pub(super) providers: Vec<IdentityProvider>,
    pub(super) by_reference: Order,
    pub(super) by_label: Order,
    pub(super) by_name: Order,
}

/// A grant of the model with its reader and what it comes to.
#[derive(Clone, Copy, Debug)]
pub struct Granted<'m> {
    /// Whose it is.
    pub reader: &'m Reader,
    /// As it was said.
    pub grant: &'m Grant,
    /// As it is written.
    pub resolved: &'m Resolved,
}

impl Model {
    /// The file that containers are added to unless another is said.
    pub const DEFAULT_FILE: &'static str = "secrets.tf";

    /// A model under construction.
    pub fn builder() -> ModelBuilder {
        ModelBuilder::default()
    }

    /// The directory's own partition, region and account.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The file that containers are added to unless another is said.
    pub fn file(&self) -> &FileName {
        &self.file
    }

    /// The profile under which people run the AWS CLI here, where that is said.
    pub fn profile(&self) -> Option<&Profile> {
        self.profile.as_ref()
    }

    /// The groups, in the spec's order.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The secrets, in the spec's order.
    pub fn secrets(&self) -> &[Secret] {
        &self.secrets
    }

    /// The readers, in the spec's order.
    pub fn readers(&self) -> &[Reader] {
        &self.readers
    }

    /// The roles for CI systems, in the spec's order.
    pub fn oidc(&self) -> &[OidcRole] {
        &self.oidc
    }

    /// The identity providers that are written for those roles.
    pub fn providers(&self) -> &[IdentityProvider] {
        &self.providers
    }

    /// Whether anything is granted to a role of these: by a statement of its own, or by a
    /// reader's in its document. Then there are document, policy and attachment.
    pub fn permits(&self, role: &OidcRole) -> bool {
        let document = role.document_address();
        let granted = |grant: &Grant| grant.place().address().as_ref() == Some(&document);
        !role.statements().is_empty() || self.readers.iter().flat_map(Reader::grants).any(granted)
    }

    /// Every grant, by reader in the spec's order.
    pub fn grants(&self) -> impl Iterator<Item = Granted<'_>> {
        self.readers.iter().zip(&self.resolved).flat_map(|(reader, resolved)| {
            let each = reader.grants().iter().zip(resolved);
            each.map(move |(grant, resolved)| Granted { reader, grant, resolved })
        })
    }

    /// The group of this label.
    pub fn group(&self, label: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.label() == label)
    }

    /// The secret that the spec names so.
    pub fn secret(&self, reference: &SecretRef) -> Option<&Secret> {
        let at = self.by_reference.find(&self.secrets, Secret::reference, &reference)?;
        Some(&self.secrets[at])
    }

    /// Which secret's Terraform block has this label.
    pub fn labelled(&self, label: &str) -> Option<usize> {
        self.by_label.find(&self.secrets, |secret| secret.label().as_str(), &label)
    }

    /// Which secret has this name, if its name is known before Terraform runs.
    pub fn named(&self, name: &str) -> Option<usize> {
        self.by_name.find(&self.secrets, |secret| secret.name().as_literal(), &Some(name))
    }

    /// Where a secret is: its own region, its group's account, else the directory's.
    pub fn scope_of(&self, secret: &Secret) -> Scope {
        secret_scope(secret, secret.group().and_then(|group| self.group(group))).or(&self.scope)
    }

    /// The ARN pattern that is one secret, where its region and account are said:
    /// `arn:…:secret:NAME-??????`.
    pub fn arn_pattern(&self, secret: &Secret, suffix: Suffix) -> Option<Text> {
        secret_arn(&self.scope_of(secret), secret.name().as_text(), suffix.as_str())
    }
}

/// What a secret and its group say of where it is.
pub(super) fn secret_scope(secret: &Secret, group: Option<&Group>) -> Scope {
    let own = Scope { region: secret.region().cloned(), ..Scope::default() };
    group.map_or_else(|| own.clone(), |group| own.or(&group.scope()))
}

/// `arn:…:secret:NAME` and what follows, if region and account are said.
pub(super) fn secret_arn(scope: &Scope, name: &Text, end: &str) -> Option<Text> {
    let mut name = name.clone();
    name.push_str(end);
    let partition = scope.partition.clone().unwrap_or_default();
    let (region, account) = (scope.region.as_ref()?, scope.account_id.as_ref()?);
    let arn = iam::Arn::secret(
        partition.as_text().clone(),
        region.as_text().clone(),
        account.as_text().clone(),
        &name,
    );
    Some(arn.to_text())
}
