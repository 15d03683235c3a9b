//! The typed spec: what was written, each thing with its place, before inheritance.

use std::ops::Range;

use ecow::EcoString;

use crate::diagnostic::{Rule, Severity};
use crate::model::{By, Characters, Ignore, Suffix};
use crate::source::{SourceId, Span};

use super::oidc::Oidc;
use super::own::Use;
use super::value::Value;

/// Something and where it was written.
#[derive(Clone, Debug)]
pub(super) struct Spanned<T> {
    pub(super) value: T,
    pub(super) span: Span,
}

/// A value, where it stands, and where the elements or entries do that it is made of.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) value: Value,
    pub(super) span: Span,
    pub(super) parts: Box<[Span]>,
}

/// A spec that was read, to be lowered to the model.
#[derive(Debug)]
pub struct Spec {
    pub(super) source: SourceId,
    /// Whether an error was found in it: it is lowered for further errors alone.
    pub(super) failed: bool,
    pub(super) terraform: Terraform,
    pub(super) defaults: Inherit,
    pub(super) groups: Vec<Group>,
    pub(super) secrets: Vec<Secret>,
    /// Those of all secrets, one secret's after another's.
    pub(super) fields: Vec<Field>,
    pub(super) readers: Vec<Reader>,
    pub(super) oidc: Vec<Oidc>,
    pub(super) rules: Vec<Override>,
    /// Where expressions name other secrets.
    pub(super) others: Vec<Use>,
}

impl Spec {
    /// The fields of a secret.
    pub(super) fn fields(&self, secret: &Secret) -> &[Field] {
        let Range { start, end } = secret.fields;
        self.fields.get(start as usize..end as usize).unwrap_or_default()
    }
}

#[derive(Debug, Default)]
pub(super) struct Terraform {
    pub(super) span: Span,
    pub(super) missing: bool,
    pub(super) directory: Option<Spanned<String>>,
    pub(super) region: Option<Said>,
    pub(super) account_id: Option<Said>,
    pub(super) partition: Option<Said>,
    pub(super) file: Option<Spanned<String>>,
    pub(super) by: Option<By>,
    pub(super) suffix: Option<Suffix>,
    pub(super) profile: Option<Spanned<String>>,
}

/// The words marked † in the table.
#[derive(Debug, Default)]
pub(super) struct Inherit {
    pub(super) tags: Option<Said>,
    pub(super) kms_key_id: Option<Said>,
    pub(super) recovery_window_in_days: Option<Said>,
    pub(super) force_overwrite_replica_secret: Option<Said>,
    pub(super) region: Option<Said>,
    /// `None` inside is `null`, which takes an inherited one away; so below.
    pub(super) provider: Option<Spanned<Option<String>>>,
    pub(super) file: Option<Spanned<Option<String>>>,
    pub(super) ignore: Option<Ignore>,
    pub(super) replicas: Vec<Replica>,
    pub(super) lifecycle: Option<Lifecycle>,
    pub(super) policy: Option<Policy>,
    pub(super) value: Option<Box<ValueBlock>>,
    pub(super) rotation: Option<Box<Rotation>>,
}

#[derive(Debug)]
pub(super) struct Group {
    pub(super) label: EcoString,
    pub(super) span: Span,
    pub(super) external: bool,
    pub(super) prefix: Option<Box<Said>>,
    pub(super) inherit: Option<Box<Inherit>>,
    pub(super) rare: Option<Box<RareOfGroup>>,
}

impl Group {
    pub(super) fn rare(&self) -> &RareOfGroup {
        static NOTHING: RareOfGroup = RareOfGroup { title: None, url: None, guide: None, account_id: None };
        self.rare.as_deref().unwrap_or(&NOTHING)
    }
}

/// What few groups say: behind one pointer, for of groups, secrets and fields there are thousands.
#[derive(Debug, Default)]
pub(super) struct RareOfGroup {
    pub(super) title: Option<String>,
    pub(super) url: Option<Spanned<String>>,
    pub(super) guide: Option<String>,
    pub(super) account_id: Option<Said>,
}

