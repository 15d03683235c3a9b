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
    let strings = nested("\"${", "}\"", 200);
    assert_eq!(errors(&strings), [""; 0]);
    let blocks = |levels: usize| format!("{}{}", "b {\n".repeat(levels), "}\n".repeat(levels));
    assert_eq!(errors(&blocks(400)), [""; 0]);
    assert_eq!(errors(&blocks(401)).len(), 1);
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
