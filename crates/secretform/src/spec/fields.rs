//! A block's body, checked against the table: only what may stand there comes through.

use std::borrow::Cow;

use crate::diagnostic::codes;
use crate::source::Span;
use crate::syntax::{self, BodyItem};

use super::errors::{Errors, list};
use super::schema::{Attribute, Block, Child, Labels};

/// What stands in a body, each thing with its row in the table, in the order written.
pub(super) struct Fields<'t> {
    pub(super) attributes: Vec<(&'static Attribute, syntax::Attribute<'t>)>,
    pub(super) blocks: Vec<(&'static Child, syntax::Block<'t>)>,
}

/// Reads `body` as a `block`; `header` is where its absence of something is said.
pub(super) fn fields<'t>(
    errors: &mut Errors,
    block: &'static Block,
    body: syntax::Body<'t>,
    header: Span,
) -> Fields<'t> {
    let mut out = Fields { attributes: Vec::new(), blocks: Vec::new() };
    let mut walk = Walk::new(block, header);
    for item in body.items() {
        match walk.admit(errors, item) {
            Some(Found::Attribute(row, attribute)) => out.attributes.push((row, attribute)),
            Some(Found::Block(child, block)) => out.blocks.push((child, block)),
            None => {}
        }
    }
    walk.finish(errors);
    out
}

/// One thing that may stand where it stands.
pub(super) enum Found<'t> {
    Attribute(&'static Attribute, syntax::Attribute<'t>),
    Block(&'static Child, syntax::Block<'t>),
}

/// [`fields()`], one thing at a time: nothing is kept for the thousands of blocks of a spec.
pub(super) struct Walk {
    block: &'static Block,
    header: Span,
    /// Which rows of attributes were met, one bit each.
    seen: u64,
    /// The blocks that may stand once and did.
    once: Vec<(&'static Child, Span)>,
}

impl Walk {
    pub(super) fn new(block: &'static Block, header: Span) -> Self {
        Self { block, header, seen: 0, once: Vec::new() }
    }

    /// What an item of the body is; if it may not stand there, that is said.
    pub(super) fn admit<'t>(&mut self, errors: &mut Errors, item: BodyItem<'t>) -> Option<Found<'t>> {
        match item {
            BodyItem::Attribute(attribute) => self.attribute(errors, attribute),
            BodyItem::Block(block) => self.block(errors, block),
        }
    }

    /// The body is over: what is missing is said.
    pub(super) fn finish(self, errors: &mut Errors) {
        for (at, row) in self.block.attributes.iter().enumerate() {
            if row.required && self.seen & (1 << at) == 0 {
                errors
                    .missing(
                        self.header,
                        format!("{} needs `{}`", name(self.block), row.name),
                        format!("no `{}` in it", row.name),
                    )
                    .fix(format!("add `{} = …`: {}", row.name, row.about));
            }
        }
    }

    fn attribute<'t>(&mut self, errors: &mut Errors, found: syntax::Attribute<'t>) -> Option<Found<'t>> {
        let (block, word) = (self.block, found.name());
        let Some(at) = block.attributes.iter().position(|row| row.name == word) else {
            match block.block(word) {
                Some(child) if child.block.later => errors.later(found.name_span(), &format!("`{word}`")),
                Some(_) => {
                    errors
                        .wrong(
                            found.span(),
                            format!("`{word}` is a block, not an attribute"),
                            "written with `=`",
                        )
                        .fix(hint(block, word).unwrap_or_else(|| format!("write `{word} {{ … }}`")));
                }
                None => unknown(errors, block, found.name_span(), word, "attribute"),
            }
            return None;
        };
        let row = &block.attributes[at];
        if row.later {
            errors.later(found.name_span(), &format!("`{word}` in {}", name(block)));
            return None;
        }
        // That an attribute stands twice is an error of the syntax already.
        self.seen |= 1 << at;
        Some(Found::Attribute(row, found))
    }

    fn block<'t>(&mut self, errors: &mut Errors, found: syntax::Block<'t>) -> Option<Found<'t>> {
        let (block, word) = (self.block, found.type_name());
        let Some(child) = block.block(word) else {
            match block.attribute(word) {
                Some(row) if row.later => {
                    errors.later(found.header_span(), &format!("`{word}` in {}", name(block)))
                }
                Some(_) => {
                    errors
                        .wrong(
                            found.header_span(),
                            format!("`{word}` is an attribute, not a block"),
                            "no `=` after it",
                        )
                        .fix(format!("write `{word} = …`"));
                }
                None => unknown(errors, block, found.type_span(), word, "block"),
            }
            return None;
        };
        if child.block.later {
            errors.later(found.header_span(), &format!("the block `{word}`"));
            return None;
        }
        if !child.repeats {
            if let Some((_, first)) = self.once.iter().find(|(other, _)| std::ptr::eq(*other, child)) {
                errors
                    .twice(found.header_span(), *first, format!("`{word}` stands twice in {}", name(block)))
                    .fix("join the two in one block");
                return None;
            }
            self.once.push((child, found.header_span()));
        }
        Some(Found::Block(child, found))
    }
}

