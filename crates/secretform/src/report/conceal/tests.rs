//! The canary is `hunter2`; whatever is broken around it, it must not sing.

use super::*;

fn shown(text: &str, kind: Kind, names: &[&str]) -> String {
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    let mut out = String::new();
    let mut at = 0;
    for span in values(text.as_bytes(), kind, &names) {
        out.push_str(&text[at..span.start as usize]);
        out.push('…');
        at = span.end as usize;
    }
    out + &text[at..]
}

#[test]
fn values_are_hidden_in_every_form_broken_ones_too() {
    for text in [
        "secret_string = \"hunter2\"",
        "secret_string = \"hunter2",
        "value \"hunter2\" {}",
        "secret \"a\" {\n  value \"hunter2\"",
        "password_length = \"hunter2\"",
        "password_length = 12 + \"hunter2\"",
        "secret_string_wo_version = hunter2",
        "secret_string_wo = ephemeral.aws_secretsmanager_random_password.x.random_password\nsecret_string = \"hunter2\"",
        "secret_string_wo = ephemeral.aws_secretsmanager_random_password.x.\"hunter2\".random_password",
        "secret_string = \"hunter1\nhunter2\"\n",
        "secret_string=hunter2",
        "secret_string == \"hunter2\"",
        "secret_string \"hunter2\"",
        "{ secret_string \"hunter2\" }",
        "\"secret_string\" \"hunter2\"",
        "secret_string hunter2",
        "secret string = \"hunter2\"",
        "secret_strng = \"hunter2\"",
        "pasword = \"hunter2\"",
        "secret_string = <-EOF\nhunter2\nEOF\n",
        "secret_string =\n\"hunter2\"",
        "secret_string\n= \"hunter2\"",
        "secret_string /* why */ = \"hunter2\"",
        "secret_string /* why */ /* = */ = \"hunter2\"",
        "\"secret_string\" = \"hunter2\"",
        "(\"secret_string\") = \"hunter2\"",
        "(secret_string) = \"hunter2\"",
        "{ \"secret_string\" : \"hunter2\" }",
        "{ secret_string : \"hunter2\" }",
        "\"secret\\u005fstring\" = \"hunter2\"",
        "secret_string_wo = \"hunter2\"",
        "secret_string_wo = jsonencode({\n  a = \"b\"\n  c = \"hunter2\"\n})\n",
        "secret_string_wo = jsonencode({\n  a = \"b\"\n  c = \"hunter2\n",
        "secret_string = <<EOF\nhunter2\nEOF\n",
        "secret_string = <<-EOF\n  {\n  hunter2\n  EOF\n",
        "secret_string = <<EOF\nhunter2\n",
        "secret_string = format(<<EOF\nhunter2\nEOF\n, \"hunter2\")",
        "secret_string = \"${\"}\"} hunter2\"",
        "secret_string = \"$${ hunter2\"",
        "secret_string = \"a\\\" hunter2\"",
        "secret_string = /* \" */ \"hunter2\"",
        "secret_string = \"x\" # was hunter2",
        "secret_string = [ # ]\n\"hunter2\"]",
        "secret_string = abc\"hunter2\"",
        "secret_string = a, hunter2",
        "secret_string = a } hunter2",
        "secret_binary = filebase64(\"hunter2\")",
        "password = \"hunter2\"",
        "password_wo = \"hunter2\"",
        "db_password = \"hunter2\"",
        "DB_PASSWORD=hunter2",
        "# secret_string = \"hunter2\"",
        "x = \"secret_string = hunter2\"",
        "locals { x = \"{\\\"password\\\": \\\"hunter2\\\"}\" }",
        "x = <<EOF\n{\n  \"password\": \"hunter2\",\n}\nEOF",
        "x = <<EOF\npassword: hunter2\nEOF",
        "url = \"https://a.example/?password=hunter2\"",
        "say = \"5 \\\" \" \npassword = \"hunter2\"",
    ] {
        let shown = shown(text, Kind::Hcl, &[]);
        assert!(!shown.contains("hunter2") && shown.contains('…'), "{text}\n→ {shown}");
    }
}

#[test]
fn json_is_searched_by_its_own_rules() {
    for text in [
        r#"{"secret_string": "hunter2"}"#,
        r#"{"secret_string": "hunter2"#,
        "{\"secret_string\"\n:\n\"hunter2\"\n}",
        r#"{"secret\u005fstring":"hunter2"}"#,
        r#"{"SecretString":"{\"a\":\"hunter2\"}"}"#,
        "{\"password\": [\n\"a\", \"hunter2\"\n]}",
        r##"{"password": "# hunter2"}"##,
    ] {
        let shown = shown(text, Kind::Json, &[]);
        assert!(!shown.contains("hunter2") && shown.contains('…'), "{text}\n→ {shown}");
    }
    // A template's `${` opens nothing in JSON, and what follows is still seen.
    let text = "{\"password\": \"${ hunter2\",\n\"name\": \"x\"}";
    assert_eq!(shown(text, Kind::Json, &[]), "{\"password\": …\n\"name\": \"x\"}");
}

