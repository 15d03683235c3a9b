//! `generate`: the changes that make all as declared, read back before anybody writes them.

use std::collections::BTreeSet;
use std::mem::take;

use super::analysis::{Analysis, Prepared, examine, prepare};
use super::overlay::Overlay;
use super::{Inputs, Outcome, Remains};
use crate::diagnostic::{Diagnostic, Severity, codes, sort};
use crate::patch::Held;
use crate::source::SourceMap;

/// What `generate` may do besides.
#[derive(Clone, Debug, Default)]
pub struct GenerateOptions {
    /// Addresses of containers that may be replaced or destroyed.
    pub replace: Vec<String>,
}

/// Works out which files must change so that all is as the spec declares. The outcome's
/// diagnostics are what is left then: what was held back, and what no change can mend.
///
/// What would be written is read back first: the model of the result must be the old one and
/// the intended changes, or nothing is to be written and the reason is said.
pub fn generate(inputs: &Inputs<'_>, options: &GenerateOptions) -> Outcome {
    let prepared = match prepare(inputs) {
        Ok(prepared) => prepared,
        Err(analysis) => return failed(analysis.errors.clone(), *analysis),
    };
    let wanted = match prepared.wanted(&options.replace) {
        Ok(wanted) => wanted,
        Err(analysis) => return failed(analysis.errors.clone(), *analysis),
    };
    let mut first = examine(&prepared, &wanted, inputs.directory, &options.replace);
    if !first.errors.is_empty() {
        return failed(first.errors.clone(), first);
    }
    if first.changes.is_empty() {
        drop(wanted);
        return done(take(&mut first.findings), take(&mut first.sources), first, prepared);
    }
    let overlay = Overlay::new(inputs.directory, &first.changes);
    let second = examine(&prepared, &wanted, &overlay, &options.replace);
    drop(wanted);
    if let Some(wrong) = misread(&first, &second) {
        return failed(vec![wrong], first);
    }
    done(second.findings, second.sources, first, prepared)
}

fn done(
    mut diagnostics: Vec<Diagnostic>,
    sources: SourceMap,
    mut first: Analysis,
    prepared: Prepared,
) -> Outcome {
    explain(&mut diagnostics, &first.held);
    sort(&mut diagnostics, &sources);
    let (files, masks) = (take(&mut first.changes), prepared.masks().clone());
    let remains = Remains::new((prepared, first));
    Outcome { sources, diagnostics, failed: false, files, masks, remains }
}

fn failed(mut diagnostics: Vec<Diagnostic>, analysis: Analysis) -> Outcome {
    sort(&mut diagnostics, &analysis.sources);
    let (sources, masks) = (analysis.sources, analysis.masks);
    Outcome { sources, diagnostics, failed: true, masks, ..Outcome::default() }
}

/// Why the result is not the old state and the intended changes, if it isn't.
fn misread(first: &Analysis, second: &Analysis) -> Option<Diagnostic> {
    let wrong = |message: String| {
        Diagnostic::new(&codes::READ_BACK_FAILED, message)
            .reason("what would be written is read back first, and must mean what was intended")
            .fix("make this change by hand, and please report it: it is a bug of secretform")
    };
    if let Some(error) = second.errors.first() {
        return Some(wrong(format!("the changed files can't be read: {}", error.message)));
    }
    if let Some(change) = second.changes.first() {
        return Some(wrong(format!("`{}` would have to change again", change.path)));
    }
    let left = || second.findings.iter().filter(|finding| finding.severity == Severity::Error);
    // Mostly nothing is left, and what was is much: all that was missing.
    left().next()?;
    let key = |finding: &Diagnostic| (finding.rule.code, finding.address.clone());
    let known: BTreeSet<_> = first.findings.iter().map(key).collect();
    let new = left().find(|finding| !known.contains(&key(finding)))?;
    Some(wrong(format!("the change would bring a new finding: {}", new.message)))
}

/// Says of what was held back why.
fn explain(diagnostics: &mut [Diagnostic], held: &[(String, Held)]) {
    for diagnostic in diagnostics {
        let Some(address) = diagnostic.address.as_deref() else { continue };
        if let Some((_, held)) = held.iter().find(|(block, _)| address.starts_with(block.as_str())) {
            diagnostic.fix = Some(format!("change it by hand: {}", held.reason));
        }
    }
}
