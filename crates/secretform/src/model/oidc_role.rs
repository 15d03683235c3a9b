//! A role for the jobs of a CI system: identity provider, trust, role, permissions.

use super::checked::checked;
use super::iam::oidc::{Audience, IssuerUrl, Trust};
use super::iam::{
    PermissionsBoundary, PolicyDocument, PolicyUse, RoleDescription, RoleName, RolePath, SessionDuration,
    Statement,
};
use super::{
    Address, Datum, Errors, Expression, FileName, Invalid, InvalidKind, Label, Mode, Record, Setting, Tags,
    Text,
};

/// Who may assume the role.
#[derive(Clone, Debug)]
enum Trusted {
    /// Bearers of an issuer's tokens, by the identity provider of this ARN, or by one that is
    /// written under this label.
    Tokens(Box<Trust>, Result<Text, Label>),
    /// Whoever the statements say.
    Statements,
}

/// A role, whom it trusts, and what it may do: `oidc "LABEL"`.
#[derive(Clone, Debug)]
pub struct OidcRole {
    label: Label,
    file: FileName,
    trusted: Trusted,
    trust: PolicyDocument,
    labels: Labels,
    name: RoleName,
    arguments: Arguments,
    statements: Vec<Statement>,
}

/// The labels of the blocks that aren't the role.
#[derive(Clone, Debug, Default)]
struct Labels {
    trust: Option<Label>,
    document: Option<Label>,
    policy: Option<Label>,
}

/// What `aws_iam_role` takes beside its name and its trust policy.
#[derive(Clone, Debug, Default)]
struct Arguments {
    path: Option<RolePath>,
    description: Option<RoleDescription>,
    max_session_duration: Option<Setting<SessionDuration>>,
    permissions_boundary: Option<PermissionsBoundary>,
    force_detach_policies: Option<Setting<bool>>,
    tags: Tags,
}

/// An identity provider that is written for one role or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityProvider {
    label: Label,
    issuer: IssuerUrl,
    audiences: Vec<Audience>,
    file: FileName,
}

impl OidcRole {
    /// The file that its blocks are created in unless another is said.
    pub const DEFAULT_FILE: &'static str = "oidc.tf";

    /// A role under construction.
    pub fn builder(label: impl Into<String>) -> OidcRoleBuilder {
        OidcRoleBuilder { label: label.into(), ..OidcRoleBuilder::default() }
    }

    /// Its Terraform label.
    pub fn label(&self) -> &Label {
        &self.label
    }

    /// Where its blocks are created.
    pub fn file(&self) -> &FileName {
        &self.file
    }

    /// Its name.
    pub fn name(&self) -> &RoleName {
        &self.name
    }

    /// Whose tokens it takes, unless statements say whom it trusts.
    pub fn tokens(&self) -> Option<&Trust> {
        match &self.trusted {
            Trusted::Tokens(trust, _) => Some(trust),
            Trusted::Statements => None,
        }
    }

    /// Its trust policy.
    pub fn trust(&self) -> &PolicyDocument {
        &self.trust
    }

    /// What it may do, beside what readers are granted in its document.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// `data.aws_iam_policy_document.LABEL_trust`
    pub fn trust_address(&self) -> Address {
        let label = self.labels.trust.clone().unwrap_or_else(|| self.label.suffixed("_trust"));
        Address::policy_document(label.as_str())
    }

    /// `aws_iam_role.LABEL`
    pub fn role_address(&self) -> Address {
        Address::new(Mode::Managed, "aws_iam_role", self.label.as_str())
    }

    /// `data.aws_iam_policy_document.LABEL`, which holds what it may do.
    pub fn document_address(&self) -> Address {
        Address::policy_document(self.labels.document.as_ref().unwrap_or(&self.label).as_str())
    }

