//! All that one run knows, as the parts of `check` look at it.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashSet};

use foldhash::{HashMap, HashMapExt as _};
use sha2::{Digest, Sha256};

use super::names::{Names, named_paths};
use super::wanted::{Wanted, WantedBlock};
use crate::diagnostic::Location;
use crate::evaluate::{Attribute, Block, Scope};
use crate::existing::{Found, References, Root, address};
use crate::model::{Address, Datum, Kind, Mode, Record, Sameness, Secret, SecretName, Suffix, Text, iam};
use crate::source::{Directory, RepoPath, SourceMap};

/// One run's knowledge.
pub(super) struct View<'a> {
    pub(super) wanted: &'a Wanted<'a>,
    pub(super) sources: &'a SourceMap,
    /// The repository, and Terraform's directory in it.
    pub(super) disk: &'a dyn Directory,
    pub(super) directory: &'a RepoPath,
    pub(super) root: &'a Root,
    pub(super) scope: &'a Scope,
    pub(super) references: References<'a>,
    /// The directory's blocks by address, but for those that are byte for byte as declared.
    pub(super) found: HashMap<Address, Vec<usize>>,
    /// Each of the directory's blocks as a record, once a part of `check` has asked for it.
    records: Vec<OnceCell<Found>>,
    /// Which of them stand for a wanted block.
    standing: HashMap<usize, Vec<usize>>,
    /// What locals and variables are said to be.
    pub(super) names: Names<'a>,
    /// `default_tags` by provider: `aws`, `aws.core`.
    default_tags: HashMap<String, Datum>,
}

impl<'a> View<'a> {
    pub(super) fn new(
        wanted: &'a Wanted<'a>,
        sources: &'a SourceMap,
        (disk, directory): (&'a dyn Directory, &'a RepoPath),
        root: &'a Root,
        scope: &'a Scope,
        variable_values: &'a [Attribute],
    ) -> Self {
        let mut found: HashMap<Address, Vec<usize>> = HashMap::new();
        let mut standing: HashMap<usize, Vec<usize>> = HashMap::new();
        for (index, block) in root.blocks.iter().enumerate() {
            let Some(address) = address(block) else { continue };
            if let Some(wanted) = wanted.at(&address) {
                standing.entry(wanted.index).or_default().push(index);
            }
            found.entry(address).or_default().push(index);
        }
        Self {
            wanted,
            sources,
            disk,
            directory,
            root,
            scope,
            references: References::new(wanted.model(), root),
            found,
            records: vec![OnceCell::new(); root.blocks.len()],
            standing,
            names: Names::new(root, variable_values),
            default_tags: default_tags(root, scope),
        }
    }

    /// What a block of the directory says; it is read once, whoever asks.
    pub(super) fn read(&self, at: usize) -> Option<&Found> {
        let (block, record) = self.root.blocks.get(at).zip(self.records.get(at))?;
        Some(record.get_or_init(|| Found::read(block)))
    }

