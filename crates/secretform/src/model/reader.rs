//! Readers: what they read, and where that is granted.

use std::fmt;

use super::iam::{Action, PolicyDocument, Resource, Sid, Statement, StatementBuilder};
use super::{
    AccountId, Errors, Expression, Group, Ignore, Invalid, InvalidKind, Partition, Place, Region, Scope,
    Secret, SecretRef,
};

/// What a reader reads, by reference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Read {
    /// `group.GROUP`: every name under the group's prefix, now and later.
    Group(String),
    /// `secret.GROUP.LABEL` or `secret.LABEL`: one secret.
    Secret(SecretRef),
    /// `secret.GROUP[*]`: each declared secret of the group, one by one.
    Each(String),
}

impl From<&Group> for Read {
    fn from(group: &Group) -> Self {
        Self::Group(group.label().to_owned())
    }
}

impl From<&Secret> for Read {
    fn from(secret: &Secret) -> Self {
        Self::Secret(secret.reference().clone())
    }
}

impl From<SecretRef> for Read {
    fn from(secret: SecretRef) -> Self {
        Self::Secret(secret)
    }
}

impl fmt::Display for Read {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let step = |label: &str| {
            if super::is_name(label) { format!(".{label}") } else { format!("[{label:?}]") }
        };
        match self {
            Self::Group(label) => write!(f, "group{}", step(label)),
            Self::Secret(secret) => secret.fmt(f),
            Self::Each(label) => write!(f, "secret{}[*]", step(label)),
        }
    }
}

/// How a grant names a single secret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// By an ARN as text, which reviewers and scanners can read in a plan.
    #[default]
    Arn,
    /// By Terraform's reference to the container, where it is declared in the directory.
    Reference,
}

/// What stands for the six random characters at the end of a secret's ARN.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Suffix {
    /// `-??????`: that secret and no other.
    #[default]
    Six,
    /// `-*`: as well secrets whose names go on after a hyphen.
    Any,
}

impl Suffix {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Six => "-??????",
            Self::Any => "-*",
        }
    }
}

/// One grant of a reader: what it reads at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    place: Place,
    reads: Vec<Read>,
    by: By,
    suffix: Suffix,
    scope: Scope,
    ignore: Ignore,
    pub(super) base: StatementBuilder,
    others: Vec<Statement>,
}

impl Grant {
    /// A grant under construction, of `secretsmanager:GetSecretValue` unless other actions
    /// are said.
    pub fn builder(place: Place) -> GrantBuilder {
        GrantBuilder {
            grant: Self {
                place,
                reads: Vec::new(),
                by: By::default(),
                suffix: Suffix::default(),
                scope: Scope::default(),
                ignore: Ignore::default(),
                base: Statement::builder(),
                others: Vec::new(),
            },
            errors: Vec::new(),
        }
    }

    /// Where it stands.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// What it reads, in the order that its resources follow.
    pub fn reads(&self) -> &[Read] {
        &self.reads
    }

    /// How it names single secrets.
    pub fn by(&self) -> By {
        self.by
    }

    /// How ARNs of single secrets end.
    pub fn suffix(&self) -> Suffix {
        self.suffix
    }

    /// Partition, region and account as its place or reader says them.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// What of it is written when it is created and not compared after.
    pub fn ignore(&self) -> &Ignore {
        &self.ignore
    }

    /// The id of its statement.
    pub fn sid(&self) -> Option<&Sid> {
        self.base.said_sid()
    }

    /// The same grant, reading one thing more.
    #[must_use]
    pub fn reading(mut self, read: Read) -> Self {
        self.reads.push(read);
        self
    }

    /// Further statements of a document that it owns whole.
    pub fn others(&self) -> &[Statement] {
        &self.others
    }
}

/// A [`Grant`] under construction.
#[derive(Clone, Debug)]
#[must_use]
pub struct GrantBuilder {
    grant: Grant,
    errors: Vec<Invalid>,
}

impl GrantBuilder {
    /// Adds what it reads: a group, a secret, or a reference to one.
    pub fn reads(mut self, read: impl Into<Read>) -> Self {
        self.grant.reads.push(read.into());
        self
    }

    /// Adds an action.
    pub fn action<A>(self, action: A) -> Self
    where
        A: TryInto<Action>,
        A::Error: Into<Invalid>,
    {
        self.with(|statement| statement.action(action))
    }

