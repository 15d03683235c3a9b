//! A token that a statement lets in: a value for each claim that its conditions ask for.

use std::collections::BTreeMap;

use super::Witness;
use super::decide::is_of_aws;
use super::pattern::{Constraint, Mode};
use super::policy::{Comparison, Statement, Test};
use super::search::{Answer, Forms, search};
use crate::model::iam::{Effect, Endpoint, Issuer, Piece, claim_forms};
use crate::model::{Sameness, Text};

/// An issuer whose tokens a statement may let in.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// `None` if only Terraform knows it, and the keys don't say.
    pub(super) host: Option<Text>,
    pub(super) issuer: &'static Issuer,
    pub(super) endpoint: &'static Endpoint,
}

/// Whose key a test asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    /// The issuer's, and STS evaluates it.
    Claim,
    /// The issuer's, and STS never evaluates it.
    NotEvaluated,
    /// Another issuer's.
    OtherIssuer,
    /// AWS's own; whoever asks for the role chooses the value.
    Chosen,
    /// AWS's own, and it may keep people out.
    Aws,
    /// It can't be followed.
    Unclear,
}

/// What a token is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question {
    /// A stranger's only.
    pub(super) strangers: bool,
    /// Whether the token, or that there is none, must be certain.
    pub(super) mode: Mode,
    /// One test with one value of its own only.
    pub(super) only: Option<(usize, usize)>,
    /// A token that lacks the claim of this test.
    pub(super) without: Option<usize>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Solution {
    /// A token; certain unless keys of AWS or what can't be followed keep it out.
    Token { witness: Witness, certain: bool },
    /// There is none.
    Nothing,
    /// It can't be told.
    Unknown,
}

impl Candidate {
    /// The host as a witness has it.
    pub(super) fn shown_host(&self) -> String {
        match self.host.as_ref().and_then(Text::as_literal) {
            Some(host) => host.to_owned(),
            None => self.endpoint.host.replace('*', "acme"),
        }
    }

    /// Whether tokens of the issuer say whose they are.
    pub(super) fn has_identity(&self) -> bool {
        let whose = |piece: &Piece| matches!(piece, Piece::Any(part) if part.identity);
        self.issuer.subjects.usual.iter().any(|form| form.iter().any(whose))
    }

    /// Whose key a test asks for.
    pub(super) fn asks(&self, test: &Test) -> Asks {
        let Some(claim) = &test.claim else { return Asks::Unclear };
        if is_of_aws(&test.host) {
            let host = test.host.as_literal().unwrap_or_default();
            return if host.eq_ignore_ascii_case("sts")
                || CHOSEN.contains(&claim.split('/').next().unwrap_or(""))
            {
                Asks::Chosen
            } else {
                Asks::Aws
            };
        }
        let same = match (&self.host, test.host.as_literal()) {
            (Some(host), Some(other))
                if host.as_literal().is_some_and(|host| host.eq_ignore_ascii_case(other)) =>
            {
                Sameness::Same
            }
            (Some(host), _) => host.compare(&test.host),
            (None, Some(other)) if Issuer::at(other).is_none_or(|(_, at)| at != self.endpoint) => {
                Sameness::Different
            }
            (None, _) => Sameness::Unknown,
        };
        if same == Sameness::Different {
            return Asks::OtherIssuer;
        }
        if !Issuer::evaluates(self.endpoint, claim) {
            return Asks::NotEvaluated;
        }
        let followed = test.operator.is_some() && test.comparison() != Comparison::Other;
        let followed =
            followed && (test.comparison() != Comparison::Existence || test.wants_absence().is_some());
        if followed { Asks::Claim } else { Asks::Unclear }
    }
}

/// Keys of AWS whose value the caller chooses.
const CHOSEN: [&str; 8] = [
    "currenttime",
    "epochtime",
    "referer",
    "requestedregion",
    "requesttag",
    "securetransport",
    "tagkeys",
    "useragent",
];

