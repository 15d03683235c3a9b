//! Whether a role reads secrets, as far as the directory's policies say.

use super::super::view::names_wide_policy;
use super::policy::{Reader, Said, document_label};
use crate::access::trust::allows;
use crate::evaluate::{Block, Body, Value};
use crate::existing::address;
use crate::model::{Address, Datum, Mode};

/// Whether a policy that is the role's own, or that is attached to it, lets it read values. What
/// can't be followed lets it do nothing.
pub(super) fn reads(reader: &Reader<'_>, role: &Address, block: &Block) -> bool {
    own(reader, &block.body)
        || reader.view.root.blocks.iter().any(|other| attached(reader, role, block, other))
}

/// Policies in the role's own block.
fn own(reader: &Reader<'_>, body: &Body) -> bool {
    let inline = body.blocks_of("inline_policy").filter_map(|block| block.body.value("policy"));
    inline.into_iter().any(|policy| lets_read(reader, policy))
        || body.value("managed_policy_arns").is_some_and(|arns| arns_let_read(reader, &arns.datum))
}

/// Blocks beside the role that give it a policy.
fn attached(reader: &Reader<'_>, role: &Address, role_block: &Block, block: &Block) -> bool {
    let Some(address) = address(block) else { return false };
    let names = |argument: &str| {
        let value = block.body.value(argument).map(|value| reader.view.scope.resolve(&value.datum));
        value.is_some_and(|value| names_role(reader, role, role_block, &value))
    };
    match address.type_name() {
        "aws_iam_role_policy" => {
            names("role") && block.body.value("policy").is_some_and(|policy| lets_read(reader, policy))
        }
        "aws_iam_role_policy_attachment" => {
            names("role")
                && block.body.value("policy_arn").is_some_and(|arn| arns_let_read(reader, &arn.datum))
        }
        "aws_iam_policy_attachment" => {
            names("roles")
                && block.body.value("policy_arn").is_some_and(|arn| arns_let_read(reader, &arn.datum))
        }
        _ => false,
    }
}

fn names_role(reader: &Reader<'_>, role: &Address, block: &Block, value: &Datum) -> bool {
    match value {
        Datum::Symbol(symbol) => symbol
            .canonical()
            .strip_prefix(role.to_string().as_str())
            .is_some_and(|rest| rest.starts_with(['.', '['])),
        Datum::Text(text) => block.body.value("name").is_some_and(|name| {
            reader.view.scope.resolve(&name.datum) == Datum::Text(text.clone()) && text.as_literal().is_some()
        }),
        Datum::List(items) | Datum::Concat(items, _) => {
            items.iter().any(|item| names_role(reader, role, block, item))
        }
        _ => false,
    }
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
