//! How a file lays out its JSON, read off its own bytes, and writing new values that way.

use super::{Json, Member, Value, ValueKind, escape};
use crate::source::Span;

/// The layout of new values in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    newline: &'static str,
    unit: String,
    colon: String,
    gap: String,
    multiline: bool,
    arrays: Vec<ArrayStyle>,
}

/// An array of plain values as it stands in the file: what new ones are modelled on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ArrayStyle {
    key: Option<String>,
    several: bool,
    lines: bool,
    pad: String,
}

/// Four spaces, one element per line, `\n`: what secretform writes into a new file.
impl Default for Style {
    fn default() -> Self {
        Self {
            newline: "\n",
            unit: "    ".to_owned(),
            colon: ": ".to_owned(),
            gap: " ".to_owned(),
            multiline: true,
            arrays: Vec::new(),
        }
    }
}

/// More arrays than this teach nothing new.
const MAX_SAMPLES: usize = 64;

impl Style {
    /// The style of `root` in `bytes`; what the file leaves open is as in the default.
    pub fn of(bytes: &[u8], root: &Value) -> Self {
        let mut style = Self::default();
        if memchr::memchr(b'\n', bytes).is_some_and(|at| at > 0 && bytes[at - 1] == b'\r') {
            style.newline = "\r\n";
        }
        let empty = match &root.kind {
            ValueKind::Array(items) => items.is_empty(),
            ValueKind::Object(members) => members.is_empty(),
            _ => true,
        };
        style.multiline = empty || memchr::memchr(b'\n', &bytes[root.span.range()]).is_some();
        let mut seen = Seen::default();
        seen.look(bytes, root, None);
        if let Some(unit) = seen.unit {
            style.unit = unit;
        }
        if let Some(colon) = seen.colon {
            if !style.multiline && colon == ":" {
                style.gap = String::new();
            }
            style.colon = colon;
        }
        if let Some(gap) = seen.gap {
            style.gap = gap;
        }
        style.arrays = seen.arrays;
        style
    }

    pub(super) fn gap(&self) -> &str {
        &self.gap
    }

    pub(super) fn colon(&self) -> &str {
        &self.colon
    }

    /// `value` as text; `indent` is that of the line it begins on, `key` the key it stands under.
    pub fn write(&self, value: &Json, indent: &str, key: Option<&str>) -> String {
        let mut out = String::new();
        self.push(&mut out, value, indent, key);
        out
    }

    fn push(&self, out: &mut String, value: &Json, indent: &str, key: Option<&str>) {
        match value {
            Json::Null => out.push_str("null"),
            Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Json::Number(text) => out.push_str(text),
            Json::String(text) => escape::push_quoted(out, text),
            Json::Array(items) => {
                let plain = !items.iter().any(Json::is_container);
                let (lines, pad) =
                    if plain { self.array(key, items.len() > 1) } else { (self.multiline, "") };
                let inner = format!("{indent}{}", self.unit);
                self.push_list(out, ['[', ']'], items, indent, (lines, pad), |out, item| {
                    self.push(out, item, if lines { &inner } else { indent }, None);
                });
            }
            Json::Object(members) => {
                let inner = format!("{indent}{}", self.unit);
                let lines = self.multiline;
                self.push_list(out, ['{', '}'], members, indent, (lines, ""), |out, (key, value)| {
                    escape::push_quoted(out, key);
                    out.push_str(&self.colon);
                    self.push(out, value, if lines { &inner } else { indent }, Some(key));
                });
            }
        }
    }

