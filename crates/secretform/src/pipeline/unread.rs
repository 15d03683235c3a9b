//! What this version doesn't read: `.tofu` files, policies in other forms. Each is named, and an
//! error if its text could speak of Secrets Manager or of a declared name.

use super::readers::{reach, statement_name};
use super::view::View;
use crate::diagnostic::{Diagnostic, Location, Severity, codes};
use crate::evaluate::{Block, Body, Value};
use crate::existing::policies::statements;
use crate::existing::{address, is_identity_policy, is_policy_site};
use crate::model::{Datum, Record};
use crate::source::{Directory, RepoPath};

/// Files that only OpenTofu reads.
pub(super) fn tofu_files(
    view: &View<'_>,
    directory: &dyn Directory,
    files: &[(RepoPath, Location)],
    out: &mut Vec<Diagnostic>,
) {
    for (path, location) in files {
        let replaced = replaced_by(view, path);
        let speaks = replaced.is_some()
            || overrides(path)
            || directory.read(path).map_or(true, |bytes| view.speaks_text(&bytes));
        let mut diagnostic = Diagnostic::new(
            &codes::UNREAD,
            format!("`{path}` is read by OpenTofu, and not by this version of secretform"),
        )
        .address(path.to_string())
        .at(*location)
        .reason(match replaced {
            Some(file) => format!("OpenTofu reads it instead of `{file}`, and nothing of that file"),
            None => "Terraform and this version of secretform know only `.tf`".to_owned(),
        });
        if speaks {
            diagnostic = diagnostic
                .fix("keep secrets and their grants in `.tf` files, or accept it with a `rule` in the spec")
                .seen(view.digest_text(directory.read(path).unwrap_or_default()));
        } else {
            diagnostic.severity = Severity::Note;
        }
        out.push(diagnostic);
    }
}

/// The file of the directory in whose place OpenTofu reads this one.
fn replaced_by(view: &View<'_>, path: &RepoPath) -> Option<String> {
    let replaced = crate::existing::replaced_by(path.as_str())?;
    view.sources.iter().any(|(_, source)| source.label() == replaced).then_some(replaced)
}

/// Whether a file is merged into the others: then what it says may be of any of them.
fn overrides(path: &RepoPath) -> bool {
    let base = path.file_name().and_then(|name| name.split_once(".tofu")).map_or("", |(base, _)| base);
    base == "override" || base.ends_with("_override")
}

/// Policies that are no policy document: those that are written out are read for grants that
/// the spec doesn't declare, the others are named.
pub(super) fn policies(view: &View<'_>, read: &dyn Fn(&str) -> Option<Vec<u8>>, out: &mut Vec<Diagnostic>) {
    for block in &view.root.blocks {
        let Some(address) = address(block) else { continue };
        let type_name = address.type_name();
        let policy_by_name = block.type_name == "data" && type_name == "aws_iam_policy";
        if block.type_name == "data" && type_name == "aws_iam_policy_document" && !view.speaks_at(&address) {
            joined_documents(view, block, &address.to_string(), read, out);
        }
        if !policy_by_name && block.type_name != "resource" || type_name.starts_with("aws_secretsmanager_") {
            continue;
        }
        let address = address.to_string();
        if is_identity_policy(type_name) && !policy_by_name {
            identity_policies(view, block, (&block.body, &address), read, out);
        } else if is_policy_site(type_name) && view.speaks(block.location, block) {
            let why = "policies of this kind are not read";
            out.push(unread_block(view, block, &address, block.header, why));
        }
    }
}

/// Policies that a document takes in from elsewhere: one that can be read is, another is named
/// if it could speak of secrets.
fn joined_documents(
    view: &View<'_>,
    block: &Block,
    address: &str,
    read: &dyn Fn(&str) -> Option<Vec<u8>>,
    out: &mut Vec<Diagnostic>,
) {
    const JOINED: [&str; 4] =
        ["source_policy_documents", "override_policy_documents", "source_json", "override_json"];
    for attribute in JOINED.iter().filter_map(|name| block.body.attribute(name)) {
        let path = format!("{address}.{}", attribute.name);
        let items: Vec<&Value> = match attribute.value.datum {
            Datum::List(_) => attribute.value.parts.iter().map(|(_, item)| item).collect(),
            _ => vec![&attribute.value],
        };
        for item in items {
            match statements(item, view.scope, read) {
                Some(statements) => grants(view, &path, item.location, &statements, out),
                None if view.speaks_value(&item.datum) => {
                    let why = "what this policy says can't be read before Terraform runs";
                    out.push(unread_block(view, block, &path, item.location, why));
                }
                None => {}
            }
        }
    }
}

/// Statements of a policy that let somebody act on a declared secret.
fn grants(view: &View<'_>, path: &str, at: Location, statements: &[Record], out: &mut Vec<Diagnostic>) {
    for (index, statement) in statements.iter().enumerate() {
        if let Some(reach) = reach(view, statement) {
            let name = statement_name(path, statement, index);
            out.push(reach.diagnostic(view, name, at, statement));
        }
    }
}

fn identity_policies(
    view: &View<'_>,
    block: &Block,
    (body, address): (&Body, &str),
    read: &dyn Fn(&str) -> Option<Vec<u8>>,
    out: &mut Vec<Diagnostic>,
) {
    let policies = ["policy", "inline_policy"];
    for attribute in body.attributes.iter().filter(|it| policies.contains(&it.name.as_str())) {
        let path = format!("{address}.{}", attribute.name);
        let Some(statements) = statements(&attribute.value, view.scope, read) else {
            let why = "what this policy says can't be read before Terraform runs";
            out.push(unread_block(view, block, &path, attribute.value.location, why));
            continue;
        };
        grants(view, &path, attribute.value.location, &statements, out);
    }
    for attribute in body.attributes.iter().filter(|it| it.name == "managed_policy_arns") {
        if view.speaks_value(&attribute.value.datum) {
            let path = format!("{address}.{}", attribute.name);
            let why = "one of these policies of AWS's own lets its holders read secrets";
            out.push(unread_block(view, block, &path, attribute.value.location, why));
        }
    }
    for nested in &body.blocks {
        match nested.type_name.as_str() {
            "inline_policy" => {
                let inner = format!("{address}.inline_policy");
                identity_policies(view, block, (&nested.body, &inner), read, out);
            }
            "dynamic" if nested.labels.first().is_some_and(|label| label == "inline_policy") => {
                let why = "`dynamic` blocks can't be read before Terraform runs";
                out.push(unread_block(view, block, &format!("{address}.inline_policy"), nested.header, why));
            }
            _ => {}
        }
    }
}

/// One block that isn't read and could speak of secrets.
pub(super) fn unread_block(
    view: &View<'_>,
    block: &Block,
    address: &str,
    location: Location,
    why: &str,
) -> Diagnostic {
    Diagnostic::new(&codes::UNREAD, format!("`{address}` is not read by this version of secretform"))
        .address(address.to_owned())
        .at(location)
        .label("not read")
        .reason(why.to_owned())
        .fix("look at it by hand, and accept it with a `rule` in the spec")
        .seen(view.digest(block))
}
