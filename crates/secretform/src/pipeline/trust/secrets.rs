//! Whether a role reads secrets, as far as the directory's policies say.

use foldhash::{HashMap, HashMapExt as _};

use super::super::view::{View, names_wide_policy};
use super::policy::{Reader, Said, document_label};
use crate::access::trust::allows;
use crate::evaluate::{Block, Body, Value};
use crate::model::{Address, Datum, Mode};

/// The blocks that give roles policies, by what they call the role: its label, or its name.
pub(super) struct Grants<'a> {
    by_label: HashMap<String, Vec<&'a Block>>,
    by_name: HashMap<String, Vec<&'a Block>>,
}

impl<'a> Grants<'a> {
    pub(super) fn new(view: &View<'a>) -> Self {
        let mut all = Self { by_label: HashMap::new(), by_name: HashMap::new() };
        for block in &view.root.blocks {
            let argument = match block.labels.first().map(String::as_str) {
                Some("aws_iam_role_policy" | "aws_iam_role_policy_attachment") => "role",
                Some("aws_iam_policy_attachment") => "roles",
                _ => continue,
            };
            let Some(value) = block.body.value(argument).filter(|_| block.type_name == "resource") else {
                continue;
            };
            match view.scope.resolve(&value.datum) {
                Datum::List(items) | Datum::Concat(items, _) => {
                    items.iter().for_each(|item| all.add(item, block));
                }
                one => all.add(&one, block),
            }
        }
        all
    }

    fn add(&mut self, role: &Datum, block: &'a Block) {
        match role {
            Datum::Symbol(symbol) => {
                let rest = symbol.canonical().strip_prefix("aws_iam_role.");
                if let Some((label, _)) = rest.and_then(|rest| rest.split_once(['.', '['])) {
                    self.by_label.entry(label.to_owned()).or_default().push(block);
                }
            }
            Datum::Text(text) => {
                if let Some(name) = text.as_literal() {
                    self.by_name.entry(name.to_owned()).or_default().push(block);
                }
            }
            _ => {}
        }
    }

    /// Whether a policy that is the role's own, or that is attached to it, lets it read values.
    /// What can't be followed lets it do nothing.
    pub(super) fn let_read(&self, reader: &Reader<'_>, role: &Address, block: &Block) -> bool {
        let name = block.body.value("name").map(|name| reader.view.scope.resolve(&name.datum));
        let by_name = match &name {
            Some(Datum::Text(text)) => text.as_literal().and_then(|name| self.by_name.get(name)),
            _ => None,
        };
        let grants = self.by_label.get(role.label()).into_iter().chain(by_name).flatten();
        own(reader, &block.body) || grants.into_iter().any(|grant| attached(reader, grant))
    }
}

/// Policies in the role's own block.
fn own(reader: &Reader<'_>, body: &Body) -> bool {
    let inline = body.blocks_of("inline_policy").filter_map(|block| block.body.value("policy"));
    inline.into_iter().any(|policy| lets_read(reader, policy))
        || body.value("managed_policy_arns").is_some_and(|arns| arns_let_read(reader, &arns.datum))
}

/// What a block gives its role.
fn attached(reader: &Reader<'_>, block: &Block) -> bool {
    block.body.value("policy").is_some_and(|policy| lets_read(reader, policy))
        || block.body.value("policy_arn").is_some_and(|arn| arns_let_read(reader, &arn.datum))
}

fn arns_let_read(reader: &Reader<'_>, arn: &Datum) -> bool {
    match reader.view.scope.resolve(arn) {
        Datum::List(items) | Datum::Concat(items, _) => items.iter().any(|item| arns_let_read(reader, item)),
        Datum::Symbol(symbol) => {
            let label = symbol.canonical().strip_prefix("aws_iam_policy.").and_then(|rest| {
                let (label, rest) = rest.split_at(rest.find(['.', '['])?);
                rest.ends_with(".arn").then_some(label)
            });
            let Some(label) = label else { return false };
            let found = reader.view.found.get(&Address::new(Mode::Managed, "aws_iam_policy", label));
            let blocks = found.into_iter().flatten().filter_map(|at| reader.view.root.blocks.get(*at));
            blocks.filter_map(|block| block.body.value("policy")).any(|policy| lets_read(reader, policy))
        }
        other => names_wide_policy(&other.to_string()),
    }
}

/// Whether a policy allows reading values.
fn lets_read(reader: &Reader<'_>, policy: &Value) -> bool {
    if let Datum::Symbol(symbol) = &policy.datum
        && let Some(label) = document_label(symbol)
        && reader.view.speaks_at(&Address::policy_document(label))
    {
        return true;
    }
    let mut said = Said::default();
    reader.follow(policy, 0, &mut said);
    const READING: [&str; 2] = ["secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue"];
    said.statements
        .iter()
        .any(|statement| READING.iter().any(|action| allows(statement, action) == Some(true)))
}
