//! IAM policies in JSON files that the spec owns whole.

use super::owned::{ignored, normal, same, statement_differences};
use super::view::View;
use super::wanted::WantedPolicy;
use super::work::{PolicyWork, Work};
use crate::compare::{Difference, DifferenceKind, Match, Path, Step, matching};
use crate::diagnostic::{Diagnostic, Location, codes};
use crate::model::{Datum, Record};
use crate::policy;
use crate::source::SourceId;

/// Compares one policy file; `source` is none if there is no such file.
pub(super) fn file(
    view: &View<'_>,
    wanted: &WantedPolicy,
    source: Option<SourceId>,
    work: &mut Work,
    out: &mut Vec<Diagnostic>,
) -> Result<(), Vec<Diagnostic>> {
    let Some(source) = source else {
        out.push(missing(wanted));
        let mut new = PolicyWork::new(wanted.path.clone());
        new.added = wanted.record.blocks("statement").to_vec();
        work.policies.push(new);
        return Ok(());
    };
    let bytes = view.sources.get(source).bytes();
    let read = policy::read_text(source, bytes, policy::PolicyKind::Identity)?;
    out.extend(read.findings.iter().cloned());
    let mut compared = Compared { view, wanted, places: &read.places, source, out };
    let policy = compared.policy(&read.record);
    if !policy.is_nothing() {
        work.policies.push(policy);
    }
    Ok(())
}

fn missing(wanted: &WantedPolicy) -> Diagnostic {
    let mut diagnostic =
        Diagnostic::new(&codes::MISSING, format!("`{}` is declared and doesn't exist", wanted.path))
            .address(wanted.path.to_string())
            .fix("run `secretform generate`");
    if let Some(declared) = wanted.declared {
        diagnostic = diagnostic.at(declared).label("declared here");
    }
    diagnostic
}

struct Compared<'a> {
    view: &'a View<'a>,
    wanted: &'a WantedPolicy,
    places: &'a policy::Places,
    source: SourceId,
    out: &'a mut Vec<Diagnostic>,
}

impl Compared<'_> {
    /// Reports what differs; gives what is to become of the file.
    fn policy(&mut self, found: &Record) -> PolicyWork {
        let mut work = PolicyWork::new(self.wanted.path.clone());
        work.version = self.version(found);
        let normal = |records: &[Record]| -> Vec<Record> {
            records.iter().map(|record| normal(self.view, record, true)).collect()
        };
        let declared = normal(self.wanted.record.blocks("statement"));
        let there = normal(found.blocks("statement"));
        work.fates = vec![Some(None); there.len()];
        let mut free = vec![true; there.len()];
        for (index, found_as) in matching(&declared, &there, true).into_iter().enumerate() {
            let (statement, wanted) = (&declared[index], &self.wanted.record.blocks("statement")[index]);
            match found_as {
                Match::One(at) => {
                    free[at] = false;
                    if self.statement(statement, &there[at], at) {
                        work.fates[at] = Some(Some(wanted.clone()));
                    }
                }
                Match::None => {
                    self.missing_statement(index);
                    work.added.push(wanted.clone());
                }
                Match::Several(all) => {
                    all.iter().for_each(|at| free[*at] = false);
                    self.ambiguous(index, &all);
                }
            }
        }
        for at in (0..free.len()).filter(|at| free[*at]) {
            if !self.wanted.ignore.covers("statement") {
                self.foreign(at, &there[at]);
                work.fates[at] = None;
            }
        }
        work
    }

    fn address(&self, path: &str) -> String {
        if path.is_empty() { self.wanted.path.to_string() } else { format!("{}#{path}", self.wanted.path) }
    }

    fn at(&self, path: &str) -> Location {
        Location::new(self.source, self.places.nearest(path))
    }

    /// The version to be written, if it isn't there.
    fn version(&mut self, found: &Record) -> Option<String> {
        let modern = Datum::Text("2012-10-17".into());
        let declared = self.wanted.record.get("version").unwrap_or(&modern);
        let there = found.get("version");
        if there.is_some_and(|version| same(version, declared)) || self.wanted.ignore.covers("version") {
            return None;
        }
        let shown = there.map_or_else(|| "absent".to_owned(), Datum::to_string);
        self.out.push(
            Diagnostic::new(
                &codes::CHANGED,
                format!("`{}` is {shown}, declared is {declared}", self.address("Version")),
            )
            .address(self.address("Version"))
            .at(self.at("version"))
            .label("differs from the spec")
            .expected(declared.to_string())
            .found(shown)
            .reason("an older version reads policy variables as plain text")
            .fix("run `secretform generate`"),
        );
        match declared {
            Datum::Text(text) => text.as_literal().map(str::to_owned),
            _ => None,
        }
    }

    /// Reports how a statement differs, if it does.
    fn statement(&mut self, declared: &Record, found: &Record, at: usize) -> bool {
        let mut differences = statement_differences(declared, found);
        differences.retain(|difference| !ignored(&self.wanted.ignore, &difference.path));
        let place = format!("statement[{at}]");
        for difference in &differences {
            let element = json_path(difference);
            let path = format!("{place}.{}", difference.path);
            let address = self.address(&format!("Statement[{at}].{element}"));
            let mut diagnostic = describe(difference, &address).at(self.at(&path));
            if let Some(declared) = self.wanted.declared {
                diagnostic = diagnostic.related(declared, "declared here");
            }
            self.out.push(diagnostic);
        }
        !differences.is_empty()
    }

    fn missing_statement(&mut self, index: usize) {
        let name = self.address(&format!("Statement[{index}]"));
        let mut diagnostic = Diagnostic::new(
            &codes::MISSING,
            format!("`{}` lacks a statement that the spec declares", self.wanted.path),
        )
        .address(name)
        .at(self.at("statement"))
        .label("no statement here is it")
        .fix("run `secretform generate`");
        if let Some(declared) = self.wanted.declared {
            diagnostic = diagnostic.related(declared, "declared here");
        }
        self.out.push(diagnostic);
    }

    fn foreign(&mut self, at: usize, statement: &Record) {
        let address = self.address(&format!("Statement[{at}]"));
        self.out.push(
            Diagnostic::new(&codes::FOREIGN_STATEMENT, format!("`{address}` is not declared in the spec"))
                .address(address)
                .at(self.at(&format!("statement[{at}]")))
                .label("not in the spec")
                .found(summary(statement))
                .reason("the spec owns this file whole")
                .fix("run `secretform generate` to take it out, or declare it in the spec"),
        );
    }

    fn ambiguous(&mut self, index: usize, all: &[usize]) {
        let address = self.address(&format!("Statement[{index}]"));
        let mut diagnostic = Diagnostic::new(
            &codes::AMBIGUOUS_STATEMENT,
            format!("which of {} statements is the declared one can't be told", all.len()),
        )
        .address(address)
        .reason("they have no Sid, and nothing else tells them apart")
        .fix("give them Sids, here and in the spec")
        .seen(self.view.digest_record(&self.wanted.record));
        for (order, at) in all.iter().enumerate() {
            let place = self.at(&format!("statement[{at}]"));
            diagnostic =
                if order == 0 { diagnostic.at(place) } else { diagnostic.related(place, "or this one?") };
        }
        self.out.push(diagnostic);
    }
}

