//! What strings and heredocs mean, by `terraform console`.

use secretform::syntax::{ExprKind, File, TemplatePart, escape};

use crate::oracle;
use crate::verdicts::Random;

/// The text of a template whose interpolations are all of plain strings; `None` for anything else.
fn meaning(expression: &str) -> Option<String> {
    let text = format!("a = {expression}\n");
    let file = File::parse(text.as_bytes());
    if !file.errors().is_empty() {
        return None;
    }
    let ExprKind::Template(template) = file.body().attribute("a")?.value().kind() else { return None };
    let part = |part: TemplatePart<'_>| match part {
        TemplatePart::Literal { text, .. } => Some(text),
        TemplatePart::Interpolation { expr, .. } => expr.literal_string(),
        TemplatePart::Directive { .. } => None,
    };
    template.parts().into_iter().map(part).collect()
}

#[test]
fn templates_mean_what_terraform_says() {
    const QUOTED: &[&str] = &[
        "a",
        " ",
        "\\n",
        "\\t",
        "\\\"",
        "\\\\",
        "\\u00e9",
        "\\U0001F600",
        "$",
        "%",
        "$$",
        "$${",
        "%%{",
        "~",
        "é",
        "e\u{301}",
        "\u{a0}",
        "${\"X\"}",
        "${~ \"X\"}",
        "${\"X\" ~}",
        "${~\"\"~}",
        "'",
        "#",
    ];
    const HEREDOC: &[&str] = &[
        "a",
        " ",
        "  ",
        "\t",
        "\n",
        "\n",
        "\n    ",
        "\n  ",
        "\r\n ",
        "\\n",
        "\"",
        "$",
        "%",
        "$$",
        "$${",
        "%%{",
        "é",
        "e\u{301}",
        "\u{3000}",
        "${\"X\"}",
        "${~ \"X\"}",
        "${\"X\" ~}",
        "E",
        "#",
        "/*",
    ];
    let mut random = Random(0x7e4a_11d3_0b5c_9f21);
    let mut expressions = Vec::new();
    for round in 0..3000 {
        let pieces = if round % 3 == 0 { QUOTED } else { HEREDOC };
        let text: String = (0..random.below(9)).map(|_| pieces[random.below(pieces.len())]).collect();
        expressions.push(match round % 3 {
            0 => format!("\"{text}\""),
            1 => format!("<<EOT\n{text}\nEOT\n"),
            _ => format!("<<-EOT\n    {text}\n  EOT\n"),
        });
    }
    // Some end early, as `"$${"X"}"` does.
    expressions.retain(|expression| meaning(expression).is_some());
    assert!(expressions.len() > 1500);
    // A list is no place for a line that ends with a heredoc's marker and a comma.
    let listed: Vec<String> = expressions.iter().map(|text| format!("({text})")).collect();
    let Some(values) = oracle::values(&listed) else { return };
    for (expression, value) in expressions.iter().zip(values) {
        assert_eq!(meaning(expression).as_deref(), value.as_str(), "{expression:?}");
    }
}

#[test]
fn quoted_texts_mean_themselves_to_terraform() {
    const PIECES: &[&str] = &[
        "a",
        "$",
        "%",
        "{",
        "}",
        "~",
        "\"",
        "\\",
        "\n",
        "\r",
        "\t",
        "\u{1b}",
        "\u{7f}",
        "\u{202e}",
        "\u{feff}",
        "é",
        "😀",
        "${x}",
        "%{if",
        "$${",
        "'",
        "#",
        "/*",
        "\u{fffd}",
        "\u{10ffff}",
        "u0041",
    ];
    let mut random = Random(0x91b3_77aa_c0de_0001);
    let texts: Vec<String> = (0..2000)
        .map(|_| (0..random.below(8)).map(|_| PIECES[random.below(PIECES.len())]).collect())
        .collect();
    let quoted: Vec<String> = texts.iter().map(|text| escape::quote(text)).collect();
    for (text, quoted) in texts.iter().zip(&quoted) {
        assert_eq!(meaning(quoted).as_ref(), Some(text), "{quoted}");
    }
    let Some(values) = oracle::values(&quoted) else { return };
    for (text, value) in texts.iter().zip(values) {
        assert_eq!(value.as_str().unwrap(), text);
    }
}
