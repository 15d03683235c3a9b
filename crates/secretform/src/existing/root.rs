//! All that a Terraform directory says, as far as anything of it concerns secrets and IAM:
//! blocks of all its files, override files merged into them.

use std::collections::BTreeSet;

use super::walk::{Desired, Standing, walk};
use crate::diagnostic::{Diagnostic, Location, codes};
use crate::evaluate::{Block, merge};
use crate::model::{Address, Mode};
use crate::source::SourceId;
use crate::syntax::{self, Item, ItemKind, SyntaxError, TokenKind};

/// A file of the directory and what is known of it by its name.
#[derive(Clone, Copy, Debug)]
pub struct FileText<'a> {
    /// Which file.
    pub source: SourceId,
    /// What it holds.
    pub bytes: &'a [u8],
    /// In Terraform's JSON syntax.
    pub json: bool,
    /// Merged into the others.
    pub overrides: bool,
}

/// A directory that was read.
#[derive(Debug, Default)]
pub struct Root {
    /// Desired blocks that stand byte for byte and of which no override speaks: the index, and
    /// where; in order.
    pub equal: Vec<(usize, Location)>,
    /// The blocks that concern secrets and IAM, overrides merged in.
    pub blocks: Vec<Block>,
    /// Places of override blocks that were merged into a block: the block's place, theirs.
    pub overridden: Vec<(Location, Location)>,
    /// Blocks of override files that override nothing, on which Terraform fails.
    pub baseless: Vec<Block>,
    /// Labels of the policy documents that some expression refers to.
    pub used_documents: BTreeSet<String>,
}

