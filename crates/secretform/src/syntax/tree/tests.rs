//! Tests of tree/.

use super::*;
use crate::syntax::next_item;

const TEXT: &str = "\u{feff}// c\r\nx = 1\nresource \"aws_\\u0061\" bare { # c\n  name = \"a/b\" # d\n  tags = {\n    Name : local.n\n    \"a b\" = 2,\n  }\n\n  lifecycle { prevent_destroy = true }\n}\n";

fn value(expression: &str) -> ExprKind<'static> {
    let text: &'static str = Box::leak(format!("a = {expression}\n").into_boxed_str());
    let file: &'static File<'static> = Box::leak(Box::new(File::parse(text.as_bytes())));
    assert_eq!(file.errors(), [], "{text}");
    file.body().attribute("a").unwrap().value().kind()
}

fn literal(expression: &str) -> Option<String> {
    let text = format!("a = {expression}\n");
    let file = File::parse(text.as_bytes());
    assert_eq!(file.errors(), [], "{text}");
    file.body().attribute("a").unwrap().value().literal_string()
}

fn at(span: Span) -> &'static str {
    &TEXT[span.range()]
}

#[test]
fn a_body_knows_its_items_and_where_they_stand() {
    let file = File::parse(TEXT.as_bytes());
    assert_eq!(file.errors(), []);
    assert_eq!(file.body().items().map(|item| at(item.span()).len()).collect::<Vec<_>>(), [5, 142]);
    let block = file.body().blocks_of("resource").next().unwrap();
    let labels = block.labels();
    assert_eq!(labels.iter().map(|label| label.text.as_str()).collect::<Vec<_>>(), ["aws_a", "bare"]);
    assert_eq!(at(labels[0].span), "\"aws_\\u0061\"");
    assert_eq!(at(block.header_span()), "resource \"aws_\\u0061\" bare");
    assert_eq!((at(block.open_brace()), at(block.close_brace())), ("{", "}"));
    let name = block.body().attribute("name").unwrap();
    assert_eq!((at(name.span()), at(name.name_span())), ("name = \"a/b\"", "name"));
    assert_eq!(name.value().literal_string().as_deref(), Some("a/b"));
    assert!(block.body().attribute("none").is_none());
    let ExprKind::Object(items) = block.body().attribute("tags").unwrap().value().kind() else { panic!() };
    assert_eq!(
        items.iter().map(ObjectItem::name).collect::<Vec<_>>(),
        [Some("Name".to_owned()), Some("a b".to_owned())]
    );
    assert_eq!(at(items[0].span), "Name : local.n");
    let inner = block.body().blocks().next().unwrap();
    assert!(matches!(
        inner.body().attribute("prevent_destroy").unwrap().value().kind(),
        ExprKind::Bool(true)
    ));
    assert_eq!(at(inner.header_span()), "lifecycle");
}

#[test]
fn items_parse_alone_as_in_their_file() {
    let (mut position, mut tokens, mut found) = (0, Vec::new(), Vec::new());
    while let Some(item) = next_item(TEXT.as_bytes(), position, &mut tokens) {
        let item = item.unwrap();
        position = item.span.end as usize;
        let file = parse_item(TEXT.as_bytes(), &item);
        assert_eq!(file.errors(), []);
        found.push(format!("{:?}", file.body()));
    }
    assert_eq!(
        format!("[{}]", found.iter().map(|text| &text[1..text.len() - 1]).collect::<Vec<_>>().join(", ")),
        format!("{:?}", File::parse(TEXT.as_bytes()).body())
    );
}

