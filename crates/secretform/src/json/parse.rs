//! Bytes → values. All errors of a text are collected: after each, reading goes on where
//! the next comma, bracket or value says how.

use super::{Member, SyntaxError, Value, ValueKind};
use crate::source::Span;

/// How deeply arrays and objects may nest; one level more is an error.
pub const MAX_DEPTH: usize = 400;

/// Past this many errors a text is no JSON at all, and more of them tell nothing.
const MAX_ERRORS: usize = 50;

/// Reads one JSON value (RFC 8259), a byte order mark before it allowed.
///
/// Keys that stand twice are no error here: [`Value::duplicates`] tells of them.
///
/// # Errors
/// All that is wrong with the text, in order of place; never empty.
pub fn parse(bytes: &[u8]) -> Result<Value, Vec<SyntaxError>> {
    let mut parser = Parser { bytes, pos: 0, open: Vec::new(), errors: Vec::new(), at_end: false };
    let value = parser.document();
    let mut errors = parser.errors;
    errors.sort_by_key(|error| error.span);
    match value {
        Some(value) if errors.is_empty() => Ok(value),
        _ => Err(errors),
    }
}

pub(super) struct Parser<'s> {
    pub(super) bytes: &'s [u8],
    pub(super) pos: usize,
    /// The brackets that are open, innermost last.
    open: Vec<u8>,
    errors: Vec<SyntaxError>,
    /// Whether the text's early end, or too many errors, were reported: nothing is read any
    /// more, and the brackets that are open need no error of their own.
    at_end: bool,
}

