//! IAM JSON → record. What is no policy is an error; what is one but breaks a rule of AWS
//! is read and reported.

use super::elements::{DOCUMENT, Element, OLD_VERSION, STATEMENT, Shape};
use super::{Places, PolicyKind, rules};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Diagnostic, codes};
use crate::json::{self, Member, SyntaxError, Value, ValueKind};
use crate::model::{Datum, Record};
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
    json::parse(bytes).and_then(|root| read(source, bytes, &root, kind)).map_err(|errors| {
        errors.into_iter().map(|error| error.diagnostic(&codes::JSON_SYNTAX, source)).collect()
    })
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
) -> Result<Policy, Vec<SyntaxError>> {
    let mut reader = Reader { places: Places::new(root.span), errors: Vec::new() };
    reader.duplicates(bytes, root);
    let record = reader.document(root);
    let Reader { places, mut errors } = reader;
    if errors.is_empty() {
        let findings = rules::findings(source, bytes, root, (&record, &places), kind);
        Ok(Policy { record, places, findings })
    } else {
        errors.sort_by_key(|error| error.span);
        Err(errors)
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
    places: Places,
    errors: Vec<SyntaxError>,
}

impl Reader {
    fn wrong_type(&mut self, value: &Value, what: &str, wanted: &str) {
        let message = format!("{what} is {wanted}, not {}", value.kind_name());
        self.errors.push(SyntaxError::new(value.span, message).label(format!("{wanted} expected")));
    }

    fn duplicates(&mut self, bytes: &[u8], root: &Value) {
        for duplicate in root.duplicates() {
            let line = Position::of(bytes, duplicate.first.start as usize).line;
            let message = format!("`{}` stands twice in one object, first in line {line}", duplicate.key);
            let error = SyntaxError::new(duplicate.again, message);
            self.errors.push(
                error
                    .label("a second time")
                    .help("keep one of the two: readers of JSON disagree which one counts"),
            );
        }
    }

    fn document(&mut self, root: &Value) -> Record {
        let mut record = Record::new();
        let root = document(root);
        let Some(members) = root.as_object() else {
            let message = format!("an IAM policy is one JSON object, not {}", root.kind_name());
            let error = SyntaxError::new(root.span, message).label("object expected");
            self.errors.push(error.help("write {\"Version\": \"2012-10-17\", \"Statement\": […]}"));
            return record;
        };
        record.set("version", Datum::Text(OLD_VERSION.into()));
        for member in members {
            match member.key.as_str() {
                "Version" => {
                    if let Some(text) = self.text(&member.value, "Version", "version") {
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
        if root.get("Statement").is_none() {
            let start = root.span.start as usize;
            let error = SyntaxError::new(Span::new(start, start + 1), "this policy has no `Statement`");
            self.errors.push(error.help("add \"Statement\": […]"));
        }
        for (at, value) in statements(root).iter().enumerate() {
            let statement = self.statement(value, &format!("statement[{at}]"));
            record.push("statement", statement);
        }
        record
    }

    fn unknown(&mut self, member: &Member, what: &str, known: &[&str]) {
        let message = format!("`{}` is no element of {what}", member.key);
        let mut error = SyntaxError::new(member.key_span, message).label("unknown element");
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
    fn texts<'v>(&mut self, value: &'v Value, what: &str, path: &str) -> Vec<&'v str> {
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
            texts.extend(text);
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
                record.set(terraform, Datum::Text(text.into()));
            }
            Shape::Texts => {
                let texts = self.texts(value, json, &path);
                record.set(terraform, list(&texts));
            }
            Shape::Principals => self.principals(terraform, member, &path, record),
            Shape::Conditions => self.conditions(value, &path, record),
        }
    }

    fn principals(&mut self, block: &'static str, member: &Member, path: &str, record: &mut Record) {
        let mut push = |reader: &mut Self, type_name: &str, type_span: Span, value: &Value| {
            let at = format!("{path}[{}]", record.blocks(block).len());
            reader.places.insert(at.clone(), type_span.to(value.span));
            reader.places.insert(format!("{at}.type"), type_span);
            let texts = reader.texts(value, &member.key, &format!("{at}.identifiers"));
            let mut principals = Record::new();
            principals.set("type", Datum::Text(type_name.into()));
            principals.set("identifiers", list(&texts));
            record.push(block, principals);
        };
        match &member.value.kind {
            ValueKind::String(_) => push(self, "*", member.key_span, &member.value),
            ValueKind::Object(types) => {
                types.iter().for_each(|one| push(self, &one.key, one.key_span, &one.value));
            }
            _ => self.wrong_type(&member.value, &member.key, "\"*\" or an object"),
        }
    }

    fn conditions(&mut self, value: &Value, path: &str, record: &mut Record) {
        let Some(operators) = value.as_object() else {
            return self.wrong_type(value, "Condition", "an object of operators");
        };
        for operator in operators {
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
}

fn list(texts: &[&str]) -> Datum {
    Datum::List(texts.iter().map(|text| Datum::Text((*text).into())).collect())
}
