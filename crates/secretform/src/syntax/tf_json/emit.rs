//! JSON values → native text and the marks that lead back.

use std::collections::HashSet;

use super::words::{self, Strings};
use super::{BlockPath, Mark, Translation, text};
use crate::diagnostic::suggest::did_you_mean;
use crate::json::{Member, Value, ValueKind};
use crate::source::Span;
use crate::syntax::SyntaxError;
use crate::syntax::escape::{is_name, quote};

/// The key that is a comment where a body is expected.
const COMMENT: &str = "//";

pub(super) fn file(
    root: &Value,
    is_block: &dyn Fn(BlockPath<'_>) -> bool,
) -> Result<Translation, Vec<SyntaxError>> {
    let mut emitter = Emitter {
        out: String::new(),
        marks: Vec::new(),
        around: None,
        errors: Vec::new(),
        is_block,
        label: None,
    };
    emitter.root(root);
    emitter.errors.sort_by_key(|error| error.span);
    if emitter.errors.is_empty() {
        Ok(Translation { text: emitter.out, marks: emitter.marks })
    } else {
        Err(emitter.errors)
    }
}

struct Emitter<'v> {
    out: String,
    marks: Vec<Mark>,
    /// The mark that is being filled.
    around: Option<usize>,
    errors: Vec<SyntaxError>,
    is_block: &'v dyn Fn(BlockPath<'_>) -> bool,
    /// The first label of the block at top level.
    label: Option<&'v str>,
}

/// A block's labels: what they are called, and those that were read.
#[derive(Clone)]
struct Head<'v> {
    type_name: &'v str,
    type_span: Span,
    wanted: &'static [&'static str],
    labels: Vec<(&'v str, Span)>,
    path: Path<'v>,
}

/// The names of the blocks around and of a block itself.
#[derive(Clone)]
struct Path<'v> {
    /// As they are written, that of the block at top level first.
    words: Vec<&'v str>,
    /// Below the top, as a provider's schema knows them: a `dynamic` is what it makes.
    schema: Vec<&'v str>,
    /// Whether a block around is Terraform's own, of which no schema tells.
    own: bool,
}

impl<'v> Path<'v> {
    fn nested(&self, name: &'v str) -> Self {
        let mut path = self.clone();
        path.words.push(name);
        let content = name == "content" && self.words.last() == Some(&"dynamic");
        if !content && name != "dynamic" {
            path.schema.push(name);
        }
        path
    }
}

impl<'v> Emitter<'v> {
    /// Marks all that `write` writes as coming from `json`.
    fn mark(&mut self, json: Span, write: impl FnOnce(&mut Self)) {
        let around = self.around;
        let at = self.marks.len();
        let start = self.out.len();
        self.marks.push(Mark { native: Span::at(start), json, around });
        self.around = Some(at);
        write(self);
        let native = Span::new(start, self.out.len());
        if let Some(mark) = self.marks.get_mut(at) {
            mark.native = native;
        }
        self.around = around;
    }

    fn error(&mut self, span: Span, message: String) -> &mut SyntaxError {
        self.errors.push(SyntaxError::new(span, message));
        let last = self.errors.len() - 1;
        &mut self.errors[last]
    }

    fn root(&mut self, root: &'v Value) {
        let message = "a .tf.json file is one object, or an array of objects";
        for member in self.members(root, message) {
            if member.key == COMMENT {
                continue;
            }
            match words::TOP.iter().find(|(name, _)| *name == member.key) {
                Some((name, labels)) => {
                    self.blocks(member, labels, Path { words: vec![name], schema: Vec::new(), own: false });
                }
                None => {
                    let known = words::TOP.iter().map(|(name, _)| *name);
                    let help = did_you_mean(&member.key, known);
                    let message = format!("`{}` is no block of Terraform's", member.key);
                    self.error(member.key_span, message).help = help;
                }
            }
        }
    }