/// What a claim must be.
#[derive(Clone, Debug, Default)]
struct Wanted {
    constraints: Vec<Constraint>,
    absent: bool,
    present: bool,
    /// Whether all tests would let a token through that lacks it.
    optional: bool,
}

type Claims = BTreeMap<String, Wanted>;

/// Looks for a token that the statement lets in and no Deny keeps out.
pub(super) fn solve(all: &[Statement], index: usize, candidate: &Candidate, question: Question) -> Solution {
    let Some(statement) = all.get(index) else { return Solution::Unknown };
    let mut claims = Claims::new();
    let mut certain = true;
    for (at, test) in statement.tests.iter().enumerate() {
        match candidate.asks(test) {
            Asks::Claim => {
                let only = question.only.and_then(|(of, value)| (of == at).then_some(value));
                let absent = question.without == Some(at);
                // Only Terraform knows what else the list lets through.
                if test.open && only.is_none() {
                    match question.mode {
                        Mode::Certain => certain &= absent,
                        Mode::Possible => continue,
                    }
                }
                require(&mut claims, test, only, false, question.mode, absent);
            }
            Asks::NotEvaluated | Asks::OtherIssuer => match test.holds_without() {
                Some(true) => {}
                Some(false) => return Solution::Nothing,
                None => certain = false,
            },
            Asks::Chosen => {}
            Asks::Aws | Asks::Unclear => certain = false,
        }
    }
    let denies: Vec<&Statement> =
        all.iter().filter(|statement| statement.effect == Some(Effect::Deny)).collect();
    within(&denies, candidate, question, &claims, certain, &mut 64)
}

fn require(claims: &mut Claims, test: &Test, only: Option<usize>, inverted: bool, mode: Mode, absent: bool) {
    let claim = test.claim.clone().unwrap_or_default();
    let wanted = claims.entry(claim).or_insert_with(|| Wanted { optional: true, ..Wanted::default() });
    if absent {
        wanted.absent = true;
        return;
    }
    if test.comparison() == Comparison::Existence {
        let absence = test.wants_absence() != Some(inverted);
        if absence {
            wanted.absent = true
        } else {
            wanted.present = true
        }
        return;
    }
    wanted.optional &= test.holds_without() == Some(!inverted);
    wanted.constraints.extend(Constraint::new(test, only, inverted, mode));
}

/// Tries, for each Deny in turn, to break one of its conditions.
fn within(
    denies: &[&Statement],
    candidate: &Candidate,
    question: Question,
    claims: &Claims,
    certain: bool,
    budget: &mut usize,
) -> Solution {
    let Some((deny, rest)) = denies.split_first() else {
        return values(candidate, question, claims, certain);
    };
    let go_on = |claims: &Claims, certain: bool, budget: &mut usize| {
        within(rest, candidate, question, claims, certain, budget)
    };
    if deny.speaks_of("sts:assumerolewithwebidentity") == Some(false) {
        return go_on(claims, certain, budget);
    }
    let names = |principals: &super::policy::Principals| super::principals::may_name(principals, candidate);
    if !deny.not_principals && !deny.principals.iter().any(names) {
        return go_on(claims, certain, budget);
    }
    let mut best = Solution::Nothing;
    for test in &deny.tests {
        if *budget == 0 {
            return Solution::Unknown;
        }
        *budget -= 1;
        let solution = match candidate.asks(test) {
            Asks::Claim => {
                let mut claims = claims.clone();
                require(&mut claims, test, None, true, question.mode, false);
                go_on(&claims, certain && !test.open, budget)
            }
            Asks::NotEvaluated | Asks::OtherIssuer if test.holds_without() == Some(true) => Solution::Nothing,
            Asks::NotEvaluated | Asks::OtherIssuer => go_on(claims, certain, budget),
            Asks::Chosen => go_on(claims, certain, budget),
            Asks::Aws | Asks::Unclear => go_on(claims, false, budget),
        };
        match solution {
            Solution::Token { certain: true, .. } => return solution,
            Solution::Nothing => {}
            other => best = other,
        }
    }
    best
}