    /// `aws_iam_policy.LABEL`
    pub fn policy_address(&self) -> Address {
        let label = self.labels.policy.as_ref().unwrap_or(&self.label);
        Address::new(Mode::Managed, "aws_iam_policy", label.as_str())
    }

    /// `aws_iam_role_policy_attachment.LABEL`
    pub fn attachment_address(&self) -> Address {
        Address::new(Mode::Managed, "aws_iam_role_policy_attachment", self.label.as_str())
    }

    /// The neutral form of the `aws_iam_role`.
    pub fn role_record(&self) -> Record {
        let mut record = Record::new();
        let Arguments {
            path,
            description,
            max_session_duration,
            permissions_boundary,
            force_detach_policies,
            tags,
        } = &self.arguments;
        record.set("name", self.name.datum());
        record.set_some("path", path.as_ref().map(RolePath::datum));
        record.set_some("description", description.as_ref().map(RoleDescription::datum));
        record.set("assume_role_policy", attribute(&self.trust_address(), "json"));
        let duration = max_session_duration.as_ref();
        record.set_some("max_session_duration", duration.map(|it| it.datum(SessionDuration::datum)));
        record
            .set_some("permissions_boundary", permissions_boundary.as_ref().map(PermissionsBoundary::datum));
        let force = force_detach_policies.as_ref();
        record.set_some("force_detach_policies", force.map(|it| it.datum(|force| Datum::Bool(*force))));
        record.set_some("tags", (!tags.is_empty()).then(|| tags.datum()));
        record
    }

    /// The neutral form of the `aws_iam_policy`, which is called as the role is.
    pub fn policy_record(&self) -> Record {
        let mut record = Record::new();
        record.set("name", self.name.datum());
        record.set("policy", attribute(&self.document_address(), "json"));
        record
    }

    /// The neutral form of the `aws_iam_role_policy_attachment`.
    pub fn attachment_record(&self) -> Record {
        let mut record = Record::new();
        record.set("role", attribute(&self.role_address(), "name"));
        record.set("policy_arn", attribute(&self.policy_address(), "arn"));
        record
    }

    /// The identity provider that is written for it, if none is said.
    pub fn provider(&self) -> Option<IdentityProvider> {
        match &self.trusted {
            Trusted::Tokens(trust, Err(label)) => Some(IdentityProvider {
                label: label.clone(),
                issuer: trust.issuer().clone(),
                audiences: vec![trust.audience().clone()],
                file: self.file.clone(),
            }),
            _ => None,
        }
    }
}

impl IdentityProvider {
    /// Who signs the tokens.
    pub fn issuer(&self) -> &IssuerUrl {
        &self.issuer
    }

    /// Whom the tokens are for that it takes.
    pub fn audiences(&self) -> &[Audience] {
        &self.audiences
    }

    /// `aws_iam_openid_connect_provider.LABEL`
    pub fn address(&self) -> Address {
        provider_address(&self.label)
    }

    /// Where it is created.
    pub fn file(&self) -> &FileName {
        &self.file
    }

    /// The neutral form of the block.
    pub fn record(&self) -> Record {
        let mut record = Record::new();
        record.set("url", Datum::Text(self.issuer.url().into()));
        let audiences = self.audiences.iter().map(|audience| Datum::Text(audience.as_str().into()));
        record.set("client_id_list", Datum::List(audiences.collect()));
        record
    }

    /// Adds what another role needs of it, if it is of the same block; whether the two contradict
    /// each other.
    pub(super) fn join(&mut self, other: &IdentityProvider) -> Result<bool, Invalid> {
        match (self.label == other.label, self.issuer == other.issuer) {
            (false, false) => return Ok(false),
            (true, true) => {}
            (true, false) => {
                return Err(Invalid::new(InvalidKind::ProviderTwice, &self.label)
                    .detail(format!("{} and {}", self.issuer, other.issuer)));
            }
            (false, true) => {
                return Err(Invalid::new(InvalidKind::ProviderTwice, &self.issuer)
                    .detail(format!("labels {} and {}", self.label, other.label)));
            }
        }
        for audience in &other.audiences {
            if !self.audiences.contains(audience) {
                self.audiences.push(audience.clone());
            }
        }
        Ok(true)
    }
}