    /// Adds a resource after those that it reads.
    pub fn resource<R>(self, resource: R) -> Self
    where
        R: TryInto<Resource>,
        R::Error: Into<Invalid>,
    {
        self.with(|statement| statement.resource(resource))
    }

    /// Joins resources that only Terraform can evaluate.
    pub fn join_resources(self, resources: Expression) -> Self {
        self.with(|statement| statement.join_resources(resources))
    }

    /// Its statement's id.
    pub fn sid<S>(self, sid: S) -> Self
    where
        S: TryInto<Sid>,
        S::Error: Into<Invalid>,
    {
        self.with(|statement| statement.sid(sid))
    }

    /// Says whatever else its statement holds.
    pub fn with(mut self, say: impl FnOnce(StatementBuilder) -> StatementBuilder) -> Self {
        self.grant.base = say(self.grant.base);
        self
    }

    /// How it names single secrets.
    pub fn by(mut self, by: By) -> Self {
        self.grant.by = by;
        self
    }

    /// How ARNs of single secrets end.
    pub fn suffix(mut self, suffix: Suffix) -> Self {
        self.grant.suffix = suffix;
        self
    }

    /// The region of what it reads; may be `*`.
    pub fn region(mut self, region: impl Into<super::Text>) -> Self {
        match Region::pattern(region) {
            Ok(region) => self.grant.scope.region = Some(region),
            Err(error) => self.errors.push(error),
        }
        self
    }

    /// The account of what it reads; may be `*`.
    pub fn account_id(mut self, account: impl Into<super::Text>) -> Self {
        match AccountId::pattern(account) {
            Ok(account) => self.grant.scope.account_id = Some(account),
            Err(error) => self.errors.push(error),
        }
        self
    }

    /// The partition of what it reads; may be `*`.
    pub fn partition(mut self, partition: impl Into<super::Text>) -> Self {
        match Partition::pattern(partition) {
            Ok(partition) => self.grant.scope.partition = Some(partition),
            Err(error) => self.errors.push(error),
        }
        self
    }

    /// What of it is written when it is created and not compared after.
    pub fn ignore(mut self, ignore: Ignore) -> Self {
        self.grant.ignore = ignore;
        self
    }

    /// Adds a statement to a document that it owns whole.
    pub fn statement(mut self, statement: Statement) -> Self {
        self.grant.others.push(statement);
        self
    }

    /// The grant, or all that is wrong with it. What only the whole model can tell, such as
    /// whether what it reads is declared, comes from the model's builder.
    pub fn build(mut self) -> Result<Grant, Errors> {
        let grant = &mut self.grant;
        if !grant.base.has_actions() {
            grant.base = std::mem::take(&mut grant.base).action(Action::get_secret_value());
        }
        // Tried with a resource in place of what it reads, to find all else that is wrong now.
        let mut trial = grant.base.clone();
        if !grant.reads.is_empty() && !trial.has_resources() {
            trial = trial.resource(Resource::everything());
        }
        self.errors.extend(trial.build().err().into_iter().flatten());
        if !grant.place.is_whole() && !grant.others.is_empty() {
            self.errors.push(Invalid::new(InvalidKind::NotWhole, &grant.place));
        }
        Errors::none_or(self.errors, || self.grant)
    }
}

/// Somebody who reads secrets, at one place or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    label: String,
    description: Option<String>,
    grants: Vec<Grant>,
}

impl Reader {
    /// A reader of these grants.
    pub fn new(label: impl Into<String>, grants: impl IntoIterator<Item = Grant>) -> Result<Self, Errors> {
        let (label, grants) = (label.into(), Vec::from_iter(grants));
        let mut errors = Vec::new();
        if label.is_empty() {
            errors.push(Invalid::new(InvalidKind::EmptyLabel, ""));
        }
        if grants.is_empty() {
            errors.push(Invalid::new(InvalidKind::NoPlace, &label));
        }
        Errors::none_or(errors, || Self { label, description: None, grants })
    }

    /// Says who it is.
    #[must_use]
    pub fn described(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// What the spec calls it.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Who it is.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// Its grants, in the spec's order.
    pub fn grants(&self) -> &[Grant] {
        &self.grants
    }
}

/// What a grant comes to in a whole model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    pub(super) statement: Statement,
    pub(super) document: Option<PolicyDocument>,
}

impl Resolved {
    /// The statement, with the resources of all that it reads.
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// The whole document, where it owns one.
    pub fn document(&self) -> Option<&PolicyDocument> {
        self.document.as_ref()
    }
}
