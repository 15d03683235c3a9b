//! What a template may see of a block: its arguments and nested blocks, laid out in sections.

use std::borrow::Cow;
use std::sync::{Arc, Mutex};

use minijinja::value::{Enumerator, Object, Value};
use minijinja::{Error, ErrorKind, State};

use super::hcl::{Pen, argument_is_line};
use crate::model::{Argument, Datum, Record, Says};

/// A block for templates: `block.body(sections)` stands for the named arguments and nested
/// blocks in that order, sections apart by an empty line; what is absent takes no room.
///
/// A template sees no value, so it is expanded once: the object notes the sections and leaves
/// [`BODY`] where the text of each block comes.
#[derive(Debug, Default)]
pub(super) struct BlockObject {
    sections: Mutex<Vec<Vec<String>>>,
}

/// Where a block's body comes in an expanded template: a character that no template has.
pub(super) const BODY: char = '\u{f8fe}';

impl BlockObject {
    /// The sections that the template named.
    pub(super) fn sections(&self) -> Vec<Vec<String>> {
        self.sections.lock().map(|sections| sections.clone()).unwrap_or_default()
    }
}

impl Object for BlockObject {
    fn call_method(
        self: &Arc<Self>,
        _state: &mut State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        match (method, args) {
            ("body", [sections]) => {
                let mut names = Vec::new();
                for section in sections.try_iter()? {
                    let mut row = Vec::new();
                    for name in section.try_iter()? {
                        let name = name.as_str().ok_or_else(|| {
                            Error::new(ErrorKind::InvalidOperation, "body() takes lists of argument names")
                        })?;
                        row.push(name.to_owned());
                    }
                    names.push(row);
                }
                if let Ok(mut sections) = self.sections.lock() {
                    *sections = names;
                }
                Ok(Value::from_safe_string(BODY.to_string()))
            }
            ("body", _) => Err(Error::new(ErrorKind::MissingArgument, "body() takes one list of sections")),
            _ => Err(Error::new(ErrorKind::UnknownMethod, format!("a block has no method {method}"))),
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }
}

impl Pen {
    /// Writes the lines of a body without its braces and without the last newline.
    pub(super) fn body<S: AsRef<str>>(&mut self, body: &impl Says, sections: &[Vec<S>], indent: usize) {
        let start = self.text.len();
        let mut rows: Vec<(&str, Argument<'_>)> = Vec::with_capacity(8);
        for section in sections {
            let names = || section.iter().map(AsRef::as_ref);
            rows.clear();
            rows.extend(names().filter_map(|name| Some((name, body.argument(name)?))));
            if !rows.is_empty() {
                self.separate(start);
                self.rows(
                    &rows,
                    indent,
                    |(name, _)| Cow::Borrowed(name),
                    |(name, value)| argument_is_line(value, is_tall(name, value)),
                    |pen, (name, value)| pen.argument(value, indent, is_tall(name, value)),
                );
            }
            for name in names() {
                for nested in body.nested(name).iter() {
                    self.separate(start);
                    self.blanks(indent);
                    self.block(name, nested, indent);
                    self.push("\n");
                }
            }
        }
        if self.text.len() > start {
            self.text.pop();
        }
    }

    /// An empty line, unless nothing stands since `start`.
    fn separate(&mut self, start: usize) {
        if self.text.len() > start {
            self.push("\n");
        }
    }

    /// A nested block with its braces, from its name on.
    pub(super) fn block(&mut self, name: &str, record: &Record, indent: usize) {
        self.push(name);
        self.push(" {\n");
        let start = self.text.len();
        self.body(record, &super::blocks::sections(name), indent + 2);
        self.separate(start);
        self.blanks(indent);
        self.push("}");
    }
}

/// Whether a list stands with one element per line even if it has one: `resources` do, unless they
/// are just `["*"]`.
fn is_tall(name: &str, value: &Argument<'_>) -> bool {
    let everything = |datum: &Datum| {
        matches!(datum, Datum::List(items)
            if matches!(items.as_slice(), [Datum::Text(text)] if text.as_literal() == Some("*")))
    };
    matches!(name, "resources" | "not_resources")
        && !matches!(value, Argument::Datum(datum) if everything(datum))
}

/// An argument's value as it stands at the left margin.
pub fn argument(name: &str, value: &Datum) -> String {
    let value = Argument::Datum(Cow::Borrowed(value));
    let mut pen = Pen::default();
    pen.argument(&value, 0, is_tall(name, &value));
    pen.text
}

/// A nested block as it stands at the left margin, from its name on.
pub fn nested(name: &str, record: &Record) -> String {
    let mut pen = Pen::default();
    pen.block(name, record, 0);
    pen.text
}
