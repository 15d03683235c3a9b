//! Small random files of every form that HCL has: bodies here, expressions and templates beside.

mod expression;
mod pen;
mod template;

use fastrand::Rng;
use pen::Pen;

/// One random file; about three of four are valid.
pub(crate) fn file(rng: &mut Rng) -> Vec<u8> {
    let seed = rng.u64(..);
    let mut pen = Pen::new(Rng::with_seed(seed));
    let items = pen.rng.usize(1..=5);
    for _ in 0..items {
        item(&mut pen, 0, true);
    }
    ends(pen)
}

/// What only happens once in a file: line ends, a byte order mark, its last bytes.
fn ends(mut pen: Pen) -> Vec<u8> {
    let mut out = std::mem::take(&mut pen.out);
    let ends = ["", "  ", "\n  \t", "\n\n", "# end", "/* end */"];
    let last = if pen.chance(40) { pen.one(&ends) } else { "\n" };
    while out.ends_with('\n') {
        out.pop();
    }
    out.push_str(last);
    if pen.chance(12) {
        out = out.replace('\n', "\r\n");
    } else if pen.chance(4) {
        out = out.replacen('\n', "\r\n", 2);
    }
    if pen.chance(3) {
        out.insert(0, '\u{feff}');
    }
    let mut out = out.into_bytes();
    if pen.chance(2) {
        let at = pen.rng.usize(0..=out.len());
        out.insert(at, *pen.rng.choice(&[0xff, 0xc3, 0, 0x0c, 0x0d, 0x1b]).unwrap_or(&0));
    }
    out
}

/// An attribute, a block, a comment or an empty line, with its line end.
fn item(pen: &mut Pen, depth: usize, free: bool) {
    if free {
        pen.indent(depth);
    }
    match pen.rng.u8(0..20) {
        0..=9 => attribute(pen, depth),
        10..=15 if depth < 4 => block(pen, depth),
        16 => {
            let comment =
                pen.one(&["# c", "#", "// d", "//", "#é漢", "# \"${x}\"", "/* e */", "/* e\n  f */"]);
            pen.raw(comment);
        }
        17 => {}
        18 if depth == 0 => variable(pen),
        _ => attribute(pen, depth),
    }
    pen.line_end();
}

fn attribute(pen: &mut Pen, depth: usize) {
    let names = [
        "a",
        "ab",
        "name",
        "description",
        "type",
        "in",
        "for",
        "é",
        "漢字",
        "_x",
        "x-y",
        "if",
        "क्ष",
        "null",
        "e\u{301}",
    ];
    let mut name = pen.one(&names).to_owned();
    if !pen.chance(3) {
        // Two attributes of one name are refused.
        pen.serial += 1;
        name = format!("{name}{}", pen.serial);
    }
    pen.token(&name);
    pen.token("=");
    if pen.chance(20) {
        pen.token_of(&["\"${", "\"${~", "\"${\n", "\"${ # c\n"]);
        expression::any(pen, 2);
        pen.token_of(&["}\"", "~}\"", "\n}\"", "} \"", "}}\""]);
    } else {
        expression::any(pen, 4usize.saturating_sub(depth / 2));
    }
}

fn block(pen: &mut Pen, depth: usize) {
    pen.token_of(&["b", "resource", "data", "variable", "locals", "é", "in", "for"]);
    for _ in 0..pen.rng.usize(0..3) {
        label(pen);
    }
    if pen.chance(5) {
        pen.token("/* c */");
    }
    pen.token("{");
    match pen.rng.u8(0..10) {
        0 => {}
        1 => attribute(pen, depth + 1),
        _ => {
            pen.line_end();
            for _ in 0..pen.rng.usize(0..6) {
                item(pen, depth + 1, true);
            }
            pen.indent(depth);
        }
    }
    pen.token("}");
}

fn label(pen: &mut Pen) {
    if pen.chance(5) {
        pen.token_of(&["/* l */", "/**/"]);
    }
    let labels = [
        "\"x\"",
        "\"aws_x\"",
        "\"y z\"",
        "\"\"",
        "x",
        "aws_x",
        "é",
        "\"\\u00e9\"",
        "\"\\n\"",
        "\"\\\"q\\\"\"",
        "\"\\\\\"",
        "\"漢\"",
        "\"\\t\\r\"",
        "\"\\U0001F600\"",
        "\"e\u{301}\"",
        "\"\\u200b\"",
        "\"\\u0000\"",
        "in",
        "\"a$b\"",
        "\"%\"",
        "\"$${x}\"",
        "\"${x}\"",
        "\"\\q\"",
        "\"a\\u0301\"",
        "\"\\u2028\"",
        "\"\u{7f}\"",
    ];
    let rare = labels.len() - 8;
    let at = if pen.chance(4) { pen.rng.usize(rare..labels.len()) } else { pen.rng.usize(0..rare) };
    pen.token(labels[at]);
}

/// The block whose attribute `type` is rewritten.
fn variable(pen: &mut Pen) {
    pen.token("variable");
    pen.token_of(&["\"v\"", "v", "\"v\" \"w\"", ""]);
    pen.token("{");
    let lines = !pen.chance(15);
    if lines {
        pen.line_end();
        if pen.chance(40) {
            item(pen, 1, true);
        }
        pen.indent(1);
    }
    pen.token("type");
    pen.token("=");
    pen.token_of(&[
        "string",
        "\"string\"",
        "list",
        "\"list\"",
        "map",
        "\"map\"",
        "set",
        "\"set\"",
        "\"number\"",
        "\"${string}\"",
        "list(string)",
        "object({})",
        "\"${list}\"",
        "(list)",
        "\"${\"list\"}\"",
        "any",
        "map(list)",
        "\"map\" ",
        "\"\"",
        "<<E\nlist\nE",
        "\"li\\u0073t\"",
        "list # c",
        "/* c */ list",
        "list /* c */",
        "\"list\" /* c */",
    ]);
    if lines {
        pen.line_end();
        if pen.chance(40) {
            item(pen, 1, true);
        }
        pen.indent(0);
    }
    pen.token("}");
}
