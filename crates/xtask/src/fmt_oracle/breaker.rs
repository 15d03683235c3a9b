//! Breaks a file by one or two random edits of its pieces; some results still are valid.

use fastrand::Rng;

use super::pieces::{Kind, cut};

const STRAY: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "=",
    ",",
    ".",
    ":",
    "?",
    "!",
    "-",
    "+",
    "*",
    "...",
    "=>",
    "==",
    "&&",
    "|",
    "&",
    "::",
    "\"",
    "\n",
    "\r\n",
    "\r",
    "${",
    "%{",
    "~",
    "<<EOT\n",
    "<<-X\n a\n X\n",
    "# c\n",
    "/*",
    "*/",
    "in",
    "for",
    "if",
    "null",
    "true",
    "1",
    "1.5",
    "x",
    "x.0.1",
    "x[null]",
    "\"${a}\"",
    "\"$${a}\"",
    "'",
    "`",
    ";",
    "@",
    "\\",
    "\0",
    "\u{7f}",
    "é",
    "\u{37a}",
    "\u{200b}",
    "\u{feff}",
    "\u{a0}",
    "\u{2028}",
    "\t",
    "$",
    "%",
    "0x1",
    "1e5",
    "\u{1f600}",
];

/// A copy of `bytes` with one or two edits.
pub(crate) fn shatter(bytes: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut pieces: Vec<Vec<u8>> = cut(bytes)
        .into_iter()
        .flat_map(|piece| {
            // Inside strings and heredocs too: at a random byte, and sometimes at the braces.
            if matches!(piece.kind, Kind::Quoted | Kind::Heredoc) && rng.bool() {
                let at = rng.usize(0..piece.text.len());
                vec![piece.text[..at].to_vec(), piece.text[at..].to_vec()]
            } else {
                vec![piece.text.to_vec()]
            }
        })
        .collect();
    for _ in 0..rng.usize(1..=2) {
        edit(&mut pieces, rng);
    }
    pieces.concat()
}

fn edit(pieces: &mut Vec<Vec<u8>>, rng: &mut Rng) {
    if pieces.is_empty() {
        pieces.push(b"x".to_vec());
        return;
    }
    let at = pick(pieces, rng);
    let stray = rng.choice(STRAY).unwrap_or(&"x").as_bytes().to_vec();
    match rng.u8(0..12) {
        0..=2 => {
            pieces.remove(at);
        }
        3 | 4 => {
            let copy = pieces[at].clone();
            pieces.insert(at, copy);
        }
        5 | 6 => {
            let other = pick(pieces, rng);
            pieces.swap(at, other);
        }
        7 | 8 => pieces[at] = stray,
        9 => pieces.truncate(at),
        10 if rng.u8(0..4) == 0 => pieces.insert(at, vec![rng.u8(0x80..=0xff)]),
        _ => pieces.insert(at, stray),
    }
}

/// A piece that is not mere blanks, if chance finds one soon.
fn pick(pieces: &[Vec<u8>], rng: &mut Rng) -> usize {
    let mut at = 0;
    for _ in 0..4 {
        at = rng.usize(0..pieces.len());
        if !pieces[at].iter().all(|byte| *byte == b' ') {
            break;
        }
    }
    at
}
