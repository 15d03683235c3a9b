//! The audience that a token is made for.

use super::policy::{Comparison, Test};
use super::statement::Bench;
use super::{AudienceFault, DeadCause, Element, Kind};
use crate::access::like;
use crate::diagnostic::Severity;
use crate::model::Text;

/// Judges the tests of `aud`.
pub(super) fn judge(bench: &mut Bench<'_>) {
    if bench.candidate.issuer.scope == ["aud"] {
        return;
    }
    let tests: Vec<Test> = bench
        .tests()
        .into_iter()
        .map(|(_, test)| test.clone())
        .filter(|test| test.claim.as_deref() == Some("aud"))
        .collect();
    let positive = |test: &&Test| test.comparison() != Comparison::Existence && !test.is_negated();
    if !tests.iter().any(|test| positive(&test)) {
        if bench.unclear().is_some() {
            return;
        }
        let element = tests.first().map_or(Element::Statement, |test| Element::Test(test.block));
        let key = format!("{}:aud", bench.candidate.shown_host());
        bench.say(Kind::Audience(AudienceFault::Missing), Severity::Warning, element).claim = key;
        return;
    }
    for test in tests.iter().filter(positive) {
        if !test.is_strict() {
            bench.say_of(test, Kind::HoldsWithout, Severity::Warning, Element::Test(test.block));
        }
        for said in &test.values {
            let Some(literal) = said.text.as_literal() else { continue };
            let Some((kind, severity)) = fault(bench, test, literal) else { continue };
            let element = Element::Value(said.block, said.index);
            bench.say_of(test, kind, severity, element).value = Some(literal.to_owned());
        }
    }
}

fn fault(bench: &Bench<'_>, test: &Test, value: &str) -> Option<(Kind, Severity)> {
    let wild = value.contains(['*', '?']);
    if test.comparison() != Comparison::Like && wild {
        return Some((Kind::Dead(DeadCause::Wildcard), Severity::Error));
    }
    if wild && like(value, "https://example.com/stranger") {
        return Some((Kind::Audience(AudienceFault::Any), Severity::Warning));
    }
    let host = bench.candidate.host.as_ref().and_then(Text::as_literal);
    let known =
        bench.role.providers.iter().find(|(it, _)| host.is_some_and(|host| it.eq_ignore_ascii_case(host)));
    let hits = |audience: &str| match test.comparison() {
        Comparison::EqualIgnoringCase => value.eq_ignore_ascii_case(audience),
        Comparison::Like => like(value, audience),
        _ => value == audience,
    };
    if let Some((_, audiences)) = known {
        let dead = || Kind::Dead(DeadCause::Audience(audiences.clone()));
        return (!audiences.iter().any(|audience| hits(audience))).then(|| (dead(), Severity::Error));
    }
    let usual = bench.candidate.issuer.audience?;
    // Where AWS is operated in China its endpoint has a name of its own.
    let fits = like(usual, value) || hits(usual) || hits(&format!("{usual}.cn"));
    (!fits).then_some((Kind::Audience(AudienceFault::Unusual), Severity::Warning))
}