fn unknown(errors: &mut Errors, block: &'static Block, span: Span, word: &str, kind: &str) {
    let known: Vec<&str> = block.words().collect();
    let now: Vec<&str> = block.words_now().collect();
    let mut detail =
        errors.unknown(span, format!("{} has no {kind} `{word}`", name(block)), word, &known, &now);
    if let Some(hint) = hint(block, word) {
        detail.fix(hint);
    }
}

/// What people write who think of another place.
fn hint(block: &Block, word: &str) -> Option<String> {
    Some(match (block.name, word) {
        ("statement", "sid") => "the Sid is the label: `statement \"Sid\" { … }`".to_owned(),
        ("", "locals" | "variable" | "provider" | "resource" | "data" | "module" | "output") => {
            format!("`{word}` is Terraform's and stands in a .tf file; the spec refers to it by its address")
        }
        ("group", "group") => {
            "groups don't nest: say the whole prefix, `prefix = \"billing/eu/\"`".to_owned()
        }
        ("secret", "value" | "secret_string" | "secret_string_wo" | "secret_binary") => {
            "a secret's value never stands in a spec; `field` describes it".to_owned()
        }
        ("value", "value" | "secret_string" | "secret_string_wo" | "secret_binary" | "password") => {
            "a secret's value never stands in a spec: `value \"manual\"` is set by people, after the apply"
                .to_owned()
        }
        ("field", "value") => {
            "a secret's value never stands in a spec; `default` is for what is no secret".to_owned()
        }
        _ => return None,
    })
}

/// The block as a sentence names it.
pub(super) fn name(block: &Block) -> String {
    if block.name.is_empty() { "the spec".to_owned() } else { format!("`{}`", block.name) }
}

/// The one label of a block, checked against its row.
pub(super) fn label<'t>(
    errors: &mut Errors,
    row: &'static Block,
    block: syntax::Block<'t>,
) -> Option<(Cow<'t, str>, Span)> {
    let mut labels = block.each_label();
    let (meaning, required) = match row.labels {
        Labels::None => {
            if let Some((_, span)) = labels.next() {
                errors
                    .wrong(span, format!("`{}` takes no label", row.name), "a label")
                    .fix(format!("write `{} {{ … }}`", row.name));
            }
            return None;
        }
        Labels::One(meaning) => (meaning, true),
        Labels::Optional(meaning) => (meaning, false),
    };
    let first = labels.next();
    if let Some((_, second)) = labels.next() {
        errors
            .wrong(second, format!("`{}` takes one label", row.name), "one too many")
            .fix(format!("write `{} \"{meaning}\" {{ … }}`", row.name));
    }
    let Some((text, span)) = first else {
        if required {
            errors
                .add(
                    &codes::MISSING_WORD,
                    block.type_span(),
                    format!("`{}` needs a label", row.name),
                    "no label",
                )
                .fix(format!("write `{} \"{meaning}\" {{ … }}`", row.name));
        }
        return None;
    };
    if text.is_empty() {
        errors
            .wrong(span, format!("the label of `{}` is empty", row.name), "empty")
            .fix(format!("write `{} \"{meaning}\" {{ … }}`", row.name));
        return None;
    }
    Some((text, span))
}

/// One of a few words, or an error that names them.
pub(super) fn choice<'w>(
    errors: &mut Errors,
    span: Span,
    word: &str,
    of: &str,
    choices: &[&'w str],
) -> Option<&'w str> {
    let found = choices.iter().find(|choice| **choice == word).copied();
    if found.is_none() {
        errors
            .unknown(span, format!("`{of}` can't be {word:?}"), word, choices, choices)
            .fix(format!("it is one of {}", list(choices)));
    }
    found
}
