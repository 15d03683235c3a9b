//! Reading, refusing and editing JSON: examples, serde_json as the oracle, properties.

use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Value {
    parse(text.as_bytes()).unwrap_or_else(|errors| panic!("{text}: {errors:?}"))
}

/// The errors as `line:column message (help)`.
fn complain(bytes: &[u8]) -> Vec<String> {
    let errors = parse(bytes).expect_err("no error");
    assert!(!errors.is_empty());
    errors
        .iter()
        .map(|error| {
            let place = crate::source::Position::of(bytes, error.span.start as usize);
            let help = error.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
            format!("{}:{} {}{help}", place.line, place.column, error.message)
        })
        .collect()
}

#[test]
fn values_know_their_places() {
    let text = "\u{feff}{\r\n \"a\\u0062\": [1, \"\\ud83d\\ude00\\/\"], \"c\": null}\r\n";
    let root = read(text);
    let member = root.get("ab").unwrap();
    assert_eq!(&text[member.key_span.range()], "\"a\\u0062\"");
    let items = member.value.as_array().unwrap();
    assert_eq!(&text[items[0].span.range()], "1");
    assert_eq!(items[1].as_str(), Some("\u{1f600}/"));
    assert_eq!(&text[root.span.range()], text[3..].trim_end());
    assert_eq!(root.get("c").unwrap().value.kind_name(), "null");
}

#[test]
fn a_key_that_stands_twice_is_kept_and_told() {
    let root = read(r#"{"a": 1, "b": {"x": 1, "x": 2, "x": 3}, "a": 2}"#);
    let found: Vec<(String, u32)> = root.duplicates().into_iter().map(|d| (d.key, d.again.start)).collect();
    assert_eq!(found, [("x".into(), 23), ("x".into(), 31), ("a".into(), 40)]);
    assert_eq!(root.as_object().unwrap().len(), 3);
}

#[test]
fn errors_say_what_to_write() {
    let check = |text: &str, expected: &[&str]| assert_eq!(complain(text.as_bytes()), expected, "{text}");
    check("", &["1:1 the file is empty, where JSON is expected"]);
    check("\u{feff} \n", &["2:1 the file is empty, where JSON is expected"]);
    check("[1,]", &["1:3 JSON takes no comma before `]` (remove the comma)"]);
    check("{\"a\": 1,\n}", &["1:8 JSON takes no comma before `}` (remove the comma)"]);
    check("[1 2]", &["1:3 a comma is missing here (put `,` between the two)"]);
    check("[,1]", &["1:2 nothing stands before this comma (remove it, or write the value that is missing)"]);
    check("{\"a\" 1}", &["1:5 `:` and a value are missing after this key"]);
    check("{\"a\"}", &["1:5 `:` and a value are missing after this key"]);
    check("{\"a\":}", &["1:6 a value is missing here"]);
    check("{\"a\" = 1}", &["1:6 JSON writes `:` after a key (write `:` for `=`)"]);
    check("{a: 1}", &["1:2 the key `a` stands without quotes (write \"a\")"]);
    check("{'a': 1}", &["1:2 JSON strings stand in double quotes (write \" for ')"]);
    check(
        "[True, None]",
        &["1:2 `True` is no JSON value (write `true`)", "1:8 `None` is no JSON value (write `null`)"],
    );
    check("[Allow]", &["1:2 the text `Allow` stands without quotes (write \"Allow\")"]);
    check(
        "[012]",
        &["1:2 `012` is no JSON number (JSON numbers have no leading zeros; an id is a string, in quotes)"],
    );
    check("{ // x\n}", &["1:3 JSON has no comments (remove it)"]);
    check("/* x", &["1:1 JSON has no comments (remove it)", "1:5 the file is empty, where JSON is expected"]);
    check(
        "{} x",
        &["1:4 text after the end of the JSON value (a JSON file holds one value: remove the rest)"],
    );
    check("{}}", &["1:3 text after the end of the JSON value (remove the bracket, or open it first)"]);
    check("[\"a\\x\"]", &["1:4 JSON has no escape `\\x` (a backslash itself is written \\\\)"]);
    check("[\"\\u12\"]", &["1:3 four hexadecimal digits belong after `\\u`"]);
    check("[\"\\ud800\"]", &["1:3 `\\ud800` is half of a surrogate pair, its other half is missing"]);
    check("[\"a\tb\"]", &["1:4 the control character U+0009 stands in a string (write \\t)"]);
    check("{\"a\": [1", &["1:7 this `[` is never closed: the file ends before (write `]` where it ends)"]);
    check("{\"a\": \"b", &["1:7 this string is never closed (close it with a quote)"]);
    check(
        "{\"a\": \"b,\n\"c\": 1}",
        &[
            "1:7 this string is never closed (close it with a quote on its line; a line break inside is written \\n)",
        ],
    );
    check("{\"a\": [1}", &["1:9 `}` where the `[` of line 1 needs `]` (write `]`)"]);
    check("[1}", &["1:3 `}` where the `[` of line 1 needs `]` (write `]`)"]);
    assert_eq!(complain(b"[\"\xff\"]"), ["1:3 the file is not UTF-8 here (save the file as UTF-8)"]);
    assert_eq!(complain(b"\xff\xfe[\0"), ["1:1 the file is UTF-16, JSON is UTF-8 (save it as UTF-8)"]);
    assert_eq!(complain(b"[\0]"), ["1:2 no JSON value begins with `\\0`"]);
}

#[test]
fn all_errors_of_a_text_come_together() {
    let text = "{\n  \"Version\" \"2012-10-17\",\n  \"Statement\": [\n    {\"Effect\": Allow,},\n  ]\n}";
    assert_eq!(complain(text.as_bytes()).len(), 4);
    assert_eq!(complain("#".repeat(9).replace('#', "#\n").as_bytes()).len(), 10);
    assert_eq!(complain(&b"x ".repeat(100_000)[..]).len(), 2);
    assert_eq!(complain(&[&b"["[..], &b"x ".repeat(100_000)].concat()).len(), 50);
}

#[test]
fn four_hundred_levels_nest_and_one_more_is_told() {
    // A thread with little stack: nesting must not eat it up.
    let work = || {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let deep = |levels: usize| format!("{}1{}", open.repeat(levels), close.repeat(levels));
            let root = parse(deep(MAX_DEPTH).as_bytes()).expect("deep enough");
            let target = root.to_json();
            assert!(edit::edits(deep(MAX_DEPTH).as_bytes(), &root, &target).is_ok_and(|e| e.is_empty()));
            let errors = parse(deep(MAX_DEPTH + 1).as_bytes()).expect_err("too deep");
            assert_eq!(errors.len(), 1);
            assert_eq!(errors[0].span.start as usize, open.len() * MAX_DEPTH);
            let errors = parse(open.repeat(50_000).as_bytes()).expect_err("too deep");
            assert_eq!(errors.len(), 1);
        }
    };
    std::thread::Builder::new().stack_size(1 << 20).spawn(work).unwrap().join().unwrap();
}

