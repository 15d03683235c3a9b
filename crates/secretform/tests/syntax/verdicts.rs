//! Taken or refused: by hand-written texts, by all of the corpus, by broken copies of it.

use secretform::syntax::lex::{lex, lex_item};
use secretform::syntax::{File, Token, next_item, parse_item};

use crate::{corpus, oracle};

fn takes(text: &[u8]) -> bool {
    File::parse(text).errors().is_empty()
}

fn unescape(line: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut bytes = line.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        out.push(match bytes.next().unwrap() {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'x' => {
                let hex = [bytes.next().unwrap(), bytes.next().unwrap()];
                u8::from_str_radix(str::from_utf8(&hex).unwrap(), 16).unwrap()
            }
            other => other,
        });
    }
    out
}

/// Tokens and the blanks between them are the text, as a whole and item by item.
fn assert_lossless(text: &[u8]) {
    let tokens = lex(text);
    let mut at = 0;
    for token in &tokens {
        let gap = &text[at..token.start as usize];
        let blank = gap.iter().all(|byte| matches!(byte, b' ' | b'\t'));
        assert!(blank || at == 0 && gap.starts_with(b"\xef\xbb\xbf"));
        assert!(token.start < token.end);
        at = token.end as usize;
    }
    let (mut by_item, mut position): (Vec<Token>, usize) = (Vec::new(), 0);
    while position < text.len() {
        position = lex_item(text, position, &mut by_item);
    }
    assert_eq!(tokens, by_item);
}

/// Whether `taken` is Terraform's verdict too; else the differences, to be shown.
fn differences(texts: &[Vec<u8>]) -> Vec<String> {
    let Some(expected) = oracle::verdicts(texts) else { return Vec::new() };
    let differs = |(text, taken): &(&Vec<u8>, bool)| takes(text) != *taken;
    let show = |(text, taken): (&Vec<u8>, bool)| {
        format!("terraform {}: {}", if taken { "takes" } else { "refuses" }, text.escape_ascii())
    };
    texts.iter().zip(expected).filter(differs).map(show).collect()
}

#[test]
fn hand_written_texts_are_taken_and_refused_as_by_terraform() {
    let lines = include_str!("verdicts.txt").lines().filter(|line| !line.starts_with('#'));
    let (mut by_terraform, mut count) = (Vec::new(), 0);
    for line in lines {
        let (verdict, text) = line.split_at(2);
        let text = unescape(text);
        assert_lossless(&text);
        assert_eq!(takes(&text), verdict == "+ ", "{line}: {:?}", File::parse(&text).errors());
        if verdict != "! " {
            by_terraform.push(text);
        }
        count += 1;
    }
    assert!(count > 300);
    assert_eq!(differences(&by_terraform), [""; 0]);
}

#[test]
fn real_files_are_taken_and_their_items_parse_alone_as_together() {
    let mut tokens = Vec::new();
    for text in corpus::texts() {
        assert_lossless(&text);
        let file = File::parse(&text);
        assert_eq!(file.errors(), []);
        let mut items = file.body().items();
        let mut position = 0;
        while let Some(item) = next_item(&text, position, &mut tokens) {
            let item = item.unwrap();
            let together = items.next().unwrap();
            assert_eq!(item.span, together.span());
            let alone = parse_item(&text, &item);
            let alone = alone.body().items().next().unwrap();
            assert_eq!(format!("{alone:?}"), format!("{together:?}"));
            position = item.span.end as usize;
        }
        assert!(items.next().is_none());
    }
}

#[test]
fn broken_copies_of_real_files_are_taken_and_refused_as_by_terraform() {
    const PIECES: &[&[u8]] = &[
        b"\"",
        b"${",
        b"%{",
        b"}",
        b"{",
        b"[",
        b"]",
        b"(",
        b")",
        b",",
        b"=",
        b":",
        b"::",
        b".",
        b"...",
        b"=>",
        b"?",
        b"\n",
        b"\r\n",
        b"\r",
        b"#",
        b"//",
        b"/*",
        b"*/",
        b"<<EOT\n",
        b"EOT\n",
        b"!",
        b"-",
        b"&&",
        b"~}",
        b"${~",
        b"*",
        b"[*]",
        b".*",
        b" for ",
        b" in ",
        b" if ",
        b"$",
        b"$${",
        b"\\",
        b"\\n",
        b"\0",
        b"\xc3\xa9",
        b"1.5",
        b"a",
        b"null",
        b"%{ if a }",
        b"%{ endif }",
        b"%{ else }",
        b"'",
        b"`",
        b";",
        b"\xef\xbb\xbf",
        b"\t",
    ];
    let files = corpus::texts();
    if files.is_empty() {
        return;
    }
    let mut random = Random(0x5ec2_e7f0_4d11_2026);
    let mut broken: Vec<Vec<u8>> = Vec::new();
    while broken.len() < 1500 {
        let mut text = files[random.below(files.len())].clone();
        text.truncate(4000);
        if text.is_empty() {
            continue;
        }
        for _ in 0..1 + random.below(2) {
            // At a word's edge more often than inside one.
            let from = random.below(text.len());
            let edge = text[from..].iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(0);
            let at = if random.below(4) > 0 { from + edge } else { from };
            let until = (at + random.below(3)).min(text.len());
            let piece = if random.below(3) > 0 { PIECES[random.below(PIECES.len())] } else { b"" };
            text.splice(at..until, piece.iter().copied());
        }
        assert_lossless(&text);
        broken.push(text);
    }
    assert_eq!(differences(&broken), [""; 0]);
}

/// xorshift: the same numbers in each run.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}