#[test]
fn what_follows_and_what_only_sounds_alike_is_shown() {
    for (text, expected) in [
        ("secret_string = \"x\"\nname = \"y\"", "secret_string = …\nname = \"y\""),
        ("password = <<EOF\nx\nEOF\nname = 1", "password = …\nname = 1"),
        ("a = \"Password: \"\nname = 1", "a = \"Password: …\nname = 1"),
        ("a = \"Password: see vault\"\nname = 1", "a = \"Password: …\nname = 1"),
    ] {
        assert_eq!(shown(text, Kind::Hcl, &[]), expected);
    }
    for text in [
        "password_length = 48",
        "value \"generated\" { password_length = 48 }",
        "value \"generated\" {\n  version = 1\n}",
        "  secret_string_wo = ephemeral.aws_secretsmanager_random_password.x.random_password\n  secret_string_wo_version = 2",
        "resource \"random_password\" \"x\" {\n  length = 32\n}",
        "resource \"aws_secretsmanager_secret\" \"db_password\" {\n  name = \"db/password\"\n}",
        "a = aws_secretsmanager_secret.password.arn",
        "password {\n  policy = \"strict\"\n}",
        "field \"a\" {\n  default = \"x\"\n}",
        "field \"a\" {\n  sensitive = false\n  default = \"x\"\n}",
    ] {
        assert_eq!(shown(text, Kind::Hcl, &[]), text);
    }
}

#[test]
fn defaults_of_sensitive_fields_are_hidden_and_others_not() {
    for text in [
        "field \"k\" {\n  sensitive = true\n  default = \"hunter2\"\n}",
        "field \"k\" {\n  default = \"hunter2\"\n  sensitive = true\n}",
        "field \"k\" { example = \"hunter2\"\n sensitive = true }",
        "variable \"k\" {\n  sensitive = true\n  default = \"hunter2\n",
        "field \"k\" {\n  description = \"the field \"\n  default = \"hunter2\"\n  sensitive = true\n}",
    ] {
        let shown = shown(text, Kind::Hcl, &[]);
        assert!(!shown.contains("hunter2") && shown.contains('…'), "{text}\n→ {shown}");
    }
    let text = "field \"a\" {\n  default = \"a\"\n}\nfield \"k\" {\n  sensitive = true\n}\nfield \"b\" {\n  default = \"b\"\n}\n";
    assert_eq!(shown(text, Kind::Hcl, &[]), text);
    let json = r#"{"field": {"k": {"sensitive": true, "default": "hunter2"}}}"#;
    assert!(!shown(json, Kind::Json, &[]).contains("hunter2"));
}

#[test]
fn names_told_are_hidden_and_prose_stays_prose() {
    assert_eq!(shown("api_key = \"hunter2\"", Kind::Hcl, &["api_key"]), "api_key = …");
    assert_eq!(shown("{\"api_key\": \"hunter2\"", Kind::Json, &["api_key"]), "{\"api_key\": …");
    assert_eq!(shown("my_api_key = 1", Kind::Hcl, &["api_key"]), "my_api_key = 1");
    for text in ["the password: not here", "`password` is not known", "secret `db_password`: changed"] {
        assert_eq!(shown(text, Kind::Prose, &[]), text);
    }
    assert_eq!(shown("found `password = \"hunter2\"`", Kind::Prose, &[]), "found `password = …");
    assert_eq!(shown("found \"password\": \"hunter2\"", Kind::Prose, &[]), "found \"password\": …");
}

#[test]
fn any_bytes_are_searched_in_linear_time_without_panic() {
    let pieces: [&[u8]; 14] = [
        b"secret_string",
        b" = ",
        b"\"",
        b"\\",
        b"\n",
        b"<<EOF\n",
        b"EOF",
        b"${",
        b"}",
        b"/*",
        b"*/",
        b"sensitive",
        b"\xff",
        b":",
    ];
    let mut state = 3_u64;
    for _ in 0..5_000 {
        let mut bytes = Vec::new();
        for _ in 0..12 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            bytes.extend_from_slice(pieces[(state >> 33) as usize % pieces.len()]);
        }
        for kind in [Kind::Hcl, Kind::Json, Kind::Prose] {
            let spans = values(&bytes, kind, &BTreeSet::new());
            assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
            assert!(spans.iter().all(|span| !span.is_empty() && span.end as usize <= bytes.len()));
        }
    }
    for piece in [
        "a=",
        "\"=",
        "*/=",
        "<<",
        "= ",
        "password=\"\"\n",
        "default=sensitive=",
        "{",
        "\\u=\"",
        "\"password: ",
    ] {
        let text = piece.repeat(500_000 / piece.len());
        values(text.as_bytes(), Kind::Hcl, &BTreeSet::new());
    }
}
