//! What a template may see of a block: its arguments and nested blocks, laid out in sections.

use std::sync::{Arc, Mutex};

use minijinja::value::{Enumerator, Object, Value};
use minijinja::{Error, ErrorKind, State};

use super::hcl::{Rows, push_blanks, write_expression};
use crate::model::{Datum, Record};

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

/// Writes the lines of a body without its braces and without the last newline.
pub(super) fn write_body<S: AsRef<str>>(
    out: &mut String,
    record: &Record,
    sections: &[Vec<S>],
    indent: usize,
) {
    let start = out.len();
    let separate = |out: &mut String| {
        if out.len() > start {
            out.push('\n');
        }
    };
    for section in sections {
        let mut rows = Rows::default();
        for name in section {
            let name = name.as_ref();
            if let Some(value) = record.get(name) {
                rows.add(name, |out| write_argument(out, name, value, indent));
            }
        }
        if !rows.is_empty() {
            separate(out);
            rows.write(out, indent);
        }
        for name in section {
            for nested in record.blocks(name.as_ref()) {
                separate(out);
                push_blanks(out, indent);
                write_nested(out, name.as_ref(), nested, indent);
                out.push('\n');
            }
        }
    }
    if out.len() > start {
        out.pop();
    }
}

/// A nested block with its braces, from its name on.
pub(super) fn write_nested(out: &mut String, name: &str, record: &Record, indent: usize) {
    out.push_str(name);
    out.push_str(" {\n");
    let order = super::blocks::sections(name);
    let start = out.len();
    write_body(out, record, &order, indent + 2);
    if out.len() > start {
        out.push('\n');
    }
    push_blanks(out, indent);
    out.push('}');
}

/// Writes an argument's value: `resources` stand one per line (unless they are just `["*"]`),
/// other lists in one line if they have one element.
fn write_argument(out: &mut String, name: &str, value: &Datum, indent: usize) {
    let everything = matches!(value, Datum::List(items)
        if matches!(items.as_slice(), [Datum::Text(text)] if text.as_literal() == Some("*")));
    let tall = matches!(name, "resources" | "not_resources") && !everything;
    write_expression(out, value, indent, tall);
}

/// An argument's value as it stands at the left margin.
pub fn argument(name: &str, value: &Datum) -> String {
    let mut out = String::new();
    write_argument(&mut out, name, value, 0);
    out
}

/// A nested block as it stands at the left margin, from its name on.
pub fn nested(name: &str, record: &Record) -> String {
    let mut out = String::new();
    write_nested(&mut out, name, record, 0);
    out
}
