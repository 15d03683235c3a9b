//! From what differs to what is said of it.

use crate::compare::{Difference, DifferenceKind};
use crate::diagnostic::{Diagnostic, Location, codes};
use crate::existing::Origins;
use crate::model::Datum;

/// The block that a difference is in, as findings speak of it.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    /// `aws_secretsmanager_secret.api`, or with `.statement["Sid"]` behind it.
    pub(super) address: &'a str,
    /// Where everything stands.
    pub(super) origins: &'a Origins,
    /// The path from the block that `origins` covers to the subject: `statement[1]`.
    pub(super) prefix: &'a str,
    /// Where the spec declares it.
    pub(super) declared: Option<Location>,
    /// What to say instead of `secretform generate` as the fix, if that can't write it.
    pub(super) by_hand: Option<&'a str>,
}

/// What is said of one difference.
pub(super) fn finding(difference: &Difference, subject: Subject<'_>) -> Diagnostic {
    let path = difference.path.to_string();
    let place = match (subject.prefix, path.as_str()) {
        (prefix, "") => prefix.to_owned(),
        ("", path) => path.to_owned(),
        (prefix, path) => format!("{prefix}.{path}"),
    };
    let attribute = address_path(difference);
    let address = match attribute.as_str() {
        "" => subject.address.to_owned(),
        attribute => format!("{}.{attribute}", subject.address),
    };
    let show = |value: &Option<Datum>| value.as_ref().map(Datum::to_string);
    let in_state = matches!(attribute.as_str(), "secret_string" | "secret_binary");
    // What is found there may be the secret, by way of a local that nothing tells to hide.
    let found = match &difference.found {
        Some(_) if in_state || attribute == "secret_string_wo" => Some("a value".to_owned()),
        found => show(found),
    };
    let expected = show(&difference.expected);
    let known = |text: &Option<String>| text.clone().unwrap_or_else(|| "absent".to_owned());
    let diagnostic = match difference.kind {
        DifferenceKind::Unknown => {
            Diagnostic::new(&codes::UNRESOLVED, format!("`{address}` can't be known before Terraform runs"))
                .label("only Terraform can say what this is")
                .reason("it may be what the spec declares, or not; secretform never guesses")
                .fix("write what the spec says, or say the same expression in the spec")
        }
        DifferenceKind::UnknownArgument => {
            Diagnostic::new(&codes::UNKNOWN_ARGUMENT, format!("`{address}` is unknown to secretform"))
                .label("unknown")
                .reason("what it does is not known, so the block is not known to be as declared")
                .fix("take it away, or put it under `ignore` in the spec")
        }
        DifferenceKind::Missing if difference.block.is_some() => {
            Diagnostic::new(&codes::CHANGED, format!("`{address}` lacks a block that the spec declares"))
                .label("missing here")
        }
        DifferenceKind::Missing => {
            Diagnostic::new(&codes::CHANGED, format!("`{address}` lacks {}", known(&expected)))
                .label("missing here")
        }
        DifferenceKind::Extra if in_state => Diagnostic::new(
            &codes::VALUE_IN_STATE,
            format!("`{address}` puts the secret's value into Terraform's state"),
        )
        .label("ends up in state as plain text"),
        DifferenceKind::Extra => {
            let what = found.as_deref().map_or_else(String::new, |found| format!(": {found}"));
            Diagnostic::new(&codes::CHANGED, format!("`{address}` has what the spec doesn't declare{what}"))
                .label("not declared")
        }
        DifferenceKind::Changed => Diagnostic::new(
            &codes::CHANGED,
            format!("`{address}` is {}, declared is {}", known(&found), known(&expected)),
        )
        .label("differs from the spec"),
    };
    let mut diagnostic = diagnostic.address(address).at(subject.origins.nearest(&place));
    diagnostic.expected = expected;
    diagnostic.found = found;
    if difference.replaces {
        diagnostic.reason = Some(format!("changing this makes Terraform {}", replaced(subject.address)));
        diagnostic.fix = Some(format!(
            "put it back by hand, change the spec, or write it with `secretform generate --replace {}`",
            subject.address
        ));
    } else if diagnostic.fix.is_none() {
        diagnostic.fix = Some(subject.by_hand.unwrap_or("run `secretform generate`").to_owned());
    }
    if let Some(declared) = subject.declared {
        diagnostic = diagnostic.related(declared, "declared here");
    }
    diagnostic
}

/// What a change of what can't be changed replaces.
fn replaced(address: &str) -> &'static str {
    match address.split('.').next() {
        Some("aws_secretsmanager_secret_policy") => "replace the policy: for a moment the secret has none",
        Some("aws_secretsmanager_secret_version") => "replace the version: the secret gets a new value",
        Some("aws_secretsmanager_secret_rotation") => {
            "replace the rotation, which may rotate the secret at once"
        }
        Some("aws_secretsmanager_secret") => "replace the secret, value and all",
        _ => "destroy it and make another",
    }
}

/// The path as addresses have it: elements of lists are named by their list.
fn address_path(difference: &Difference) -> String {
    let text = difference.path.to_string();
    match difference.path.steps().last() {
        Some(crate::compare::Step::Element(_)) => {
            text.rfind('[').map_or(text.clone(), |at| text[..at].to_owned())
        }
        _ => text,
    }
}
