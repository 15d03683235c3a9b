//! One statement that allows, judged by itself: statements are ORed, its conditions ANDed, the
//! values of each ORed.

use super::decide::is_of_aws;
use super::pattern::{Constraint, Mode};
use super::policy::{Comparison, Statement, Test};
use super::principals::{hosts, may_be_federated, narrows, provider, wide};
use super::search::Answer;
use super::solve::{Asks, Candidate, Question, Solution, solve, subject};
use super::{DeadCause, Element, Kind, Role, Verdict, Witness, audience, host_of, names};
use crate::diagnostic::Severity;
use crate::model::Text;
use crate::model::iam::{Endpoint, Issuer, PrincipalType};

/// What judging one statement for one issuer needs at hand.
pub(super) struct Bench<'a> {
    pub(super) all: &'a [Statement],
    pub(super) index: usize,
    pub(super) statement: &'a Statement,
    pub(super) candidate: &'a Candidate,
    pub(super) role: &'a Role,
    pub(super) out: &'a mut Vec<Verdict>,
}

impl Bench<'_> {
    pub(super) fn say(&mut self, kind: Kind, severity: Severity, element: Element) -> &mut Verdict {
        self.out.push(Verdict {
            issuer: self.candidate.issuer.title.to_owned(),
            shared: self.candidate.endpoint.shared,
            claim: format!("{}:sub", self.candidate.shown_host()),
            ..Verdict::of(kind, severity, self.index, element)
        });
        let last = self.out.len() - 1;
        &mut self.out[last]
    }

    /// A verdict on a test: the key is its own.
    pub(super) fn say_of(
        &mut self,
        test: &Test,
        kind: Kind,
        severity: Severity,
        element: Element,
    ) -> &mut Verdict {
        let key = format!("{}:{}", test.host, test.claim.as_deref().unwrap_or("?"));
        let verdict = self.say(kind, severity, element);
        verdict.claim = key;
        verdict
    }

    fn solve(&self, question: Question) -> Solution {
        solve(self.all, self.index, self.candidate, question)
    }

    /// Tests of claims of the issuer that can be followed.
    pub(super) fn tests(&self) -> Vec<(usize, &Test)> {
        let tests = self.statement.tests.iter().enumerate();
        tests.filter(|(_, test)| self.candidate.asks(test) == Asks::Claim).collect()
    }

    /// The block of a test that can't be followed.
    pub(super) fn unclear(&self) -> Option<usize> {
        let tests = self.statement.tests.iter();
        tests.filter(|test| self.candidate.asks(test) == Asks::Unclear).map(|test| test.block).next()
    }

    pub(super) fn is_scope(&self, test: &Test) -> bool {
        test.claim.as_deref().is_some_and(|claim| self.candidate.issuer.scope.contains(&claim))
    }

    /// What opens a role to strangers is an error; to others of one's own organization, a warning.
    fn severity(&self, certain: bool) -> Severity {
        if self.candidate.endpoint.shared && certain { Severity::Error } else { Severity::Warning }
    }
}

/// The issuers whose tokens a statement may let in, as far as secretform knows them.
fn candidates(statement: &Statement) -> (Vec<Candidate>, bool) {
    let mut hosts: Vec<Text> = Vec::new();
    let mut unknown = statement.not_principals;
    for principals in statement.principals.iter().filter(|it| may_be_federated(it)) {
        unknown |= principals.kind != Some(PrincipalType::Federated) || principals.identifiers.open;
        for text in &principals.identifiers.known {
            match host_of(text) {
                Some(host) => hosts.push(host),
                None => unknown |= text.as_literal().is_none(),
            }
        }
    }
    let known = |host: &Text| {
        let plain: String = host.parts().iter().map(shown_part).collect();
        Issuer::at(&plain).map(|(issuer, endpoint)| (issuer, endpoint, plain))
    };
    let mut out: Vec<Candidate> = Vec::new();
    let mut add = |host: Option<Text>, (issuer, endpoint): (&'static Issuer, &'static Endpoint)| {
        if !out.iter().any(|other| other.endpoint == endpoint && other.host == host) {
            out.push(Candidate { host, issuer, endpoint });
        }
    };
    for host in &hosts {
        match known(host) {
            Some((issuer, endpoint, _)) => add(Some(host.clone()), (issuer, endpoint)),
            None => unknown |= host.as_literal().is_none(),
        }
    }
    if !unknown {
        return (out, false);
    }
    // Only Terraform knows the provider: the keys, or the subjects, tell whose it is.
    let mut told = false;
    for test in statement.tests.iter().filter(|test| !is_of_aws(&test.host)) {
        if let Some((issuer, endpoint, _)) = known(&test.host) {
            told = true;
            add(Some(test.host.clone()), (issuer, endpoint));
        } else if test.host.as_literal().is_some() {
            // An issuer that secretform doesn't know.
            told = true;
        }
    }
    if !told {
        for value in statement.tests.iter().flat_map(|test| &test.values) {
            if let Some(issuer) = whose(&value.text) {
                told = true;
                add(None, (issuer, &issuer.endpoints[0]));
            }
        }
    }
    (out, !told)
}

