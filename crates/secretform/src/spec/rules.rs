//! `rule`: what a finding weighs, and which are accepted where.

use crate::diagnostic::{Rule, Severity, codes};
use crate::source::Span;
use crate::syntax;

use super::fields;
use super::literal;
use super::parse::Parser;
use super::schema::ROOT;
use super::types::Override;

impl Parser<'_> {
    pub(super) fn rule(&mut self, block: syntax::Block<'_>) {
        let Some(row) = ROOT.block("rule") else { return };
        let label = fields::label(&mut self.errors, row.block, block);
        let header = block.header_span();
        let found = fields::fields(&mut self.errors, row.block, block.body(), header);
        let errors = &mut self.errors;
        let (mut severity, mut at, mut reason, mut seen) = (None, Vec::new(), None, None);
        for (row, attribute) in found.attributes {
            let expr = attribute.value();
            match row.name {
                "severity" => {
                    severity = literal::string(errors, row.name, expr).and_then(|found| {
                        let words = ["error", "warning", "note", "off"];
                        fields::choice(errors, found.span, &found.value, "severity", &words)
                    });
                }
                "at" => {
                    at = literal::addresses(errors, row.name, expr);
                    if at.is_empty()
                        && matches!(literal::bare(expr).kind(), syntax::ExprKind::Tuple(items) if items.is_empty())
                    {
                        errors
                            .wrong(expr.span(), "`at` names no address", "empty")
                            .fix("name one, or leave `at` out, which is everywhere");
                    }
                }
                "reason" => reason = literal::string(errors, row.name, expr).map(|found| found.value),
                "seen" => seen = literal::string(errors, row.name, expr).map(|found| found.value),
                _ => {}
            }
        }
        let (Some((name, span)), Some(severity)) = (label, severity) else { return };
        let severity = match severity {
            "error" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            "note" => Some(Severity::Note),
            _ => None,
        };
        let Some(rule) = self.known_rule(&name, span) else { return };
        if severity < Some(rule.severity) {
            self.lowered(rule, header, reason.as_deref(), seen.as_deref());
        }
        self.spec.rules.push(Override { rule, severity, at, reason, seen, span: header });
    }

    fn known_rule(&mut self, name: &str, span: Span) -> Option<&'static Rule> {
        let Some(rule) = codes::find(name) else {
            let known: Vec<&str> = codes::ALL.iter().flat_map(|rule| [rule.name, rule.code]).collect();
            self.errors
                .unknown(span, format!("there is no kind of finding `{name}`"), name, &known, &known)
                .fix("`secretform explain` lists the codes and names");
            return None;
        };
        if rule.code.starts_with("SF0") {
            self.errors
                .wrong(span, format!("{} ends the run, so no rule can weigh it", rule.code), "no finding")
                .fix("mend what it says; a rule is for SF1xx, SF2xx and SF3xx");
            return None;
        }
        Some(rule)
    }

    /// Whoever lowers says why, and where it matters most, what was seen.
    fn lowered(&mut self, rule: &'static Rule, header: Span, reason: Option<&str>, seen: Option<&str>) {
        if reason.is_none_or(|reason| reason.trim().is_empty()) {
            self.errors
                .missing(
                    header,
                    format!("a rule that lowers {} needs a `reason`", rule.code),
                    "no `reason` in it",
                )
                .fix("add `reason = \"…\"`: who reads the spec next wants to know");
        }
        if rule.needs_seen && seen.is_none() {
            self.errors
                .missing(header, format!("a rule that lowers {} needs `seen`", rule.code), "no `seen` in it")
                .fix(
                    "copy `seen = \"…\"` from the finding, so that another meaning there is a finding again",
                );
        }
    }
}
