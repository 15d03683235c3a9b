//! What the spec wants to stand in the files: whole blocks with their text, and statements.

use std::borrow::Cow;

use crate::diagnostic::Location;
use crate::existing::Desired;
use crate::model::attributes::{self, Table};
use crate::model::{Address, Ignore, Mode, Model, Record, Text};
use crate::render::Renderer;

/// A block that the spec owns whole.
#[derive(Debug)]
pub(super) struct WantedBlock {
    pub(super) address: Address,
    /// What it says, unless a secret of the model says it.
    whole: Option<Record>,
    /// As it stands when it is written anew.
    pub(super) text: String,
    /// The index of the secret that it is, or hangs on.
    pub(super) secret: Option<usize>,
    /// The file that the spec names for it.
    pub(super) file: Option<String>,
    /// The label of the group whose blocks stand together.
    pub(super) group: Option<String>,
    pub(super) ignore: Ignore,
    pub(super) declared: Option<Location>,
}

impl WantedBlock {
    /// The table of its arguments.
    pub(super) fn table(&self) -> &'static Table {
        attributes::table(self.address.type_name())
    }

    pub(super) fn desired(&self) -> Desired<'_> {
        let type_name = match self.address.mode() {
            Mode::Managed => "resource",
            Mode::Data => "data",
            Mode::Ephemeral => "ephemeral",
        };
        Desired { text: &self.text, header: (type_name, self.address.type_name(), self.address.label()) }
    }

    /// What it says. A secret's record is made when it is asked for: most blocks stand byte
    /// for byte, and nobody asks.
    pub(super) fn record(&self, model: &Model) -> Cow<'_, Record> {
        if let Some(record) = &self.whole {
            return Cow::Borrowed(record);
        }
        let secret = self.secret.and_then(|index| model.secrets().get(index));
        let record = secret.and_then(|secret| match self.address.type_name() {
            "aws_secretsmanager_secret" => Some(secret.record()),
            "aws_secretsmanager_secret_policy" => secret.policy_record(),
            _ => secret.policy_document_record(),
        });
        Cow::Owned(record.unwrap_or_default())
    }

    /// A document that is owned whole.
    pub(super) fn whole(renderer: &Renderer, address: Address, record: Record) -> Self {
        let mut block = Self::new(renderer, address, &record);
        block.whole = Some(record);
        block
    }

    /// Renders what the record says.
    pub(super) fn new(renderer: &Renderer, address: Address, record: &Record) -> Self {
        let text = match address.type_name() {
            "aws_secretsmanager_secret" => renderer.secret(address.label(), record),
            "aws_secretsmanager_secret_policy" => renderer.secret_policy(address.label(), record),
            _ => renderer.policy_document(address.label(), record),
        };
        Self {
            address,
            whole: None,
            text,
            secret: None,
            file: None,
            group: None,
            ignore: Ignore::default(),
            declared: None,
        }
    }
}

/// A statement that the spec owns in somebody's document.
#[derive(Debug)]
pub(super) struct WantedStatement {
    /// The document's address.
    pub(super) document: Address,
    pub(super) record: Record,
    /// Where the document is created if it is missing.
    pub(super) file: Option<String>,
    pub(super) ignore: Ignore,
    pub(super) declared: Option<Location>,
    /// The reader that it is a place of.
    pub(super) reader: String,
}

/// A JSON policy that the spec owns whole.
#[derive(Debug)]
pub(super) struct WantedPolicy {
    /// From the repository's root.
    pub(super) path: crate::source::RepoPath,
    pub(super) record: Record,
    pub(super) ignore: Ignore,
    pub(super) declared: Option<Location>,
}

/// A declared secret as other things speak of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct WantedSecret<'a> {
    pub(super) address: &'a Address,
    pub(super) name: &'a Text,
    pub(super) ignore: &'a Ignore,
}

impl WantedSecret<'_> {
    /// Whether the spec doesn't care for something of it.
    pub(super) fn ignores(&self, what: &str) -> bool {
        self.ignore.covers(what)
    }
}
