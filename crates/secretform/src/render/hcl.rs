//! Values as HCL expressions, laid out as `terraform fmt` leaves them.

use std::borrow::Cow;

use crate::model::{Argument, Datum, Expression, Part, Text};
use crate::syntax::escape;

/// A value as it stands after `=`, its later lines indented by `indent` blanks.
/// A list has one element per line if `tall`, or if it has several.
pub fn expression(value: &Datum, indent: usize, tall: bool) -> String {
    let mut pen = Pen::default();
    pen.datum(value, indent, tall);
    pen.text
}

/// What is being written. Values are written where they stand, without texts of their own, so
/// whether one takes more than a line is asked of the value before it is written.
#[derive(Debug, Default)]
pub(super) struct Pen {
    pub(super) text: String,
    /// Whether an expression was written as a person wrote it, with blanks, comments or lines of
    /// its own, or characters of which the formatter alone knows how wide they are.
    pub(super) free: bool,
}

impl Pen {
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn blanks(&mut self, mut count: usize) {
        const BLANKS: &str = "                ";
        while count > 0 {
            let some = count.min(BLANKS.len());
            self.text.push_str(&BLANKS[..some]);
            count -= some;
        }
    }

    /// An argument's value; see [`expression`].
    pub(super) fn argument(&mut self, value: &Argument<'_>, indent: usize, tall: bool) {
        match value {
            Argument::Datum(datum) => self.datum(datum, indent, tall),
            Argument::Text(text) => self.text(text),
            Argument::Tags(tags) => self.map(tags.base(), tags.entries(), indent),
        }
    }

    fn datum(&mut self, value: &Datum, indent: usize, tall: bool) {
        match value {
            Datum::Null => self.push("null"),
            Datum::Bool(value) => self.push(if *value { "true" } else { "false" }),
            Datum::Number(value) => self.push(value),
            Datum::Text(text) => self.text(text),
            Datum::Symbol(symbol) => self.symbol(symbol),
            Datum::List(items) => self.list(items, indent, tall),
            Datum::Object(entries) => self.map(&[], entries, indent),
            Datum::Merge(base, entries) => self.map(base, entries, indent),
            Datum::Concat(items, lists) => {
                self.push("concat(");
                self.list(items, indent, tall);
                for list in lists {
                    self.push(", ");
                    self.symbol(list);
                }
                self.push(")");
            }
        }
    }

    fn symbol(&mut self, symbol: &Expression) {
        self.free |= is_free_symbol(symbol);
        self.push(symbol.source());
    }

    /// A string: quoted and escaped, symbols in `${…}`; one symbol alone stands bare.
    fn text(&mut self, text: &Text) {
        if let Some(symbol) = text.as_symbol() {
            return self.symbol(symbol);
        }
        self.push("\"");
        let mut parts = text.parts().iter().peekable();
        while let Some(part) = parts.next() {
            match part {
                Part::Symbol(symbol) => {
                    self.push("${");
                    self.symbol(symbol);
                    self.push("}");
                }
                Part::Literal(literal) => {
                    self.literal(literal);
                    // A `$` or `%` at the end would double as an escape of the sequence after it.
                    let sign = literal.chars().next_back().filter(|c| matches!(c, '$' | '%'));
                    if let Some(sign) = sign.filter(|_| parts.peek().is_some()) {
                        self.text.pop();
                        self.push(if sign == '$' { "\\u0024" } else { "\\u0025" });
                    }
                }
            }
        }
        self.push("\"");
    }

    /// Known characters between quotes.
    fn literal(&mut self, literal: &str) {
        if is_plain(literal) {
            return self.push(literal);
        }
        self.free |= !literal.is_ascii();
        let quoted = escape::quote(literal);
        self.push(&quoted[1..quoted.len() - 1]);
    }

    /// A text in quotes that is no value, such as a label.
    pub(super) fn quoted(&mut self, text: &str) {
        if is_plain(text) {
            self.push("\"");
            self.push(text);
            self.push("\"");
        } else {
            self.push(&escape::quote(text));
        }
    }

    fn list(&mut self, items: &[Datum], indent: usize, tall: bool) {
        if items.is_empty() {
            self.push("[]");
        } else if items.len() == 1 && !tall {
            self.push("[");
            self.datum(&items[0], indent, false);
            self.push("]");
        } else {
            self.push("[\n");
            for (at, item) in items.iter().enumerate() {
                self.blanks(indent + 2);
                self.datum(item, indent + 2, false);
                self.push(if at + 1 < items.len() { ",\n" } else { "\n" });
            }
            self.blanks(indent);
            self.push("]");
        }
    }

    /// See [`Datum::merge`].
    fn map<V: Value>(&mut self, base: &[Expression], entries: &[(Text, V)], indent: usize) {
        match (base, entries) {
            ([], _) => self.object(entries, indent),
            ([symbol], []) => self.symbol(symbol),
            _ => {
                self.push("merge(");
                for symbol in base {
                    self.symbol(symbol);
                    self.push(", ");
                }
                self.object(entries, indent);
                self.push(")");
            }
        }
    }

