//! Principals that let more in than one issuer's tokens: everyone, all but some, a provider that
//! only Terraform knows; and actions that are more than needed.

use super::decide::{Decision, decide, is_of_aws};
use super::policy::{Principals, Statement, Test};
use super::solve::Candidate;
use super::{Element, Kind, Verdict, Wide, Witness, host_of};
use crate::diagnostic::Severity;
use crate::model::iam::PrincipalType;
use crate::model::{Record, Text};

/// Whether principals may be an identity provider.
pub(super) fn may_be_federated(principals: &Principals) -> bool {
    match principals.kind {
        None => true,
        Some(PrincipalType::Federated) => {
            let saml = |text: &Text| text.literals().any(|part| part.contains(":saml-provider/"));
            principals.identifiers.open || principals.identifiers.known.iter().any(|text| !saml(text))
        }
        Some(_) => principals.everyone(),
    }
}

/// Whether principals may name an issuer's provider.
pub(super) fn may_name(principals: &Principals, candidate: &Candidate) -> bool {
    let hosts = principals.identifiers.known.iter().map(host_of);
    may_be_federated(principals)
        && (principals.kind != Some(PrincipalType::Federated)
            || principals.identifiers.open
            || hosts.into_iter().any(|host| match (host, &candidate.host) {
                (Some(host), Some(own)) => {
                    let (a, b) = (host.as_literal(), own.as_literal());
                    a.zip(b).is_none_or(|(a, b)| a.eq_ignore_ascii_case(b))
                }
                _ => true,
            }))
}

/// Statements that every AWS account comes in by, beside the web identities or instead of them.
pub(super) fn anyone(records: &[Record], all: &[Statement], index: usize, out: &mut Vec<Verdict>) {
    let Some(statement) = all.get(index) else { return };
    let mut say = |block: usize, value: &Text, witness: Option<Witness>| {
        let element = Element::Principals { block, not: false };
        out.push(Verdict {
            value: Some(value.to_string()),
            witness,
            ..Verdict::of(Kind::Anyone, Severity::Error, index, element)
        });
    };
    if statement.not_principals {
        return;
    }
    for (block, principals) in statement.principals.iter().enumerate() {
        if !matches!(principals.kind, Some(PrincipalType::Aws | PrincipalType::Everyone)) {
            continue;
        }
        for value in &principals.identifiers.known {
            let Some(literal) = value.as_literal().filter(|literal| literal.contains(['*', '?'])) else {
                continue;
            };
            if literal != "*" {
                say(block, value, None);
                continue;
            }
            // This statement, and all that deny.
            let mut kept: Vec<Record> = vec![records[index].clone()];
            let denies = all.iter().zip(records).filter(|(it, _)| it.effect != statement.effect);
            kept.extend(denies.map(|(_, record)| record.clone()));
            let keeps_out = |test: &Test| is_of_aws(&test.host) && !chosen(test);
            match decide(&kept, &Witness::Caller) {
                Decision::Admitted => say(block, value, Some(Witness::Caller)),
                Decision::Unknown if !statement.tests.iter().any(keeps_out) && all_plain(statement) => {
                    say(block, value, Some(Witness::Caller));
                }
                _ => {}
            }
        }
    }
}

fn chosen(test: &Test) -> bool {
    test.host.as_literal().is_some_and(|host| host.eq_ignore_ascii_case("sts"))
        && test.claim.as_deref() != Some("externalid")
}

fn all_plain(statement: &Statement) -> bool {
    let known = |test: &Test| test.operator.is_some() && test.claim.is_some() && is_of_aws(&test.host);
    statement.tests.iter().all(known) && statement.speaks_of("sts:assumerole") == Some(true)
}

/// Whether a test narrows the subject of whichever issuer it is.
pub(super) fn narrows(test: &Test) -> bool {
    let only_wild = |text: &Text| text.as_literal().is_some_and(|text| text.chars().all(|c| c == '*'));
    test.is_strict()
        && test.claim.as_deref().is_none_or(|claim| !matches!(claim, "aud" | "amr" | "iss"))
        && !test.values.iter().any(|value| only_wild(&value.text))
}

/// A statement of which nothing says whose tokens it takes: those of all, or of a provider that
/// only Terraform knows.
pub(super) fn provider(statement: &Statement, index: usize, out: &mut Vec<Verdict>) {
    let all =
        statement.principals.iter().position(Principals::everyone).filter(|_| statement.tests.is_empty());
    let block = all.or_else(|| statement.principals.iter().position(may_be_federated));
    let google = Witness::Token {
        issuer: "accounts.google.com".to_owned(),
        claims: vec![("sub".to_owned(), "110169484474386276334".to_owned())],
    };
    let element = Element::Principals { block: block.unwrap_or_default(), not: statement.not_principals };
    out.push(match all {
        Some(_) => {
            Verdict { witness: Some(google), ..Verdict::of(Kind::Anyone, Severity::Error, index, element) }
        }
        None => Verdict::of(Kind::Unresolved, Severity::Warning, index, element),
    });
}

/// `NotPrincipal`, `NotAction`, and all actions of STS.
pub(super) fn wide(statement: &Statement, index: usize, out: &mut Vec<Verdict>) {
    let mut say = |wide: Wide, severity: Severity, element: Element, value: Option<String>| {
        out.push(Verdict { value, ..Verdict::of(Kind::Wide(wide), severity, index, element) });
    };
    if statement.not_principals {
        let element = Element::Principals { block: 0, not: true };
        say(Wide::AllButPrincipals, Severity::Error, element, None);
    }
    if statement.not_actions {
        say(Wide::AllButActions, Severity::Error, Element::Actions { not: true }, None);
        return;
    }
    let wild = |text: &&Text| text.as_literal().is_some_and(|text| text.contains(['*', '?']));
    if let Some(action) = statement.actions.known.iter().find(wild) {
        let element = Element::Actions { not: false };
        say(Wide::Actions, Severity::Warning, element, Some(action.to_string()));
    }
}

/// The hosts of the providers that a statement names.
pub(super) fn hosts(statement: &Statement) -> Vec<Text> {
    let federated = statement.principals.iter().filter(|it| it.kind == Some(PrincipalType::Federated));
    let mut hosts: Vec<Text> = Vec::new();
    for host in federated.flat_map(|it| &it.identifiers.known).filter_map(host_of) {
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    hosts
}
