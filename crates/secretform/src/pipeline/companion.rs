//! What is particular to the companions of a container: they name it, and a value in the state
//! can't stand beside one that isn't.

use super::view::View;
use super::wanted::WantedBlock;
use crate::compare::{Difference, DifferenceKind, Step};
use crate::existing::Named;
use crate::model::Record;

/// The argument by which a companion names its secret.
fn naming(type_name: &str) -> Option<&'static str> {
    match type_name {
        "aws_secretsmanager_secret_policy" => Some("secret_arn"),
        "aws_secretsmanager_secret_version" | "aws_secretsmanager_secret_rotation" => Some("secret_id"),
        _ => None,
    }
}

/// Which secret a companion names, if it says; one spelling for the one that it belongs to, which
/// may be named by reference, name or ARN.
pub(super) fn same_secret(
    view: &View<'_>,
    wanted: WantedBlock<'_>,
    declared: &Record,
    there: &mut Record,
) -> Option<Named> {
    let argument = naming(wanted.type_name())?;
    let named = view.references.secret(there.get(argument)?);
    if let Named::Declared(index) = named
        && wanted.secret().is_some_and(|secret| std::ptr::eq(secret, view.secret(index)))
        && let Some(value) = declared.get(argument)
    {
        there.set(argument, value.clone());
    }
    Some(named)
}

/// What is particular to the companions of a container.
pub(super) fn differences(
    wanted: WantedBlock<'_>,
    named: Option<Named>,
    there: &Record,
    differences: &mut Vec<Difference>,
) {
    let argument = |difference: &Difference, names: &[&str]| matches!(difference.path.steps(), [Step::Argument(name)] if names.contains(&name.as_str()));
    // A value in the state can't stand beside one that isn't, and goes with the version alone.
    let in_state = ["secret_string", "secret_binary"].iter().any(|name| there.get(name).is_some());
    for difference in differences.iter_mut() {
        let other = matches!(named, Some(Named::Declared(_) | Named::Other));
        let names = naming(wanted.type_name());
        if other && argument(difference, names.as_slice()) && difference.kind == DifferenceKind::Unknown {
            difference.kind = DifferenceKind::Changed;
        }
        difference.replaces |=
            in_state && argument(difference, &["secret_string_wo", "secret_string_wo_version"]);
    }
    if wanted.ignored_whole() {
        let names = naming(wanted.type_name());
        differences.retain(|difference| argument(difference, names.as_slice()));
    }
}
