//! One secret, or one group, as the template gets it: each text as it is to stand there.

use std::borrow::Cow;

use super::Format;
use super::markdown::longest_run;
use super::sh::{percent, word};
use super::shell::Shell;
use crate::model::{Field, Granted, Group, Place, Probe, Secret, Text, Url, ValueSource};
use crate::render::shape::Node;

/// Makes sections of one page.
pub(super) struct Writer<'a> {
    shell: &'a Shell,
    format: Format,
}

impl<'a> Writer<'a> {
    pub(super) fn new(shell: &'a Shell, format: Format) -> Self {
        Self { shell, format }
    }

    /// A group, or what stands outside of groups.
    pub(super) fn group(&self, group: Option<&Group>) -> Node {
        let format = self.format;
        let title = group.map(|group| format.plain(group.title().unwrap_or(group.label())));
        let url = group.and_then(Group::url).map(Url::as_str);
        Node::Map(vec![
            ("title", Node::maybe(title)),
            ("url", Node::maybe(url.map(|url| format.verbatim(url)))),
            ("guide", Node::maybe(group.and_then(Group::guide).map(|guide| format.blocks(guide)))),
        ])
    }

    pub(super) fn secret<'m>(&self, secret: &Secret, readers: impl Iterator<Item = Granted<'m>>) -> Node {
        let format = self.format;
        let fields = secret.fields();
        let source = secret.value();
        let asked: Vec<&Field> = fields.iter().filter(|field| !field.is_generated()).collect();
        let set = match source {
            ValueSource::Manual => secret.rotation().is_none() || !asked.is_empty(),
            // What replaces a value needs the fields that it doesn't make.
            ValueSource::External(_) => !asked.is_empty(),
            _ => false,
        };
        let options = self.shell.options(secret);
        let id = self.shell.text(secret.name().as_text());
        // A generated password is the value itself.
        let keys = if source.generated().is_some() { &[] } else { fields };
        let checks: String = keys.iter().map(|field| format!(" {}", check(field))).collect();
        let skeleton = (set && !asked.is_empty()).then(|| skeleton(&asked));
        let probe = secret.probe();
        let request = probe.map(request);
        let commands = [Some(&options), Some(&id), Some(&checks), skeleton.as_ref(), request.as_ref()];
        let run = commands.into_iter().flatten().map(|text| longest_run(text)).max().unwrap_or(0);
        let description = secret.description().map(|said| format.plain(&text(said.as_text())));
        Node::Map(vec![
            ("name", Node::Text(format.code(&text(secret.name().as_text())))),
            ("description", Node::maybe(description)),
            ("address", Node::Text(format.code(&secret.address().to_string()))),
            ("guide", Node::maybe(secret.guide().map(|guide| format.blocks(guide)))),
            ("set", Node::flag(set)),
            ("generated", Node::flag(source.generated().is_some())),
            ("external", Node::maybe(source.external().map(|kind| format.code(&kind.to_string())))),
            ("terraform", Node::flag(*source == ValueSource::Terraform)),
            ("rotated", Node::flag(secret.rotation().is_some())),
            ("fields", Node::List(fields.iter().map(|field| self.field(field)).collect())),
            ("options", Node::Text(format.verbatim(&options))),
            ("id", Node::Text(format.verbatim(&id))),
            ("checks", Node::Text(format.verbatim(&checks))),
            ("skeleton", Node::maybe(skeleton.map(|skeleton| format.verbatim(&skeleton)))),
            ("probe", probe.zip(request).map_or(Node::None, |(probe, words)| self.probe(probe, &words))),
            ("readers", Node::List(readers.map(|granted| self.reader(granted)).collect())),
            ("fence", Node::Text("`".repeat(run.max(2) + 1))),
        ])
    }

    fn field(&self, field: &Field) -> Node {
        let format = self.format;
        let code = |text: &str| format.code(text);
        Node::Map(vec![
            ("key", Node::Text(code(field.name()))),
            ("description", Node::maybe(field.description().map(|text| format.plain(text)))),
            ("sensitive", Node::flag(field.is_sensitive())),
            ("optional", Node::flag(!field.is_required() && !field.is_generated())),
            ("generated", Node::flag(field.is_generated())),
            ("format", Node::maybe(field.format().map(|format| code(&format.to_string())))),
            ("example", Node::maybe(field.example().map(code))),
            ("default", Node::maybe(field.default().map(code))),
        ])
    }

    fn probe(&self, probe: &Probe, words: &str) -> Node {
        let format = self.format;
        Node::Map(vec![
            ("request", Node::Text(format.code(&probe.request().to_string()))),
            ("words", Node::Text(format.verbatim(words))),
            ("expect", Node::maybe(probe.expect().map(|text| format.code(text)))),
            ("expect_word", Node::maybe(probe.expect().map(|text| format.verbatim(&word(text))))),
        ])
    }

    fn reader(&self, granted: Granted<'_>) -> Node {
        let format = self.format;
        let actions = granted.resolved.statement().actions().texts();
        let actions: Vec<String> = actions.iter().map(|action| format.code(action)).collect();
        let place = match granted.grant.place() {
            Place::PolicyFile { path } => path.as_str().to_owned(),
            place => place.to_string(),
        };
        Node::Map(vec![
            ("name", Node::Text(format.plain(granted.reader.label()))),
            ("description", Node::maybe(granted.reader.description().map(|text| format.plain(text)))),
            ("actions", Node::Text(actions.join(", "))),
            ("sid", Node::maybe(granted.grant.sid().map(|sid| format.code(&sid.to_string())))),
            ("place", Node::Text(format.code(&place))),
        ])
    }
}

/// A text as it is shown; most are literal, and need no copy.
fn text(text: &Text) -> Cow<'_, str> {
    text.as_literal().map_or_else(|| Cow::Owned(text.to_string()), Cow::Borrowed)
}

/// A word of `sf_check`: `KEY`, `?` if it may be missing, `=FORMAT` if it has one.
fn check(field: &Field) -> String {
    // What a rotation makes may not be there yet.
    let optional = if field.is_required() && !field.is_generated() { "" } else { "?" };
    let form =
        field.format().map_or(String::new(), |format| format!("={}", percent(&format.to_string(), "")));
    word(&format!("{}{optional}{form}", percent(field.name(), "?=")))
}

/// The value with placeholders.
fn skeleton(fields: &[&Field]) -> String {
    let mut out = String::from("{");
    for (at, field) in fields.iter().enumerate() {
        let placeholder = || format!("<{}>", field.name());
        let value = field.default().map_or_else(placeholder, str::to_owned);
        let comma = if at == 0 { "" } else { "," };
        out.push_str(&format!("{comma}\n  {}: {}", quoted(field.name()), quoted(&value)));
    }
    out.push_str("\n}");
    out
}

/// A JSON string in which nothing is invisible or a command to somebody.
fn quoted(text: &str) -> String {
    let quoted = crate::json::escape::quote(text);
    if quoted.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#' || byte == b' ') {
        return quoted;
    }
    let mut out = String::with_capacity(quoted.len() + 16);
    for c in quoted.chars() {
        if c == '#' || !(c.is_ascii() || c.is_alphanumeric()) {
            let mut units = [0; 2];
            c.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    out
}

/// The words of `sf_probe`.
fn request(probe: &Probe) -> String {
    let request = probe.request();
    let mut words = vec![request.method().to_string(), word(&request.url().to_string())];
    words.extend(probe.headers().iter().map(|(name, value)| word(&format!("{name}: {value}"))));
    words.join(" ")
}