    fn scope_of_spec(&self) -> &'a crate::model::Scope {
        self.wanted.model().scope()
    }

    pub(super) fn region(&self) -> Option<&'a Text> {
        self.scope_of_spec().region.as_ref().map(|region| region.as_text())
    }

    pub(super) fn account_id(&self) -> Option<&'a Text> {
        self.scope_of_spec().account_id.as_ref().map(|account| account.as_text())
    }

    fn partition(&self) -> Option<&'a Text> {
        self.scope_of_spec().partition.as_ref().map(|partition| partition.as_text())
    }

    /// Places where a wanted block stands byte for byte, each with its index.
    pub(super) fn equal(&self, index: usize) -> &'a [(usize, Location)] {
        let all = &self.root.equal;
        let first = all.partition_point(|(other, _)| *other < index);
        let count = all[first..].iter().take_while(|(other, _)| *other == index).count();
        &all[first..first + count]
    }

    /// The directory's blocks that stand at a wanted block's address, not byte for byte.
    pub(super) fn changed(&self, index: usize) -> &[usize] {
        self.standing.get(&index).map_or(&[], Vec::as_slice)
    }

    /// The places of the spec: region, account and partition of its grants.
    pub(super) fn scope_texts(&self) -> impl Iterator<Item = &'a Text> + use<'a> {
        [self.region(), self.account_id(), self.partition()].into_iter().flatten()
    }

    /// A text of the spec's as far as the directory's locals make it known.
    pub(super) fn known(&self, text: &Text) -> Text {
        match self.scope.resolve(&Datum::text(text.clone())).converted(Kind::String) {
            Datum::Text(text) => text,
            Datum::Symbol(symbol) => Text::symbol(symbol),
            _ => text.clone(),
        }
    }

    pub(super) fn secrets(&self) -> &'a [Secret] {
        self.wanted.model().secrets()
    }

    pub(super) fn secret(&self, index: usize) -> &'a Secret {
        &self.secrets()[index]
    }

    /// The ARN pattern that is exactly this secret.
    pub(super) fn secret_arn(&self, index: usize) -> Option<Text> {
        self.wanted.model().arn_pattern(self.secret(index), Suffix::Six)
    }

    /// The ARN pattern of a container that the spec doesn't declare, by its label.
    pub(super) fn foreign_arn(&self, label: &str) -> Option<Text> {
        let at = self.found.get(&Address::secret(label))?.first()?;
        let body = &self.root.blocks[*at].body;
        // Another provider's, or another region's, is not where the spec's grants are.
        if body.attribute("provider").is_some() || body.attribute("region").is_some() {
            return None;
        }
        let name = body.value("name")?;
        let Datum::Text(mut name) = self.scope.resolve(&name.datum) else { return None };
        name.push_str("-??????");
        let partition = self.partition().cloned().unwrap_or_else(|| "aws".into());
        let (region, account) = (self.region()?.clone(), self.account_id()?.clone());
        Some(iam::Arn::secret(partition, region, account, &name).to_text())
    }

    /// The tags that the provider of a wanted container adds.
    pub(super) fn default_tags(&self, wanted: WantedBlock<'_>) -> Option<&Datum> {
        if self.default_tags.is_empty() || !wanted.is_container() {
            return None;
        }
        let provider = wanted.secret()?.provider();
        self.default_tags.get(&provider.map_or_else(|| "aws".to_owned(), ToString::to_string))
    }

    /// The tags that a configuration of the provider adds: `aws`, `aws.core`.
    pub(super) fn default_tags_of(&self, provider: &str) -> Option<&Datum> {
        self.default_tags.get(provider)
    }

    /// Whether a name is held by a container at another address.
    pub(super) fn name_stands_elsewhere(&self, wanted: &Address, name: &SecretName) -> bool {
        self.resources("aws_secretsmanager_secret").any(|(block, address)| {
            !self.is_owned(&address)
                && block.body.value("name").is_some_and(|value| {
                    self.scope.resolve(&value.datum).compare(&name.datum(), Kind::String) == Sameness::Same
                })
                && address != *wanted
        })
    }

    /// The providers that declared containers and roles use: `aws` unless they say another.
    pub(super) fn used_providers(&self) -> HashSet<String> {
        let secrets = self.secrets();
        let mut used: HashSet<String> =
            secrets.iter().filter_map(Secret::provider).map(ToString::to_string).collect();
        let roles = !self.wanted.model().oidc().is_empty();
        if roles || secrets.iter().any(|secret| secret.provider().is_none()) {
            used.insert("aws".to_owned());
        }
        used
    }

    /// Whether a declared secret's block, or one that hangs on it, has this address.
    pub(super) fn is_of_secret(&self, address: &Address) -> bool {
        self.wanted.at(address).is_some_and(|block| block.secret().is_some())
    }

    /// Whether any block stands at an owned address.
    pub(super) fn stands(&self, address: &Address) -> bool {
        self.place(address).is_some()
    }

    /// Whether the spec owns the block at this address whole.
    pub(super) fn is_owned(&self, address: &Address) -> bool {
        self.wanted.at(address).is_some()
    }

    /// Whether the spec owns the block at this address, or a statement in it.
    pub(super) fn speaks_at(&self, address: &Address) -> bool {
        self.is_owned(address)
            || self.wanted.statements.iter().any(|statement| statement.document == *address)
    }

    /// Prefixes of the groups whose containers the spec declares.
    pub(super) fn prefixes(&self) -> impl Iterator<Item = &'a Text> {
        let groups = self.wanted.model().groups().iter();
        let own = groups.filter(|group| !group.is_external() && !group.prefix().is_empty());
        own.map(|group| group.prefix().as_text())
    }

    /// Prefixes of the groups whose containers are declared elsewhere.
    pub(super) fn external_prefixes(&self) -> impl Iterator<Item = &'a Text> {
        let groups = self.wanted.model().groups().iter();
        groups.filter(|group| group.is_external()).map(|group| group.prefix().as_text())
    }

    /// The `resource` blocks of a type that aren't byte for byte as declared.
    pub(super) fn resources<'s>(&'s self, type_name: &'s str) -> impl Iterator<Item = (&'s Block, Address)> {
        self.root.blocks.iter().filter_map(move |block| {
            let address = address(block)?;
            (address.mode() == Mode::Managed && address.type_name() == type_name).then_some((block, address))
        })
    }

    /// Policy documents that the spec owns, or has a statement in, and where they stand.
    pub(super) fn owned_documents(&self) -> Vec<(Address, Location)> {
        let mut documents = BTreeSet::new();
        documents.extend(self.wanted.documents().cloned());
        documents.extend(self.wanted.statements.iter().map(|statement| statement.document.clone()));
        documents.into_iter().filter_map(|address| Some((address.clone(), self.place(&address)?))).collect()
    }

    /// Where a block stands, if it does.
    pub(super) fn place(&self, address: &Address) -> Option<Location> {
        let equal = self.wanted.at(address).and_then(|block| Some(self.equal(block.index).first()?.1));
        let found = || self.found.get(address).map(|at| self.root.blocks[at[0]].header);
        equal.or_else(found)
    }

    /// A digest of what a block says, for a rule's `seen`: of its bytes and of all that these hang
    /// on, so that it changes with anything that a person could mean by it.
    pub(super) fn digest(&self, block: &Block) -> String {
        self.digest_with(block, &[])
    }

    /// A digest of what a block says, and of `more` that was read for it.
    pub(super) fn digest_with(&self, block: &Block, more: &[u8]) -> String {
        let bytes = |at: &Location| {
            let bytes = self.sources.get(at.source).bytes();
            bytes.get(at.span.range()).unwrap_or_default()
        };
        let overrides = self.root.overridden.iter().filter(|(base, _)| *base == block.location);
        let mut all = bytes(&block.location).to_vec();
        overrides.for_each(|(_, over)| all.extend_from_slice(bytes(over)));
        let text = unescaped(&String::from_utf8_lossy(&all));
        for (_, said) in self.names.behind(&text) {
            all.extend_from_slice(said.value.to_string().as_bytes());
        }
        for (path, _) in named_paths(&text) {
            all.extend(self.read_beside(path).unwrap_or_default());
        }
        all.extend_from_slice(more);
        self.digest_text(all)
    }

    /// A file of the directory.
    pub(super) fn read_beside(&self, name: &str) -> Option<Vec<u8>> {
        self.disk.read(&self.directory.join(name).ok()?).ok()
    }

    /// A digest of a record, locals known.
    pub(super) fn digest_record(&self, record: &Record) -> String {
        let mut text = format!("{:?}", self.scope.resolve_record(record));
        for (_, said) in self.names.behind(&text) {
            text.push_str(&said.value.to_string());
        }
        self.digest_text(text.into_bytes())
    }

    /// A digest of bytes, CR aside.
    pub(super) fn digest_text(&self, bytes: Vec<u8>) -> String {
        let plain: Vec<u8> = bytes.into_iter().filter(|byte| *byte != b'\r').collect();
        Sha256::digest(&plain).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether a block could speak of Secrets Manager or of a declared name.
    pub(super) fn speaks(&self, location: Location, block: &Block) -> bool {
        let bytes = self.sources.get(location.source).bytes();
        self.speaks_text(bytes.get(block.location.span.range()).unwrap_or_default())
            || self.speaks_body(&block.body)
    }

    fn speaks_body(&self, body: &crate::evaluate::Body) -> bool {
        body.attributes.iter().any(|attribute| self.speaks_value(&attribute.value.datum))
            || body.blocks.iter().any(|block| self.speaks_body(&block.body))
    }

    /// Whether a value could speak of Secrets Manager or of a declared name, or a local or a
    /// variable that it hangs on.
    pub(super) fn speaks_value(&self, value: &Datum) -> bool {
        let known = self.scope.resolve(value).to_string();
        self.speaks_text(known.as_bytes())
            || self
                .names
                .behind(&known)
                .iter()
                .any(|(_, said)| self.speaks_text(said.value.to_string().as_bytes()))
    }

    /// Whether a text could speak of Secrets Manager or of a declared name, also by escapes.
    pub(super) fn speaks_text(&self, bytes: &[u8]) -> bool {
        let text = unescaped(&String::from_utf8_lossy(bytes)).to_lowercase();
        let names = self.secrets().iter().map(|secret| secret.name().as_text());
        let mut declared = names.chain(self.prefixes());
        text.contains("secretsmanager")
            || text.contains("secrets-manager")
            || allows_everything(&text)
            || names_wide_policy(&text)
            || declared.any(|name| {
                let name = name.to_string().to_lowercase();
                name.len() > 2 && text.contains(&name)
            })
    }
}

