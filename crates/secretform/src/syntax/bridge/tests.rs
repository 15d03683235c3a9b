//! Both ways over the bridge, and what is stopped on it.

use super::*;
use crate::syntax::File;

/// By way of hcl-rs and back.
fn round_trip(text: &str) -> String {
    let body = hcl::Body::try_from(&File::parse(text.as_bytes())).unwrap();
    body_text(&body).unwrap()
}

fn value(text: &str) -> String {
    let text = format!("a = {text}\n");
    let file = File::parse(text.as_bytes());
    assert_eq!(file.errors(), [], "{text}");
    file.body().attribute("a").unwrap().value().canonical()
}

#[test]
fn every_form_means_the_same_on_both_sides() {
    for text in [
        "null",
        "true",
        "12",
        "-1.5",
        "\"a\\n\\\"$${b}\"",
        "\"\"",
        "\"a\\n${b}\\\"$${c}%\"",
        "\"\\u0024${a}%%{\"",
        "\"$\\u0024$${a}\"",
        "\" ${~ a}\"",
        "\"%{ if a }b%{ else }c%{ endif }%{ for k, v in d }${k}%{ endfor }\"",
        "<<E\n  a\\n\n  ${b}\"\n  E",
        "<<-E\n    a\n      b $${c}\n    E",
        "a.b[\"c\"].d[0].e.0.f",
        "a[*].b[c].*.d",
        "f(1, [g::h(c...)]...)",
        "(a + b) * -c",
        "!(a == b) && c || d",
        "a ? b : c ? d : e",
        "{ a = 1, \"b c\" = 2, (d) = 3, \"${e}\" = 4, \"for\" = 5, 6 = 7 }",
        "{}",
        "[]",
        "[for v in a : v if v > 0]",
        "{for k, v in a : k => v...}",
        "(-1).a",
        "(a ? b : c).d",
        "<<E\nE",
    ] {
        let source = format!("a = {text}\n");
        let back = round_trip(&source);
        let file = File::parse(back.as_bytes());
        assert_eq!(file.errors(), [], "{back}");
        assert_eq!(file.body().attribute("a").unwrap().value().canonical(), value(text), "{back}");
        assert!(crate::syntax::is_formatted(back.as_bytes()).unwrap(), "{back}");
    }
}

#[test]
fn blocks_keep_type_labels_and_order() {
    let text = "resource \"aws_x\" \"y\" {\n  b = 1\n  c {\n    d = \"e\"\n  }\n  a = [1, 2]\n}\n";
    assert_eq!(round_trip(text), text);
    assert_eq!(round_trip("a \"b\\\"c\" d {}\n"), "a \"b\\\"c\" \"d\" {\n}\n");
}

#[test]
fn what_was_built_without_parentheses_gets_them() {
    use hcl::expr::{BinaryOp, BinaryOperator, Expression, Operation, Traversal, Variable};

    let variable = |name: &str| Expression::from(Variable::new(name).unwrap());
    let sum = Operation::from(BinaryOp::new(variable("a"), BinaryOperator::Plus, variable("b")));
    let product = Operation::from(BinaryOp::new(sum, BinaryOperator::Mul, 2));
    assert_eq!(expression_text(&product.into()).unwrap(), "(a + b) * 2");
    let number = Traversal::builder(1).attr(hcl::Identifier::new("a").unwrap()).build();
    assert_eq!(expression_text(&number.into()).unwrap(), "(1).a");
    let object = Expression::from_iter([(variable("a"), 1)]);
    assert_eq!(expression_text(&object).unwrap(), "{\n  (a) = 1\n}");
    assert_eq!(expression_text(&"${x}\n".into()).unwrap(), "\"$${x}\\n\"");
}

#[test]
fn what_cannot_be_kept_is_an_error() {
    let error = |text: &str| hcl::Body::try_from(&File::parse(text.as_bytes())).unwrap_err().message;
    assert_eq!(
        error("a = 123456789012345678901\n"),
        "hcl-rs holds numbers in 64 bits: `123456789012345678901` would change"
    );
    assert_eq!(error("a = 1e400\n"), "hcl-rs holds numbers in 64 bits: `1e400` would change");
    assert_eq!(error("ͺ = 1\n"), "`ͺ` is a name to Terraform, but none to hcl-rs");
    assert_eq!(error("a = \n"), "`a` has no value");
    let broken = hcl::expr::TemplateExpr::from("${a").into();
    assert!(expression_text(&broken).unwrap_err().message.starts_with("the template \"$${a\" is broken"));
    let name = hcl::Body::builder().add_attribute((hcl::Identifier::unchecked("a b"), 1)).build();
    assert_eq!(body_text(&name).unwrap_err().message, "\"a b\" is no name to Terraform");
}
