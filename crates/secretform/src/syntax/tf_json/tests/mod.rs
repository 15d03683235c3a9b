//! JSON and the native text that it becomes; places that lead back; what Terraform refuses.

mod oracle;

use proptest::prelude::*;

use super::*;
use crate::source::Position;
use crate::syntax::File;

/// Blocks of a made-up provider: `replica` everywhere, `condition` in `statement`.
fn is_block(path: BlockPath<'_>) -> bool {
    match path.names {
        ["replica" | "statement"] => path.label.is_some_and(|label| label.starts_with("aws_")),
        ["statement", "condition"] => true,
        ["default_tags"] => path.block == "provider",
        _ => false,
    }
}

fn native(json: &str) -> String {
    let translation =
        translate(json.as_bytes(), &is_block).unwrap_or_else(|errors| panic!("{json}: {errors:?}"));
    let text = String::from_utf8(translation.bytes().to_vec()).unwrap();
    assert_eq!(File::parse(text.as_bytes()).errors(), [], "{text}");
    text
}

fn check(json: &str, expected: &str) {
    assert_eq!(native(json).trim_end(), expected, "{json}");
}

#[test]
fn blocks_come_from_objects_and_arrays_at_any_level() {
    check(
        r#"{"//": "a comment", "resource": {"aws_x": {"a": {"//": 1, "name": "n"}, "b": [{}, {"name": "m"}]}}}"#,
        "resource \"aws_x\" \"a\" {\nname = \"n\"\n}\nresource \"aws_x\" \"b\" {\n}\nresource \"aws_x\" \"b\" {\nname = \"m\"\n}",
    );
    check(
        r#"[{"resource": [{"aws_x": [{"a": {}}]}]}, {"locals": {"x": 1}}, {"locals": null}]"#,
        "resource \"aws_x\" \"a\" {\n}\nlocals {\nx = 1\n}",
    );
    check(
        r#"{"provider": {"aws": [{}, {"alias": "b", "default_tags": {"tags": {"A": "b"}}}]}}"#,
        "provider \"aws\" {\n}\nprovider \"aws\" {\nalias = \"b\"\ndefault_tags {\ntags = {\n\"A\" = \"b\"\n}\n}\n}",
    );
    check(r#"{"resource": {"aws_x": {"a\"b": {}}}}"#, "resource \"aws_x\" \"a\\\"b\" {\n}");
}

#[test]
fn nested_blocks_are_those_of_terraform_and_of_the_schema() {
    check(
        r#"{"resource": {"aws_x": {"a": {"replica": [{"region": "r"}, {}], "tags": {"k": "v"}, "lifecycle": {"prevent_destroy": true, "ignore_changes": ["tags", "tags[\"a\"]"]}}}}}"#,
        "resource \"aws_x\" \"a\" {\nreplica {\nregion = \"r\"\n}\nreplica {\n}\ntags = {\n\"k\" = \"v\"\n}\nlifecycle {\nprevent_destroy = true\nignore_changes = [tags, tags[\"a\"]]\n}\n}",
    );
    check(
        r#"{"data": {"aws_x": {"a": {"dynamic": {"statement": {"for_each": "${var.x}", "iterator": "s", "content": {"sid": "${s.value}", "condition": {"test": "t"}}}}}}}}"#,
        "data \"aws_x\" \"a\" {\ndynamic \"statement\" {\nfor_each = \"${var.x}\"\niterator = s\ncontent {\nsid = \"${s.value}\"\ncondition {\ntest = \"t\"\n}\n}\n}\n}",
    );
    check(
        r#"{"resource": {"other": {"a": {"replica": {"x": 1}}}}}"#,
        "resource \"other\" \"a\" {\nreplica = {\n\"x\" = 1\n}\n}",
    );
}

#[test]
fn a_name_of_the_schema_is_a_block_only_where_the_schema_speaks() {
    check(
        r#"{"resource": {"aws_x": {"a": {"statement": "SELECT 1", "lifecycle": {"precondition": {"condition": "${var.x}", "error_message": "m"}}}}}}"#,
        "resource \"aws_x\" \"a\" {\nstatement = \"SELECT 1\"\nlifecycle {\nprecondition {\ncondition = \"${var.x}\"\nerror_message = \"m\"\n}\n}\n}",
    );
    check(r#"{"module": {"m": {"statement": {}}}}"#, "module \"m\" {\nstatement = {\n}\n}");
}

#[test]
fn strings_are_templates() {
    let value = |json: &str| {
        let text = native(&format!(r#"{{"locals": {{"x": {json}}}}}"#));
        text.strip_prefix("locals {\nx = ").unwrap().strip_suffix("\n}\n").unwrap().to_owned()
    };
    assert_eq!(value(r#""a\\b\"c\nd""#), r#""a\\b\"c\nd""#);
    assert_eq!(value(r#""a${ var.x }b""#), r#""a${var.x}b""#);
    assert_eq!(value(r#""${\"a\"}""#), r#""${"a"}""#);
    assert_eq!(value(r#""$${x} %%{y}""#), r#""$${x} %%{y}""#);
    assert_eq!(value(r#""a\\${var.x}""#), r#""a\\${var.x}""#);
    assert_eq!(value(r#""${var.x}\n""#), r#""${var.x}\n""#);
    assert_eq!(value(r#""%{ if var.x }a\n%{ endif }""#), "\"%{ if var.x }a\\n%{ endif }\"");
    assert_eq!(value(r#""EOT\nEOTT ${1}""#), r#""EOT\nEOTT ${1}""#);
    assert_eq!(value(r#"[1, -2.5, true, null, "a"]"#), r#"[1, -2.5, true, null, "a"]"#);
    assert_eq!(value(r#"{"a${var.x}": {"//": 1}}"#), "{\n\"a${var.x}\" = {\n\"//\" = 1\n}\n}");
}

#[test]
fn some_strings_are_references_and_some_stand_as_they_are() {
    check(
        r#"{"moved": {"from": "aws_x.a", "to": "aws_x.b[\"k\"]"}, "removed": [{"from": "aws_x.c", "lifecycle": {"destroy": false}}]}"#,
        "moved {\nfrom = aws_x.a\nto = aws_x.b[\"k\"]\n}\nremoved {\nfrom = aws_x.c\nlifecycle {\ndestroy = false\n}\n}",
    );
    check(
        r#"{"import": {"to": "aws_x.a", "id": "${var.id}", "provider": "aws.core"}}"#,
        "import {\nto = aws_x.a\nid = \"${var.id}\"\nprovider = aws.core\n}",
    );
    check(
        r#"{"variable": {"x": {"type": "list(string)", "default": "${x}", "validation": {"condition": "${var.x}"}}}}"#,
        "variable \"x\" {\ntype = list(string)\ndefault = \"$${x}\"\nvalidation {\ncondition = \"${var.x}\"\n}\n}",
    );
    check(
        r#"{"module": {"m": {"source": "./${x}", "providers": {"aws": "aws.core"}, "depends_on": ["aws_x.a"]}}}"#,
        "module \"m\" {\nsource = \"./$${x}\"\nproviders = {\n\"aws\" = aws.core\n}\ndepends_on = [aws_x.a]\n}",
    );
    check(
        r#"{"terraform": {"required_version": ">= 1", "required_providers": {"aws": {"source": "a/b"}}, "backend": {"s3": {"bucket": "b"}}}}"#,
        "terraform {\nrequired_version = \">= 1\"\nrequired_providers {\naws = {\n\"source\" = \"a/b\"\n}\n}\nbackend \"s3\" {\nbucket = \"b\"\n}\n}",
    );
    // What is no reference stays a string: nothing can slip out of it.
    check(
        r#"{"moved": {"from": "a.b\nx = 1", "to": "a.b }"}}"#,
        "moved {\nfrom = \"a.b\\nx = 1\"\nto = \"a.b }\"\n}",
    );
    check(
        r#"{"resource": {"aws_x": {"a": {"provider": "${aws.core}"}}}}"#,
        "resource \"aws_x\" \"a\" {\nprovider = aws.core\n}",
    );
}

#[test]
fn every_part_leads_back_to_its_place() {
    let json = "{\"resource\": {\"aws_x\": {\n  \"a\": {\"name\": \"x/${var.e}\", \"tags\": {\"K\": [\"v\", 2]}, \"replica\": [{\"region\": \"r\"}]}}}}";
    let translation = translate(json.as_bytes(), &is_block).unwrap();
    let file = File::parse(translation.bytes());
    let at = |span: Span| &json[translation.span(span).range()];
    let block = file.body().blocks().next().unwrap();
    assert!(at(block.span()).starts_with("\"a\": {\"name\""));
    assert_eq!(at(block.header_span()), "\"a\"");
    assert_eq!(at(block.type_span()), "\"resource\"");
    assert_eq!(at(block.labels()[0].span), "\"aws_x\"");
    let name = block.body().attribute("name").unwrap();
    assert_eq!(at(name.name_span()), "\"name\"");
    assert_eq!(at(name.value().span()), "\"x/${var.e}\"");
    assert_eq!(at(name.span()), "\"name\": \"x/${var.e}\"");
    let tags = block.body().attribute("tags").unwrap().value();
    let crate::syntax::ExprKind::Object(items) = tags.kind() else { panic!() };
    assert_eq!(at(items[0].key.span()), "\"K\"");
    let crate::syntax::ExprKind::Tuple(values) = items[0].value.kind() else { panic!() };
    assert_eq!(at(values[1].span()), "2");
    let replica = block.body().blocks().next().unwrap();
    assert_eq!(at(replica.span()), "{\"region\": \"r\"}");
    assert_eq!(at(replica.header_span()), "\"replica\"");
    assert_eq!(at(replica.body().attribute("region").unwrap().value().span()), "\"r\"");
}

#[test]
fn what_terraform_refuses_is_an_error_with_its_place() {
    let check = |json: &str, expected: &[&str]| {
        let errors = translate(json.as_bytes(), &is_block).map(|t| t.text).expect_err(json);
        let shown: Vec<String> = errors
            .iter()
            .map(|error| {
                let place = Position::of(json.as_bytes(), error.span.start as usize);
                let help = error.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
                format!("{}:{} {}{help}", place.line, place.column, error.message)
            })
            .collect();
        assert_eq!(shown, expected, "{json}");
    };
    check("", &["1:1 the file is empty, where JSON is expected"]);
    check("3", &["1:1 a .tf.json file is one object, or an array of objects, not a number"]);
    check(
        "\u{feff}{}",
        &["1:1 Terraform takes no byte order mark in JSON (save the file as UTF-8 without one)"],
    );
    check(r#"{"resourcer": {}}"#, &["1:2 `resourcer` is no block of Terraform's (did you mean `resource`?)"]);
    check(r#"{"variable": {}}"#, &["1:14 this `variable` has no name"]);
    check(
        r#"{"variable": {"//": "c"}}"#,
        &["1:21 `variable` is a block: an object, or an array of objects, not a string"],
    );
    check(
        r#"{"variable": [[{}]]}"#,
        &["1:15 the name of `variable` comes next: an object with it as a key, not an array"],
    );
    check(r#"{"locals": {"a": 1, "a": 2}}"#, &["1:21 `a` is said twice in one block (keep one of the two)"]);
    check(
        r#"{"locals": {"a": {"x": 1, "x": 2}}}"#,
        &["1:27 the key `x` stands twice in one object (keep one of the two)"],
    );
    check(r#"{"locals": {"a b": 1}}"#, &["1:13 `a b` can't be the name of an argument or a block"]);
    let errors = translate(br#"{"locals": {"a": "${", "b": 1}, "x": 1}"#, &is_block).unwrap_err();
    assert_eq!(errors[0].span, Span::new(17, 21));
    assert_eq!(errors.last().unwrap().span, Span::new(32, 35));
}

proptest! {
    #[test]
    fn no_text_panics_and_what_is_taken_parses(
        words in proptest::collection::vec(
            prop::sample::select(vec![
                "{", "}", "[", "]", ",", ":", "\"resource\"", "\"a\"", "\"locals\"", "\"${\"", "\"${a}\"", "1", "null",
                "\"dynamic\"", "\"lifecycle\"", "\"moved\"", "\"from\"", "\"//\"",
            ]),
            0..24,
        )
    ) {
        if let Ok(translation) = translate(words.concat().as_bytes(), &is_block) {
            let file = File::parse(translation.bytes());
            prop_assert_eq!(file.errors(), &[]);
        }
    }

    #[test]
    fn a_string_stays_what_it_is(text in "[a-z${}%~\"\\\\ \n\u{e9}]{0,12}", other in any::<String>()) {
        for text in [text, other] {
            let json = format!("{{\"locals\": {{\"x\": {}}}, \"moved\": {{\"from\": {0}}}}}", crate::json::escape::quote(&text));
            let Ok(translation) = translate(json.as_bytes(), &is_block) else { continue };
            let file = File::parse(translation.bytes());
            prop_assert_eq!(file.errors(), &[], "{:?}", String::from_utf8_lossy(translation.bytes()));
            let blocks: Vec<_> = file.body().blocks().collect();
            prop_assert_eq!(blocks.len(), 2);
            for block in &blocks {
                prop_assert_eq!(block.body().items().count(), 1);
                let value = block.body().attributes().next().unwrap().value();
                prop_assert_eq!(translation.span(value.span()).len(), crate::json::escape::quote(&text).len());
            }
        }
    }
}