fn summary(statement: &Record) -> String {
    let part = |name: &str| statement.get(name).map(Datum::to_string);
    let actions = part("actions").or_else(|| part("not_actions").map(|not| format!("all but {not}")));
    let resources = part("resources").or_else(|| part("not_resources").map(|not| format!("all but {not}")));
    format!("{} on {}", actions.unwrap_or_default(), resources.unwrap_or_default())
}

/// One difference in IAM's own words.
fn describe(difference: &Difference, address: &str) -> Diagnostic {
    let (expected, found) =
        (difference.expected.as_ref().map(Datum::to_string), difference.found.as_ref().map(Datum::to_string));
    let known = |text: &Option<String>| text.clone().unwrap_or_else(|| "absent".to_owned());
    let (rule, message, label) = match difference.kind {
        DifferenceKind::Unknown => {
            (&codes::UNRESOLVED, format!("`{address}` can't be known"), "only Terraform can say what this is")
        }
        DifferenceKind::UnknownArgument => {
            (&codes::UNKNOWN_ARGUMENT, format!("`{address}` is unknown to secretform"), "unknown")
        }
        DifferenceKind::Missing => {
            (&codes::CHANGED, format!("`{address}` lacks {}", known(&expected)), "missing here")
        }
        DifferenceKind::Extra => {
            let what = found.as_deref().map_or_else(String::new, |found| format!(": {found}"));
            (&codes::CHANGED, format!("`{address}` has what the spec doesn't declare{what}"), "not declared")
        }
        DifferenceKind::Changed => (
            &codes::CHANGED,
            format!("`{address}` is {}, declared is {}", known(&found), known(&expected)),
            "differs from the spec",
        ),
    };
    let mut diagnostic = Diagnostic::new(rule, message)
        .address(address.to_owned())
        .label(label)
        .fix("run `secretform generate`");
    diagnostic.expected = expected;
    diagnostic.found = found;
    diagnostic
}

/// The element of a statement that a difference is in, as IAM calls it.
fn json_element(difference: &Difference) -> &'static str {
    let name = match difference.path.steps().first() {
        Some(Step::Argument(name) | Step::Block(name, _) | Step::NewBlock(name)) => name.as_str(),
        _ => "",
    };
    policy::json_name(name).unwrap_or("Statement")
}

fn json_path(difference: &Difference) -> String {
    let rest = &difference.path.steps().get(1..).unwrap_or_default();
    let element = json_element(difference);
    match rest {
        [] | [Step::Element(_) | Step::NewElement] => element.to_owned(),
        rest => {
            let mut path = Path::new();
            for step in *rest {
                if !matches!(step, Step::Element(_) | Step::NewElement) {
                    path = path.then(step.clone());
                }
            }
            format!("{element}.{path}")
        }
    }
}
