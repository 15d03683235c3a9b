//! Lays a file out anew at random: blanks, tabs, newlines, comments, line ends, a byte order
//! mark, a value wrapped as `"${value}"`. Most results are valid if the file was.

use fastrand::Rng;

use super::pieces::{Kind, Piece, cut};

const COMMENTS: &[&str] =
    &["# c", "// d", "#", "/* e */", "# é漢क्‍ष ${x}", "/**/", "# \"q", "//漢字", "/* {[( */"];

/// A copy of `bytes` with another layout.
pub(crate) fn relay(bytes: &[u8], rng: &mut Rng) -> Vec<u8> {
    let pieces = cut(bytes);
    let style = Style {
        tight: rng.bool(),
        wild: rng.u8(0..40),
        newlines: if rng.bool() { rng.u8(0..12) } else { 0 },
        comments: if rng.bool() { rng.u8(0..8) } else { 0 },
        wraps: if rng.bool() { rng.u8(0..20) } else { 0 },
        crlf: match rng.u8(0..10) {
            0 => 100,
            1 => 20,
            _ => 0,
        },
    };
    let mut out = Vec::with_capacity(bytes.len() * 2);
    if rng.u8(0..30) == 0 {
        out.extend_from_slice("\u{feff}".as_bytes());
    }
    let mut brackets: Vec<u8> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece.kind {
            Kind::Blank => style.blanks(piece, pieces.get(at + 1), &brackets, &mut out, rng),
            Kind::Newline => {
                if style.hit(style.comments, rng) {
                    style.gap(&mut out, rng);
                    out.extend_from_slice(rng.choice(COMMENTS).unwrap_or(&"#").as_bytes());
                }
                if style.hit(style.wild / 4, rng) {
                    style.gap(&mut out, rng);
                }
                style.newline(piece.text, &mut out, rng);
                if style.hit(style.newlines, rng) {
                    style.newline(piece.text, &mut out, rng);
                }
            }
            _ => style.thing(&pieces, at, &mut brackets, &mut out, rng),
        }
    }
    match rng.u8(0..24) {
        0 => while out.pop_if(|byte| matches!(byte, b'\n' | b'\r')).is_some() {},
        1 => out.extend_from_slice(b"  \t "),
        2 => out.extend_from_slice(b"\n\n"),
        _ => {}
    }
    out
}

struct Style {
    tight: bool,
    wild: u8,
    newlines: u8,
    comments: u8,
    wraps: u8,
    crlf: u8,
}

impl Style {
    fn hit(&self, percent: u8, rng: &mut Rng) -> bool {
        rng.u8(0..100) < percent
    }

    fn gap(&self, out: &mut Vec<u8>, rng: &mut Rng) {
        let few = ["", " ", " ", "  ", "     ", "\t", " \t "];
        out.extend_from_slice(rng.choice(few).unwrap_or(" ").as_bytes());
    }

    fn newline(&self, was: &[u8], out: &mut Vec<u8>, rng: &mut Rng) {
        let crlf: &[u8] = b"\r\n";
        out.extend_from_slice(if self.hit(self.crlf, rng) { crlf } else { was });
    }

    fn blanks(
        &self,
        piece: &Piece<'_>,
        next: Option<&Piece<'_>>,
        brackets: &[u8],
        out: &mut Vec<u8>,
        rng: &mut Rng,
    ) {
        let in_list = matches!(brackets.last(), Some(b'(' | b'['));
        if in_list && self.hit(self.newlines / 2, rng) {
            self.newline(b"\n", out, rng);
        }
        if self.hit(self.wild, rng) {
            out.push(b' ');
            self.gap(out, rng);
        } else if self.tight {
            let word =
                |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'"') || byte >= 0x80;
            let before = out.last().is_some_and(|byte| word(*byte));
            let after = next.and_then(|piece| piece.text.first()).is_some_and(|byte| word(*byte));
            if before && after {
                out.push(b' ');
            }
        } else {
            out.extend_from_slice(piece.text);
        }
    }

    fn thing(
        &self,
        pieces: &[Piece<'_>],
        at: usize,
        brackets: &mut Vec<u8>,
        out: &mut Vec<u8>,
        rng: &mut Rng,
    ) {
        let piece = pieces[at];
        if piece.kind == Kind::Mark && self.hit(self.wild, rng) {
            self.gap(out, rng);
        }
        if self.hit(self.comments / 4, rng) {
            out.extend_from_slice(b" /* i */ ");
        }
        let value = at >= 2 && pieces[at - 2].text == b"=" && piece.kind != Kind::Comment;
        let line_end = pieces.get(at + 1).is_none_or(|next| next.kind == Kind::Newline);
        let wraps = value && line_end && matches!(piece.kind, Kind::Word | Kind::Quoted);
        if wraps && self.hit(self.wraps, rng) {
            let (open, close) = *rng
                .choice(&[
                    ("\"${", "}\""),
                    ("\"${ ", " }\""),
                    ("\"${~ ", "~}\""),
                    ("(", ")"),
                    ("\"${\n", "\n}\""),
                ])
                .unwrap_or(&("(", ")"));
            out.extend_from_slice(open.as_bytes());
            out.extend_from_slice(piece.text);
            out.extend_from_slice(close.as_bytes());
        } else if piece.kind == Kind::Quoted && self.hit(self.comments / 4, rng) && piece.text.len() > 2 {
            out.extend_from_slice(&piece.text[..piece.text.len() - 1]);
            out.extend_from_slice(
                rng.choice(["é", "漢", "e\u{301}", "👩‍👩‍👧", "क्‍ष", "🇩🇪"]).unwrap_or("é").as_bytes(),
            );
            out.push(b'"');
        } else {
            out.extend_from_slice(piece.text);
        }
        match piece.text {
            b"(" | b"[" | b"{" => brackets.push(piece.text[0]),
            b")" | b"]" | b"}" => {
                brackets.pop();
            }
            _ => {}
        }
        let in_list = matches!(brackets.last(), Some(b'(' | b'['));
        if in_list && matches!(piece.text, b"," | b"(" | b"[") && self.hit(self.newlines, rng) {
            self.newline(b"\n", out, rng);
        }
        if piece.kind == Kind::Mark && self.hit(self.wild, rng) {
            self.gap(out, rng);
        }
    }
}
