//! Values as HCL expressions, laid out as `terraform fmt` leaves them.

use std::borrow::Cow;

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
    let rows: Vec<(Cow<'_, str>, String)> = entries
        .iter()
        .map(|(key, value)| (Cow::Owned(object_key(key)), expression(value, indent + 2, false)))
        .collect();
    out.push_str("{\n");
    write_rows(out, &rows, indent + 2);
    push_blanks(out, indent);
    out.push('}');
}

/// A key of an object: bare where it is a name, quoted or in parentheses elsewhere.
pub fn object_key(key: &Text) -> String {
    match (key.as_literal(), key.as_symbol()) {
        (Some(literal), _) if escape::is_name(literal) => literal.to_owned(),
        (_, Some(symbol)) => format!("({})", symbol.source()),
        _ => {
            let mut out = String::new();
            write_text(&mut out, key);
            out
        }
    }
}

/// Lines of `name = value`, the `=` of each unbroken run of one-line values under each other.
pub(super) fn write_rows(out: &mut String, rows: &[(Cow<'_, str>, String)], indent: usize) {
    let one_line = |value: &str| !value.contains('\n');
    let mut at = 0;
    while at < rows.len() {
        let run = rows[at..].iter().take_while(|(_, value)| one_line(value)).count();
        let width = rows[at..at + run].iter().map(|(name, _)| width(name)).max().unwrap_or(0);
        for (name, value) in &rows[at..at + run.max(1)] {
            push_blanks(out, indent);
            out.push_str(name);
            if run > 0 {
                push_blanks(out, width - self::width(name));
            }
            out.push_str(" = ");
            out.push_str(value);
            out.push('\n');
        }
        at += run.max(1);
    }
}

fn width(name: &str) -> usize {
    name.chars().count()
}

pub(super) fn push_blanks(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}