fn provider_address(label: &Label) -> Address {
    Address::new(Mode::Managed, "aws_iam_openid_connect_provider", label.as_str())
}

/// `ADDRESS.ATTRIBUTE`
fn attribute(address: &Address, name: &str) -> Datum {
    Datum::Symbol(Expression::plain(format!("{address}.{name}")))
}

/// An [`OidcRole`] under construction.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct OidcRoleBuilder {
    label: String,
    name: Option<RoleName>,
    file: Option<FileName>,
    tokens: Option<(Trust, Label)>,
    trust_statements: Vec<Statement>,
    provider: Option<Text>,
    provider_label: Option<Label>,
    labels: Labels,
    arguments: Arguments,
    statements: Vec<Statement>,
    errors: Vec<Invalid>,
}

impl OidcRoleBuilder {
    /// Takes these tokens. The identity provider is written under this label, unless one is
    /// [said](Self::provider).
    pub fn tokens(mut self, trust: Trust, label: impl TryInto<Label, Error: Into<Invalid>>) -> Self {
        if let Some(label) = checked(label, &mut self.errors) {
            self.tokens = Some((trust, label));
        }
        self
    }

    /// Adds a statement of the trust policy, in place of tokens.
    pub fn trust(mut self, statement: Statement) -> Self {
        self.trust_statements.push(statement);
        self
    }

    /// The ARN of an identity provider that stands elsewhere.
    pub fn provider(mut self, arn: impl Into<Text>) -> Self {
        self.provider = Some(arn.into());
        self
    }

    /// The role's name; the label unless said.
    pub fn name(mut self, name: impl TryInto<RoleName, Error: Into<Invalid>>) -> Self {
        self.name = checked(name, &mut self.errors);
        self
    }

    /// The file that its blocks are created in.
    pub fn file(mut self, file: impl TryInto<FileName, Error: Into<Invalid>>) -> Self {
        self.file = checked(file, &mut self.errors);
        self
    }

    /// The role's path.
    pub fn path(mut self, path: impl TryInto<RolePath, Error: Into<Invalid>>) -> Self {
        self.arguments.path = checked(path, &mut self.errors);
        self
    }

    /// What the role is for.
    pub fn description(mut self, text: impl TryInto<RoleDescription, Error: Into<Invalid>>) -> Self {
        self.arguments.description = checked(text, &mut self.errors);
        self
    }

    /// How long a session may last.
    pub fn max_session_duration(mut self, duration: Setting<SessionDuration>) -> Self {
        self.arguments.max_session_duration = Some(duration);
        self
    }

    /// The policy that bounds what it may do.
    pub fn permissions_boundary(
        mut self,
        arn: impl TryInto<PermissionsBoundary, Error: Into<Invalid>>,
    ) -> Self {
        self.arguments.permissions_boundary = checked(arn, &mut self.errors);
        self
    }

    /// Whether policies that others attached go when the role does.
    pub fn force_detach_policies(mut self, force: Setting<bool>) -> Self {
        self.arguments.force_detach_policies = Some(force);
        self
    }

    /// The role's tags.
    pub fn tags(mut self, tags: Tags) -> Self {
        self.arguments.tags = tags;
        self
    }

    /// Another label for the identity provider's block.
    pub fn provider_label(mut self, label: impl TryInto<Label, Error: Into<Invalid>>) -> Self {
        self.provider_label = checked(label, &mut self.errors);
        self
    }

    /// Another label for the trust policy's document than `LABEL_trust`.
    pub fn trust_label(mut self, label: impl TryInto<Label, Error: Into<Invalid>>) -> Self {
        self.labels.trust = checked(label, &mut self.errors);
        self
    }

