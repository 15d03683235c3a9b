//! Parts of a role that stand nowhere at their address, and are not missing: another block is
//! them, or does what they would do.

use super::super::view::View;
use super::super::wanted::WantedBlock;
use super::meaning::is_document;
use crate::diagnostic::{Diagnostic, codes};
use crate::evaluate::Block;
use crate::model::attributes::table;
use crate::model::{Address, Kind, OidcRole, Record, Sameness};

/// Whether a part of a role needs no block of its own; what is wrong with that is said.
pub(in super::super) fn stands_otherwise(
    view: &View<'_>,
    wanted: WantedBlock<'_>,
    out: &mut Vec<Diagnostic>,
) -> bool {
    let Some(role) = wanted.role().and_then(|at| view.wanted.model().oidc().get(at)) else { return false };
    match wanted.type_name() {
        "aws_iam_policy_document" => trust_is_written_out(view, role),
        "aws_iam_role_policy_attachment" => is_attached(view, &wanted.record()),
        "aws_iam_role" => another(view, wanted, "name", &fix_of_role, out),
        "aws_iam_openid_connect_provider" => another(view, wanted, "url", &fix_of_provider, out),
        _ => false,
    }
}

/// Whether the role stands and says itself whom it trusts.
fn trust_is_written_out(view: &View<'_>, role: &OidcRole) -> bool {
    let at = view.found.get(&role.role_address()).and_then(|all| all.first());
    let block = at.map(|at| &view.root.blocks[*at]);
    block
        .and_then(|block| block.body.value("assume_role_policy"))
        .is_some_and(|value| !is_document(&value.datum))
}

/// Whether the attachment stands under another label: it has no name that would matter.
fn is_attached(view: &View<'_>, declared: &Record) -> bool {
    let table = table("aws_iam_role_policy_attachment");
    let same = |block: &Block, name: &str| {
        let (Some(row), Some(declared)) = (table.attribute(name), declared.get(name)) else { return false };
        let found = block.body.value(name).map(|value| row.normal(&view.scope.resolve(&value.datum)));
        found.is_some_and(|found| found.compare(&row.normal(declared), Kind::String) == Sameness::Same)
    };
    view.resources("aws_iam_role_policy_attachment").any(|(block, _)| {
        let repeats =
            ["count", "for_each", "provider"].iter().any(|name| block.body.attribute(name).is_some());
        !repeats && same(block, "role") && same(block, "policy_arn")
    })
}

/// Whether what may exist once in an account stands at another address.
fn another(
    view: &View<'_>,
    wanted: WantedBlock<'_>,
    argument: &str,
    fix: &dyn Fn(&Address) -> String,
    out: &mut Vec<Diagnostic>,
) -> bool {
    let (table, record) = (wanted.table(), wanted.record());
    let (Some(row), Some(declared)) = (table.attribute(argument), record.get(argument)) else { return false };
    let declared = row.normal(&view.scope.resolve(declared));
    for (block, address) in view.resources(wanted.type_name()) {
        let Some(value) = block.body.value(argument) else { continue };
        let found = row.normal(&view.scope.resolve(&value.datum));
        if view.is_owned(&address) || found.compare(&declared, Kind::String) != Sameness::Same {
            continue;
        }
        let message =
            format!("`{address}` holds the {argument} that the spec declares at `{}`", wanted.address());
        let mut diagnostic = Diagnostic::new(&codes::DUPLICATE_NAME, message)
            .address(address.to_string())
            .at(value.location)
            .label("declared at another address")
            .found(value.datum.to_string())
            .reason("an account has it once, so a second one fails on apply")
            .fix(fix(&address));
        if let Some(declared) = wanted.declared() {
            diagnostic = diagnostic.related(declared, "declared here");
        }
        out.push(diagnostic);
        return true;
    }
    false
}

fn fix_of_role(address: &Address) -> String {
    let label = address.label();
    format!("call it `oidc \"{label}\"` in the spec, or rename the block with a `moved` block")
}

fn fix_of_provider(address: &Address) -> String {
    let label = address.label();
    format!(
        "say `provider = {address}.arn` in the spec, or `labels = {{ provider = \"{label}\" }}` to own it"
    )
}