/// The issuer whose subjects look like this.
fn whose(subject: &Text) -> Option<&'static Issuer> {
    let start = subject.literal_prefix();
    let holds = |word: &str| subject.literals().any(|part| part.contains(word));
    let name = match start.split_once(':')?.0 {
        "repo" => "github",
        "project_path" => "gitlab",
        "organization" if holds(":workspace:") || holds(":run_phase:") => "hcp_terraform",
        "organization" if holds(":pipeline:") => "buildkite",
        _ => return None,
    };
    Issuer::find(name)
}

fn shown_part(part: &crate::model::Part) -> String {
    match part {
        crate::model::Part::Literal(literal) => literal.to_string(),
        crate::model::Part::Symbol(_) => "x".to_owned(),
    }
}

/// Judges one statement that allows web identities.
pub(super) fn judge(all: &[Statement], index: usize, role: &Role, out: &mut Vec<Verdict>) {
    let Some(statement) = all.get(index) else { return };
    let (candidates, unknown) = candidates(statement);
    if candidates.is_empty() {
        if unknown && !statement.tests.iter().any(narrows) {
            provider(statement, index, out);
        }
        return;
    }
    wide(statement, index, out);
    let principals = hosts(statement);
    let (said, mut closed) = (out.len(), candidates.len() == principals.len());
    for candidate in &candidates {
        let mut bench = Bench { all, index, statement, candidate, role, out };
        if !void_tests(&mut bench, &principals) {
            continue;
        }
        closed = false;
        let judged = bench.out.len();
        scope(&mut bench);
        let opened = bench.out.len() > judged;
        audience::judge(&mut bench);
        names::judge(&mut bench, opened);
        contradiction(&mut bench, judged);
    }
    if let (true, true, Some(candidate)) = (closed, out.len() == said, candidates.first()) {
        // Keys of each of several issuers: no token has them all.
        let mut bench = Bench { all, index, statement, candidate, role, out };
        bench.say(Kind::Dead(DeadCause::Contradiction), Severity::Error, Element::Statement);
    }
}

/// Tests of keys that a token of the issuer never has. False if one of them can't hold.
/// Keys of another of the statement's `principals` are for its tokens, and need no word.
fn void_tests(bench: &mut Bench<'_>, principals: &[Text]) -> bool {
    let mut can_hold = true;
    for test in &bench.statement.tests {
        let shared = principals.iter().any(|host| {
            let literals = host.as_literal().zip(test.host.as_literal());
            literals.is_some_and(|(host, key)| host.eq_ignore_ascii_case(key)) || *host == test.host
        });
        let cause = match bench.candidate.asks(test) {
            Asks::NotEvaluated => DeadCause::NotEvaluated,
            Asks::OtherIssuer => DeadCause::OtherIssuer,
            _ => continue,
        };
        if cause == DeadCause::OtherIssuer && shared {
            can_hold &= test.holds_without() != Some(false);
            continue;
        }
        match test.holds_without() {
            Some(false) => {
                can_hold = false;
                bench.say_of(test, Kind::Dead(cause), Severity::Error, Element::Key(test.block));
            }
            Some(true) => {
                bench.say_of(test, Kind::Idle(cause), Severity::Warning, Element::Key(test.block));
            }
            None => {}
        }
    }
    can_hold
}

