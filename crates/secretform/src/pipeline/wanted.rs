//! What the spec wants to stand in the files: whole blocks, statements, policies. A block is
//! rendered when somebody asks for its text, and its record is made when somebody compares it:
//! most blocks stand byte for byte.

use std::borrow::Cow;

use foldhash::HashMap;

use crate::diagnostic::Location;
use crate::existing::{Desired, Header};
use crate::model::attributes::{self, Table};
use crate::model::{Address, Ignore, Mode, Model, Record, Secret, SecretBlock};
use crate::render::Renderer;
use crate::spec::Lowered;

const DOCUMENT: &str = "aws_iam_policy_document";

/// Everything that a spec wants, in its order.
#[derive(Debug)]
pub(super) struct Wanted<'a> {
    pub(super) lowered: &'a Lowered,
    /// The blocks that the spec owns whole. Each is two numbers, for there are many.
    blocks: Vec<(Part, u32)>,
    wholes: Vec<WantedWhole>,
    pub(super) statements: Vec<WantedStatement>,
    pub(super) policies: Vec<WantedPolicy>,
    /// Those that are no secret's, by label.
    by_label: HashMap<String, Vec<u32>>,
}

/// What a block is to what the spec declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// One of a secret's blocks.
    Secret(SecretBlock),
    /// A reader's document, or part of a role.
    Whole,
}

/// A block that the spec owns whole.
#[derive(Clone, Copy, Debug)]
pub(super) struct WantedBlock<'a> {
    pub(super) index: usize,
    part: Part,
    of: Of<'a>,
}

/// What a block is of.
#[derive(Clone, Copy, Debug)]
enum Of<'a> {
    /// A secret, and where it is declared.
    Secret(&'a Secret, Option<Location>),
    Whole(&'a WantedWhole),
}

/// A document that a reader owns whole, or part of a role for a CI system.
#[derive(Debug)]
pub(super) struct WantedWhole {
    pub(super) address: Address,
    pub(super) record: Record,
    pub(super) file: String,
    pub(super) ignore: Ignore,
    pub(super) declared: Option<Location>,
    /// The index of the role that it is part of.
    pub(super) role: Option<usize>,
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
    /// Whose it is: ``the reader `ci` ``.
    pub(super) whose: String,
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

impl<'a> Wanted<'a> {
    /// The secrets' blocks.
    pub(super) fn of_secrets(lowered: &'a Lowered) -> Self {
        let secrets = lowered.model.secrets();
        let mut blocks = Vec::with_capacity(secrets.len());
        for (index, secret) in (0..).zip(secrets) {
            blocks.extend(secret.blocks().map(|block| (Part::Secret(block), index)));
        }
        Self {
            lowered,
            blocks,
            wholes: Vec::new(),
            statements: Vec::new(),
            policies: Vec::new(),
            by_label: HashMap::default(),
        }
    }

    /// Adds a block that is no secret's.
    pub(super) fn push_whole(&mut self, whole: WantedWhole) {
        let at = u32::try_from(self.wholes.len()).unwrap_or(u32::MAX);
        self.blocks.push((Part::Whole, at));
        self.by_label.entry(whole.address.label().to_owned()).or_default().push(at);
        self.wholes.push(whole);
    }

    /// The documents that are owned whole and are no secret's.
    pub(super) fn documents(&self) -> impl Iterator<Item = &Address> {
        self.wholes.iter().map(|whole| &whole.address).filter(|address| address.mode() == Mode::Data)
    }

    /// What the blocks that are no secret's say.
    pub(super) fn records(&self) -> impl Iterator<Item = &Record> {
        self.wholes.iter().map(|whole| &whole.record)
    }

    pub(super) fn model(&self) -> &'a Model {
        &self.lowered.model
    }

    /// The blocks in order.
    pub(super) fn blocks(&self) -> impl Iterator<Item = WantedBlock<'_>> {
        (0..self.blocks.len()).filter_map(|index| self.block(index))
    }

    /// One of the blocks.
    pub(super) fn block(&self, index: usize) -> Option<WantedBlock<'_>> {
        let (part, at) = *self.blocks.get(index)?;
        let at = at as usize;
        let of = match part {
            Part::Whole => Of::Whole(self.wholes.get(at)?),
            _ => {
                let declared = self.lowered.places.secrets.get(at).copied();
                Of::Secret(self.model().secrets().get(at)?, declared)
            }
        };
        Some(WantedBlock { index, part, of })
    }

    /// The block of an address.
    pub(super) fn at(&self, address: &Address) -> Option<WantedBlock<'_>> {
        self.find(address.mode(), address.type_name(), address.label())
    }

    fn find(&self, mode: Mode, type_name: &str, label: &str) -> Option<WantedBlock<'_>> {
        let is = |at: &&u32| {
            let address = self.wholes.get(**at as usize).map(|whole| &whole.address);
            address.is_some_and(|it| it.mode() == mode && it.type_name() == type_name)
        };
        let whole = if type_name.starts_with("aws_iam_") { self.by_label.get(label) } else { None };
        let (part, at) = match whole.and_then(|all| all.iter().find(is)) {
            Some(at) => (Part::Whole, *at),
            None => {
                let block = SecretBlock::of(mode, type_name)?;
                let label =
                    if block == SecretBlock::PolicyDocument { label.strip_suffix("_policy")? } else { label };
                (Part::Secret(block), u32::try_from(self.model().labelled(label)?).ok()?)
            }
        };
        // The secrets' blocks are in the order of the secrets, the others behind them.
        let key = |(part, at): (Part, u32)| (part == Part::Whole, at);
        let first = self.blocks.partition_point(|block| key(*block) < key((part, at)));
        let same = self.blocks[first..].iter().take_while(|(_, other)| *other == at);
        same.enumerate().find(|(_, (other, _))| *other == part).and_then(|(step, _)| self.block(first + step))
    }

    /// The names of all files of the directory that the spec names.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        let secrets = self.model().secrets().iter().filter_map(|secret| secret.file());
        let secrets = secrets.chain([self.model().file()]).map(|file| file.as_str());
        let wholes = self.wholes.iter().map(|whole| whole.file.as_str());
        let statements = self.statements.iter().filter_map(|statement| statement.file.as_deref());
        secrets.chain(wholes).chain(statements)
    }
}