    /// The members of an object or of the objects of an array, which stand for one object.
    fn members(&mut self, value: &'v Value, what: &str) -> Vec<&'v Member> {
        let objects = match &value.kind {
            ValueKind::Null => return Vec::new(),
            ValueKind::Array(items) => items.as_slice(),
            _ => std::slice::from_ref(value),
        };
        let mut members = Vec::new();
        for object in objects {
            match object.as_object() {
                Some(own) => members.extend(own),
                None => {
                    let message = format!("{what}, not {}", object.kind_name());
                    self.error(object.span, message);
                }
            }
        }
        members
    }

    /// All blocks that a member stands for.
    fn blocks(&mut self, member: &'v Member, wanted: &'static [&'static str], path: Path<'v>) {
        let (type_name, type_span) = (member.key.as_str(), member.key_span);
        let head = Head { type_name, type_span, wanted, labels: Vec::new(), path };
        self.labelled(&head, &member.value, member.span());
    }

    fn labelled(&mut self, head: &Head<'v>, value: &'v Value, span: Span) {
        let Some(label) = head.wanted.get(head.labels.len()) else {
            return self.bodies(head, value, span);
        };
        if matches!(value.kind, ValueKind::Null) {
            return;
        }
        let message = format!("the {label} of `{}` comes next: an object with it as a key", head.type_name);
        let before = self.errors.len();
        let members = self.members(value, &message);
        if members.is_empty() && self.errors.len() == before {
            self.error(value.span, format!("this `{}` has no {label}", head.type_name));
        }
        for member in members {
            let mut head = head.clone();
            head.labels.push((&member.key, member.key_span));
            self.labelled(&head, &member.value, member.span());
        }
    }

    fn bodies(&mut self, head: &Head<'v>, value: &'v Value, span: Span) {
        match &value.kind {
            ValueKind::Null => {}
            ValueKind::Object(members) => self.block(head, members, span),
            ValueKind::Array(items) => {
                for item in items {
                    match &item.kind {
                        ValueKind::Object(members) => self.block(head, members, item.span),
                        _ => self.no_block(head, item),
                    }
                }
            }
            _ => self.no_block(head, value),
        }
    }

    fn no_block(&mut self, head: &Head<'_>, value: &Value) {
        let message = format!(
            "`{}` is a block: an object, or an array of objects, not {}",
            head.type_name,
            value.kind_name()
        );
        self.error(value.span, message);
    }

    fn block(&mut self, head: &Head<'v>, members: &'v [Member], span: Span) {
        let label = head.labels.first().map(|(label, _)| *label);
        let mut path = head.path.clone();
        if path.words.len() == 1 {
            self.label = label;
        } else if head.type_name == "dynamic" {
            path.schema.extend(label);
        }
        self.mark(span, |emitter| {
            // A caret belongs under what tells this block from the others.
            let place = head.labels.last().map_or(head.type_span, |(_, span)| *span);
            emitter.mark(place, |emitter| {
                emitter.mark(head.type_span, |emitter| emitter.out.push_str(head.type_name));
                for (label, span) in &head.labels {
                    emitter.out.push(' ');
                    emitter.mark(*span, |emitter| emitter.out.push_str(&quote(label)));
                }
            });
            emitter.out.push_str(" {\n");
            emitter.body(members, &path);
            emitter.out.push('}');
        });
        self.out.push('\n');
    }

    fn body(&mut self, members: &'v [Member], path: &Path<'v>) {
        let mut seen = HashSet::new();
        for member in members {
            let name = member.key.as_str();
            if name == COMMENT {
                continue;
            }
            if !is_name(name) {
                let message = format!("`{name}` can't be the name of an argument or a block");
                self.error(member.key_span, message);
                continue;
            }
            let nested = path.nested(name);
            if let Some(labels) = words::nested(&path.words, name) {
                let own = path.own || !matches!(name, "dynamic" | "content");
                self.blocks(member, labels, Path { own, ..nested });
            } else if is_blocks(&member.value) && self.is_schema_block(&nested) {
                self.blocks(member, &[], nested);
            } else if !seen.insert(name) {
                let error = self.error(member.key_span, format!("`{name}` is said twice in one block"));
                error.help = Some("keep one of the two".to_owned());
            } else {
                let strings = words::strings(&path.words, name);
                self.mark(member.span(), |emitter| {
                    emitter.mark(member.key_span, |emitter| emitter.out.push_str(name));
                    emitter.out.push_str(" = ");
                    emitter.value(&member.value, strings);
                });
                self.out.push('\n');
            }
        }
    }

    /// Whether a provider's schema has such a block.
    fn is_schema_block(&self, path: &Path<'v>) -> bool {
        let block = path.words.first().copied().unwrap_or_default();
        let has_schema = matches!(block, "resource" | "data" | "ephemeral" | "provider") && !path.own;
        has_schema && (self.is_block)(BlockPath { block, label: self.label, names: &path.schema })
    }

    fn value(&mut self, value: &'v Value, strings: Strings) {
        self.mark(value.span, |emitter| match &value.kind {
            ValueKind::Null => emitter.out.push_str("null"),
            ValueKind::Bool(value) => emitter.out.push_str(if *value { "true" } else { "false" }),
            ValueKind::Number(text) => emitter.out.push_str(text),
            ValueKind::String(text) => emitter.string(text, value.span, strings),
            ValueKind::Array(items) => {
                emitter.out.push('[');
                for (at, item) in items.iter().enumerate() {
                    emitter.out.push_str(if at > 0 { ", " } else { "" });
                    emitter.value(item, strings);
                }
                emitter.out.push(']');
            }
            ValueKind::Object(members) => emitter.object(members, strings),
        });
    }

    fn object(&mut self, members: &'v [Member], strings: Strings) {
        let mut seen = HashSet::new();
        self.out.push_str("{\n");
        for member in members {
            if !seen.insert(member.key.as_str()) {
                let message = format!("the key `{}` stands twice in one object", member.key);
                let error = self.error(member.key_span, message);
                error.help = Some("keep one of the two".to_owned());
                continue;
            }
            let keys = if strings == Strings::Literals { strings } else { Strings::Templates };
            self.mark(member.key_span, |emitter| emitter.string(&member.key, member.key_span, keys));
            self.out.push_str(" = ");
            self.value(&member.value, strings);
            self.out.push('\n');
        }
        self.out.push('}');
    }

    fn string(&mut self, text: &str, span: Span, strings: Strings) {
        match text::native(text, strings) {
            Ok(native) => self.out.push_str(&native),
            Err(errors) => {
                for error in errors {
                    self.errors.push(SyntaxError { span, ..error });
                }
            }
        }
    }
}

/// Whether a value can be a block or several; if not, it is an argument, whatever its name.
fn is_blocks(value: &Value) -> bool {
    match &value.kind {
        ValueKind::Null | ValueKind::Object(_) => true,
        ValueKind::Array(items) => items.iter().all(|item| matches!(item.kind, ValueKind::Object(_))),
        _ => false,
    }
}