impl Parser<'_> {
    fn document(&mut self) -> Option<Value> {
        let bytes = self.bytes;
        if u32::try_from(bytes.len()).is_err() {
            self.error(SyntaxError::new(Span::at(0), "the file is larger than 4 GiB"));
            return None;
        }
        if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
            let error = SyntaxError::new(Span::new(0, 2), "the file is UTF-16, JSON is UTF-8");
            self.error(error.help("save it as UTF-8"));
            return None;
        }
        if bytes.starts_with(b"\xef\xbb\xbf") {
            self.pos = 3;
        }
        self.check_utf8();
        self.blanks();
        if self.pos == bytes.len() {
            self.error(SyntaxError::new(Span::at(self.pos), "the file is empty, where JSON is expected"));
            return None;
        }
        let value = self.value();
        self.blanks();
        if self.pos < bytes.len() && !self.at_end {
            let end = self.word_end(self.pos);
            let error = SyntaxError::new(Span::new(self.pos, end), "text after the end of the JSON value");
            let help = match bytes[self.pos] {
                b'}' | b']' => "remove the bracket, or open it first",
                _ => "a JSON file holds one value: remove the rest",
            };
            self.error(error.label("after the end").help(help));
        }
        value
    }

    fn check_utf8(&mut self) {
        let mut at = 0;
        for chunk in self.bytes.utf8_chunks() {
            at += chunk.valid().len();
            let bad = chunk.invalid().len();
            if bad > 0 {
                let error = SyntaxError::new(Span::new(at, at + bad), "the file is not UTF-8 here");
                if !self.error(error.label("not UTF-8").help("save the file as UTF-8")) {
                    return;
                }
            }
            at += bad;
        }
    }

    /// Keeps an error; false once there are too many to go on.
    pub(super) fn error(&mut self, error: SyntaxError) -> bool {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(error);
        }
        self.at_end |= self.errors.len() >= MAX_ERRORS;
        !self.at_end
    }

    /// The next byte; none at the end of the text, or once reading was given up.
    pub(super) fn peek(&self) -> Option<u8> {
        if self.at_end { None } else { self.bytes.get(self.pos).copied() }
    }

    /// Says that reading stops here, and that this was reported.
    pub(super) fn give_up(&mut self) {
        self.at_end = true;
    }

    /// Reads a value; `None` if there is none, which was reported.
    fn value(&mut self) -> Option<Value> {
        let start = self.pos;
        let kind = match self.peek()? {
            b'{' | b'[' if self.open.len() == MAX_DEPTH => {
                self.too_deep();
                return None;
            }
            b'{' => ValueKind::Object(self.object()),
            b'[' => ValueKind::Array(self.array()),
            b'"' | b'\'' => ValueKind::String(self.string()),
            b'-' | b'+' | b'.' | b'0'..=b'9' => ValueKind::Number(self.number()),
            _ => self.word()?,
        };
        Some(Value { span: Span::new(start, self.pos), kind })
    }

    fn array(&mut self) -> Vec<Value> {
        let mut items = Vec::new();
        self.list(b'[', |parser| {
            items.extend(parser.value());
        });
        items
    }

    fn object(&mut self) -> Vec<Member> {
        let mut members = Vec::new();
        self.list(b'{', |parser| {
            members.extend(parser.member());
        });
        members
    }

    /// What arrays and objects have in common: brackets, commas, and how to go on when one
    /// is missing. What reports errors stands apart, to keep the frames of nesting small.
    fn list(&mut self, bracket: u8, mut element: impl FnMut(&mut Self)) {
        let mut list = List { start: self.pos, bracket, any: false, comma: None };
        self.open.push(bracket);
        self.pos += 1;
        while self.next_element(&mut list) {
            let before = self.pos;
            element(self);
            // Whatever an element makes of the text, it must get on.
            if self.pos == before {
                self.pos += 1;
            }
            self.element_end(&mut list);
        }
        self.open.pop();
    }

    /// Goes to the next element; false where the list ends, its bracket taken.
    fn next_element(&mut self, list: &mut List) -> bool {
        loop {
            let last_end = self.pos;
            self.blanks();
            match self.peek() {
                None => {
                    self.unclosed(list.start);
                    return false;
                }
                Some(found @ (b']' | b'}')) => {
                    if let Some(at) = list.comma {
                        let message = format!("JSON takes no comma before `{}`", char::from(found));
                        let error = SyntaxError::new(Span::new(at, at + 1), message);
                        self.error(error.label("one comma too many").help("remove the comma"));
                    }
                    let close = if list.bracket == b'[' { b']' } else { b'}' };
                    if found == close {
                        self.pos += 1;
                    } else {
                        self.mismatch(list.start, found, close);
                    }
                    return false;
                }
                Some(b',') => {
                    let span = Span::new(self.pos, self.pos + 1);
                    let error = SyntaxError::new(span, "nothing stands before this comma");
                    self.error(error.help("remove it, or write the value that is missing"));
                    self.pos += 1;
                    list.comma = None;
                    list.any = false;
                }
                Some(_) => {
                    if list.any && list.comma.is_none() {
                        let error = SyntaxError::new(Span::at(last_end), "a comma is missing here");
                        self.error(error.label("comma expected").help("put `,` between the two"));
                    }
                    return true;
                }
            }
        }
    }

    fn element_end(&mut self, list: &mut List) {
        list.any = true;
        let end = self.pos;
        self.blanks();
        list.comma = (self.peek() == Some(b',')).then_some(self.pos);
        self.pos = list.comma.map_or(end, |at| at + 1);
    }

    fn member(&mut self) -> Option<Member> {
        let start = self.pos;
        let key = self.key()?;
        let key_span = Span::new(start, self.pos);
        if !self.colon() {
            return None;
        }
        self.value().map(|value| Member { key, key_span, value })
    }

    fn key(&mut self) -> Option<String> {
        let span = Span::new(self.pos, self.pos + 1);
        Some(match self.peek()? {
            b'"' | b'\'' => self.string(),
            b':' => {
                self.error(SyntaxError::new(span, "a key is missing before this `:`"));
                String::new()
            }
            b'{' | b'[' => {
                let error = SyntaxError::new(span, "an object holds keys and values");
                self.error(error.label("key expected").help("write \"key\": before it"));
                self.skip_brackets();
                return None;
            }
            _ => self.bare_key(),
        })
    }

    /// Goes from the end of a key to the value; false if there is none, which was reported.
    fn colon(&mut self) -> bool {
        let key_end = self.pos;
        self.blanks();
        match self.peek() {
            Some(b':') => self.pos += 1,
            Some(b'=') => {
                let error =
                    SyntaxError::new(Span::new(self.pos, self.pos + 1), "JSON writes `:` after a key");
                self.error(error.label("`:` expected").help("write `:` for `=`"));
                self.pos += 1;
                if self.peek() == Some(b'>') {
                    self.pos += 1;
                }
            }
            next => {
                if next.is_some() {
                    let error =
                        SyntaxError::new(Span::at(key_end), "`:` and a value are missing after this key");
                    self.error(error.label("`:` expected"));
                }
                return matches!(next, Some(b'"' | b'{' | b'[' | b'0'..=b'9'));
            }
        }
        let colon_end = self.pos;
        self.blanks();
        if !matches!(self.peek(), Some(b',' | b'}' | b']')) {
            return true;
        }
        let error = SyntaxError::new(Span::at(colon_end), "a value is missing here");
        self.error(error.label("value expected"));
        false
    }

    fn unclosed(&mut self, start: usize) {
        if !self.at_end {
            let bracket = char::from(self.bytes[start]);
            let error = SyntaxError::new(
                Span::new(start, start + 1),
                format!("this `{bracket}` is never closed: the file ends before"),
            );
            let close = if bracket == '[' { ']' } else { '}' };
            self.error(error.label("never closed").help(format!("write `{close}` where it ends")));
        }
        self.at_end = true;
    }

    /// A bracket that closes another kind: if that kind is open further out, ours was
    /// forgotten; else it was mistyped.
    fn mismatch(&mut self, start: usize, found: u8, close: u8) {
        let wanted = if found == b']' { b'[' } else { b'{' };
        let (open, found, close) = (char::from(self.bytes[start]), char::from(found), char::from(close));
        let line = 1 + memchr::memchr_iter(b'\n', &self.bytes[..start]).count();
        let error = SyntaxError::new(
            Span::new(self.pos, self.pos + 1),
            format!("`{found}` where the `{open}` of line {line} needs `{close}`"),
        );
        self.error(error.label(format!("`{close}` expected")).help(format!("write `{close}`")));
        if !self.open.contains(&wanted) {
            self.pos += 1;
        }
    }

    fn too_deep(&mut self) {
        let error = SyntaxError::new(
            Span::new(self.pos, self.pos + 1),
            format!("arrays and objects nest deeper than {MAX_DEPTH} levels here"),
        );
        self.error(error.label("too deep"));
        self.skip_brackets();
    }

    /// Skips the brackets that open here, however many there are, without recursion.
    fn skip_brackets(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            self.pos += 1;
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => {
                    depth -= 1;
                    if depth == 0 {
                        return;
                    }
                }
                b'"' => {
                    while let Some(byte) = self.peek() {
                        self.pos += if byte == b'\\' { 2 } else { 1 };
                        if byte == b'"' || byte == b'\n' {
                            break;
                        }
                    }
                }
                _ => {}
            }
        }
        self.pos = self.bytes.len();
        self.give_up();
    }
}

/// An array or object that is being read.
struct List {
    start: usize,
    bracket: u8,
    /// Whether an element stands before.
    any: bool,
    /// The comma after the last element.
    comma: Option<usize>,
}
