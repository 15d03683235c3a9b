//! A plain evaluator: whether a trust policy lets one token, or one AWS principal, in. It knows
//! nothing of how witnesses are found, and confirms each of them.
//!
//! Source: IAM User Guide, *IAM JSON policy elements: Condition operators*.

use super::policy::{Comparison, Principals, Statement, Test};
use super::{Witness, host_of};
use crate::access::like;
use crate::model::iam::{Effect, OperatorSet, PrincipalType};
use crate::model::{Record, Text};

/// What a policy does with a witness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// It stays outside.
    Refused,
    /// That hangs on what only Terraform knows, or on keys that the witness doesn't speak of.
    Unknown,
    /// It gets the role.
    Admitted,
}

/// Whether a trust policy lets a witness in.
pub fn decide(statements: &[Record], witness: &Witness) -> Decision {
    let mut allowed = Decision::Refused;
    let mut denied = Decision::Refused;
    for record in statements {
        let statement = Statement::read(record);
        let hit = applies(&statement, witness);
        match statement.effect {
            Some(Effect::Allow) => allowed = allowed.max(hit),
            Some(Effect::Deny) => denied = denied.max(hit),
            None => {
                let perhaps = hit.min(Decision::Unknown);
                (allowed, denied) = (allowed.max(perhaps), denied.max(perhaps));
            }
        }
    }
    match denied {
        Decision::Admitted => Decision::Refused,
        Decision::Unknown => allowed.min(Decision::Unknown),
        Decision::Refused => allowed,
    }
}

fn applies(statement: &Statement, witness: &Witness) -> Decision {
    let action = match witness {
        Witness::Token { .. } => "sts:assumerolewithwebidentity",
        Witness::Caller => "sts:assumerole",
    };
    let mut all = from(statement.speaks_of(action));
    all = all.min(principal(statement, witness));
    for test in &statement.tests {
        all = all.min(from(holds(test, witness)));
    }
    all
}

fn from(known: Option<bool>) -> Decision {
    match known {
        Some(true) => Decision::Admitted,
        Some(false) => Decision::Refused,
        None => Decision::Unknown,
    }
}

fn principal(statement: &Statement, witness: &Witness) -> Decision {
    let hits = statement.principals.iter().map(|principals| names(principals, witness));
    let hit = hits.max().unwrap_or(Decision::Refused);
    match (statement.not_principals, hit) {
        (false, hit) => hit,
        (true, Decision::Admitted) => Decision::Refused,
        (true, Decision::Refused) => Decision::Admitted,
        (true, Decision::Unknown) => Decision::Unknown,
    }
}

fn names(principals: &Principals, witness: &Witness) -> Decision {
    let unknown = if principals.identifiers.open { Decision::Unknown } else { Decision::Refused };
    let one = |text: &Text| match (principals.kind, witness) {
        (Some(PrincipalType::Federated), Witness::Token { issuer, .. }) => match host_of(text) {
            Some(host) => match host.as_literal() {
                Some(host) => from(Some(host.eq_ignore_ascii_case(issuer))),
                None => Decision::Unknown,
            },
            None if text.as_literal().is_some() => Decision::Refused,
            None => Decision::Unknown,
        },
        (None, _) => Decision::Unknown,
        (Some(PrincipalType::Aws), Witness::Caller) if text.as_literal().is_none() => Decision::Unknown,
        _ => Decision::Refused,
    };
    if principals.everyone() {
        return Decision::Admitted;
    }
    principals.identifiers.known.iter().map(one).max().unwrap_or(unknown).max(unknown)
}

/// Whether a test holds for a witness.
fn holds(test: &Test, witness: &Witness) -> Option<bool> {
    let (operator, claim) = (test.operator?, test.claim.as_deref()?);
    let value = match witness {
        Witness::Caller if is_of_aws(&test.host) => return None,
        Witness::Caller => None,
        Witness::Token { issuer, claims } => match test.host.as_literal() {
            _ if is_of_aws(&test.host) => return None,
            // Only Terraform knows whose key it is.
            None => return None,
            Some(host) if host.eq_ignore_ascii_case(issuer) => {
                claims.iter().find(|(name, _)| name == claim).map(|(_, value)| value.as_str())
            }
            Some(_) => None,
        },
    };
    if test.comparison() == Comparison::Existence {
        return test.wants_absence().map(|wanted| wanted == value.is_none());
    }
    let Some(value) = value else {
        return Some(match operator.set {
            _ if operator.if_exists => true,
            Some(OperatorSet::ForAllValues) => true,
            Some(OperatorSet::ForAnyValue) => false,
            None => test.is_negated(),
        });
    };
    let mut any = Some(false);
    for wanted in &test.values {
        let hit = match (wanted.text.as_literal(), test.comparison()) {
            (_, Comparison::Other) => return None,
            (None, _) => None,
            (Some(wanted), Comparison::Like) => Some(like(wanted, value)),
            (Some(wanted), Comparison::EqualIgnoringCase) => Some(wanted.eq_ignore_ascii_case(value)),
            (Some(wanted), _) => Some(wanted == value),
        };
        any = match (any, hit) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (None, _) | (_, None) => None,
            _ => Some(false),
        };
    }
    if test.open && any == Some(false) {
        any = None;
    }
    any.map(|any| any != test.is_negated())
}

/// Keys that AWS fills itself, from the request.
pub(super) fn is_of_aws(host: &Text) -> bool {
    host.as_literal().is_some_and(|host| {
        let host = host.to_ascii_lowercase();
        !host.contains('.') && !host.contains('/')
    })
}