#[test]
fn strings_are_escaped_in_one_way() {
    assert_eq!(
        escape::quote("a\"\\\u{1}\n\t\u{7f}é\u{1f600}${x}"),
        "\"a\\\"\\\\\\u0001\\n\\t\u{7f}é\u{1f600}${x}\""
    );
}

/// Reads `before` and `target`, and expects `after` of the edits that lead from one to the other.
fn edited(before: &str, target: &str, after: &str) {
    let root = read(before);
    let target = read(target).to_json();
    let bytes = edit::edits(before.as_bytes(), &root, &target).unwrap().apply(before.as_bytes());
    assert_eq!(String::from_utf8(bytes).unwrap(), after);
}

#[test]
fn a_string_joins_an_array_in_the_arrays_style() {
    edited(r#"["a"]"#, r#"["a", "b"]"#, r#"["a", "b"]"#);
    edited(r#"[ "a" ]"#, r#"["a", "b"]"#, r#"[ "a", "b" ]"#);
    edited(r#"["a","b"]"#, r#"["a", "b", "c"]"#, r#"["a","b","c"]"#);
    edited("[\n  \"a\"\n]\n", r#"["a", "b"]"#, "[\n  \"a\",\n  \"b\"\n]\n");
    edited("[\r\n\t\"a\"\r\n]\r\n", r#"["b", "a"]"#, "[\r\n\t\"b\",\r\n\t\"a\"\r\n]\r\n");
    edited("[\n  \"a\",\n\n  \"b\"\n]", r#"["a", "b", "c"]"#, "[\n  \"a\",\n\n  \"b\",\n  \"c\"\n]");
    edited(
        "[\n  \"a\",\n  \"b\"\n]",
        r#"["a", "x", "y", "b"]"#,
        "[\n  \"a\",\n  \"x\",\n  \"y\",\n  \"b\"\n]",
    );
    edited("{\n  \"a\": []\n}", r#"{"a": ["x", "y"]}"#, "{\n  \"a\": [\n    \"x\",\n    \"y\"\n  ]\n}");
    edited(
        "{\n  \"z\": [\"1\", \"2\"],\n  \"a\": []\n}",
        r#"{"z": ["1", "2"], "a": ["x", "y"]}"#,
        "{\n  \"z\": [\"1\", \"2\"],\n  \"a\": [\"x\", \"y\"]\n}",
    );
}

#[test]
fn an_element_goes_with_its_comma() {
    edited("[\n  \"a\",\n  \"b\",\n  \"c\"\n]", r#"["a", "c"]"#, "[\n  \"a\",\n  \"c\"\n]");
    edited("[\n  \"a\",\n  \"b\"\n]", r#"["a"]"#, "[\n  \"a\"\n]");
    edited("[\n  \"a\",\n  \"b\"\n]", r#"["b"]"#, "[\n  \"b\"\n]");
    edited("[ \"a\", \"b\" , \"c\" ]", r#"["b"]"#, "[ \"b\" ]");
    edited("{\"a\": [\"x\"], \"b\": 1}", r#"{"a": []}"#, "{\"a\": []}");
    edited("[\"x\",\n  \"a\", \"y\",\n  \"b\"\n]", r#"["a", "b"]"#, "[\n  \"a\",\n  \"b\"\n]");
    edited("[\"a\", \"b\"]", r#"["x", "b"]"#, "[\"x\", \"b\"]");
}

#[test]
fn a_scalar_becomes_a_list_when_a_second_joins() {
    edited(r#"{"Action": "a"}"#, r#"{"Action": ["a", "b"]}"#, r#"{"Action": ["a", "b"]}"#);
    edited(
        "{\n  \"Action\": \"\\u0061\"\n}",
        r#"{"Action": ["0", "a", "b"]}"#,
        "{\n  \"Action\": [\n    \"0\",\n    \"\\u0061\",\n    \"b\"\n  ]\n}",
    );
    edited(
        "[\n  {\"Action\": [\"a\", \"b\"]},\n  {\"Action\": \"a\"}\n]",
        r#"[{"Action": ["a", "b"]}, {"Action": ["a", "b"]}]"#,
        "[\n  {\"Action\": [\"a\", \"b\"]},\n  {\"Action\": [\"a\", \"b\"]}\n]",
    );
    edited(
        "{\n  \"Statement\": {\n    \"Sid\": \"A\"\n  }\n}",
        r#"{"Statement": [{"Sid": "A"}, {"Sid": "B"}]}"#,
        "{\n  \"Statement\": [{\n    \"Sid\": \"A\"\n  }, {\n    \"Sid\": \"B\"\n  }]\n}",
    );
}

#[test]
fn members_and_objects_come_in_the_files_indentation() {
    edited(
        "{\n\t\"Statement\": [\n\t\t{\n\t\t\t\"Sid\": \"A\"\n\t\t}\n\t]\n}",
        r#"{"Statement": [{"Sid": "A", "Effect": "Allow"}, {"Sid": "B", "Action": ["x", "y"], "C": {}}]}"#,
        "{\n\t\"Statement\": [\n\t\t{\n\t\t\t\"Sid\": \"A\",\n\t\t\t\"Effect\": \"Allow\"\n\t\t},\n\t\t{\n\t\t\t\"Sid\": \"B\",\n\t\t\t\"Action\": [\n\t\t\t\t\"x\",\n\t\t\t\t\"y\"\n\t\t\t],\n\t\t\t\"C\": {}\n\t\t}\n\t]\n}",
    );
    edited(
        "{\n  \"S\": [{\n    \"A\": 1\n  }]\n}",
        r#"{"S": [{"A": 1}, {"B": 2}]}"#,
        "{\n  \"S\": [{\n    \"A\": 1\n  }, {\n    \"B\": 2\n  }]\n}",
    );
    edited(r#"{"a":1,"b":2}"#, r#"{"a":1,"c":{"x":[1,2]},"b":2}"#, r#"{"a":1,"c":{"x":[1,2]},"b":2}"#);
    edited(r#"{ "NotAction" : "x", "b": 1 }"#, r#"{"Action": "x"}"#, r#"{ "Action" : "x" }"#);
    edited("{}\n", r#"{"a": ["x"]}"#, "{\n    \"a\": [\n        \"x\"\n    ]\n}\n");
    edited(r#"{"a": 1, "a": 2}"#, r#"{"a": 1}"#, r#"{"a": 1}"#);
}

#[test]
fn one_string_more_is_one_edit() {
    let text = include_str!("../../../../examples/airbyte/iam/prefect-worker.json");
    let root = read(text);
    let Json::Object(mut members) = root.to_json() else { panic!() };
    let Json::Array(statements) = &mut members[1].1 else { panic!() };
    let Json::Object(statement) = &mut statements[0] else { panic!() };
    let Json::Array(resources) = &mut statement[2].1 else { panic!() };
    let airbyte = resources.pop().unwrap();
    let without = Json::Object(members.clone());
    let edits = edit::edits(text.as_bytes(), &root, &without).unwrap();
    assert_eq!(edits.iter().count(), 1);
    let shorter = edits.apply(text.as_bytes());
    let root = parse(&shorter).unwrap();
    let Json::Array(statements) = &mut members[1].1 else { panic!() };
    let Json::Object(statement) = &mut statements[0] else { panic!() };
    let Json::Array(resources) = &mut statement[2].1 else { panic!() };
    resources.push(airbyte);
    let edits = edit::edits(&shorter, &root, &Json::Object(members)).unwrap();
    assert_eq!(edits.iter().count(), 1);
    assert_eq!(edits.apply(&shorter), text.as_bytes());
}

fn json() -> impl Strategy<Value = Json> {
    let text = prop_oneof!["[a-c]{0,2}", any::<String>()];
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        "(0|-?[1-9][0-9]{0,3})([.][0-9]{1,2})?(e[+-]?[0-9])?".prop_map(Json::Number),
        text.prop_map(Json::String),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Json::Array),
            proptest::collection::vec(("[a-d]{1,2}", inner), 0..6).prop_map(Json::Object),
        ]
    })
}

/// `value` with white space as `blanks` says, one after the other.
fn spaced(value: &Json, blanks: &mut impl FnMut() -> &'static str, out: &mut String) {
    match value {
        Json::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                out.push_str(blanks());
                spaced(item, blanks, out);
                out.push_str(blanks());
            }
            out.push(']');
        }
        Json::Object(members) => {
            out.push('{');
            for (at, (key, item)) in members.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                out.push_str(blanks());
                escape::push_quoted(out, key);
                out.push_str(blanks());
                out.push(':');
                out.push_str(blanks());
                spaced(item, blanks, out);
                out.push_str(blanks());
            }
            out.push('}');
        }
        other => *out += &Style::default().write(other, "", None),
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn no_text_of_json_words_panics_and_serde_agrees(
        words in proptest::collection::vec(
            prop::sample::select(vec![
                "{", "}", "[", "]", ",", ":", "\"a\"", "\"", "\\", "\\u00e9", "1", "-", "0", ".5", "e9",
                "true", "null", " ", "\n", "\r\n", "\t", "'", "/", "//", "/*", "*/", "#", "x", "é", "\u{1}",
            ]),
            0..24,
        )
    ) {
        let text = words.concat();
        let ours = parse(text.as_bytes());
        let theirs = serde_json::from_str::<&serde_json::value::RawValue>(&text);
        prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{:?} {:?}", text, ours);
        if let Err(errors) = ours {
            for error in errors {
                prop_assert!(error.span.end as usize <= text.len());
            }
        }
    }

    #[test]
    fn what_is_written_is_read_and_serde_reads_the_same(value in json()) {
        let text = Style::default().write(&value, "", None);
        prop_assert!(read(&text) == value);
        let theirs: serde_json::Value = serde_json::from_str(&text).unwrap();
        let again: serde_json::Value = serde_json::from_str(&Style::of(text.as_bytes(), &read(&text)).write(&value, "", None)).unwrap();
        prop_assert_eq!(theirs, again);
    }

    #[test]
    fn edits_lead_to_the_target(
        before in json(),
        target in json(),
        blanks in proptest::collection::vec(prop::sample::select(vec!["", " ", "\n  ", "\r\n\t", "\n\n"]), 1..9),
    ) {
        let mut text = String::new();
        let mut at = 0;
        spaced(&before, &mut || { at += 1; blanks[at % blanks.len()] }, &mut text);
        let root = read(&text);
        prop_assert!(root == before);
        let edits = edit::edits(text.as_bytes(), &root, &target).unwrap();
        let after = edits.apply(text.as_bytes());
        match parse(&after) {
            Ok(after) => prop_assert!(after == target, "{:?}", after),
            Err(errors) => prop_assert!(false, "{:?} {:?}", String::from_utf8_lossy(&after), errors),
        }
    }

    #[test]
    fn what_is_written_in_the_files_style_stays_in_it(
        items in proptest::collection::vec("[a-z]{1,3}", 1..6),
        more in proptest::collection::vec("[A-Z]{1,3}", 1..4),
        at in any::<prop::sample::Index>(),
    ) {
        // A file in the default style, with anything added, is the default style's text.
        let before = Json::Object(vec![("Action".into(), Json::strings(items.clone()))]);
        let mut all = items;
        let at = at.index(all.len() + 1);
        all.splice(at..at, more);
        let target = Json::Object(vec![("Action".into(), Json::strings(all))]);
        let text = Style::default().write(&before, "", None);
        let edits = edit::edits(text.as_bytes(), &read(&text), &target).unwrap();
        let expected = Style::default().write(&target, "", None);
        prop_assert_eq!(String::from_utf8(edits.apply(text.as_bytes())).unwrap(), expected);
        prop_assert_eq!(edits.iter().count(), 1);
    }
}