    fn object<V: Value>(&mut self, entries: &[(Text, V)], indent: usize) {
        if entries.is_empty() {
            return self.push("{}");
        }
        self.push("{\n");
        self.rows(
            entries,
            indent + 2,
            |(key, _)| object_key(key),
            |(_, value)| value.is_line(),
            |pen, (key, value)| {
                pen.free |= is_free(key);
                value.write(pen, indent + 2);
            },
        );
        self.blanks(indent);
        self.push("}");
    }

    /// Lines of `name = value`, the `=` of each unbroken run of one-line values under each other.
    pub(super) fn rows<T>(
        &mut self,
        mut rows: &[T],
        indent: usize,
        name: impl Fn(&T) -> Cow<'_, str>,
        is_line: impl Fn(&T) -> bool,
        write: impl Fn(&mut Self, &T),
    ) {
        while !rows.is_empty() {
            let run = rows.iter().take_while(|row| is_line(row)).count();
            let widest = match run {
                0 | 1 => 0,
                _ => rows[..run].iter().map(|row| width(&name(row))).max().unwrap_or(0),
            };
            let (now, later) = rows.split_at(run.max(1));
            for row in now {
                let name = name(row);
                self.blanks(indent);
                self.push(&name);
                self.blanks(widest.saturating_sub(width(&name)));
                self.push(" = ");
                write(self, row);
                self.push("\n");
            }
            rows = later;
        }
    }
}

/// A value of a map.
trait Value {
    /// Whether it is written on one line.
    fn is_line(&self) -> bool;

    fn write(&self, pen: &mut Pen, indent: usize);
}

impl Value for Datum {
    fn is_line(&self) -> bool {
        datum_is_line(self, false)
    }

    fn write(&self, pen: &mut Pen, indent: usize) {
        pen.datum(self, indent, false);
    }
}

impl Value for Text {
    fn is_line(&self) -> bool {
        self.parts().iter().all(|part| match part {
            Part::Literal(_) => true,
            Part::Symbol(symbol) => symbol_is_line(symbol),
        })
    }

    fn write(&self, pen: &mut Pen, _: usize) {
        pen.text(self);
    }
}

/// Whether an argument's value is written on one line.
pub(super) fn argument_is_line(value: &Argument<'_>, tall: bool) -> bool {
    match value {
        Argument::Datum(datum) => datum_is_line(datum, tall),
        Argument::Text(text) => text.is_line(),
        Argument::Tags(tags) => map_is_line(tags.base(), tags.entries()),
    }
}

fn datum_is_line(value: &Datum, tall: bool) -> bool {
    let list = |items: &[Datum]| match items {
        [] => true,
        [item] => !tall && datum_is_line(item, false),
        _ => false,
    };
    match value {
        Datum::Null | Datum::Bool(_) | Datum::Number(_) => true,
        Datum::Text(text) => text.is_line(),
        Datum::Symbol(symbol) => symbol_is_line(symbol),
        Datum::List(items) => list(items),
        Datum::Concat(items, lists) => list(items) && lists.iter().all(symbol_is_line),
        Datum::Object(entries) => entries.is_empty(),
        Datum::Merge(base, entries) => map_is_line(base, entries),
    }
}

fn map_is_line<V>(base: &[Expression], entries: &[(Text, V)]) -> bool {
    entries.is_empty() && base.iter().all(symbol_is_line)
}

fn is_free(text: &Text) -> bool {
    text.parts().iter().any(|part| match part {
        Part::Literal(literal) => !literal.is_ascii(),
        Part::Symbol(symbol) => is_free_symbol(symbol),
    })
}

fn is_free_symbol(symbol: &Expression) -> bool {
    !symbol.source().bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
}

fn symbol_is_line(symbol: &Expression) -> bool {
    !symbol.source().contains('\n')
}

/// Whether all characters stand for themselves in a quoted string, wherever they stand.
fn is_plain(text: &str) -> bool {
    text.bytes().fold(true, |all, byte| all & PLAIN[usize::from(byte)])
}

/// Bytes that do; a table, for every byte of a spec's texts is looked up.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = b' ';
    while byte <= b'~' {
        plain[byte as usize] = !matches!(byte, b'"' | b'\\' | b'$' | b'%');
        byte += 1;
    }
    plain
};

/// A key of an object: bare where it is a name, quoted or in parentheses elsewhere.
pub fn object_key(key: &Text) -> Cow<'_, str> {
    match (key.as_literal(), key.as_symbol()) {
        (Some(literal), _) if escape::is_name(literal) => Cow::Borrowed(literal),
        (_, Some(symbol)) => Cow::Owned(format!("({})", symbol.source())),
        _ => {
            let mut pen = Pen::default();
            pen.text(key);
            Cow::Owned(pen.text)
        }
    }
}

fn width(name: &str) -> usize {
    if name.is_ascii() { name.len() } else { name.chars().count() }
}