impl<'a> WantedBlock<'a> {
    /// The address.
    pub(super) fn address(&self) -> Address {
        match (self.of, self.part) {
            (Of::Whole(whole), _) => whole.address.clone(),
            (Of::Secret(secret, _), Part::Secret(block)) => secret.block_address(block),
            (Of::Secret(secret, _), Part::Whole) => secret.address(),
        }
    }

    fn mode(&self) -> Mode {
        match self.part {
            Part::Secret(block) => block.mode(),
            Part::Whole => match self.of {
                Of::Whole(whole) => whole.address.mode(),
                Of::Secret(..) => Mode::Data,
            },
        }
    }

    /// The provider's type.
    pub(super) fn type_name(&self) -> &'a str {
        match (self.of, self.part) {
            (Of::Whole(whole), _) => whole.address.type_name(),
            (_, Part::Secret(block)) => block.type_name(),
            _ => DOCUMENT,
        }
    }

    /// Whether it is a secret's container.
    pub(super) fn is_container(&self) -> bool {
        self.part == Part::Secret(SecretBlock::Container)
    }

    /// Whether it is read before what hangs on it: a document, or what makes a value.
    pub(super) fn is_before(&self) -> bool {
        self.mode() != Mode::Managed
    }

    /// The table of its arguments.
    pub(super) fn table(&self) -> &'static Table {
        attributes::table(self.type_name())
    }

    /// What it says.
    pub(super) fn record(&self) -> Cow<'a, Record> {
        let record = match (self.of, self.part) {
            (Of::Whole(whole), _) => return Cow::Borrowed(&whole.record),
            (Of::Secret(secret, _), Part::Secret(block)) => secret.block_record(block),
            (Of::Secret(..), Part::Whole) => None,
        };
        Cow::Owned(record.unwrap_or_default())
    }

    /// As it stands when it is written anew.
    pub(super) fn text(&self, renderer: &Renderer) -> String {
        let mut text = String::with_capacity(320);
        self.write(renderer, &mut text);
        text
    }

    /// [`text`](Self::text), over what `out` holds.
    fn write(&self, renderer: &Renderer, out: &mut String) {
        match self.secret() {
            Some(secret) if self.is_container() => renderer.write_container(out, secret),
            _ => *out = renderer.block(&self.address(), &self.record()),
        }
    }

    /// The secret that it is, or hangs on.
    pub(super) fn secret(&self) -> Option<&'a Secret> {
        match self.of {
            Of::Secret(secret, _) => Some(secret),
            Of::Whole(_) => None,
        }
    }

    /// The index of the role that it is part of.
    pub(super) fn role(&self) -> Option<usize> {
        match self.of {
            Of::Secret(..) => None,
            Of::Whole(whole) => whole.role,
        }
    }

    /// The secret's blocks that it may stand beside: before the container what it is made of;
    /// behind it the rest, each behind the one before it.
    pub(super) fn neighbours<'w>(&self, wanted: &'w Wanted<'_>) -> Vec<WantedBlock<'w>> {
        let Some(secret) = self.secret().filter(|_| !self.is_container()) else { return Vec::new() };
        let blocks = secret.blocks().filter(|block| {
            let container = *block == SecretBlock::Container;
            container
                || !self.is_before() && block.mode() == Mode::Managed && self.part > Part::Secret(*block)
        });
        let blocks: Vec<SecretBlock> = blocks.collect();
        blocks.into_iter().rev().filter_map(|block| wanted.at(&secret.block_address(block))).collect()
    }

    /// The file that the spec names for it.
    pub(super) fn file(&self) -> Option<&'a str> {
        match self.of {
            Of::Secret(secret, _) => secret.file().map(|file| file.as_str()),
            Of::Whole(whole) => Some(&whole.file),
        }
    }

    /// The label of the group whose blocks stand together.
    pub(super) fn group(&self) -> Option<&'a str> {
        self.secret().and_then(Secret::group)
    }

    /// What the spec doesn't care for in it.
    pub(super) fn ignore(&self) -> &'a Ignore {
        match self.of {
            Of::Secret(secret, _) => secret.ignore(),
            Of::Whole(whole) => &whole.ignore,
        }
    }

    /// Whether the spec cares for nothing in it but what it belongs to.
    pub(super) fn ignored_whole(&self) -> bool {
        let word = match self.part {
            Part::Secret(SecretBlock::RandomPassword | SecretBlock::Version) => "value",
            Part::Secret(SecretBlock::Rotation) => "rotation",
            _ => return false,
        };
        self.ignore().covers(word)
    }

    /// Where the spec declares it.
    pub(super) fn declared(&self) -> Option<Location> {
        match self.of {
            Of::Secret(_, declared) => declared,
            Of::Whole(whole) => whole.declared,
        }
    }

    fn is_headed(&self, (keyword, type_name, label): Header<'_>) -> bool {
        mode_of(keyword) == Some(self.mode()) && type_name == self.type_name() && self.is_labelled(label)
    }

    fn is_labelled(&self, label: &str) -> bool {
        match (self.of, self.part) {
            (Of::Whole(whole), _) => whole.address.label() == label,
            (Of::Secret(secret, _), Part::Secret(SecretBlock::PolicyDocument)) => {
                label.strip_suffix("_policy") == Some(secret.label().as_str())
            }
            (Of::Secret(secret, _), _) => secret.label().as_str() == label,
        }
    }
}

