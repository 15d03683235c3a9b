//! Random expressions: each operator, collection, traversal and `for`.

use super::{pen::Pen, template};

/// An expression at most `depth` deep.
pub(super) fn any(pen: &mut Pen, depth: usize) {
    if depth == 0 {
        return simple(pen);
    }
    match pen.rng.u8(0..32) {
        0..=6 => simple(pen),
        7 | 8 => template::quoted(pen, depth - 1),
        9 => template::heredoc(pen, depth - 1),
        10 | 11 => tuple(pen, depth - 1),
        12..=14 => object(pen, depth - 1),
        15 | 16 => call(pen, depth - 1),
        17 => paren(pen, depth - 1),
        18 | 19 => unary(pen, depth - 1),
        20..=22 => binary(pen, depth - 1),
        23 | 24 => conditional(pen, depth - 1),
        25 => for_tuple(pen, depth - 1),
        26 => for_object(pen, depth - 1),
        _ => traversal(pen, depth - 1),
    }
}

fn simple(pen: &mut Pen) {
    let texts = [
        "x",
        "var",
        "foo_bar",
        "é",
        "a-b",
        "in",
        "null",
        "true",
        "false",
        "if",
        "_",
        "漢",
        "0",
        "1",
        "12",
        "1.5",
        "0.5",
        "1e5",
        "1E-7",
        "2.5e+3",
        "\"s\"",
        "\"\"",
        "\"a b\"",
        "\"é\\n\\t\"",
        "[]",
        "{}",
        "f()",
    ];
    let rare = [
        "()",
        "for",
        "1.",
        ".5",
        "0x1f",
        "1e",
        "1.2.3",
        "'s'",
        "x?",
        "\"\\x\"",
        "\"\\u12\"",
        "@",
        "1a",
        "&",
        "a::b",
        "-",
        "e\u{301}",
        "१",
    ];
    let text = if pen.chance(1) { pen.one(&rare) } else { pen.one(&texts) };
    pen.token(text);
}

/// What stands between brackets, where newlines are free.
fn inside(pen: &mut Pen, open: &str, close: &str, fill: impl FnOnce(&mut Pen)) {
    pen.token(open);
    pen.free += 1;
    fill(pen);
    pen.token("");
    if pen.chance(4) {
        pen.line_end();
    }
    let closes = if pen.chance(1) && pen.chance(20) { pen.one(&["", "}", ")", "]"]) } else { close };
    pen.token(closes);
    pen.free -= 1;
}

fn paren(pen: &mut Pen, depth: usize) {
    inside(pen, "(", ")", |pen| any(pen, depth));
}

fn tuple(pen: &mut Pen, depth: usize) {
    inside(pen, "[", "]", |pen| list(pen, depth, false));
}

fn list(pen: &mut Pen, depth: usize, call: bool) {
    let count = pen.rng.usize(0..4);
    for at in 0..count {
        if pen.chance(12) {
            pen.line_end();
        }
        any(pen, depth);
        if at + 1 < count {
            pen.token(",");
        } else if call && pen.chance(15) {
            pen.token("...");
        } else if pen.chance(20) {
            pen.token(",");
        }
    }
}

fn call(pen: &mut Pen, depth: usize) {
    pen.token_of(&["f", "merge", "in", "jsonencode", "é", "provider"]);
    if pen.chance(12) {
        pen.tight("::");
        pen.tight_of(&["aws", "x"]);
        if pen.chance(50) {
            pen.tight("::");
            pen.tight_of(&["f", "g"]);
        }
    }
    if pen.chance(85) {
        pen.tight("(");
    } else {
        pen.token("(");
    }
    pen.free += 1;
    list(pen, depth, true);
    if pen.chance(4) {
        pen.line_end();
    }
    pen.token(")");
    pen.free -= 1;
}

fn object(pen: &mut Pen, depth: usize) {
    // Newlines separate items here, so none may stand elsewhere.
    let free = std::mem::take(&mut pen.free);
    pen.token("{");
    let lines = pen.chance(60);
    let count = pen.rng.usize(0..5);
    if lines {
        pen.line_end();
    }
    for at in 0..count {
        key(pen, depth);
        pen.token_of(&["=", "=", "=", "=", ":"]);
        any(pen, depth);
        if lines {
            if pen.chance(15) {
                pen.token(",");
            }
            pen.line_end();
        } else if at + 1 < count || pen.chance(10) {
            pen.token(",");
        }
    }
    pen.token("}");
    pen.free = free;
}