/// The claims that say whose job it is.
fn scope(bench: &mut Bench<'_>) {
    let tests: Vec<(usize, Test)> = bench.tests().into_iter().map(|(at, test)| (at, test.clone())).collect();
    let scope: Vec<&(usize, Test)> = tests.iter().filter(|(_, test)| bench.is_scope(test)).collect();
    let positive = |test: &Test| test.comparison() != Comparison::Existence && !test.is_negated();
    let strict = scope.iter().any(|(_, test)| test.is_strict());
    if !scope.iter().any(|(_, test)| positive(test)) {
        // One of what can't be followed may ask for it.
        if let Some(test) = bench.unclear() {
            bench.say(Kind::Unresolved, Severity::Warning, Element::Key(test));
            return;
        }
        unscoped(bench, scope.first().map(|(_, test)| test));
        return;
    }
    for (at, test) in scope.iter().filter(|(_, test)| positive(test)) {
        if !test.is_strict() {
            let severity = if strict { Severity::Warning } else { bench.severity(true) };
            let question = Question { strangers: false, mode: Mode::Certain, only: None, without: Some(*at) };
            let solution = bench.solve(question);
            let verdict = bench.say_of(test, Kind::HoldsWithout, severity, Element::Test(test.block));
            if let (false, Solution::Token { witness, .. }) = (strict, solution) {
                verdict.witness = Some(witness);
            }
        }
        let mut narrow = 0;
        for (value, said) in test.values.iter().enumerate() {
            let element = Element::Value(said.block, said.index);
            let shown = said.text.to_string();
            if said.text.as_symbol().is_some() {
                bench.say_of(test, Kind::Unresolved, Severity::Warning, element).value = Some(shown);
                continue;
            }
            let only = Some((*at, value));
            let question = Question { strangers: true, mode: Mode::Certain, only, without: None };
            let perhaps = Question { mode: Mode::Possible, ..question };
            let symbolic = said.text.as_literal().is_none();
            let looks_loose = bench.candidate.has_identity() || is_only_wild(test, &said.text);
            match bench.solve(question) {
                Solution::Token { witness, certain } if looks_loose => {
                    let severity = bench.severity(certain);
                    let verdict = bench.say_of(test, Kind::Loose, severity, element);
                    verdict.value = Some(shown);
                    verdict.witness = Some(with_symbols(witness, test));
                }
                _ if symbolic && looks_loose && matches!(bench.solve(perhaps), Solution::Token { .. }) => {
                    bench.say_of(test, Kind::Unresolved, Severity::Note, element).value = Some(shown);
                    narrow += 1;
                }
                Solution::Unknown if looks_loose && !is_only_wild(test, &said.text) => {
                    bench.say_of(test, Kind::Unresolved, Severity::Warning, element).value = Some(shown);
                }
                _ if is_only_wild(test, &said.text) => {
                    let narrow = |other: &Test| {
                        other.is_strict() && !other.values.iter().any(|it| is_only_wild(other, &it.text))
                    };
                    if scope.iter().any(|(other, test)| other != at && narrow(test)) {
                        continue;
                    }
                    // Something else keeps strangers out; AWS refuses it all the same.
                    if test.values.iter().all(|other| is_only_wild(test, &other.text)) {
                        let shared = bench.severity(true);
                        let verdict = bench.say_of(test, Kind::Unscoped, shared, element);
                        verdict.value = Some(shown);
                    }
                }
                _ => match dead(bench.candidate, test, value) {
                    Some(cause) => {
                        let verdict = bench.say_of(test, Kind::Dead(cause), Severity::Error, element);
                        verdict.value = Some(shown);
                    }
                    None => narrow += 1,
                },
            }
        }
        if test.open {
            let severity =
                if narrow > 0 || test.values.is_empty() { Severity::Warning } else { Severity::Note };
            bench.say_of(test, Kind::Unresolved, severity, Element::Values(test.block));
        }
    }
}

/// A witness with the symbols of a value in it as people read them.
fn with_symbols(witness: Witness, test: &Test) -> Witness {
    match witness {
        Witness::Token { issuer, claims } => {
            let read = |(name, value): (String, String)| (name, Constraint::with_symbols(test, &value));
            Witness::Token { issuer, claims: claims.into_iter().map(read).collect() }
        }
        caller => caller,
    }
}

/// Whether a value lets any text through.
fn is_only_wild(test: &Test, text: &Text) -> bool {
    test.comparison() == Comparison::Like
        && text
            .as_literal()
            .is_some_and(|text| text.contains('*') && text.chars().all(|c| c == '*' || c == '?'))
}

/// Why a value can be no subject.
fn dead(candidate: &Candidate, test: &Test, value: usize) -> Option<DeadCause> {
    let text = &test.values.get(value)?.text;
    let takes_literally = test.comparison() != Comparison::Like;
    if takes_literally && text.literals().any(|part| part.contains(['*', '?'])) {
        return Some(DeadCause::Wildcard);
    }
    if test.claim.as_deref() != Some("sub") || !candidate.issuer.subjects.complete {
        return None;
    }
    let constraint = Constraint::new(test, Some(value), false, Mode::Possible)?;
    (subject(candidate, false, &[constraint]) == Answer::Nothing).then_some(DeadCause::NoSuchValue)
}

/// No test says whose job it is; the nearest thing to one is `test`.
fn unscoped(bench: &mut Bench<'_>, test: Option<&Test>) {
    let question = Question {
        strangers: bench.candidate.has_identity(),
        mode: Mode::Certain,
        only: None,
        without: None,
    };
    let solution = bench.solve(question);
    let certain = !matches!(solution, Solution::Token { certain: false, .. });
    let severity = bench.severity(certain);
    let element = match test {
        Some(test) => Element::Test(test.block),
        None => Element::Statement,
    };
    let verdict = bench.say(Kind::Unscoped, severity, element);
    if let Some(test) = test {
        verdict.claim = format!("{}:{}", test.host, test.claim.as_deref().unwrap_or("?"));
    }
    if let Solution::Token { witness, .. } = solution {
        verdict.witness = Some(witness);
    }
}

/// Conditions that exclude each other, where nothing else was said.
fn contradiction(bench: &mut Bench<'_>, judged: usize) {
    let said = bench.out.get(judged..).unwrap_or_default();
    if said.iter().any(|verdict| verdict.severity == Severity::Error) {
        return;
    }
    let question = Question { strangers: false, mode: Mode::Possible, only: None, without: None };
    if bench.candidate.issuer.subjects.complete && bench.solve(question) == Solution::Nothing {
        bench.say(Kind::Dead(DeadCause::Contradiction), Severity::Error, Element::Statement);
    }
}
