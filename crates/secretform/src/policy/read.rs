//! IAM JSON → record. What is no policy is an error; what is one but breaks a rule of AWS
//! is read and reported.

use std::collections::BTreeMap;

use super::elements::{DOCUMENT, Element, OLD_VERSION, STATEMENT, Shape};
use super::{Places, PolicyKind, rules};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Diagnostic, Location, codes};
use crate::json::{self, JsonError, Member, Value, ValueKind};
use crate::model::{Datum, Invalid, InvalidKind, Record};
use crate::source::{Position, SourceId, Span};

/// A policy that was read.
#[derive(Clone, Debug)]
pub struct Policy {
    /// As the body of a `data "aws_iam_policy_document"` that would render to it. `version`
    /// is always said: a policy without one is of `2008-10-17`.
    pub record: Record,
    /// Where each part stands.
    pub places: Places,
    /// What breaks a rule of AWS.
    pub findings: Vec<Diagnostic>,
}

/// Reads the text of a policy.
///
/// # Errors
/// If it isn't JSON, or isn't a policy: all that is wrong, with places.
pub fn read_text(source: SourceId, bytes: &[u8], kind: PolicyKind) -> Result<Policy, Vec<Diagnostic>> {
    json::parse(bytes)
        .and_then(|root| read(source, bytes, &root, kind))
        .map_err(|errors| errors.into_iter().map(|error| error.diagnostic(source)).collect())
}

/// Reads a policy from `root`, which was parsed from `bytes`.
///
/// # Errors
/// If it isn't a policy: all that is wrong, with places.
pub fn read(
    source: SourceId,
    bytes: &[u8],
    root: &Value,
    kind: PolicyKind,
) -> Result<Policy, Vec<JsonError>> {
    let mut reader = Reader {
        source,
        kind,
        places: Places::new(root.span),
        findings: Vec::new(),
        errors: Vec::new(),
        sids: BTreeMap::new(),
    };
    reader.duplicates(bytes, root);
    let record = reader.document(root);
    reader.text_rules(bytes, root);
    if reader.errors.is_empty() {
        Ok(Policy { record, places: reader.places, findings: reader.findings })
    } else {
        reader.errors.sort_by_key(|error| error.span);
        Err(reader.errors)
    }
}