impl Root {
    /// Reads all files; what is no HCL or JSON goes to `errors`, the rest is read all the same.
    pub fn read(files: &[FileText<'_>], desired: &mut impl Desired, errors: &mut Vec<Diagnostic>) -> Self {
        let mut root = Self::default();
        let mut overrides = Vec::new();
        for file in files {
            let mut blocks = Vec::new();
            if file.json {
                root.read_json(file, &mut blocks, errors);
            } else if file.overrides {
                // A desired block in an override file is no block but an override.
                root.read_native(file, &mut (), &mut blocks, errors);
            } else {
                root.read_native(file, desired, &mut blocks, errors);
            }
            let merged = |block: &Block| file.overrides && !is_collected(block);
            for block in blocks {
                if merged(&block) { overrides.push(block) } else { root.blocks.push(block) }
            }
        }
        for over in overrides {
            root.lay_over(over, files, desired);
        }
        root.equal.sort_by_key(|(index, _)| *index);
        root
    }

    /// The blocks of a resource, data source or ephemeral resource.
    pub fn of_address<'a>(&'a self, address: &'a Address) -> impl Iterator<Item = &'a Block> {
        self.blocks.iter().filter(move |block| self::address(block).as_ref() == Some(address))
    }

    fn read_native(
        &mut self,
        file: &FileText<'_>,
        desired: &mut impl Desired,
        blocks: &mut Vec<Block>,
        errors: &mut Vec<Diagnostic>,
    ) {
        let said = |error: &SyntaxError| error.diagnostic(&codes::HCL_SYNTAX, file.source);
        for standing in walk(file.bytes, desired) {
            match standing {
                Standing::Equal(index, span) => {
                    self.equal.push((index, Location::new(file.source, span)));
                    // Of what the spec declares, roles and policies take documents.
                    if file.bytes[span.range()].starts_with(b"resource \"aws_iam_") {
                        self.note_references(&file.bytes[span.range()]);
                    }
                }
                Standing::Broken => {
                    let whole = syntax::File::parse(file.bytes);
                    errors.extend(whole.errors().iter().map(said));
                }
                Standing::Other(item) => {
                    let tree = syntax::parse_item(file.bytes, &item);
                    errors.extend(tree.errors().iter().map(said));
                    self.note_references(&file.bytes[item.span.range()]);
                    if concerns(file.bytes, &item) {
                        let at = |span| Location::new(file.source, span);
                        blocks.extend(tree.body().blocks().map(|block| Block::read(&at, block)));
                    }
                }
            }
        }
    }

    fn read_json(&mut self, file: &FileText<'_>, blocks: &mut Vec<Block>, errors: &mut Vec<Diagnostic>) {
        match crate::evaluate::json_blocks(file.source, file.bytes) {
            Ok(all) => blocks.extend(all),
            Err(found) => errors.extend(found),
        }
        for label in mentioned_documents(file.bytes) {
            self.used_documents.insert(label);
        }
    }

    /// Remembers which policy documents an item refers to, comments and strings aside.
    fn note_references(&mut self, item: &[u8]) {
        const TYPE: &[u8] = b"aws_iam_policy_document";
        if memchr::memmem::find(item, TYPE).is_none() {
            return;
        }
        let tokens = syntax::lex::lex(item);
        let names: Vec<_> = tokens
            .iter()
            .filter(|token| {
                !matches!(token.kind, TokenKind::Newline | TokenKind::LineComment | TokenKind::BlockComment)
            })
            .collect();
        let text = |at: usize| names.get(at).map(|token| &item[token.span().range()]);
        for at in 0..names.len() {
            if text(at) == Some(b"data")
                && text(at + 1) == Some(b".")
                && text(at + 2) == Some(TYPE)
                && text(at + 3) == Some(b".")
                && let Some(label) = text(at + 4)
            {
                self.used_documents.insert(String::from_utf8_lossy(label).into_owned());
            }
        }
    }

    fn lay_over(&mut self, over: Block, files: &[FileText<'_>], desired: &impl Desired) {
        let key = key(&over);
        if let Some(base) = self.blocks.iter_mut().find(|block| self::key(block) == key) {
            self.overridden.push((base.location, over.location));
            merge(base, &over);
            return;
        }
        let wanted = match over.labels.as_slice() {
            [first, second] => desired.find((&over.type_name, first, second)),
            _ => None,
        };
        let standing = wanted.and_then(|wanted| self.equal.iter().position(|(index, _)| *index == wanted));
        let Some(at) = standing else {
            match over.type_name.as_str() {
                "resource" | "data" => self.baseless.push(over),
                // Without a block of its own a provider is taken for one that says nothing, and so
                // are Terraform's settings: these hold as they stand.
                "provider" | "terraform" => self.blocks.push(over),
                _ => {}
            }
            return;
        };
        let (_, location) = self.equal.remove(at);
        let Some(file) = files.iter().find(|file| file.source == location.source) else { return };
        if let Some(mut base) = read_block(file.bytes, location) {
            self.overridden.push((base.location, over.location));
            merge(&mut base, &over);
            self.blocks.push(base);
        }
    }
}

/// The block that stands at `location`.
pub fn read_block(bytes: &[u8], location: Location) -> Option<Block> {
    let mut tokens = Vec::new();
    let item = syntax::next_item(bytes, location.span.start as usize, &mut tokens)?.ok()?;
    let tree = syntax::parse_item(bytes, &item);
    let at = |span| Location::new(location.source, span);
    tree.body().blocks().next().map(|block| Block::read(&at, block))
}

/// The address of a `resource`, `data` or `ephemeral` block.
pub fn address(block: &Block) -> Option<Address> {
    let mode = match block.type_name.as_str() {
        "resource" => Mode::Managed,
        "data" => Mode::Data,
        "ephemeral" => Mode::Ephemeral,
        _ => return None,
    };
    match block.labels.as_slice() {
        [type_name, label] => Some(Address::new(mode, type_name.clone(), label.clone())),
        _ => None,
    }
}

/// What makes two blocks the same thing to an override: type, labels, and a provider's alias.
fn key(block: &Block) -> (&str, &[String], Option<&str>) {
    let alias = match block.type_name.as_str() {
        "provider" => block.body.value("alias").and_then(|alias| alias.literal()),
        _ => None,
    };
    (&block.type_name, &block.labels, alias)
}

/// Blocks that Terraform collects rather than merges. Locals merge name by name, whichever
/// block they stand in: override files come last, and the last one holds.
fn is_collected(block: &Block) -> bool {
    matches!(block.type_name.as_str(), "moved" | "removed" | "import" | "locals")
}

/// Whether an item can concern secrets or IAM; the rest is parsed, and not evaluated.
fn concerns(bytes: &[u8], item: &Item) -> bool {
    let ItemKind::Block { type_name, labels, .. } = &item.kind else { return false };
    let first = labels.first().map_or("", |label| label.text.as_str());
    match &bytes[type_name.range()] {
        b"terraform" | b"provider" | b"moved" | b"removed" | b"import" | b"module" | b"variable"
        | b"locals" => true,
        b"resource" | b"data" | b"ephemeral" => {
            first.starts_with("aws_secretsmanager_")
                || super::sites::is_policy_site(first)
                || super::sites::is_identity_provider(first)
        }
        _ => false,
    }
}

/// Labels that a text in JSON speaks of as documents.
fn mentioned_documents(bytes: &[u8]) -> Vec<String> {
    const TYPE: &[u8] = b"data.aws_iam_policy_document.";
    memchr::memmem::find_iter(bytes, TYPE)
        .map(|at| {
            let rest = &bytes[at + TYPE.len()..];
            let end = rest
                .iter()
                .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')))
                .unwrap_or(rest.len());
            String::from_utf8_lossy(&rest[..end]).into_owned()
        })
        .collect()
}