/// The mode of a block that begins with this word.
fn mode_of(keyword: &str) -> Option<Mode> {
    match keyword {
        "resource" => Some(Mode::Managed),
        "data" => Some(Mode::Data),
        "ephemeral" => Some(Mode::Ephemeral),
        _ => None,
    }
}

/// The wanted blocks, each rendered while the walk is where it may stand.
pub(super) struct Rendered<'a> {
    wanted: &'a Wanted<'a>,
    renderer: &'a Renderer,
    /// The last block that was asked for.
    last: Option<usize>,
    text: String,
}

impl<'a> Rendered<'a> {
    pub(super) fn new(wanted: &'a Wanted<'a>, renderer: &'a Renderer) -> Self {
        Self { wanted, renderer, last: None, text: String::new() }
    }
}

impl Desired for Rendered<'_> {
    fn text(&mut self, index: usize) -> Option<&str> {
        if self.last != Some(index) {
            self.wanted.block(index)?.write(self.renderer, &mut self.text);
            self.last = Some(index);
        }
        Some(&self.text)
    }

    fn is_headed(&self, index: usize, header: Header<'_>) -> bool {
        self.wanted.block(index).is_some_and(|block| block.is_headed(header))
    }

    fn find(&self, (keyword, type_name, label): Header<'_>) -> Option<usize> {
        self.wanted.find(mode_of(keyword)?, type_name, label).map(|block| block.index)
    }
}
