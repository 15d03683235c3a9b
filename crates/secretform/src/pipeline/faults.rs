//! Values in existing Terraform that break a rule of AWS, which `terraform validate` may pass.

use super::view::View;
use crate::diagnostic::{Diagnostic, codes};
use crate::existing::address;
use crate::model::attributes;

/// What is looked at.
const CHECKED: [&str; 7] = [
    "aws_secretsmanager_secret",
    "aws_secretsmanager_random_password",
    "aws_secretsmanager_secret_rotation",
    "aws_iam_policy_document",
    "aws_iam_openid_connect_provider",
    "aws_iam_role",
    "aws_iam_policy",
];

/// What breaks a rule, in every container, policy document and role of the directory that isn't
/// byte for byte as declared.
pub(super) fn faults(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    for (at, block) in view.root.blocks.iter().enumerate() {
        let Some(address) = address(block) else { continue };
        if !CHECKED.contains(&address.type_name()) {
            continue;
        }
        let Some(found) = view.read(at) else { continue };
        let record = view.scope.resolve_record(&found.record);
        for (path, invalid) in attributes::table(address.type_name()).faults(&record) {
            let page = invalid.page();
            let mut diagnostic = Diagnostic::new(&codes::BREAKS_AWS_RULE, invalid.to_string())
                .address(format!("{address}.{path}"))
                .at(found.origins.nearest(&path))
                .label("AWS refuses this")
                .fix("write a value that AWS takes");
            if page.starts_with("https:") {
                diagnostic = diagnostic.reason(page);
            }
            out.push(diagnostic);
        }
    }
}
