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
    pub(super) fn group<'n>(&self, group: Option<&'n Group>) -> Node<'n> {
        let format = self.format;
        let title = group.map(|group| format.plain(group.title().unwrap_or(group.label())));
        let url = group.and_then(Group::url).map(Url::as_str);
        Node::Map(vec![
            ("title", Node::maybe(title)),
            ("url", Node::maybe(url.map(|url| format.verbatim(url)))),
            ("guide", Node::maybe(group.and_then(Group::guide).map(|guide| format.blocks(guide)))),
        ])
    }

    pub(super) fn secret<'n>(
        &self,
        secret: &'n Secret,
        readers: impl Iterator<Item = Granted<'n>>,
    ) -> Node<'n>
    where
        'a: 'n,
    {
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
        let mut checks = String::new();
        for field in keys {
            checks.push(' ');
            checks.push_str(&check(field));
        }
        let skeleton = (set && !asked.is_empty()).then(|| skeleton(&asked));
        let probe = secret.probe();
        let request = probe.map(request);
        let commands = [Some(&*options), Some(&*id), Some(&*checks), skeleton.as_deref(), request.as_deref()];
        let run = commands.into_iter().flatten().map(longest_run).max().unwrap_or(0);
        let description = secret.description().map(|said| format.plain(text(said.as_text())));
        Node::Map(vec![
            ("name", Node::text(format.code(&text(secret.name().as_text())))),
            ("description", Node::maybe(description)),
            ("address", Node::text(format.code(&secret.address().to_string()))),
            ("guide", Node::maybe(secret.guide().map(|guide| format.blocks(guide)))),
            ("set", Node::flag(set)),
            ("generated", Node::flag(source.generated().is_some())),
            ("external", Node::maybe(source.external().map(|kind| format.code(&kind.to_string())))),
            ("terraform", Node::flag(*source == ValueSource::Terraform)),
            ("rotated", Node::flag(secret.rotation().is_some())),
            ("fields", Node::List(fields.iter().map(|field| self.field(field)).collect())),
            ("options", Node::text(format.verbatim(options))),
            ("id", Node::text(format.verbatim(id))),
            ("checks", Node::text(format.verbatim(checks))),
            ("skeleton", Node::maybe(skeleton.map(|skeleton| format.verbatim(skeleton)))),
            ("probe", probe.zip(request).map_or(Node::None, |(probe, words)| self.probe(probe, words))),
            ("readers", Node::List(readers.map(|granted| self.reader(granted)).collect())),
            ("fence", if run < 3 { Node::text("```") } else { Node::text("`".repeat(run + 1)) }),
        ])
    }

    fn field<'n>(&self, field: &'n Field) -> Node<'n> {
        let format = self.format;
        let code = |text: &str| format.code(text);
        Node::Map(vec![
            ("key", Node::text(code(field.name()))),
            ("description", Node::maybe(field.description().map(|text| format.plain(text)))),
            ("sensitive", Node::flag(field.is_sensitive())),
            ("optional", Node::flag(!field.is_required() && !field.is_generated())),
            ("generated", Node::flag(field.is_generated())),
            ("format", Node::maybe(field.format().map(|format| code(&format.to_string())))),
            ("example", Node::maybe(field.example().map(code))),
            ("default", Node::maybe(field.default().map(code))),
        ])
    }

    fn probe<'n>(&self, probe: &'n Probe, words: String) -> Node<'n> {
        let format = self.format;
        Node::Map(vec![
            ("request", Node::text(format.code(&probe.request().to_string()))),
            ("words", Node::text(format.verbatim(words))),
            ("expect", Node::maybe(probe.expect().map(|text| format.code(text)))),
            ("expect_word", Node::maybe(probe.expect().map(|text| format.verbatim(word(text))))),
        ])
    }

    fn reader<'n>(&self, granted: Granted<'n>) -> Node<'n> {
        let format = self.format;
        let actions = granted.resolved.statement().actions().texts();
        let actions: Vec<String> = actions.iter().map(|action| format.code(action)).collect();
        let place = match granted.grant.place() {
            Place::PolicyFile { path } => path.as_str().to_owned(),
            place => place.to_string(),
        };
        Node::Map(vec![
            ("name", Node::text(format.plain(granted.reader.label()))),
            ("description", Node::maybe(granted.reader.description().map(|text| format.plain(text)))),
            ("actions", Node::text(actions.join(", "))),
            ("sid", Node::maybe(granted.grant.sid().map(|sid| format.code(&sid.to_string())))),
            ("place", Node::text(format.code(&place))),
        ])
    }
}

/// A text as it is shown; most are literal, and need no copy.
fn text(text: &Text) -> Cow<'_, str> {
    text.as_literal().map_or_else(|| Cow::Owned(text.to_string()), Cow::Borrowed)
}

/// A word of `sf_check`: `KEY`, `?` if it may be missing, `=FORMAT` if it has one.
fn check(field: &Field) -> Cow<'_, str> {
    // What a rotation makes may not be there yet.
    let is_optional = !field.is_required() || field.is_generated();
    let mut check = percent(field.name(), "?=");
    if is_optional {
        check.to_mut().push('?');
    }
    if let Some(format) = field.format() {
        let check = check.to_mut();
        check.push('=');
        check.push_str(&percent(&format.to_string(), ""));
    }
    match check {
        Cow::Borrowed(name) => word(name),
        Cow::Owned(check) => Cow::Owned(word(&check).into_owned()),
    }
}

/// The value with placeholders.
fn skeleton(fields: &[&Field]) -> String {
    let mut out = String::from("{");
    for (at, field) in fields.iter().enumerate() {
        out.push_str(if at == 0 { "\n  " } else { ",\n  " });
        push_quoted(&mut out, field.name());
        out.push_str(": ");
        match field.default() {
            Some(default) => push_quoted(&mut out, default),
            None => push_quoted(&mut out, &["<", field.name(), ">"].concat()),
        }
    }
    out.push_str("\n}");
    out
}

/// Appends a JSON string in which nothing is invisible or a command to somebody.
fn push_quoted(out: &mut String, text: &str) {
    let start = out.len();
    crate::json::escape::push_quoted(out, text);
    if out.bytes().skip(start).all(|byte| byte.is_ascii_graphic() && byte != b'#' || byte == b' ') {
        return;
    }
    let quoted = out.split_off(start);
    for c in quoted.chars() {
        if c == '#' || !(c.is_ascii() || c.is_alphanumeric()) {
            let mut units = [0; 2];
            c.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
}

/// The words of `sf_probe`.
fn request(probe: &Probe) -> String {
    let request = probe.request();
    let mut words = vec![request.method().to_string(), word(&request.url().to_string()).into_owned()];
    words.extend(probe.headers().iter().map(|(name, value)| word(&format!("{name}: {value}")).into_owned()));
    words.join(" ")
}