/// Whether a text names a policy of AWS's own that lets its holders read secrets.
///
/// Source: AWS Managed Policy Reference.
pub(super) fn names_wide_policy(text: &str) -> bool {
    const WIDE: [&str; 3] = ["administratoraccess", "poweruseraccess", "secretsmanagerreadwrite"];
    let text = text.to_ascii_lowercase();
    WIDE.iter().any(|policy| text.contains(policy))
}

/// Whether a text, in lower case, has a statement of every action, in any of the spellings.
fn allows_everything(text: &str) -> bool {
    if !text.contains("\"*\"") {
        return false;
    }
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\\').collect();
    let forms = [
        "action=\"*\"",
        "action=[\"*\"",
        "actions=[\"*\"",
        "action\":\"*\"",
        "action\":[\"*\"",
        "action\"=\"*\"",
    ];
    forms.iter().any(|form| plain.contains(form))
}

/// What `default_tags` of each AWS provider says, if it says anything.
fn default_tags(root: &Root, scope: &Scope) -> HashMap<String, Datum> {
    let mut all = HashMap::new();
    for block in root.blocks.iter().filter(|block| block.type_name == "provider") {
        let alias = block.body.value("alias").and_then(|alias| alias.literal());
        let name = match (block.labels.first(), alias) {
            (Some(label), Some(alias)) => format!("{label}.{alias}"),
            (Some(label), None) => label.clone(),
            (None, _) => continue,
        };
        let tags = block.body.blocks_of("default_tags").filter_map(|block| block.body.value("tags")).next();
        if let Some(tags) = tags {
            all.insert(name, scope.resolve(&tags.datum));
        }
    }
    all
}

/// `\u002f` and the like as the character that they are.
pub(super) fn unescaped(text: &str) -> String {
    if !text.contains("\\u") && !text.contains("\\U") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\\u").into_iter().chain(rest.find("\\U")).min() {
        out.push_str(&rest[..at]);
        let long = rest.as_bytes()[at + 1] == b'U';
        let digits = if long { 8 } else { 4 };
        let code = rest.get(at + 2..at + 2 + digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match code.and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = &rest[at + 2 + digits..];
            }
            None => {
                out.push_str(&rest[at..at + 2]);
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out
}