#[test]
fn strings_decode_as_in_terraform() {
    assert_eq!(literal(r#""""#).unwrap(), "");
    assert_eq!(literal(r#""a\"b\\\u00e9$${c}%%{$""#).unwrap(), "a\"b\\é${c}%{$");
    assert_eq!(literal("\"e\u{301}\"").unwrap(), "é");
    assert_eq!(literal("<<E\n a\\n\n\n  b\nE").unwrap(), " a\\n\n\n  b\n");
    assert_eq!(
        literal("<<-E\n   a\n\n  \tb $${c}\n  E").unwrap(),
        "a\n\nb ${c}\n".replace("a", " a").replace(" a", "a")
    );
    assert_eq!(literal("<<-E\n    a\n      b\n   E").unwrap(), "a\n  b\n");
    assert_eq!(literal("<<E\nE").unwrap(), "");
    assert_eq!(literal("<<E\r\na\r\nE").unwrap(), "a\r\n");
    assert_eq!(literal("\"${a}\""), None);
    assert_eq!(literal("a"), None);
}

#[test]
fn templates_split_into_text_and_sequences() {
    let ExprKind::Template(template) = value("<<-E\n    a ${~ b ~}\n      c%{ if d ~}  e %{ endif }\n    E")
    else {
        panic!()
    };
    assert!(template.is_heredoc() && template.is_indented_heredoc());
    let shown: Vec<String> = template
        .parts()
        .iter()
        .map(|part| match part {
            TemplatePart::Literal { text, .. } => text.clone(),
            TemplatePart::Interpolation { expr, .. } => format!("${{{}}}", expr.text()),
            TemplatePart::Directive { directive, .. } => format!("{directive:?}"),
        })
        .collect();
    // HCL: `~}` ate the line end, so that `c` stands at no line's start and keeps its indentation.
    assert_eq!(shown, ["a", "${b}", "      c", "If(`d`)", "e ", "EndIf", "\n"]);
}

#[test]
fn traversals_are_steps() {
    let text = b"a = b.c[\"d e\"].f[0].1\nb = f().x\nc = a[b]\nd = a[*].b\n";
    let file = File::parse(text);
    let steps = |name: &str| file.body().attribute(name).unwrap().value().traversal();
    assert_eq!(
        steps("a").unwrap(),
        [
            Step::Name("b"),
            Step::Name("c"),
            Step::Key("d e".to_owned()),
            Step::Name("f"),
            Step::Number("0"),
            Step::Number("1")
        ]
    );
    assert_eq!([steps("b"), steps("c"), steps("d")], [None, None, None]);
}

#[test]
fn every_form_has_its_kind() {
    let ExprKind::Binary { op: BinaryOp::Or, left, .. } = value("a || b && c") else { panic!() };
    assert!(matches!(left.kind(), ExprKind::Variable("a")));
    let ExprKind::Call { name, args, expand, .. } = value("a::b(1, c...)") else { panic!() };
    assert_eq!((name, args.len(), expand), ("a::b", 2, true));
    let ExprKind::ForObject { key_name, value_name, key, group, condition, .. } =
        value("{for k, v in c : k => v... if v}")
    else {
        panic!()
    };
    assert_eq!((key_name, value_name, group), (Some("k"), "v", true));
    assert_eq!((key.text(), condition.unwrap().text()), ("k".into(), "v".into()));
    let ExprKind::ForTuple { key_name: None, value_name: "v", collection, element, condition: None } =
        value("[for v in c ? d : e : v.x]")
    else {
        panic!()
    };
    assert_eq!((collection.text(), element.text()), ("c ? d : e".into(), "v.x".into()));
    assert!(
        matches!(value("a.*.b"), ExprKind::Attr { object, .. } if matches!(object.kind(), ExprKind::AttrSplat { .. }))
    );
    assert!(matches!(value("a[*]"), ExprKind::FullSplat { .. }));
    assert!(matches!(value("a.0"), ExprKind::LegacyIndex { index: "0", .. }));
    assert!(matches!(value("-a.b"), ExprKind::Unary { op: UnaryOp::Negate, .. }));
    assert!(matches!(value("(\na\n)"), ExprKind::Paren(_)));
    assert!(
        matches!(value("a ? b : c ? d : e"), ExprKind::Conditional { otherwise, .. } if otherwise.text() == "c ? d : e")
    );
}

#[test]
fn comments_and_descendants_are_found() {
    let text = b"a = [1, # c\n \"${b} # no\"]\nc = \"# no\"\n";
    let file = File::parse(text);
    let value = |name: &str| file.body().attribute(name).unwrap().value();
    assert!(value("a").comments() && !value("c").comments());
    let all: Vec<String> = value("a").descendants().map(|expr| expr.text().into_owned()).collect();
    assert_eq!(all, ["1", "b", "\"${b} # no\"", "[1, # c\n \"${b} # no\"]"]);
}

#[test]
fn an_item_that_ends_in_a_heredoc_parses_alone() {
    for text in ["c = <<-EOT\n  x\n  EOT\nd = 1\n", "c = <<EOT\r\nx\r\nEOT\r\n"] {
        let item = next_item(text.as_bytes(), 0, &mut Vec::new()).unwrap().unwrap();
        let file = parse_item(text.as_bytes(), &item);
        assert_eq!(file.errors(), [], "{text}");
        assert_eq!(file.body().attribute("c").unwrap().span(), item.span);
    }
}
