//! What breaks a rule of AWS in a policy that was read: the model's rules for values, and
//! what only the JSON and the policy's use can tell. These are findings, no failures.

use super::Places;
use super::elements::STATEMENT;
use super::read::{document, statements};
use crate::diagnostic::{Diagnostic, Location, codes};
use crate::json::Value;
use crate::model::iam::PolicyUse;
use crate::model::{Datum, Invalid, InvalidKind, Record, attributes};
use crate::source::{SourceId, Span};

/// What a policy is attached to, which decides the elements that it must or may not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyKind {
    /// To a user, group or role: what these may do.
    Identity,
    /// To a secret: who may do what with it.
    Resource,
    /// To a role: who may assume it.
    Trust,
}

/// Everything that breaks a rule, in order of place.
pub(super) fn findings(
    source: SourceId,
    bytes: &[u8],
    root: &Value,
    (record, places): (&Record, &Places),
    kind: PolicyKind,
) -> Vec<Diagnostic> {
    let mut found = Found { source, out: Vec::new() };
    found.wrapped(root);
    found.text(bytes, root, kind);
    found.values(record, places);
    for (at, value) in statements(root).iter().enumerate() {
        found.elements(value, &record.blocks("statement")[at], kind);
    }
    if let Some(member) = document(root).get("Statement").filter(|_| statements(root).is_empty()) {
        found.push(member.value.span, &Invalid::new(InvalidKind::PolicyEmpty, "Statement"));
    }
    found.out.sort_by_key(|finding| finding.location);
    found.out
}

struct Found {
    source: SourceId,
    out: Vec<Diagnostic>,
}

impl Found {
    fn push(&mut self, span: Span, invalid: &Invalid) {
        let diagnostic = Diagnostic::new(&codes::BREAKS_AWS_RULE, invalid.to_string())
            .at(Location::new(self.source, span))
            .label("AWS refuses this")
            .reason(format!("see {}", invalid.page()));
        self.out.push(diagnostic);
    }

    fn wrapped(&mut self, root: &Value) {
        if root.as_array().is_some() {
            let message = "AWS takes a policy as one object, not in an array";
            let finding = Diagnostic::new(&codes::BREAKS_AWS_RULE, message);
            let place = Location::new(self.source, first_byte(root.span));
            self.out.push(finding.at(place).fix("remove the `[` and `]` around it"));
        }
    }

    fn text(&mut self, bytes: &[u8], root: &Value, kind: PolicyKind) {
        let used = match kind {
            PolicyKind::Identity => PolicyUse::Managed,
            PolicyKind::Resource => PolicyUse::Secret,
            PolicyKind::Trust => PolicyUse::Trust,
        };
        let text = String::from_utf8_lossy(bytes.get(root.span.range()).unwrap_or_default());
        for invalid in used.check_json(&text) {
            let at = text.find(invalid.text()).filter(|_| invalid.kind() == InvalidKind::PolicyCharacter);
            let start = root.span.start as usize;
            let span = at.map(|at| Span::new(start + at, start + at + invalid.text().len()));
            self.push(span.unwrap_or(first_byte(root.span)), &invalid);
        }
    }

    /// The rules that hold in Terraform too.
    fn values(&mut self, record: &Record, places: &Places) {
        for (path, invalid) in attributes::table("aws_iam_policy_document").faults(record) {
            if invalid.kind() == InvalidKind::SidTwice {
                self.sid_twice(record, places, &invalid);
                continue;
            }
            let place = item(record, &path, &invalid)
                .and_then(|at| places.get(&format!("{path}[{at}]")))
                .or_else(|| places.get(&path));
            // What isn't there is missed at the beginning of what should hold it.
            self.push(place.unwrap_or_else(|| first_byte(places.nearest(&path))), &invalid);
        }
    }

    fn sid_twice(&mut self, record: &Record, places: &Places, invalid: &Invalid) {
        let has = |statement: &&Record| match statement.get("sid") {
            Some(Datum::Text(text)) => text.to_string() == invalid.text(),
            _ => false,
        };
        let places: Vec<Span> = record
            .blocks("statement")
            .iter()
            .enumerate()
            .filter(|(_, statement)| has(statement))
            .filter_map(|(at, _)| places.get(&format!("statement[{at}].sid")))
            .collect();
        let source = self.source;
        let told = |finding: &Diagnostic| finding.message == invalid.to_string();
        if let [first, others @ ..] = places.as_slice()
            && !self.out.iter().any(told)
        {
            for other in others {
                self.push(*other, invalid);
                if let Some(last) = self.out.last_mut() {
                    last.related.push((Location::new(source, *first), "it stands here first".to_owned()));
                }
            }
        }
    }

    /// What an element that is absent, or one that mustn't be there, breaks.
    fn elements(&mut self, value: &Value, record: &Record, kind: PolicyKind) {
        let start = first_byte(value.span);
        let said = |name: &str| match record.get(name) {
            None => false,
            Some(Datum::List(items)) => !items.is_empty(),
            Some(_) => true,
        };
        if kind == PolicyKind::Identity && !said("resources") && !said("not_resources") {
            self.push(start, &Invalid::new(InvalidKind::Resources, "").detail("neither"));
        }
        let principal = STATEMENT
            .iter()
            .filter(|element| !record.blocks(element.terraform).is_empty())
            .find(|element| matches!(element.json, "Principal" | "NotPrincipal"));
        match (principal, kind) {
            (Some(element), PolicyKind::Identity) => {
                let place = value.get(element.json).map_or(start, |member| member.key_span);
                self.push(place, &Invalid::new(InvalidKind::PrincipalForbidden, element.json));
            }
            (None, PolicyKind::Resource | PolicyKind::Trust) => {
                self.push(start, &Invalid::new(InvalidKind::PrincipalMissing, "").detail("no Principal"));
            }
            _ => {}
        }
        let conditions = value.get("Condition").and_then(|member| member.value.as_object());
        for operator in conditions.unwrap_or_default() {
            for key in operator.value.as_object().unwrap_or_default() {
                if key.value.as_array().is_some_and(<[Value]>::is_empty) {
                    self.push(key.value.span, &Invalid::new(InvalidKind::ConditionValues, &key.key));
                }
            }
        }
    }
}

fn first_byte(span: Span) -> Span {
    Span::new(span.start as usize, span.start as usize + 1)
}

/// Which element of the list at `path` a fault is about.
fn item(record: &Record, path: &str, invalid: &Invalid) -> Option<usize> {
    let mut record = record;
    let mut steps = path.split('.').peekable();
    while let Some(step) = steps.next() {
        if steps.peek().is_none() {
            let Some(Datum::List(items)) = record.get(step) else { return None };
            let is = |item: &Datum| matches!(item, Datum::Text(text) if text.to_string() == invalid.text());
            return items.iter().position(is);
        }
        let (name, at) = step.strip_suffix(']')?.split_once('[')?;
        record = record.blocks(name).get(at.parse::<usize>().ok()?)?;
    }
    None
}
