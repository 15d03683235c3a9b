//! Whom the trust of a role lets in, by the judge that looks at hand-written Terraform too.

use crate::access::trust::{AudienceFault, Element, Kind, Role, Verdict, allows, judge};
use crate::diagnostic::Severity;
use crate::model::{OidcRole, Record, Text};
use crate::source::Span;

use super::super::super::oidc::{Oidc, Preset, Word};
use super::super::super::types::PlaceKind;
use super::super::Lowering;

impl Lowering<'_> {
    /// Says what is wrong with the trust of a role; whether that can't be meant.
    pub(super) fn judged(&mut self, said: &Oidc, role: &OidcRole) -> bool {
        let Some(preset) = said.presets.first() else { return true };
        let statements: Vec<Record> = match role.tokens() {
            // The provider's ARN ends in the issuer, whoever's account it is in.
            Some(trust) => {
                let arn = format!("arn:aws:iam::000000000000:oidc-provider/{}", trust.issuer());
                trust.statement(Text::from(arn)).into_iter().map(|statement| statement.record()).collect()
            }
            None => role.trust().statements().iter().map(|statement| statement.record()).collect(),
        };
        let reads_secrets = self.reads_secrets(role);
        let verdicts = judge(&statements, &Role { reads_secrets, providers: Vec::new() });
        let mut good = true;
        for verdict in verdicts.iter().filter(|verdict| !is_said(preset, verdict)) {
            let diagnostic = verdict.diagnostic(&format!("oidc \"{}\"", said.label));
            let severity = match &verdict.kind {
                Kind::Idle(_) | Kind::Unresolved | Kind::Audience(AudienceFault::Unusual) => verdict.severity,
                _ => Severity::Error,
            };
            good &= severity != Severity::Error;
            let fix = diagnostic.fix.clone().unwrap_or_default();
            let reason = diagnostic.reason.clone().unwrap_or_default();
            let label = diagnostic.label.clone().unwrap_or_default();
            self.sink
                .errors
                .add(verdict.rule(), place(preset, verdict), diagnostic.message.clone(), label)
                .severity(severity)
                .reason(reason)
                .fix(fix);
        }
        good
    }

    /// Whether a role reads values: by a reader in its document, or by a statement of its own.
    fn reads_secrets(&self, role: &OidcRole) -> bool {
        let document = role.document_address();
        let places = self.names.spec.readers.iter().flat_map(|reader| &reader.places);
        let joined = places.map(|place| &place.kind).any(|kind| match kind {
            PlaceKind::Statement { document: label, .. } => label.value == document.label(),
            _ => false,
        });
        let reads = |record: &Record| allows(record, "secretsmanager:GetSecretValue") == Some(true);
        joined || role.statements().iter().any(|statement| reads(&statement.record()))
    }
}

/// Whether the preset's own words say what the verdict warns of, or say that Terraform knows.
fn is_said(preset: &Preset, verdict: &Verdict) -> bool {
    let by_name = preset.name == "github" && !preset.words.iter().any(|(word, _)| *word == "subjects");
    match verdict.kind {
        Kind::NameOnly => by_name,
        Kind::Audience(AudienceFault::Unusual) => preset.name != "trust",
        Kind::Unresolved => true,
        _ => false,
    }
}

/// Where the spec says what a verdict is about.
fn place(preset: &Preset, verdict: &Verdict) -> Span {
    if let Some(statement) = preset.statements.get(verdict.statement) {
        let conditions = &statement.clauses.conditions;
        let condition = |block: usize| conditions.get(block).map_or(statement.span, |it| it.span);
        return match verdict.element {
            Element::Test(block) | Element::Key(block) | Element::Values(block) => condition(block),
            Element::Value(block, value) => {
                let values = conditions.get(block).and_then(|it| it.values.as_ref());
                values.map_or(condition(block), |said| said.parts.get(value).copied().unwrap_or(said.span))
            }
            Element::Actions { .. } => {
                statement.clauses.actions.as_ref().map_or(statement.span, |said| said.span)
            }
            Element::Statement | Element::Principals { .. } => statement.span,
        };
    }
    let word = |name: &str| preset.words.iter().find(|(word, _)| *word == name).map(|(_, said)| said);
    if let (Element::Value(1, at), Some(Word::List(said))) = (verdict.element, word("subjects")) {
        return said.parts.get(at).copied().unwrap_or(said.span);
    }
    match (&verdict.kind, word("subjects")) {
        (Kind::Loose | Kind::Unscoped | Kind::NameOnly | Kind::AnyId, Some(Word::List(said))) => said.span,
        _ => preset.span,
    }
}