fn values(candidate: &Candidate, question: Question, wanted: &Claims, certain: bool) -> Solution {
    let mut claims = Vec::new();
    let none = Wanted::default();
    for always in ["sub", "aud"] {
        let wanted = wanted.get(always).unwrap_or(&none);
        // Every token has both.
        if wanted.absent && question.without.is_none() {
            return Solution::Nothing;
        }
        match value(candidate, question, always, wanted) {
            Ok(value) => claims.extend(value.map(|value| (always.to_owned(), value))),
            Err(solution) => return solution,
        }
    }
    for (claim, wanted) in wanted.iter().filter(|(claim, _)| !matches!(claim.as_str(), "sub" | "aud")) {
        match value(candidate, question, claim, wanted) {
            Ok(value) => claims.extend(value.map(|value| (claim.clone(), value))),
            Err(solution) => return solution,
        }
    }
    Solution::Token { witness: Witness::Token { issuer: candidate.shown_host(), claims }, certain }
}

/// A value of a claim, or that it is absent; else what comes of it.
fn value(
    candidate: &Candidate,
    question: Question,
    claim: &str,
    wanted: &Wanted,
) -> Result<Option<String>, Solution> {
    if wanted.absent {
        // Every other test must hold without it too.
        return if wanted.present || !wanted.optional { Err(Solution::Nothing) } else { Ok(None) };
    }
    let optional = wanted.optional && !wanted.present && !matches!(claim, "sub" | "aud");
    let absent_or = |solution| if optional { Ok(None) } else { Err(solution) };
    match find(candidate, question, claim, &wanted.constraints) {
        Answer::Found(text) => Ok(Some(text)),
        Answer::Nothing => absent_or(Solution::Nothing),
        Answer::Unknown => absent_or(Solution::Unknown),
    }
}

fn find(candidate: &Candidate, question: Question, claim: &str, constraints: &[Constraint]) -> Answer {
    let strangers = question.strangers;
    if claim == "sub" {
        return subject(candidate, strangers, constraints);
    }
    let forms = claim_forms(claim);
    if !forms.is_empty() {
        let answer = search(Forms { forms: &forms, joined: false, strangers }, constraints);
        // The forms of what says whose job it is are all there are.
        let whose = |piece: &Piece| matches!(piece, Piece::Any(part) if part.identity);
        let identity = forms.iter().any(|form| form.iter().any(whose));
        if answer != Answer::Nothing || strangers && identity {
            return answer;
        }
    }
    let usual = match claim {
        "aud" => candidate.issuer.audience.unwrap_or("https://gitlab.com").replace('*', "acme"),
        _ => "x".to_owned(),
    };
    // Of these nothing is known but what the policy itself says.
    let said = constraints.iter().filter_map(Constraint::example);
    let found = std::iter::once(usual)
        .chain(said)
        .find(|text| constraints.iter().all(|constraint| constraint.holds(text)));
    found.map_or(Answer::Unknown, Answer::Found)
}

/// A subject of the issuer.
pub(super) fn subject(candidate: &Candidate, strangers: bool, constraints: &[Constraint]) -> Answer {
    let subjects = &candidate.issuer.subjects;
    let mut worst = if subjects.complete || strangers { Answer::Nothing } else { Answer::Unknown };
    for form in subjects.usual {
        match search(Forms { forms: &[form], joined: false, strangers }, constraints) {
            Answer::Found(text) => return Answer::Found(text),
            Answer::Unknown => worst = Answer::Unknown,
            Answer::Nothing => {}
        }
    }
    if !subjects.items.is_empty() {
        match search(Forms { forms: subjects.items, joined: true, strangers }, constraints) {
            Answer::Found(text) => return Answer::Found(text),
            Answer::Unknown => worst = Answer::Unknown,
            Answer::Nothing => {}
        }
    }
    worst
}
