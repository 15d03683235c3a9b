//! Tests of parse/.

use crate::source::Position;
use crate::syntax::File;

/// The errors of a text, as `line:column text: message | help`.
fn errors(text: &str) -> Vec<String> {
    let file = File::parse(text.as_bytes());
    let show = |error: &crate::syntax::SyntaxError| {
        let place = Position::of(text.as_bytes(), error.span.start as usize);
        let help = error.help.as_deref().unwrap_or_default();
        format!("{}:{} {}: {} | {help}", place.line, place.column, &text[error.span.range()], error.message)
    };
    file.errors().iter().map(show).collect()
}

#[test]
fn nesting_is_taken_up_to_the_limit() {
    let nested = |open: &str, close: &str, levels: usize| {
        format!("a = {}x{}\n", open.repeat(levels), close.repeat(levels))
    };
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("f(", ")"),
        ("x[", "]"),
        ("{a=", "}"),
        ("!", ""),
        ("a ? ", " : b"),
        ("[for a in ", " : b]"),
    ] {
        assert_eq!(errors(&nested(open, close, 400)), [""; 0], "{open}");
        assert_eq!(errors(&nested(open, close, 401)).len(), 1, "{open}");
        assert_eq!(errors(&nested(open, close, 100_000)).len(), 1, "{open}");
    }
    assert_eq!(errors(&nested("\"${", "}\"", 400)), [""; 0]);
    assert_eq!(errors(&nested("\"${", "}\"", 401)).len(), 1);
    let blocks = |levels: usize| format!("{}{}", "b {\n".repeat(levels), "}\n".repeat(levels));
    assert_eq!(errors(&blocks(400)), [""; 0]);
    assert_eq!(errors(&blocks(401)).len(), 1);
    let both = format!("{}{}{}", "b {\n".repeat(400), nested("(", ")", 400), "}\n".repeat(400));
    assert_eq!(errors(&both), [""; 0]);
    assert_eq!(errors(&blocks(20_000)).len(), 1);
    assert_eq!(errors(&format!("a = {}x\n", "y ? z : ".repeat(900))), [""; 0]);
    assert_eq!(errors(&format!("a = {}x\n", "x + ".repeat(900))), [""; 0]);
    assert_eq!(errors(&format!("a = {}x\n", "x + ".repeat(100_000))).len(), 1);
    assert_eq!(errors(&format!("a = x{}\n", ".x".repeat(100_000))).len(), 1);
    assert_eq!(errors(&format!("a = \"{}\"\n", "${x}".repeat(50_000))), [""; 0]);
    assert_eq!(errors(&"(".repeat(10_000)).len(), 1);
    assert_eq!(errors(&format!("a = {}", "(".repeat(10_000))).len(), 1);
    assert_eq!(errors(&format!("a = {}", "[{".repeat(10_000))).len(), 1);
    assert_eq!(errors(&format!("a = {}", "\"${".repeat(50_000))).len(), 1);
    assert_eq!(errors(&"a = (\n".repeat(20_000)).len(), 1_000);
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(errors(text), expected, "{text}");
}

#[test]
fn a_missing_closer_is_told_at_its_opener() {
    check(
        "resource \"a\" \"b\" {\n  x = 1\n\nresource \"c\" \"d\" {\n}\n",
        &["1:18 {: this block is never closed | a `}` is likely missing before line 4"],
    );
    check(
        "a {\n  b {\n    x = 1\n}\n\nc {\n}\n",
        &[
            "1:3 {: this block is never closed | the `}` on line 4 closes the `{` on line 2, which is indented deeper: \
         a `}` is likely missing between them",
        ],
    );
    check(
        "a = f(1, 2\nb = 3\n",
        &["2:1 b: `,` or `)` should stand here, but `b` stands here | the `(` on line 1 is still open"],
    );
    check(
        "a = \"x\nb = 1\n",
        &[
            "1:5 \": this string is not closed on its line | write `\"` where it ends; for text of several lines \
         write `\\n`, or a heredoc (`<<EOT`)",
        ],
    );
    check(
        "a = <<E\nx\n  E)\n",
        &[
            "1:5 <<E: the heredoc E is never closed | it ends with a line that holds `E` and nothing else, and a \
         line end after that; line 3 holds more, or no line end",
        ],
    );
    check("a = [1\n", &["1:5 [: this `[` is never closed | `,` or `]` should follow what stands inside"]);
    check("a = 1 /* b\n", &["1:7 /*: this comment is never closed | write `*/` where it ends"]);
}

#[test]
fn parsing_goes_on_after_a_broken_item() {
    let text = "r \"a\" {\n  x = [1, 2\n  y = 3\n  z = 4 5\n  w = 6\n}\n\nr \"c\" {\n  y =\n}\nz = 1\n";
    let file = File::parse(text.as_bytes());
    let places: Vec<u32> = file
        .errors()
        .iter()
        .map(|error| Position::of(text.as_bytes(), error.span.start as usize).line)
        .collect();
    assert_eq!(places, [2 + 1, 4, 9]);
    let first = file.body().blocks().next().unwrap();
    assert_eq!(first.body().attributes().map(|attribute| attribute.name()).collect::<Vec<_>>(), ["y", "w"]);
    assert_eq!(file.body().items().count(), 3);
    // The brace that closes the broken block is no error of its own.
    assert_eq!(errors("r \"a\" \"b {\n  x = 1\n}\nb = 2\n").len(), 1);
}

#[test]
fn what_terraform_refuses_has_its_reason() {
    check(
        "a = 1\nb = 2\na = 3\n",
        &["3:1 a: `a` is set twice in one body | line 1 sets it first: keep one of the two"],
    );
    check("a = 'x'\n", &["1:5 ': a text does not stand in single quotes | write `\"`"]);
    check(
        "a = b.0.1\n",
        &["1:7 0.1: two indexes can't be chained by dots: this reads as one number | write `[0][1]`"],
    );
    check(
        "a = \u{200b}1\n",
        &["1:5 \u{200b}: the character U+200B means nothing here | take it away, or put it into a string"],
    );
    check(
        "a = \"\\q ${b c}\"\n",
        &[
            "1:6 \\q: `\\q` is no escape | escapes are `\\n`, `\\r`, `\\t`, `\\\"`, `\\\\`, `\\u` with 4 and `\\U` with 8 \
         hexadecimal digits of a character; for a backslash write `\\\\`",
            "1:13 c: `}` should end the `${` here, but `c` stands here | the `${` stands on line 1; if it is meant for \
         another language, write `$${`",
        ],
    );
    check(
        "a = \"%{if b}\"\n",
        &["1:6 %{: this `%{ if }` is not ended in its string | write `%{ endif }` where it ends"],
    );
    check(
        "b { a = 1, c = 2 }\n",
        &[
            "1:10 ,: a block on one line should end here, but `,` stands here | break the line after the `{` on line 1, \
         and put each attribute on its own line",
        ],
    );
}

#[test]
fn a_flood_of_errors_ends() {
    assert_eq!(errors(&format!("a = \"{}\"\n", "\\q".repeat(100_000))).len(), 1_000);
    let twice = (0..40_000).map(|at| format!("a{} = 1\n", at % 20_000)).collect::<String>();
    assert_eq!(errors(&twice).len(), 1_000);
    assert_eq!(errors(&"]\n".repeat(100_000)).len(), 1_000);
}