#[derive(Debug)]
pub(super) struct Secret {
    pub(super) label: EcoString,
    pub(super) label_span: Span,
    pub(super) span: Span,
    pub(super) group: Option<usize>,
    pub(super) description: Option<Said>,
    /// Most secrets say nothing of these.
    pub(super) inherit: Option<Box<Inherit>>,
    /// Which of the spec's fields are its own.
    pub(super) fields: Range<u32>,
    pub(super) rare: Option<Box<RareOfSecret>>,
}

impl Secret {
    pub(super) fn rare(&self) -> &RareOfSecret {
        static NOTHING: RareOfSecret =
            RareOfSecret { name: None, type_name: None, terraform_label: None, guide: None, probe: None };
        self.rare.as_deref().unwrap_or(&NOTHING)
    }
}

/// What few secrets say.
#[derive(Debug, Default)]
pub(super) struct RareOfSecret {
    pub(super) name: Option<Said>,
    pub(super) type_name: Option<Said>,
    pub(super) terraform_label: Option<Spanned<String>>,
    pub(super) guide: Option<String>,
    pub(super) probe: Option<Probe>,
}

#[derive(Debug)]
pub(super) struct Probe {
    pub(super) request: Option<Quoted>,
    /// Name and value.
    pub(super) headers: Vec<(Quoted, Quoted)>,
    pub(super) expect: Option<Spanned<String>>,
}

/// A string of which parts have places.
#[derive(Debug)]
pub(super) struct Quoted {
    pub(super) text: String,
    pub(super) span: Span,
    /// Where its first byte stands, if it is written as it is: quoted, without escapes.
    pub(super) start: Option<usize>,
}

impl Quoted {
    /// Where `part`, which is a piece of the text, stands; else the whole.
    pub(super) fn span_of(&self, part: &str) -> Span {
        match (self.start, self.text.find(part)) {
            (Some(start), Some(at)) => Span::new(start + at, start + at + part.len()),
            _ => self.span,
        }
    }
}

#[derive(Debug)]
pub(super) struct Field {
    pub(super) key: EcoString,
    pub(super) span: Span,
    pub(super) description: Option<EcoString>,
    pub(super) required: bool,
    pub(super) sensitive: bool,
    pub(super) generated: bool,
    pub(super) rare: Option<Box<RareOfField>>,
}

impl Field {
    pub(super) fn rare(&self) -> &RareOfField {
        static NOTHING: RareOfField = RareOfField { default: None, format: None, example: None };
        self.rare.as_deref().unwrap_or(&NOTHING)
    }
}

/// What few fields say.
#[derive(Debug, Default)]
pub(super) struct RareOfField {
    pub(super) default: Option<Spanned<Literal>>,
    pub(super) format: Option<Spanned<String>>,
    pub(super) example: Option<String>,
}

/// A literal of any type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Literal {
    /// `true` or `false`.
    Bool(bool),
    /// A number in its shortest decimal spelling.
    Number(String),
    /// A string.
    String(String),
    /// A list.
    List(Vec<Literal>),
    /// An object, in the order written.
    Object(Vec<(String, Literal)>),
}

#[derive(Debug)]
pub(super) struct Replica {
    pub(super) span: Span,
    pub(super) region: Option<Said>,
    pub(super) kms_key_id: Option<Said>,
}

#[derive(Debug)]
pub(super) struct Lifecycle {
    pub(super) prevent_destroy: Option<bool>,
}

#[derive(Debug)]
pub(super) struct Policy {
    pub(super) span: Span,
    pub(super) json: Option<Said>,
    pub(super) block_public_policy: Option<Said>,
    pub(super) statements: Vec<Statement>,
}

/// A `value` block.
#[derive(Debug)]
pub(super) struct ValueBlock {
    pub(super) span: Span,
    pub(super) source: Source,
}

/// What the label of a `value` block says, and what stands in it.
#[derive(Debug)]
pub(super) enum Source {
    Manual,
    Generated(Box<Generated>),
    External,
    Terraform,
}

#[derive(Debug, Default)]
pub(super) struct Generated {
    pub(super) version: Option<Spanned<u64>>,
    pub(super) password_length: Option<Said>,
    pub(super) exclude_characters: Option<Said>,
    pub(super) characters: Vec<(Characters, Said)>,
}