    /// Another label for the document of what it may do.
    pub fn document_label(mut self, label: impl TryInto<Label, Error: Into<Invalid>>) -> Self {
        self.labels.document = checked(label, &mut self.errors);
        self
    }

    /// Another label for the policy.
    pub fn policy_label(mut self, label: impl TryInto<Label, Error: Into<Invalid>>) -> Self {
        self.labels.policy = checked(label, &mut self.errors);
        self
    }

    /// Adds something that it may do.
    pub fn statement(mut self, statement: Statement) -> Self {
        self.statements.push(statement);
        self
    }

    /// The role, or all that is wrong with it.
    pub fn build(mut self) -> Result<OidcRole, Errors> {
        let label = Label::new(self.label.as_str());
        let name = match self.name.take() {
            Some(name) => Ok(name),
            None => RoleName::new(self.label.as_str()),
        };
        let file = match self.file.take() {
            Some(file) => Ok(file),
            None => FileName::new(OidcRole::DEFAULT_FILE),
        };
        if self.tokens.is_some() != self.trust_statements.is_empty() {
            self.errors.push(Invalid::new(InvalidKind::TrustEmpty, &self.label));
        }
        if self.provider.is_some() && !self.trust_statements.is_empty() {
            self.errors.push(Invalid::new(InvalidKind::NoProvider, &self.label));
        }
        for statement in &self.trust_statements {
            if statement.principals().is_empty() {
                let sid = statement.sid().map(ToString::to_string).unwrap_or_default();
                self.errors.push(Invalid::new(InvalidKind::PrincipalMissing, sid));
            }
        }
        for statement in &self.statements {
            if !statement.principals().is_empty() || !statement.not_principals().is_empty() {
                let sid = statement.sid().map(ToString::to_string).unwrap_or_default();
                self.errors.push(Invalid::new(InvalidKind::PrincipalForbidden, sid));
            }
        }
        if !self.statements.is_empty() {
            let document = self
                .statements
                .iter()
                .cloned()
                .fold(PolicyDocument::builder(), |document, it| document.statement(it));
            self.errors.extend(document.used_as(PolicyUse::Managed).build().err().into_iter().flatten());
        }
        let trusted = match self.tokens {
            Some((trust, label)) => {
                let written = self.provider_label.unwrap_or(label);
                Trusted::Tokens(Box::new(trust), self.provider.ok_or(written))
            }
            None => Trusted::Statements,
        };
        let trust = trust_policy(&trusted, self.trust_statements);
        let trust = trust.map_err(|errors| self.errors.extend(errors)).ok();
        match (label, name, file, trust) {
            (Ok(label), Ok(name), Ok(file), Some(trust)) => Errors::none_or(self.errors, || OidcRole {
                label,
                file,
                trusted,
                trust,
                labels: self.labels,
                name,
                arguments: self.arguments,
                statements: self.statements,
            }),
            (label, name, file, _) => {
                self.errors.extend([label.err(), name.err(), file.err()].into_iter().flatten());
                self.errors.dedup();
                Err(Errors(self.errors))
            }
        }
    }
}

fn trust_policy(trusted: &Trusted, statements: Vec<Statement>) -> Result<PolicyDocument, Errors> {
    let mut document = PolicyDocument::builder().used_as(PolicyUse::Trust);
    match trusted {
        Trusted::Tokens(trust, provider) => {
            let written =
                |label: &Label| Text::symbol(Expression::plain(format!("{}.arn", provider_address(label))));
            let provider = provider.as_ref().map_or_else(written, Clone::clone);
            document = document.statement(trust.statement(provider)?);
        }
        // That there is none is said already.
        Trusted::Statements if statements.is_empty() => return Err(Errors(Vec::new())),
        Trusted::Statements => {
            for statement in statements {
                document = document.statement(statement);
            }
        }
    }
    document.build()
}
