//! Statements that the spec owns in documents that people own.

use std::collections::BTreeMap;

use super::finding::Subject;
use super::owned::{ambiguous, ignored, normal, report, statement_differences};
use super::readers::statement_name;
use super::view::View;
use super::wanted::WantedStatement;
use super::work::Work;
use crate::compare::{Difference, DifferenceKind, Match, Path, Step, matching};
use crate::diagnostic::{Diagnostic, codes};
use crate::evaluate::Block;
use crate::existing::Found;
use crate::model::attributes;
use crate::model::{Address, Datum, Record};

/// Which statements of which documents are declared ones.
pub(super) type Claimed = BTreeMap<Address, Vec<usize>>;

/// Compares every declared statement; gives back which found statements they are.
pub(super) fn statements(
    view: &View<'_>,
    replace: &[String],
    work: &mut Work,
    out: &mut Vec<Diagnostic>,
) -> Claimed {
    let mut by_document: BTreeMap<&Address, Vec<usize>> = BTreeMap::new();
    for (index, wanted) in view.wanted.statements.iter().enumerate() {
        by_document.entry(&wanted.document).or_default().push(index);
    }
    let mut claimed = Claimed::new();
    for (address, indexes) in by_document {
        let places = view.found.get(address).map_or(&[][..], Vec::as_slice);
        for again in places.iter().skip(1) {
            out.push(
                Diagnostic::new(&codes::DUPLICATE_ADDRESS, format!("`{address}` stands twice"))
                    .address(address.to_string())
                    .at(view.root.blocks[*again].header)
                    .label("again")
                    .reason("Terraform takes an address once per directory")
                    .fix("delete one of the two blocks"),
            );
        }
        match places.first().and_then(|at| Some((&view.root.blocks[*at], view.read(*at)?))) {
            Some(block) => {
                let ids = in_document(view, address, block, &indexes, replace, work, out);
                claimed.insert(address.clone(), ids);
            }
            None => {
                for index in indexes {
                    out.push(missing(address, &view.wanted.statements[index], index));
                    work.missing_documents.push(index);
                }
            }
        }
    }
    claimed
}

fn missing(document: &Address, wanted: &WantedStatement, index: usize) -> Diagnostic {
    let name = statement_name(&document.to_string(), &wanted.record, index);
    let mut diagnostic = Diagnostic::new(
        &codes::MISSING,
        format!("`{document}`, in which {} has a statement, stands nowhere", wanted.whose),
    )
    .address(name)
    .fix("run `secretform generate`");
    if let Some(declared) = wanted.declared {
        diagnostic = diagnostic.at(declared).label("declared here");
    }
    diagnostic
}

fn in_document(
    view: &View<'_>,
    address: &Address,
    (block, found): (&Block, &Found),
    indexes: &[usize],
    replace: &[String],
    work: &mut Work,
    out: &mut Vec<Diagnostic>,
) -> Vec<usize> {
    let there: Vec<Record> =
        found.record.blocks("statement").iter().map(|record| normal(view, record, false)).collect();
    let mut claimed = Vec::new();
    let ignore = |name: &str| indexes.iter().all(|index| view.wanted.statements[*index].ignore.covers(name));
    enclosing(view, address, block, found, &ignore, out);
    let declared: Vec<Record> =
        indexes.iter().map(|index| normal(view, &view.wanted.statements[*index].record, false)).collect();
    let dynamic = found.dynamic.iter().any(|(path, _)| path == "statement");
    for ((&index, declared), found_as) in
        indexes.iter().zip(&declared).zip(matching(&declared, &there, false))
    {
        let wanted = &view.wanted.statements[index];
        let name = statement_name(&address.to_string(), &wanted.record, index);
        match found_as {
            Match::One(at) => {
                claimed.push(at);
                let mut differences = statement_differences(declared, &there[at]);
                differences.retain(|difference| !ignored(&wanted.ignore, &difference.path));
                let prefix = format!("statement[{at}]");
                dynamic_parts(found, &prefix, &mut differences);
                let subject = Subject {
                    address: &name,
                    origins: &found.origins,
                    prefix: &prefix,
                    declared: wanted.declared,
                    by_hand: None,
                };
                report(view, block, subject, differences, replace, work, out);
            }
            Match::None => {
                out.push(absent(address, found, wanted, &name));
                let path = Path::new().then(Step::NewBlock("statement".to_owned()));
                let difference = Difference::new(path, DifferenceKind::Missing).block(wanted.record.clone());
                // One of the `dynamic` statements may be it.
                if dynamic || view.sources.get(block.location.source).label().ends_with(".json") {
                    continue;
                }
                let patch = work.patches.entry(block.location).or_default();
                patch.address = address.to_string();
                patch.differences.push(difference);
            }
            Match::Several(all) => {
                out.push(ambiguous(view, &name, &wanted.record, found, &all));
                claimed.extend(&all);
            }
        }
    }
    claimed
}

