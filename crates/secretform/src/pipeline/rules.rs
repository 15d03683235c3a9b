//! The spec's `rule` blocks over what was found.

use crate::diagnostic::{Diagnostic, Location, codes};
use crate::source::SourceId;
use crate::spec::Override;

/// Gives findings the severity that the spec says, and reports rules that meet nothing.
pub(super) fn apply(rules: &[Override], spec: SourceId, findings: &mut Vec<Diagnostic>) {
    let mut met: Vec<Vec<bool>> = rules.iter().map(|rule| vec![false; rule.at.len()]).collect();
    let mut kept = Vec::with_capacity(findings.len());
    for mut finding in findings.drain(..) {
        let mut off = false;
        for (index, rule) in rules.iter().enumerate() {
            if rule.rule != finding.rule || !covers(rule, &finding, &mut met[index]) {
                continue;
            }
            let lowers = rule.severity.is_none_or(|severity| severity < finding.rule.severity);
            if lowers && finding.rule.needs_seen && rule.seen.is_none() {
                continue;
            }
            if let (Some(accepted), Some(seen)) = (&rule.seen, &finding.seen)
                && accepted != seen
            {
                finding.reason = Some(format!(
                    "the spec accepts this as it was (`seen = \"{accepted}\"`), and it has changed since"
                ));
                continue;
            }
            match rule.severity {
                Some(severity) => finding.severity = severity,
                None => off = true,
            }
        }
        if !off {
            kept.push(finding);
        }
    }
    *findings = kept;
    for (rule, met) in rules.iter().zip(met) {
        let idle = rule.at.iter().zip(met).filter(|(_, met)| !met).map(|((at, span), _)| (at, *span));
        for (at, span) in idle {
            findings.push(
                Diagnostic::new(
                    &codes::IDLE_RULE,
                    format!("this rule for `{}` meets nothing at `{at}`", rule.rule.name),
                )
                .address(format!("rule.{}", rule.rule.code))
                .at(Location::new(spec, span))
                .label("nothing of that kind was found here")
                .reason("what it accepted is gone; left standing, it would accept the next one unread")
                .fix("take it out of the rule"),
            );
        }
    }
}

/// Whether a rule is about the place of a finding: its address, or one above it.
fn covers(rule: &Override, finding: &Diagnostic, met: &mut [bool]) -> bool {
    if rule.at.is_empty() {
        return true;
    }
    let Some(address) = finding.address.as_deref() else { return false };
    let mut covered = false;
    for ((at, _), met) in rule.at.iter().zip(met) {
        let below = address.strip_prefix(at.as_str());
        if below.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[', '#'])) {
            *met = true;
            covered = true;
        }
    }
    covered
}
