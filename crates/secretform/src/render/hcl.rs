//! Values as HCL expressions, laid out as `terraform fmt` leaves them.

use std::borrow::Cow;
use std::ops::Range;

use crate::model::{Datum, Expression, Part, Text};
use crate::syntax::escape;

/// A value as it stands after `=`, its later lines indented by `indent` blanks.
/// A list has one element per line if `tall`, or if it has several.
pub fn expression(value: &Datum, indent: usize, tall: bool) -> String {
    let mut out = String::new();
    write_expression(&mut out, value, indent, tall);
    out
}

pub(super) fn write_expression(out: &mut String, value: &Datum, indent: usize, tall: bool) {
    match value {
        Datum::Null => out.push_str("null"),
        Datum::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Datum::Number(value) => out.push_str(value),
        Datum::Text(text) => write_text(out, text),
        Datum::Symbol(symbol) => out.push_str(symbol.source()),
        Datum::List(items) => write_list(out, items, indent, tall),
        Datum::Object(entries) => write_object(out, entries, indent),
        Datum::Concat(items, lists) => {
            out.push_str("concat(");
            write_list(out, items, indent, tall);
            for list in lists {
                out.push_str(", ");
                out.push_str(list.source());
            }
            out.push(')');
        }
        Datum::Merge(base, entries) => {
            out.push_str("merge(");
            for symbol in base {
                out.push_str(symbol.source());
                out.push_str(", ");
            }
            write_object(out, entries, indent);
            out.push(')');
        }
    }
}

/// A string: quoted and escaped, symbols in `${…}`; one symbol alone stands bare.
pub(super) fn write_text(out: &mut String, text: &Text) {
    if let Some(symbol) = text.as_symbol() {
        out.push_str(symbol.source());
        return;
    }
    out.push('"');
    let mut parts = text.parts().iter().peekable();
    while let Some(part) = parts.next() {
        match part {
            Part::Symbol(symbol) => write_sequence(out, symbol),
            Part::Literal(literal) => {
                if literal.bytes().all(is_plain) {
                    out.push_str(literal);
                } else {
                    let quoted = escape::quote(literal);
                    out.push_str(&quoted[1..quoted.len() - 1]);
                }
                // A `$` or `%` at the end would double as an escape of the sequence after it.
                if parts.peek().is_some() && (literal.ends_with('$') || literal.ends_with('%')) {
                    let last = literal.chars().next_back().unwrap_or('$');
                    out.truncate(out.len() - 1);
                    out.push_str(if last == '$' { "\\u0024" } else { "\\u0025" });
                }
            }
        }
    }
    out.push('"');
}

/// Bytes that stand for themselves in a quoted string, wherever they stand.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\' | b'$' | b'%')
}

fn write_sequence(out: &mut String, symbol: &Expression) {
    out.push_str("${");
    out.push_str(symbol.source());
    out.push('}');
}

fn write_list(out: &mut String, items: &[Datum], indent: usize, tall: bool) {
    if items.is_empty() {
        out.push_str("[]");
    } else if items.len() == 1 && !tall {
        out.push('[');
        write_expression(out, &items[0], indent, false);
        out.push(']');
    } else {
        out.push_str("[\n");
        for (at, item) in items.iter().enumerate() {
            push_blanks(out, indent + 2);
            write_expression(out, item, indent + 2, false);
            out.push_str(if at + 1 < items.len() { ",\n" } else { "\n" });
        }
        push_blanks(out, indent);
        out.push(']');
    }
}

fn write_object(out: &mut String, entries: &[(Text, Datum)], indent: usize) {
    if entries.is_empty() {
        out.push_str("{}");
        return;
    }
    let mut rows = Rows::default();
    for (key, value) in entries {
        rows.add(object_key(key), |out| write_expression(out, value, indent + 2, false));
    }
    out.push_str("{\n");
    rows.write(out, indent + 2);
    push_blanks(out, indent);
    out.push('}');
}

/// A key of an object: bare where it is a name, quoted or in parentheses elsewhere.
pub fn object_key(key: &Text) -> Cow<'_, str> {
    match (key.as_literal(), key.as_symbol()) {
        (Some(literal), _) if escape::is_name(literal) => Cow::Borrowed(literal),
        (_, Some(symbol)) => Cow::Owned(format!("({})", symbol.source())),
        _ => {
            let mut out = String::new();
            write_text(&mut out, key);
            Cow::Owned(out)
        }
    }
}

/// Lines of `name = value`, the `=` of each unbroken run of one-line values under each other.
#[derive(Default)]
pub(super) struct Rows<'a> {
    rows: Vec<(Cow<'a, str>, Range<usize>)>,
    /// The text of all values, one behind the other.
    values: String,
}

impl<'a> Rows<'a> {
    /// Adds a row, its value as `write` writes it.
    pub(super) fn add(&mut self, name: impl Into<Cow<'a, str>>, write: impl FnOnce(&mut String)) {
        let start = self.values.len();
        write(&mut self.values);
        self.rows.push((name.into(), start..self.values.len()));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn write(&self, out: &mut String, indent: usize) {
        let value = |range: &Range<usize>| &self.values[range.clone()];
        let mut rows = self.rows.as_slice();
        while !rows.is_empty() {
            let run = rows.iter().take_while(|(_, range)| !value(range).contains('\n')).count();
            let widest = rows[..run].iter().map(|(name, _)| width(name)).max().unwrap_or(0);
            let (now, later) = rows.split_at(run.max(1));
            for (name, range) in now {
                push_blanks(out, indent);
                out.push_str(name);
                push_blanks(out, widest.saturating_sub(width(name)));
                out.push_str(" = ");
                out.push_str(value(range));
                out.push('\n');
            }
            rows = later;
        }
    }
}

fn width(name: &str) -> usize {
    if name.is_ascii() { name.len() } else { name.chars().count() }
}

pub(super) fn push_blanks(out: &mut String, mut count: usize) {
    const BLANKS: &str = "                ";
    while count > 0 {
        let some = count.min(BLANKS.len());
        out.push_str(&BLANKS[..some]);
        count -= some;
    }
}
