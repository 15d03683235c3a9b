//! GitHub's subjects: by name or by id, and those of pull requests.

use super::pattern::{Constraint, Mode};
use super::policy::{Comparison, Test, Value};
use super::search::{Answer, Forms, search};
use super::solve::{Question, Solution, solve};
use super::statement::Bench;
use super::{Element, Kind, Witness};
use crate::diagnostic::Severity;
use crate::model::iam::Piece;

/// Judges the values of `sub`; those that let strangers in need no second word.
pub(super) fn judge(bench: &mut Bench<'_>, opened: bool) {
    if bench.candidate.issuer.name != "github" {
        return;
    }
    let tests: Vec<(usize, Test)> = bench
        .tests()
        .into_iter()
        .filter(|(_, test)| {
            let followed = test.comparison() != Comparison::Existence && !test.is_negated();
            test.claim.as_deref() == Some("sub") && followed
        })
        .map(|(at, test)| (at, test.clone()))
        .collect();
    for (at, test) in &tests {
        if bench.candidate.endpoint.ids && !opened {
            by_name(bench, test);
            any_id(bench, *at, test);
        }
        if bench.role.reads_secrets && !pins_the_job(bench) {
            pull_requests(bench, *at, test);
        }
    }
}

/// What a value says of the owner and the repository, if it begins with both, as names.
struct Named<'a> {
    owner: &'a str,
    /// What follows the owner's `@`.
    owner_id: Option<&'a str>,
}

/// The owner of a value that begins with `repo:OWNER/` or `repo:OWNER@ID/`, all of it known.
fn named(value: &Value) -> Option<Named<'_>> {
    let rest = value.text.literal_prefix().strip_prefix("repo:")?;
    let (owner, repository) = rest.split_once('/')?;
    let (owner, owner_id) = match owner.split_once('@') {
        Some((owner, id)) => (owner, Some(id)),
        None => (owner, None),
    };
    // What a symbol stands for behind the `/` is the repository's, whose id alone isn't sent.
    let _ = repository;
    (!owner.is_empty() && !owner.contains(['*', '?', ':'])).then_some(Named { owner, owner_id })
}

/// Subjects by name, where none by id stands beside them: tokens of repositories that were
/// created, renamed or transferred after 15 July 2026 don't have them.
fn by_name(bench: &mut Bench<'_>, test: &Test) {
    let mut by_name: Vec<&Value> = Vec::new();
    for value in &test.values {
        let Some(Named { owner, owner_id: None }) = named(value) else { continue };
        let has_id = |other: &Value| {
            // A symbol for the owner may bring an id.
            let prefix = other.text.literal_prefix();
            named(other).is_some_and(|it| it.owner == owner && it.owner_id.is_some())
                || prefix.strip_prefix("repo:").is_some_and(|rest| rest == format!("{owner}@"))
                || prefix == "repo:"
        };
        if !test.values.iter().any(has_id) {
            by_name.push(value);
        }
    }
    if test.open {
        return;
    }
    if let Some(first) = by_name.first() {
        let element = match by_name.len() {
            1 => Element::Value(first.block, first.index),
            _ => Element::Values(first.block),
        };
        let shown: Vec<String> = by_name.iter().map(|value| value.text.to_string()).collect();
        bench.say_of(test, Kind::NameOnly, Severity::Warning, element).value = Some(shown.join(", "));
    }
}

/// Ids that may be any, while nothing else pins them.
fn any_id(bench: &mut Bench<'_>, at: usize, test: &Test) {
    let pinned = |other: &&Test| {
        other.is_strict()
            && other
                .claim
                .as_deref()
                .is_some_and(|claim| claim == "repository_owner_id" || claim == "repository_id")
    };
    if bench.statement.tests.iter().any(|other| pinned(&other)) {
        return;
    }
    for (index, value) in test.values.iter().enumerate() {
        let Some(Named { owner_id: Some(id), .. }) = named(value) else { continue };
        if test.comparison() != Comparison::Like || !id.contains(['*', '?']) {
            continue;
        }
        let question =
            Question { strangers: false, mode: Mode::Certain, only: Some((at, index)), without: None };
        let witness = match solve(bench.all, bench.index, bench.candidate, question) {
            Solution::Token { witness, .. } => Some(witness),
            _ => None,
        };
        let element = Element::Value(value.block, value.index);
        let verdict = bench.say_of(test, Kind::AnyId, Severity::Warning, element);
        verdict.value = Some(value.text.to_string());
        verdict.witness = witness;
    }
}

/// Whether another claim keeps the tokens of pull requests out.
fn pins_the_job(bench: &Bench<'_>) -> bool {
    bench.statement.tests.iter().any(|test| {
        test.is_strict()
            && test
                .claim
                .as_deref()
                .is_some_and(|claim| matches!(claim, "ref" | "environment" | "job_workflow_ref"))
    })
}

fn pull_requests(bench: &mut Bench<'_>, at: usize, test: &Test) {
    for (index, value) in test.values.iter().enumerate() {
        if value.text.as_symbol().is_some() {
            continue;
        }
        // A symbol at the end may be anything; one within is a name.
        let tail = value.text.literal_suffix();
        let wild = test.comparison() == Comparison::Like && tail.contains('*');
        if !wild && !tail.ends_with("pull_request") {
            continue;
        }
        let Some(constraint) = Constraint::new(test, Some(index), false, Mode::Possible) else { continue };
        let ends_so = |form: &&&'static [Piece]| form.last() == Some(&Piece::Fixed(":pull_request"));
        let usual = bench.candidate.issuer.subjects.usual;
        let forms: Vec<&[Piece]> = usual.iter().filter(ends_so).copied().collect();
        let forms = Forms { forms: &forms, joined: false, strangers: false };
        let Answer::Found(subject) = search(forms, &[constraint]) else { continue };
        let strangers = bench.out.iter().any(|verdict| {
            verdict.statement == bench.index
                && verdict.element == Element::Value(value.block, value.index)
                && verdict.kind == Kind::Loose
        });
        if strangers {
            continue;
        }
        let question =
            Question { strangers: false, mode: Mode::Certain, only: Some((at, index)), without: None };
        let witness = match solve(bench.all, bench.index, bench.candidate, question) {
            Solution::Token { witness: Witness::Token { issuer, mut claims }, .. }
                if value.text.as_literal().is_some() =>
            {
                claims.iter_mut().filter(|(name, _)| name == "sub").for_each(|(_, it)| *it = subject.clone());
                Some(Witness::Token { issuer, claims })
            }
            _ => None,
        };
        let element = Element::Value(value.block, value.index);
        let verdict = bench.say_of(test, Kind::PullRequest, Severity::Warning, element);
        verdict.value = Some(value.text.to_string());
        verdict.witness = witness;
    }
}
