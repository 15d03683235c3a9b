//! Resources that list all attachments of a role or of a policy, and so take off a declared one
//! that they don't name.

use super::super::view::View;
use crate::diagnostic::{Diagnostic, codes};
use crate::model::attributes::{Attribute, table};
use crate::model::{Datum, Kind, OidcRole, Sameness};

/// The resources: the argument that names one side, the one that lists the other.
///
/// Source: provider documentation, *aws_iam_role_policy_attachments_exclusive*,
/// *aws_iam_policy_attachment*.
const LISTS: [(&str, &str, &str); 2] = [
    ("aws_iam_role_policy_attachments_exclusive", "role_name", "policy_arns"),
    ("aws_iam_policy_attachment", "policy_arn", "roles"),
];

/// Reports those that would take the policy off a declared role.
pub(in super::super) fn taken_off(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    let model = view.wanted.model();
    for role in model.oidc().iter().filter(|role| model.permits(role)) {
        for (type_name, names, lists) in LISTS {
            for (block, address) in view.resources(type_name) {
                let value = |name: &str| block.body.value(name).map(|value| view.scope.resolve(&value.datum));
                let (Some(named), Some(listed)) = (value(names), value(lists)) else { continue };
                let (one, other) = sides(role, names == "role_name");
                if !is(&one, &named) {
                    continue;
                }
                let (items, known) = match &listed {
                    Datum::List(items) => (items.as_slice(), true),
                    Datum::Concat(items, _) => (items.as_slice(), false),
                    _ => (&[][..], false),
                };
                if items.iter().any(|item| is(&other, item)) {
                    continue;
                }
                let path = format!("{address}.{lists}");
                let missing = other.first().map(ToString::to_string).unwrap_or_default();
                let (rule, verb) =
                    if known { (&codes::CHANGED, "takes") } else { (&codes::UNRESOLVED, "may take") };
                let message =
                    format!("`{path}` {verb} `{}` off `{}`", role.policy_address(), role.role_address());
                let mut diagnostic = Diagnostic::new(rule, message)
                    .address(path)
                    .at(block.body.value(lists).map_or(block.header, |value| value.location))
                    .label("all that may be attached")
                    .reason("Terraform detaches what such a list doesn't name")
                    .fix(format!("add `{missing}` to it, or delete the resource"))
                    .seen(view.digest(block));
                diagnostic.found = Some(listed.to_string());
                out.push(diagnostic);
            }
        }
    }
}

/// How the one side and the other may be spelled, the plainest first.
fn sides(role: &OidcRole, role_is_named: bool) -> (Vec<Datum>, Vec<Datum>) {
    let attachment = role.attachment_record();
    let said = |name: &str| attachment.get(name).cloned().into_iter().collect::<Vec<_>>();
    let mut by_role = said("role");
    by_role.push(role.name().datum());
    let by_policy = said("policy_arn");
    if role_is_named { (by_role, by_policy) } else { (by_policy, by_role) }
}

fn is(spellings: &[Datum], found: &Datum) -> bool {
    // Either row reads `.id` of a role as its name and of a policy as its ARN.
    let row: Option<&Attribute> = table("aws_iam_role_policy_attachment").attribute("role");
    let normal = |value: &Datum| row.map_or_else(|| value.clone(), |row| row.normal(value));
    spellings.iter().any(|one| normal(one).compare(&normal(found), Kind::String) == Sameness::Same)
}
