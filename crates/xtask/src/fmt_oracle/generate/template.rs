//! Random templates: quoted strings and both heredocs, with interpolations and directives.

use super::{expression, pen::Pen};

/// A quoted string.
pub(super) fn quoted(pen: &mut Pen, depth: usize) {
    pen.token("\"");
    let free = std::mem::take(&mut pen.free);
    parts(pen, depth, false);
    pen.free = free;
    pen.raw("\"");
}

/// A heredoc, with the newline after it.
pub(super) fn heredoc(pen: &mut Pen, depth: usize) {
    let word = pen.one(&["EOT", "E", "é", "END_1", "x-y"]);
    let indented = pen.chance(50);
    pen.token(if indented { "<<-" } else { "<<" });
    pen.raw(word);
    pen.raw("\n");
    let free = std::mem::take(&mut pen.free);
    for _ in 0..pen.rng.usize(0..4) {
        let blanks = pen.one(&["", "  ", "    ", "\t", " "]);
        pen.raw(blanks);
        parts(pen, depth, true);
        pen.raw("\n");
    }
    pen.free = free;
    if indented || pen.chance(10) {
        let blanks = pen.one(&["", "  ", "\t", "      "]);
        pen.raw(blanks);
    }
    pen.raw(word);
    // What follows must stand on a line of its own.
    if pen.free > 0 || pen.chance(20) {
        pen.line_end();
    }
}

fn parts(pen: &mut Pen, depth: usize, lines: bool) {
    for _ in 0..pen.rng.usize(0..4) {
        match pen.rng.u8(0..16) {
            0..=6 => text(pen, lines),
            7..=12 => interpolation(pen, depth),
            13 | 14 => condition(pen, depth),
            _ => repetition(pen, depth),
        }
    }
}

fn text(pen: &mut Pen, lines: bool) {
    let texts = [
        "a",
        "x y",
        " ",
        "  two",
        "$${x}",
        "%%{y}",
        "$",
        "%",
        "$$",
        "%%",
        "é",
        "漢字",
        "e\u{301}",
        "👩‍👩‍👧",
        "क्‍ष",
        "{",
        "}",
        "[",
        "#",
        "/* */",
        "//",
        "=",
        "= ",
        ",",
        "$x",
        "%y",
        "~",
        "-",
        "\u{a0}",
        "$$$",
        "क्ष",
        "ก็",
        "🇩🇪🇩🇪",
        "각",
    ];
    let escapes = ["\\n", "\\t", "\\\"", "\\\\", "\\u00e9", "\\U0001F600", "\\r"];
    let free = ["\"q\"", "\\", "\n", "\n\n", "  \n", "\\n", "EOT "];
    let slips = ["\\x", "\\u1", "\"", "\n", "\\U00110000", "\\ud800", "\t"];
    let text = match (pen.rng.u8(0..20), lines) {
        (0..=3, false) => pen.one(&escapes),
        (0..=3, true) => pen.one(&free),
        (4, _) if pen.chance(10) => pen.one(&slips),
        _ => pen.one(&texts),
    };
    pen.raw(text);
}

fn sequence(pen: &mut Pen, open: &str, fill: impl FnOnce(&mut Pen)) {
    pen.raw(open);
    if pen.chance(12) {
        pen.raw("~");
    }
    let free = std::mem::replace(&mut pen.free, 1);
    fill(pen);
    pen.free = free;
    if pen.chance(12) {
        pen.token("~");
        pen.raw("}");
    } else {
        pen.token("}");
    }
}

fn interpolation(pen: &mut Pen, depth: usize) {
    sequence(pen, "${", |pen| expression::any(pen, depth));
}

fn condition(pen: &mut Pen, depth: usize) {
    sequence(pen, "%{", |pen| {
        pen.token("if");
        expression::any(pen, depth);
    });
    pen.raw(pen_text(depth));
    if pen.chance(40) {
        sequence(pen, "%{", |pen| pen.token("else"));
        interpolation(pen, depth.min(1));
    }
    sequence(pen, "%{", |pen| pen.token("endif"));
}

fn repetition(pen: &mut Pen, depth: usize) {
    sequence(pen, "%{", |pen| {
        pen.token("for");
        pen.token_of(&["k", "v", "in"]);
        if pen.chance(40) {
            pen.token(",");
            pen.token("w");
        }
        pen.token("in");
        expression::any(pen, depth);
    });
    pen.raw(pen_text(depth + 1));
    if pen.chance(40) {
        interpolation(pen, depth.min(1));
    }
    sequence(pen, "%{", |pen| pen.token("endfor"));
}

fn pen_text(depth: usize) -> &'static str {
    ["", " ", "t", "w x"][depth % 4]
}
