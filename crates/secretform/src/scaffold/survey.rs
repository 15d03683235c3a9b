//! What a Terraform directory tells somebody who begins a spec for it: whose it is, which secrets
//! stand there, who seems to read them. A look, no reading: what isn't written out is passed over.

use crate::model::{AccountId, Region};
use crate::source::Span;
use crate::syntax::{Expr, File, Item, ItemKind, Label, next_item, parse_item};

/// What was seen in one directory.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// The containers, in order of file and place.
    pub secrets: Vec<Container>,
    /// The first statement about Secrets Manager.
    pub grant: Option<Granted>,
    /// How much of AWS is there: whether a provider, how many secrets, how many other blocks.
    pub weight: (bool, usize, usize),
    region: Vec<Candidate>,
    account: Vec<Candidate>,
}

/// A container that stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// Its Terraform label.
    pub label: String,
    /// Its name, if it is written out.
    pub name: Option<String>,
    /// The file's name.
    pub file: String,
}

/// A statement about Secrets Manager in a document that stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// The document's label.
    pub document: String,
    /// Its file's name.
    pub file: String,
    /// The statement's id, if it is written out.
    pub sid: Option<String>,
}

/// An expression for the region or the account, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The better of two is the lower.
    rank: usize,
    /// As a spec says it.
    pub expression: String,
    /// Where it was seen, for a comment.
    pub from: String,
}

/// Variables and locals that are called so hold a region.
pub(super) const REGIONS: [&str; 2] = ["aws_region", "region"];
/// Variables and locals that are called so hold an account.
pub(super) const ACCOUNTS: [&str; 3] = ["aws_account_id", "account_id", "aws_account"];

/// Ranks of what isn't a name's place in a list: the provider's own word, and a data source.
const PROVIDER: usize = 0;
const DATA: usize = 100;

impl Survey {
    /// Looks at one more file.
    pub fn file(&mut self, name: &str, bytes: &[u8]) {
        let (mut at, mut tokens) = (0, Vec::new());
        while let Some(Ok(item)) = next_item(bytes, at, &mut tokens) {
            at = item.span.end as usize;
            if let ItemKind::Block { type_name, labels, .. } = &item.kind {
                self.block(name, bytes, &item, *type_name, labels);
            }
        }
    }

    /// The best expression for the region.
    pub fn region(&self) -> Option<&Candidate> {
        self.region.iter().min_by_key(|candidate| candidate.rank)
    }

    /// The best expression for the account.
    pub fn account(&self) -> Option<&Candidate> {
        self.account.iter().min_by_key(|candidate| candidate.rank)
    }

    /// Whether AWS is in the directory at all.
    pub fn has_aws(&self) -> bool {
        self.weight != (false, 0, 0)
    }

    fn block(&mut self, file: &str, bytes: &[u8], item: &Item, type_name: Span, labels: &[Label]) {
        let words: Vec<&str> = labels.iter().map(|label| label.text.as_str()).collect();
        match (&bytes[type_name.range()], words.as_slice()) {
            (b"variable", [name]) => self.named("var", name, file),
            (b"locals", []) => {
                let tree = parse_item(bytes, item);
                let locals = tree.body().blocks().next();
                for local in locals.iter().flat_map(|block| block.body().attributes()) {
                    self.named("local", local.name(), file);
                }
            }
            (b"provider", ["aws"]) => self.provider(&parse_item(bytes, item), file),
            (b"resource", ["aws_secretsmanager_secret", label]) => {
                let tree = parse_item(bytes, item);
                let block = tree.body().blocks().next();
                let name = block.and_then(|block| block.body().attribute("name"));
                let name = name.and_then(|name| name.value().literal_string());
                self.weight.1 += 1;
                self.secrets.push(Container { label: (*label).to_owned(), name, file: file.to_owned() });
            }
            (b"data", ["aws_region", label]) => {
                let expression = format!("data.aws_region.{label}.name");
                self.region.push(Candidate { rank: DATA, expression, from: file.to_owned() });
            }
            (b"data", ["aws_caller_identity", label]) => {
                let expression = format!("data.aws_caller_identity.{label}.account_id");
                self.account.push(Candidate { rank: DATA, expression, from: file.to_owned() });
            }
            (b"data", ["aws_iam_policy_document", label]) if self.grant.is_none() => {
                let tree = parse_item(bytes, item);
                let document = tree.body().blocks().next();
                let mut statements =
                    document.iter().flat_map(|document| document.body().blocks_of("statement"));
                let speaks =
                    |span: Span| memchr::memmem::find(&bytes[span.range()], b"secretsmanager:").is_some();
                self.grant = statements.find(|statement| speaks(statement.span())).map(|statement| Granted {
                    document: (*label).to_owned(),
                    file: file.to_owned(),
                    sid: statement.body().attribute("sid").and_then(|sid| sid.value().literal_string()),
                });
            }
            _ => {}
        }
        if matches!(words.as_slice(), [kind, _] if kind.starts_with("aws_")) {
            self.weight.2 += 1;
        }
    }

    fn provider(&mut self, tree: &File<'_>, file: &str) {
        let Some(block) = tree.body().blocks().next() else { return };
        self.weight.0 = true;
        if block.body().attribute("alias").is_some() {
            return;
        }
        let from = format!("the provider's, in {file}");
        let region = block
            .body()
            .attribute("region")
            .and_then(|region| plain(region.value(), |text| Region::new(text).is_ok()));
        self.region.extend(region.map(|expression| Candidate {
            rank: PROVIDER,
            expression,
            from: from.clone(),
        }));
        let allowed = block.body().attribute("allowed_account_ids").map(|allowed| allowed.value().kind());
        if let Some(crate::syntax::ExprKind::Tuple(items)) = allowed
            && let [one] = items.as_slice()
        {
            let account = plain(*one, |text| AccountId::new(text).is_ok());
            self.account.extend(account.map(|expression| Candidate { rank: PROVIDER, expression, from }));
        }
    }

    /// A variable or local, if its name says what it holds.
    fn named(&mut self, root: &str, name: &str, file: &str) {
        let own = if root == "var" { 1 } else { DATA / 2 };
        for (names, out) in [(&REGIONS[..], &mut self.region), (&ACCOUNTS[..], &mut self.account)] {
            if let Some(rank) = names.iter().position(|known| *known == name) {
                let (expression, from) = (format!("{root}.{name}"), file.to_owned());
                out.push(Candidate { rank: own + rank, expression, from });
            }
        }
    }
}

/// A text that `valid` takes, or a reference; nothing that is more than that.
fn plain(value: Expr<'_>, valid: impl Fn(&str) -> bool) -> Option<String> {
    let simple = match value.literal_string() {
        Some(text) => valid(&text),
        None => value.traversal().is_some(),
    };
    simple.then(|| value.canonical()).filter(|text| !text.contains('\n'))
}