/// The statements of a policy in order, however it holds them.
pub fn statements(root: &Value) -> &[Value] {
    match document(root).get("Statement").map(|member| &member.value) {
        Some(Value { kind: ValueKind::Array(items), .. }) => items,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
}

/// The policy itself where it is wrapped in an array of one, as some APIs hand them out and
/// HashiCorp's awspolicyequivalence takes them.
pub(super) fn document(root: &Value) -> &Value {
    match &root.kind {
        ValueKind::Array(items) => match items.as_slice() {
            [one] => one,
            _ => root,
        },
        _ => root,
    }
}

struct Reader {
    source: SourceId,
    kind: PolicyKind,
    places: Places,
    findings: Vec<Diagnostic>,
    errors: Vec<JsonError>,
    sids: BTreeMap<String, Span>,
}

impl Reader {
    fn finding(&mut self, span: Span, invalid: &Invalid) -> &mut Diagnostic {
        let diagnostic = Diagnostic::new(&codes::BREAKS_AWS_RULE, invalid.to_string())
            .at(Location::new(self.source, span))
            .reason(format!("AWS refuses it: {}", invalid.page()));
        self.findings.push(diagnostic);
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    fn check(&mut self, span: Span, broken: Option<Invalid>) {
        if let Some(invalid) = broken {
            self.finding(span, &invalid);
        }
    }

    fn wrong_type(&mut self, value: &Value, what: &str, wanted: &str) {
        let message = format!("{what} is {wanted}, not {}", value.kind_name());
        self.errors.push(JsonError::new(value.span, message).label(format!("{wanted} expected")));
    }

    fn duplicates(&mut self, bytes: &[u8], root: &Value) {
        for duplicate in root.duplicates() {
            let line = Position::of(bytes, duplicate.first.start as usize).line;
            let message = format!("`{}` stands twice in one object, first in line {line}", duplicate.key);
            let error = JsonError::new(duplicate.again, message);
            self.errors
                .push(error.label("a second time").help("keep one of the two, with the values of both"));
        }
    }

    fn text_rules(&mut self, bytes: &[u8], root: &Value) {
        let text = String::from_utf8_lossy(&bytes[root.span.range()]);
        let mut start = root.span.start as usize;
        for chunk in text.split_inclusive(|char| !rules::is_policy_character(char)) {
            let end = start + chunk.len();
            if let Some(last) = chunk.chars().next_back().filter(|char| !rules::is_policy_character(*char)) {
                let invalid = Invalid::new(InvalidKind::PolicyCharacter, last)
                    .detail(format!("U+{:04X}", u32::from(last)));
                self.finding(Span::new(end - last.len_utf8(), end), &invalid);
            }
            start = end;
        }
        let (limit, kind) = match self.kind {
            PolicyKind::Identity => (6144, InvalidKind::ManagedPolicySize),
            PolicyKind::Resource => return,
            PolicyKind::Trust => (2048, InvalidKind::TrustPolicySize),
        };
        let size = rules::size(&text);
        if size > limit {
            let invalid = Invalid::new(kind, "the policy").detail(format!("{size} characters"));
            let start = root.span.start as usize;
            self.finding(Span::new(start, start + 1), &invalid);
        }
    }

    fn document(&mut self, root: &Value) -> Record {
        let mut record = Record::new();
        if root.as_array().is_some_and(|items| items.len() == 1) {
            let start = root.span.start as usize;
            let message = "AWS takes a policy as one object, not in an array";
            let finding = Diagnostic::new(&codes::BREAKS_AWS_RULE, message);
            let place = Location::new(self.source, Span::new(start, start + 1));
            self.findings.push(finding.at(place).fix("remove the `[` and `]` around it"));
        }
        let root = document(root);
        let Some(members) = root.as_object() else {
            let message = format!("an IAM policy is one JSON object, not {}", root.kind_name());
            let error = JsonError::new(root.span, message).label("object expected");
            self.errors.push(error.help("write {\"Version\": \"2012-10-17\", \"Statement\": […]}"));
            return record;
        };
        record.set("version", Datum::Text(OLD_VERSION.into()));
        for member in members {
            match member.key.as_str() {
                "Version" => {
                    if let Some(text) = self.text(&member.value, "Version", "version") {
                        self.check(member.value.span, rules::version(text));
                        record.set("version", Datum::Text(text.into()));
                    }
                }
                "Id" => {
                    if let Some(text) = self.text(&member.value, "Id", "policy_id") {
                        record.set("policy_id", Datum::Text(text.into()));
                    }
                }
                "Statement" => {}
                _ => self.unknown(member, "a policy", &DOCUMENT),
            }
        }
        match root.get("Statement") {
            None => {
                let start = root.span.start as usize;
                let error = JsonError::new(Span::new(start, start + 1), "this policy has no `Statement`");
                self.errors.push(error.help("add \"Statement\": […]"));
            }
            Some(member) => {
                if statements(root).is_empty() {
                    self.finding(member.value.span, &Invalid::new(InvalidKind::PolicyEmpty, "Statement"));
                }
            }
        }
        for (at, value) in statements(root).iter().enumerate() {
            let statement = self.statement(value, &format!("statement[{at}]"));
            record.push("statement", statement);
        }
        record
    }

    fn unknown(&mut self, member: &Member, what: &str, known: &[&str]) {
        let message = format!("`{}` is no element of {what}", member.key);
        let mut error = JsonError::new(member.key_span, message).label("unknown element");
        error.help = did_you_mean(&member.key, known.iter().copied())
            .or_else(|| Some(format!("{what} has {}", known.join(", "))));
        self.errors.push(error);
    }

    /// A string, its place kept under `path`.
    fn text<'v>(&mut self, value: &'v Value, what: &str, path: &str) -> Option<&'v str> {
        self.places.insert(path, value.span);
        let text = value.as_str();
        if text.is_none() {
            self.wrong_type(value, what, "a string");
        }
        text
    }

    /// One string or an array of them, each with its place.
    fn texts<'v>(&mut self, value: &'v Value, what: &str, path: &str) -> Vec<(&'v str, Span)> {
        self.places.insert(path, value.span);
        let items = match &value.kind {
            ValueKind::Array(items) => items.as_slice(),
            ValueKind::String(_) => std::slice::from_ref(value),
            _ => {
                self.wrong_type(value, what, "a string or an array of strings");
                return Vec::new();
            }
        };
        let what = format!("an element of {what}");
        let mut texts = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            let text = self.text(item, &what, &format!("{path}[{at}]"));
            texts.extend(text.map(|text| (text, item.span)));
        }
        texts
    }

    fn statement(&mut self, value: &Value, path: &str) -> Record {
        let mut record = Record::new();
        self.places.insert(path, value.span);
        let Some(members) = value.as_object() else {
            self.wrong_type(value, "a statement", "an object");
            return record;
        };
        for member in members {
            match STATEMENT.iter().find(|element| element.json == member.key) {
                Some(element) => self.element(*element, member, path, &mut record),
                None => self.unknown(member, "a statement", &STATEMENT.map(|element| element.json)),
            }
        }
        let start = value.span.start as usize;
        self.statement_rules(value, &record, Span::new(start, start + 1));
        if record.get("effect").is_none() {
            // Terraform's `effect` is Allow where it isn't said; IAM's has no default.
            record.set("effect", Datum::Text("".into()));
        }
        record
    }

    fn element(&mut self, element: Element, member: &Member, path: &str, record: &mut Record) {
        let Element { json, terraform, shape } = element;
        let path = format!("{path}.{terraform}");
        let value = &member.value;
        match shape {
            Shape::Text => {
                let Some(text) = self.text(value, json, &path) else { return };
                if json == "Effect" {
                    self.check(value.span, rules::effect(text));
                } else {
                    self.sid(text, value.span);
                }
                record.set(terraform, Datum::Text(text.into()));
            }
            Shape::Texts => {
                let texts = self.texts(value, json, &path);
                for (text, span) in &texts {
                    let broken =
                        if json.ends_with("Action") { rules::action(text) } else { rules::resource(text) };
                    self.check(*span, broken);
                }
                record.set(terraform, list(&texts));
            }
            Shape::Principals => self.principals(terraform, member, &path, record),
            Shape::Conditions => self.conditions(value, &path, record),
        }
    }

    fn sid(&mut self, text: &str, span: Span) {
        self.check(span, rules::sid(text));
        if text.is_empty() {
            return;
        }
        if let Some(first) = self.sids.insert(text.to_owned(), span) {
            let source = self.source;
            let finding = self.finding(span, &Invalid::new(InvalidKind::SidTwice, text));
            finding.related.push((Location::new(source, first), "it stands here first".to_owned()));
        }
    }

    fn principals(&mut self, block: &'static str, member: &Member, path: &str, record: &mut Record) {
        let mut push = |reader: &mut Self, type_name: &str, type_span: Span, value: &Value| {
            let at = format!("{path}[{}]", record.blocks(block).len());
            reader.places.insert(at.clone(), type_span.to(value.span));
            reader.places.insert(format!("{at}.type"), type_span);
            let texts = reader.texts(value, &member.key, &format!("{at}.identifiers"));
            for (text, span) in &texts {
                reader.check(*span, rules::principal(text));
            }
            let mut principals = Record::new();
            principals.set("type", Datum::Text(type_name.into()));
            principals.set("identifiers", list(&texts));
            record.push(block, principals);
        };
        match &member.value.kind {
            ValueKind::String(text) => {
                push(self, "*", member.key_span, &member.value);
                if text != "*" {
                    let invalid = Invalid::new(InvalidKind::PrincipalType, text).detail("no type");
                    self.finding(member.value.span, &invalid);
                }
            }
            ValueKind::Object(types) => {
                for one in types {
                    push(self, &one.key, one.key_span, &one.value);
                    self.check(
                        one.key_span,
                        rules::principal_type(&one.key).or_else(|| {
                            (one.key == "*")
                                .then(|| Invalid::new(InvalidKind::PrincipalType, "*").detail("as a key"))
                        }),
                    );
                }
            }
            _ => self.wrong_type(&member.value, &member.key, "\"*\" or an object"),
        }
    }

    fn conditions(&mut self, value: &Value, path: &str, record: &mut Record) {
        let Some(operators) = value.as_object() else {
            return self.wrong_type(value, "Condition", "an object of operators");
        };
        for operator in operators {
            self.check(operator.key_span, rules::operator(&operator.key));
            let Some(keys) = operator.value.as_object() else {
                self.wrong_type(&operator.value, &operator.key, "an object of condition keys");
                continue;
            };
            for key in keys {
                let at = format!("{path}[{}]", record.blocks("condition").len());
                self.places.insert(at.clone(), key.span());
                self.places.insert(format!("{at}.test"), operator.key_span);
                self.places.insert(format!("{at}.variable"), key.key_span);
                let values = self.condition_values(&key.value, &key.key, &format!("{at}.values"));
                let mut condition = Record::new();
                condition.set("test", Datum::Text(operator.key.as_str().into()));
                condition.set("variable", Datum::Text(key.key.as_str().into()));
                condition.set("values", Datum::List(values));
                record.push("condition", condition);
            }
        }
    }

    fn condition_values(&mut self, value: &Value, what: &str, path: &str) -> Vec<Datum> {
        self.places.insert(path, value.span);
        let items = value.as_array().unwrap_or(std::slice::from_ref(value));
        if items.is_empty() {
            self.finding(value.span, &Invalid::new(InvalidKind::ConditionValues, what));
        }
        let mut values = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            self.places.insert(format!("{path}[{at}]"), item.span);
            match &item.kind {
                // IAM takes `true` for "true" and 3600 for "3600".
                ValueKind::String(text) | ValueKind::Number(text) => {
                    values.push(Datum::Text(text.as_str().into()))
                }
                ValueKind::Bool(value) => values.push(Datum::Text(value.to_string().into())),
                _ => self.wrong_type(item, &format!("a value of `{what}`"), "a string, number or boolean"),
            }
        }
        values
    }

    fn statement_rules(&mut self, value: &Value, record: &Record, start: Span) {
        let has = |name: &str| value.get(name).is_some();
        let said = |name: &str| {
            !matches!(record.get(name), None | Some(Datum::List(_)))
                || matches!(record.get(name), Some(Datum::List(items)) if !items.is_empty())
        };
        let mut broken = Vec::new();
        if !has("Effect") {
            broken.push(Invalid::new(InvalidKind::Effect, "").detail("no Effect"));
        }
        if said("actions") == said("not_actions") {
            broken.push(Invalid::new(InvalidKind::Actions, if said("actions") { "both" } else { "neither" }));
        }
        let resources = usize::from(said("resources")) + usize::from(said("not_resources"));
        if resources == 2 || resources == 0 && self.kind == PolicyKind::Identity {
            broken
                .push(Invalid::new(InvalidKind::Resources, if resources == 2 { "both" } else { "neither" }));
        }
        let principals =
            ["principals", "not_principals"].map(|name| !record.blocks(name).is_empty()).map(usize::from);
        match (principals.iter().sum::<usize>(), self.kind) {
            (2, _) => broken.push(Invalid::new(InvalidKind::PrincipalBoth, "both")),
            (1, PolicyKind::Identity) => {
                broken.push(Invalid::new(InvalidKind::PrincipalForbidden, "Principal"))
            }
            (0, PolicyKind::Resource | PolicyKind::Trust) => {
                broken.push(Invalid::new(InvalidKind::PrincipalMissing, "no Principal"));
            }
            _ => {}
        }
        for invalid in &broken {
            self.finding(start, invalid);
        }
    }
}

fn list(texts: &[(&str, Span)]) -> Datum {
    Datum::List(texts.iter().map(|(text, _)| Datum::Text((*text).into())).collect())
}