/// A `rotation` block.
#[derive(Debug)]
pub(super) struct Rotation {
    pub(super) span: Span,
    pub(super) function: Option<Said>,
    pub(super) role: Option<Said>,
    pub(super) rotate_immediately: Option<Said>,
    pub(super) rules: Option<RotationRules>,
    pub(super) metadata: Vec<Metadata>,
}

#[derive(Debug)]
pub(super) struct RotationRules {
    pub(super) after_days: Option<Said>,
    pub(super) schedule: Option<Said>,
    pub(super) duration: Option<Said>,
}

#[derive(Debug)]
pub(super) struct Metadata {
    pub(super) span: Span,
    pub(super) key: Option<Said>,
    pub(super) value: Option<Said>,
}

#[derive(Debug, Default)]
pub(super) struct Statement {
    pub(super) sid: Option<Spanned<String>>,
    pub(super) span: Span,
    pub(super) clauses: Clauses,
}

/// What a statement is made of; in a reader's place also what the reader says.
#[derive(Debug, Default)]
pub(super) struct Clauses {
    pub(super) reads: Option<Spanned<Vec<Spanned<Reference>>>>,
    pub(super) resources: Option<Said>,
    pub(super) not_resources: Option<Said>,
    pub(super) actions: Option<Said>,
    pub(super) not_actions: Option<Said>,
    pub(super) effect: Option<Said>,
    pub(super) principals: Vec<Principals>,
    pub(super) not_principals: Vec<Principals>,
    pub(super) conditions: Vec<Condition>,
}

/// What this spec declares, as `reads` names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// `group.G`: every name under its prefix.
    Group(String),
    /// `secret.S` outside of groups.
    Secret(String),
    /// `secret.G.S`.
    InGroup(String, String),
    /// `secret.G[*]`: each declared one.
    Each(String),
}

#[derive(Debug)]
pub(super) struct Principals {
    pub(super) kind: Option<Said>,
    pub(super) identifiers: Option<Said>,
}

#[derive(Debug)]
pub(super) struct Condition {
    pub(super) span: Span,
    pub(super) test: Option<Said>,
    pub(super) variable: Option<Said>,
    pub(super) values: Option<Said>,
}

/// The words marked ‡ in the table.
#[derive(Debug, Default)]
pub(super) struct Grant {
    pub(super) clauses: Clauses,
    pub(super) region: Option<Said>,
    pub(super) account_id: Option<Said>,
    pub(super) partition: Option<Said>,
    pub(super) by: Option<Spanned<By>>,
    pub(super) suffix: Option<Suffix>,
    pub(super) ignore: Option<Ignore>,
}

#[derive(Debug)]
pub(super) struct Reader {
    pub(super) label: String,
    pub(super) span: Span,
    pub(super) description: Option<String>,
    pub(super) grant: Grant,
    pub(super) places: Vec<Place>,
    /// A place stands there that couldn't be read.
    pub(super) unreadable: bool,
}

#[derive(Debug)]
pub(super) struct Place {
    pub(super) span: Span,
    pub(super) kind: PlaceKind,
    pub(super) sid: Option<Spanned<String>>,
    pub(super) grant: Grant,
    /// Beside the grant; only in what is owned whole.
    pub(super) statements: Vec<Statement>,
}

#[derive(Debug)]
pub(super) enum PlaceKind {
    Statement { document: Spanned<String>, file: Option<Spanned<String>> },
    Document { label: Spanned<String>, file: Option<Spanned<String>> },
    File { path: Spanned<String> },
}

/// A `rule` block.
#[derive(Clone, Debug)]
pub struct Override {
    /// Which kind of finding.
    pub rule: &'static Rule,
    /// What it weighs; `None` is off.
    pub severity: Option<Severity>,
    /// At these addresses and below them, each with its place; empty: everywhere.
    pub at: Vec<(String, Span)>,
    /// Why.
    pub reason: Option<String>,
    /// The digest of what was accepted.
    pub seen: Option<String>,
    /// Where it stands.
    pub span: Span,
}