/// `dynamic` blocks inside of a statement that is owned.
fn dynamic_parts(found: &Found, prefix: &str, differences: &mut Vec<Difference>) {
    for (path, _) in &found.dynamic {
        if let Some(name) = path.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('.')) {
            let path = Path::new().then(Step::NewBlock(name.to_owned()));
            differences.push(Difference::new(path, DifferenceKind::Unknown));
        }
    }
}

fn absent(document: &Address, found: &Found, wanted: &WantedStatement, name: &str) -> Diagnostic {
    let mut diagnostic =
        Diagnostic::new(&codes::MISSING, format!("`{document}` lacks the statement of {}", wanted.whose))
            .address(name.to_owned())
            .at(found.origins.header)
            .label("no statement here is it")
            .fix("run `secretform generate`");
    if let Some(declared) = wanted.declared {
        diagnostic = diagnostic.related(declared, "declared here");
    }
    diagnostic
}

/// What the document itself says, which decides whether its statements hold.
fn enclosing(
    view: &View<'_>,
    address: &Address,
    block: &Block,
    found: &Found,
    ignore: &dyn Fn(&str) -> bool,
    out: &mut Vec<Diagnostic>,
) {
    for (name, value) in found.record.arguments() {
        if ignore(name) {
            continue;
        }
        let value = view.scope.resolve(value);
        let literal = match &value {
            Datum::Text(text) => text.as_literal(),
            _ => None,
        };
        let empty = matches!(&value, Datum::List(items) if items.is_empty());
        let (known, expected, reason) = match name {
            "version" if literal == Some("2012-10-17") => continue,
            "version" => (
                literal.is_some(),
                Some("\"2012-10-17\""),
                "an older version reads policy variables as plain text, so statements mean something else",
            ),
            "policy_id" | "provider" | "depends_on" => continue,
            "count" | "for_each" => {
                let zero = value == Datum::Number("0".to_owned()) || empty;
                (zero, None, "it decides whether, and how often, the document exists")
            }
            _ if empty => continue,
            "override_policy_documents" | "override_json" => {
                (false, None, "a statement in there with the same Sid replaces the declared one")
            }
            "source_policy_documents" | "source_json" => (false, None, "it adds statements that aren't read"),
            _ => (false, None, "what it does to the statements isn't known"),
        };
        let path = format!("{address}.{name}");
        let rule = match attributes::table("aws_iam_policy_document").attribute(name) {
            None => &codes::UNKNOWN_ARGUMENT,
            Some(_) if known => &codes::CHANGED,
            Some(_) => &codes::UNRESOLVED,
        };
        let message = if known {
            format!("`{path}` is {value}")
        } else {
            format!("`{path}` makes what `{address}` says unknowable before Terraform runs")
        };
        let mut diagnostic = Diagnostic::new(rule, message)
            .address(path)
            .at(found.origins.nearest(name))
            .label("decides over the declared statement")
            .found(value.to_string())
            .reason(reason)
            .fix("take it away, put it under `ignore` in the spec's statement, or accept it with a `rule`")
            .seen(view.digest(block));
        diagnostic.expected = expected.map(str::to_owned);
        out.push(diagnostic);
    }
    for (path, location) in &found.dynamic {
        if path == "statement" && !ignore("statement") {
            out.push(
                Diagnostic::new(
                    &codes::UNRESOLVED,
                    format!("`{address}` makes statements with `dynamic`, which only Terraform can expand"),
                )
                .address(format!("{address}.statement"))
                .at(*location)
                .label("may make any statement")
                .reason("one of them may be the declared statement again, or deny it")
                .fix("write the statements out, or accept it with a `rule` in the spec")
                .seen(view.digest(block)),
            );
        }
    }
}
