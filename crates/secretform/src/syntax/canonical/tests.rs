//! Spellings that are one, and spellings that must not be.

use crate::syntax::File;

fn canonical(expression: &str) -> String {
    let text = format!("a = {expression}\n");
    let file = File::parse(text.as_bytes());
    assert_eq!(file.errors(), [], "{text}");
    file.body().attribute("a").unwrap().value().canonical()
}

/// All are spelled as the first, which is canonical.
fn same(spellings: &[&str]) {
    for spelling in spellings {
        assert_eq!(canonical(spelling), spellings[0], "{spelling}");
    }
}

#[test]
fn what_means_the_same_is_spelled_the_same() {
    same(&[
        "var.a",
        "(var.a)",
        "\"${var.a}\"",
        "\"${ (var . a) }\"",
        "((var.a))",
        "var.a # c",
        "(\nvar\n.a /**/)",
    ]);
    same(&["\"a/b\"", r#""a\u002fb""#, "(\"a/b\")"]);
    same(&[r#""a\n""#, "<<E\na\nE", "<<-E\n    a\n  E", "<<E\r\na\nE"]);
    same(&["{ a = 1, b = [2, 3] }", "{\n\"a\" : 1\n  b=[2,3,],\n}", "{(\"a\") = (1), b = [(2), 3]}"]);
    same(&["{}", "{\n}"]);
    same(&["{ \"a b\" = 1, \"for\" = 2 }", "{\"a b\":1,\n\"for\" = 2}"]);
    same(&["{ (a) = 1, (b.c) = 2 }", "{\"${a}\" = 1, (b.c) = 2}"]);
    same(&["a + b * c == d", "(a+(b*c))==d", "((a)) + b*(c) == (d)"]);
    same(&["(a + b) * c", "(a+b)*(c)"]);
    same(&["a - (b - c)", "a -((b) -c)"]);
    same(&["a ? b : c ? d : e", "a ? (b) : (c ? d : e)"]);
    same(&["(a ? b : c) ? d : e", "((a?b:c))?d:e"]);
    same(&["-a[0].b", "-(a[0].b)", "-a.0.b"]);
    same(&["(-a)[0]", "((-a))[0]"]);
    same(&["f(1, x...)", "f(1,(x)...)", "f(\n1,\nx ... )"]);
    same(&["a::b::c()", "a :: b::c ( )"]);
    same(&["[for k, v in a : v if v != \"\"]", "[for k,v in (a):(v) if (v!=\"\")]"]);
    same(&["{for v in a : v => f(v)...}", "{\nfor v in a: v=>f(v) ...\n}"]);
    same(&["\"a${b}c$${d}\"", "\"a${ (b) }c$${d}\"", "\"a ${~ b ~}  c$${d}\""]);
    same(&["\"%{ if a }b%{ else }c%{ endif }\"", "\"%{if (a)}b%{else}c%{endif}\""]);
    same(&["\"%{ for k, v in a }${v}%{ endfor }\"", "\"%{for k,v in a}${v}%{endfor}\""]);
    same(&["a.*.b.0.c[1]"]);
    same(&["a[*].b[0]", "a[*].b.0"]);
    same(&["(a.*).b", "((a.*)).b", "\"${a.*}\".b"]);
    same(&[r#""a$${b}""#, r#""a${"$"}{b}""#, r#""${"a"}${"$${"}b}""#]);
    same(&[r#""\u0024${a}""#, r#""${"$"}${a}""#, r#""\u0024${(a)}""#]);
    same(&["\"é\"", "\"e\u{301}\""]);
}

#[test]
fn what_differs_stays_different() {
    let different = [
        ("(a.*).b", "a.*.b"),
        ("(a[*])[0]", "a[*][0]"),
        ("a.*.0", "a.*[0]"),
        ("{ a = 1 }", "{ (a) = 1 }"),
        ("\"$${a}\"", "\"${a}\""),
        ("\"a${b}\"", "\"a$${b}\""),
        ("\" ${~ a}\"", "a"),
        ("\"1\"", "1"),
        ("<<E\na\nE", "\"a\""),
        ("a - b - c", "a - (b - c)"),
        ("!(a == b)", "!a == b"),
        ("-(a + b)", "-a + b"),
    ];
    for (one, other) in different {
        assert_ne!(canonical(one), canonical(other));
    }
}

#[test]
fn a_canonical_text_is_its_own() {
    for text in
        ["(1).b", "-(-1)", "!(!a)", "1 - (-1)", "{ a = {}, b = [] }", "\"${a}${b}\"", "((a) ? (b) : (c)) + 1"]
    {
        let once = canonical(text);
        assert_eq!(canonical(&once), once);
    }
}

#[test]
fn the_deepest_tree_that_is_parsed_is_spelled() {
    for (open, close, levels) in [
        ("(1 + ", ")", 400),
        ("[for a in ", " : a]", 400),
        ("{ a = ", " }", 400),
        ("f(", ")", 400),
        ("\"a${", "}\"", 400),
        ("x + ", "", 990),
        ("x ? y : ", "", 990),
        ("", ".a", 990),
    ] {
        let text = canonical(&format!("{}x{}", open.repeat(levels), close.repeat(levels)));
        assert!(!text.is_empty());
    }
}
