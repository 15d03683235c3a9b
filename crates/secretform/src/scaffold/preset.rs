//! A preset: one file in the spec's own language, a head that says what it is for, and the group
//! that it puts into a spec.

use crate::diagnostic::{Diagnostic, Location, codes};
use crate::model::{Group, Model, Secret};
use crate::patch::LineEnd;
use crate::source::{Source, SourceId, SourceMap, Span};
use crate::spec;
use crate::syntax::{Block, BodyItem, File, escape::quote};

/// What stands in place of the head while the rest is read as a spec. No head is shorter.
const SPEC_HEAD: &[u8] = b"terraform {}";

/// A preset that was read.
#[derive(Clone, Debug)]
pub struct Preset {
    /// One line that says what it is for.
    pub about: String,
    /// The group and the comments around it.
    text: String,
    /// Where the group's label stands in `text`, quotes included.
    label: Span,
    model: Model,
}

impl Preset {
    /// Reads the preset `name`. Places in the errors are those of `source`.
    ///
    /// # Errors
    /// If it is no spec's group under a head of its name: all that is wrong.
    pub fn parse(source: SourceId, bytes: &[u8], name: &str) -> Result<Self, Vec<Diagnostic>> {
        let file = File::parse(bytes);
        if !file.errors().is_empty() {
            let errors = file.errors().iter();
            return Err(errors.map(|error| error.diagnostic(&codes::HCL_SYNTAX, source)).collect());
        }
        let broken = |span: Span, message: &str, fix: String| {
            let location = Location::new(source, span);
            vec![Diagnostic::new(&codes::BROKEN_PRESET, message).at(location).fix(fix)]
        };
        let items: Vec<BodyItem<'_>> = file.body().items().collect();
        let start = Span::at(if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 });
        let group_fix = || format!("write one `group \"{name}\" {{ … }}` under the head");
        let (head, group) = match items.as_slice() {
            [BodyItem::Block(head), BodyItem::Block(group)] if head.type_name() == "preset" => {
                (*head, *group)
            }
            [BodyItem::Block(head)] if head.type_name() == "preset" => {
                return Err(broken(head.header_span(), "the preset has no group", group_fix()));
            }
            [BodyItem::Block(head), _, more, ..] if head.type_name() == "preset" => {
                return Err(broken(more.span(), "a preset is a head and one group", group_fix()));
            }
            _ => {
                let fix = format!("begin it with `preset \"{name}\" {{ about = \"…\" }}`");
                return Err(broken(start, "the preset has no head", fix));
            }
        };
        let named = |block: Block<'_>| block.labels().first().is_some_and(|label| label.text == name);
        if !named(head) {
            let fix = format!("write `preset \"{name}\"`: a preset is called as its file is");
            return Err(broken(head.header_span(), "the preset's head has another name than its file", fix));
        }
        let about = head.body().attribute("about").and_then(|about| about.value().literal_string());
        let about = match (about, head.body().items().count()) {
            (Some(about), 1) if !about.contains('\n') => about,
            _ => {
                let fix = "write `about = \"…\"`, one line that `secretform add --list` shows".to_owned();
                return Err(broken(
                    head.header_span(),
                    "a preset's head says what it is about, and no more",
                    fix,
                ));
            }
        };
        if group.type_name() != "group" || !named(group) {
            return Err(broken(
                group.header_span(),
                "the preset's group has another name than its file",
                group_fix(),
            ));
        }
        let model = read(source, &without_head(bytes, head))?;
        if model.secrets().is_empty() {
            let fix = "declare its secrets; an external group is a line that needs no preset".to_owned();
            return Err(broken(group.header_span(), "the preset's group declares no secret", fix));
        }
        let (text, label) = text_of(bytes, head, group);
        Ok(Self { about, text, label, model })
    }

    /// The group.
    pub fn group(&self) -> Option<&Group> {
        self.model.groups().first()
    }

    /// The group's secrets.
    pub fn secrets(&self) -> &[Secret] {
        self.model.secrets()
    }

    /// What is put into a spec: the group and the comments around it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same preset with a group of another name.
    ///
    /// # Errors
    /// If no group, or none of its secrets, can be called so; as sentences.
    pub fn renamed(&self, name: &str) -> Result<Self, Vec<String>> {
        let mut text = self.text.clone();
        let label = quote(name);
        text.replace_range(self.label.range(), &label);
        let start = self.label.start as usize;
        self.with(text, Span::new(start, start + label.len()))
    }

    /// The same preset for a spec whose lines end so: those of a heredoc are part of its value.
    ///
    /// # Errors
    /// If it can't be read so.
    pub fn ended(&self, end: LineEnd) -> Result<Self, Vec<String>> {
        let part = |from: usize, to: usize| end.apply(&self.text[from..to]);
        let (start, stop) = (self.label.start as usize, self.label.end as usize);
        let (before, label) = (part(0, start), part(start, stop));
        let text = format!("{before}{label}{}", part(stop, self.text.len()));
        self.with(text, Span::new(before.len(), before.len() + label.len()))
    }

    /// The same preset with another text.
    fn with(&self, text: String, label: Span) -> Result<Self, Vec<String>> {
        let mut spec = SPEC_HEAD.to_vec();
        spec.push(b'\n');
        spec.extend_from_slice(text.as_bytes());
        let source = SourceMap::new().add(Source::new("", spec.as_slice()));
        let said =
            |errors: Vec<Diagnostic>| errors.into_iter().map(|error| error.message).collect::<Vec<_>>();
        let model = read(source, &spec).map_err(said)?;
        Ok(Self { about: self.about.clone(), text, label, model })
    }
}

/// The model of a spec, or all that is wrong with it.
fn read(source: SourceId, bytes: &[u8]) -> Result<Model, Vec<Diagnostic>> {
    let (lowered, said) = spec::read(source, bytes);
    match lowered {
        Some(lowered) => Ok(lowered.model),
        None => Err(said),
    }
}

/// The preset as a spec, each byte of the group where it was.
fn without_head(bytes: &[u8], head: Block<'_>) -> Vec<u8> {
    let mut spec = bytes.to_vec();
    let span = head.span().range();
    let blank = |byte: &u8| if *byte == b'\n' { b'\n' } else { b' ' };
    let rest = bytes[span.clone()].iter().skip(SPEC_HEAD.len()).map(blank);
    let new: Vec<u8> = SPEC_HEAD.iter().copied().chain(rest).collect();
    spec.splice(span, new);
    spec
}

/// What follows the head's line, and where the group's label stands in it.
fn text_of(bytes: &[u8], head: Block<'_>, group: Block<'_>) -> (String, Span) {
    let from = head.span().end as usize;
    let label = group.labels().first().map_or(group.header_span(), |label| label.span);
    let part = |from: usize, to: usize| String::from_utf8_lossy(&bytes[from..to]).replace("\r\n", "\n");
    let before = part(from, label.start as usize);
    let before = before.trim_start();
    let own = part(label.start as usize, label.end as usize);
    let after = part(label.end as usize, bytes.len());
    let span = Span::new(before.len(), before.len() + own.len());
    (format!("{before}{own}{}", after.trim_end()), span)
}

/// The name of a preset whose file is called so.
pub fn named(file: &str) -> Option<&str> {
    file.strip_suffix(".hcl").filter(|name| !name.is_empty() && !name.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_head_has_room_for_the_head_of_a_spec() {
        let least = b"preset a{about=\"\"}";
        assert!(File::parse(least).errors().is_empty());
        assert!(least.len() >= SPEC_HEAD.len());
    }
}