fn key(pen: &mut Pen, depth: usize) {
    match pen.rng.u8(0..20) {
        0..=10 => pen.token_of(&["a", "name", "Name", "x-y", "in", "null", "é", "if", "longer_name"]),
        11..=14 => pen.token_of(&["\"a\"", "\"a b\"", "\"x:y\"", "\"${x}\"", "\"a${x}\"", "\"漢\""]),
        15 => pen.token_of(&["1", "1.5", "true", "x.y", "var.x", "-1"]),
        16 | 17 => paren(pen, depth.min(1)),
        18 => call(pen, depth.min(1)),
        _ => any(pen, depth.min(1)),
    }
}

fn unary(pen: &mut Pen, depth: usize) {
    pen.token_of(&["-", "!", "-", "!", "!!", "- -", "!-"]);
    any(pen, depth);
}

fn binary(pen: &mut Pen, depth: usize) {
    any(pen, depth);
    for _ in 0..pen.rng.usize(1..3) {
        pen.token_of(&["+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "&&", "||"]);
        any(pen, depth);
    }
}

fn conditional(pen: &mut Pen, depth: usize) {
    any(pen, depth);
    pen.token("?");
    any(pen, depth);
    pen.token(":");
    any(pen, depth);
}

fn for_intro(pen: &mut Pen, depth: usize) {
    pen.token("for");
    pen.token_of(&["k", "v", "in", "é", "_"]);
    if pen.chance(50) {
        pen.token(",");
        pen.token_of(&["v", "w", "if"]);
    }
    pen.token("in");
    any(pen, depth);
    pen.token(":");
}

fn for_tuple(pen: &mut Pen, depth: usize) {
    inside(pen, "[", "]", |pen| {
        for_intro(pen, depth);
        any(pen, depth);
        if pen.chance(30) {
            pen.token("if");
            any(pen, depth);
        }
    });
}

fn for_object(pen: &mut Pen, depth: usize) {
    inside(pen, "{", "}", |pen| {
        for_intro(pen, depth);
        any(pen, depth);
        pen.token("=>");
        any(pen, depth);
        if pen.chance(25) {
            pen.token("...");
        }
        if pen.chance(30) {
            pen.token("if");
            any(pen, depth);
        }
    });
}

fn traversal(pen: &mut Pen, depth: usize) {
    match pen.rng.u8(0..10) {
        0 => paren(pen, depth),
        1 => call(pen, depth),
        2 => tuple(pen, depth),
        3 => object(pen, depth),
        4 => template::quoted(pen, depth),
        _ => pen.token_of(&["x", "var", "local", "data", "é", "in", "each", "null"]),
    }
    for _ in 0..pen.rng.usize(1..4) {
        step(pen, depth);
    }
}

fn step(pen: &mut Pen, depth: usize) {
    match pen.rng.u8(0..16) {
        0..=6 => {
            pen.tight(".");
            pen.tight_of(&["a", "name", "arn", "x-y", "for", "in", "é", "null"]);
        }
        7..=10 => {
            if pen.chance(90) {
                pen.tight("[");
            } else {
                pen.token("[");
            }
            pen.free += 1;
            match pen.rng.u8(0..40) {
                0 => pen.token_of(&["true", "false", "null"]),
                1..=12 => pen.token_of(&["0", "1", "\"k\"", "1.5", "-1", "\"a b\""]),
                _ => any(pen, depth.min(2)),
            }
            pen.tight("]");
            pen.free -= 1;
        }
        11 | 12 => {
            pen.tight("[");
            pen.tight("*");
            pen.tight("]");
        }
        13 | 14 if !pen.out.ends_with(".*") || pen.chance(5) => {
            pen.tight(".");
            pen.tight("*");
        }
        _ => {
            pen.tight(".");
            let legacy = if pen.chance(80) { "12" } else { pen.one(&["0.1", "1.5.2", "*", "0"]) };
            pen.tight(legacy);
        }
    }
}