    fn push_list<T>(
        &self,
        out: &mut String,
        [open, close]: [char; 2],
        items: &[T],
        indent: &str,
        (lines, pad): (bool, &str),
        mut push: impl FnMut(&mut String, &T),
    ) {
        out.push(open);
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            if lines {
                self.push_line(out, indent, 1);
            } else {
                out.push_str(if at > 0 { &self.gap } else { pad });
            }
            push(out, item);
        }
        if !items.is_empty() {
            if lines {
                self.push_line(out, indent, 0);
            } else {
                out.push_str(pad);
            }
        }
        out.push(close);
    }

    fn push_line(&self, out: &mut String, indent: &str, depth: usize) {
        out.push_str(self.newline);
        out.push_str(indent);
        (0..depth).for_each(|_| out.push_str(&self.unit));
    }

    /// The three pieces of text around the elements of an array of plain values that begins
    /// on a line with `indent`: after `[`, between elements (its comma included), before `]`.
    pub(super) fn around(&self, indent: &str, key: Option<&str>, several: bool) -> [String; 3] {
        let (lines, pad) = self.array(key, several);
        if lines {
            let inner = format!("{}{indent}{}", self.newline, self.unit);
            [inner.clone(), format!(",{inner}"), format!("{}{indent}", self.newline)]
        } else {
            [pad.to_owned(), format!(",{}", self.gap), pad.to_owned()]
        }
    }

    /// Whether an array of plain values has a line per element, else the blanks within its
    /// brackets: as another one under the same key, or of the same length, or any.
    fn array(&self, key: Option<&str>, several: bool) -> (bool, &str) {
        let close =
            |sample: &&ArrayStyle| (key.is_some() && sample.key.as_deref() == key, sample.several == several);
        // The first of the closest: max_by_key would give the last.
        match self.arrays.iter().rev().max_by_key(close) {
            Some(sample) => (sample.lines, &sample.pad),
            None => (self.multiline, ""),
        }
    }
}

/// What was seen of a file's layout, the first of each kind.
#[derive(Default)]
struct Seen {
    unit: Option<String>,
    colon: Option<String>,
    gap: Option<String>,
    arrays: Vec<ArrayStyle>,
}

impl Seen {
    fn look(&mut self, bytes: &[u8], value: &Value, key: Option<&str>) {
        match &value.kind {
            ValueKind::Array(items) => {
                let spans: Vec<Span> = items.iter().take(2).map(|item| item.span).collect();
                self.list(bytes, value, &spans);
                let plain = |item: &Value| !matches!(item.kind, ValueKind::Array(_) | ValueKind::Object(_));
                if !items.is_empty() && items.iter().all(plain) && self.arrays.len() < MAX_SAMPLES {
                    let pad = blanks_before(bytes, spans[0].start);
                    let lines = pad.contains('\n');
                    self.arrays.push(ArrayStyle {
                        key: key.map(str::to_owned),
                        several: items.len() > 1,
                        lines,
                        pad: if lines { String::new() } else { pad.to_owned() },
                    });
                }
                items.iter().for_each(|item| self.look(bytes, item, None));
            }
            ValueKind::Object(members) => {
                let spans: Vec<Span> = members.iter().take(2).map(Member::span).collect();
                self.list(bytes, value, &spans);
                for member in members {
                    if self.colon.is_none() {
                        let between = Span { start: member.key_span.end, end: member.value.span.start };
                        self.colon =
                            text(bytes, between).filter(|text| !text.contains('\n')).map(str::to_owned);
                    }
                    self.look(bytes, &member.value, Some(&member.key));
                }
            }
            _ => {}
        }
    }

    fn list(&mut self, bytes: &[u8], list: &Value, elements: &[Span]) {
        let Some(first) = elements.first() else { return };
        let before = blanks_before(bytes, first.start);
        if self.unit.is_none()
            && let Some((_, inner)) = before.rsplit_once('\n')
            && let Some(unit) = inner.strip_prefix(indent_of(bytes, list.span.start))
            && !unit.is_empty()
        {
            self.unit = Some(unit.to_owned());
        }
        if self.gap.is_none()
            && let Some(second) = elements.get(1)
        {
            let gap = blanks_before(bytes, second.start);
            if !gap.contains('\n') {
                self.gap = Some(gap.to_owned());
            }
        }
    }
}

fn text(bytes: &[u8], span: Span) -> Option<&str> {
    std::str::from_utf8(bytes.get(span.range())?).ok()
}

/// The white space right before `at`.
pub(super) fn blanks_before(bytes: &[u8], at: u32) -> &str {
    let before = &bytes[..at as usize];
    let len = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
    std::str::from_utf8(&before[before.len() - len..]).unwrap_or_default()
}

/// The white space that the line of `at` begins with.
pub(super) fn indent_of(bytes: &[u8], at: u32) -> &str {
    let before = &bytes[..at as usize];
    let line = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
    let len = before[line..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    std::str::from_utf8(&before[line..line + len]).unwrap_or_default()
}
