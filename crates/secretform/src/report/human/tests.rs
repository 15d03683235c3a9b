//! What a person sees, and what nobody may see.

use super::*;
use crate::diagnostic::codes;
use crate::report::json;
use crate::source::{Source, SourceId, Span};

fn plain(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    render(diagnostics, sources, &Masks::new(), &HumanOptions::default())
}

fn at(source: SourceId, text: &str, what: &str) -> Location {
    let start = text.find(what).unwrap();
    Location::new(source, Span::new(start, start + what.len()))
}

#[test]
fn everything_that_a_diagnostic_says_has_its_place() {
    let text = "resource \"aws_secretsmanager_secret\" \"a\" {\n  name = \"airbyte/ap1\"\n}\n";
    let spec = "group \"airbyte\" {\n  secret \"api\" {}\n}\n";
    let mut sources = SourceMap::new();
    let id = sources.add(Source::new("terraform/secrets.tf", text.as_bytes()));
    let spec_id = sources.add(Source::new("secretform.hcl", spec.as_bytes()));
    let diagnostic = Diagnostic::new(&codes::CHANGED, "the name of a container was changed")
        .address("aws_secretsmanager_secret.a.name")
        .at(at(id, text, "\"airbyte/ap1\""))
        .label("another name")
        .expected("\"airbyte/api\"")
        .found("\"airbyte/ap1\"")
        .reason("another name is another secret: Terraform would replace the container")
        .fix("write it back:\nname = \"airbyte/api\"")
        .related(at(spec_id, spec, "secret \"api\""), "declared here")
        .seen("3f2a90c1");
    assert_eq!(
        plain(&[diagnostic], &sources),
        r#"error[SF102]: the name of a container was changed
 --> terraform/secrets.tf:2:10
  |
2 |   name = "airbyte/ap1"
  |          ^^^^^^^^^^^^^ another name
note: declared here
 --> secretform.hcl:2:3
  |
2 |   secret "api" {}
  |   ------------
  |
  = address: aws_secretsmanager_secret.a.name
  = expected: "airbyte/api"
  = found: "airbyte/ap1"
  = note: another name is another secret: Terraform would replace the container
  = help: write it back:
          name = "airbyte/api"
  = seen: 3f2a90c1

"#
    );
}

#[test]
fn without_a_place_only_the_words_are_said() {
    let said =
        plain(&[Diagnostic::new(&codes::SPEC_NOT_FOUND, "no spec").fix("write one")], &SourceMap::new());
    assert_eq!(said, "error[SF009]: no spec\n = help: write one\n\n");
}

#[test]
fn colours_change_nothing_but_colour() {
    let text = "a = 1\nb = 2\n";
    let mut sources = SourceMap::new();
    let id = sources.add(Source::new("a.tf", text.as_bytes()));
    let diagnostics = [Diagnostic::new(&codes::CHANGED, "x").at(at(id, text, "2")).label("y").reason("z")];
    let options = HumanOptions { color: true, ..HumanOptions::default() };
    let colored = render(&diagnostics, &sources, &Masks::new(), &options);
    let mut stripped = String::new();
    let mut rest = colored.as_str();
    while let Some((before, after)) = rest.split_once('\x1b') {
        stripped.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    stripped.push_str(rest);
    assert_ne!(colored, stripped);
    assert_eq!(stripped, plain(&diagnostics, &sources));
}

#[test]
fn hostile_text_reaches_no_terminal_and_no_runner() {
    let hostile = "\n::error::x\n\u{1b}[2J\u{202e}##[group]\r##vso[x]";
    let text = format!("a = \"{hostile}\"\n::warning::y\n");
    let mut sources = SourceMap::new();
    let id = sources.add(Source::new(format!("a{hostile}.tf"), text.as_bytes()));
    let diagnostics: Vec<_> = ["a", "::error", "\u{1b}", "::warning"]
        .map(|what| {
            Diagnostic::new(&codes::CHANGED, hostile)
                .at(at(id, &text, what))
                .label(hostile)
                .address(hostile)
                .expected(hostile)
                .found(hostile)
                .reason(hostile)
                .fix(hostile)
                .related(at(id, &text, "##"), hostile)
        })
        .into();
    let json = json::render(&diagnostics, &sources, &Masks::new());
    for out in [plain(&diagnostics, &sources), json.clone()] {
        for line in out.lines() {
            assert!(!line.trim_start().starts_with("::"), "{line}");
            assert!(!line.contains("##[") && !line.contains("##vso["), "{line}");
            assert!(!line.chars().any(|c| c.is_control() || hygiene::is_treacherous(c)), "{line}");
        }
    }
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(read["findings"][0]["message"], hostile, "a machine gets the very text");
}

#[test]
fn the_canary_sings_in_no_output() {
    let text = "resource \"aws_secretsmanager_secret_version\" \"a\" {\n  secret_string = \"hunter2\n}\n";
    let mut sources = SourceMap::new();
    let id = sources.add(Source::new("a.tf", text.as_bytes()));
    let spec =
        "secret \"a\" {\n  field \"token\" {\n    sensitive = true\n    default = \"hunter2\"\n  }\n}\n";
    let spec_id = sources.add(Source::new("secretform.hcl", spec.as_bytes()));
    let value = "locals {\n  token = \"hunter2\"\n  other = \"hunter2\"\n}\n";
    let value_id = sources.add(Source::new("locals.tf", value.as_bytes()));
    let mut masks = Masks::new();
    masks.hide_name("token");
    masks.hide(at(value_id, value, "\"hunter2\"\n}"));
    let diagnostics = [
        Diagnostic::new(&codes::HCL_SYNTAX, "found secret_string = \"hunter2").at(at(id, text, "\"hunter2")),
        Diagnostic::new(&codes::HCL_SYNTAX, "the line should end here, but `hunter2` stands here")
            .at(at(id, text, "hunter2"))
            .label("not hunter2"),
        Diagnostic::new(&codes::HCL_SYNTAX, "`=` expected after `secret_string`, not `hunter2`").at(at(
            id,
            text,
            "secret_string",
        )),
        Diagnostic::new(&codes::INVALID_VALUE, "no default").at(at(spec_id, spec, "\"hunter2\"")),
        Diagnostic::new(&codes::VALUE_IN_STATE, "x").at(at(value_id, value, "token")),
        Diagnostic::new(&codes::VALUE_IN_STATE, "x").at(at(value_id, value, "other")),
        Diagnostic::new(&codes::CHANGED, "x")
            .address("aws_secretsmanager_secret_version.a.secret_string")
            .expected("hunter2")
            .found("hunter2")
            .fix("token = \"hunter2\""),
    ];
    let human = render(&diagnostics, &sources, &masks, &HumanOptions::default());
    assert!(!human.contains("hunter2"), "{human}");
    assert!(human.contains("secret_string = (sensitive)"), "{human}");
    let json = json::render(&diagnostics, &sources, &masks);
    assert!(!json.contains("hunter2"), "{json}");
}

#[test]
fn a_container_that_is_called_password_can_still_be_told_of() {
    let diagnostic = Diagnostic::new(&codes::CHANGED, "x")
        .address("aws_secretsmanager_secret.db_password.tags[\"Name\"]")
        .expected("\"a\"")
        .found("\"b\"");
    let said = plain(&[diagnostic], &SourceMap::new());
    assert!(said.contains("expected: \"a\"") && said.contains("found: \"b\""), "{said}");
}

#[test]
fn a_thousand_findings_in_large_files_cost_one_pass() {
    let text = "a = \"b\"\n".repeat(30_000);
    let line = format!("x = \"{}\"\n", "y = 1 ".repeat(100_000));
    let mut sources = SourceMap::new();
    let many = sources.add(Source::new("many.tf", text.as_bytes()));
    let long = sources.add(Source::new("long.tf", line.as_bytes()));
    let diagnostics: Vec<_> = (0..1_000)
        .map(|at| {
            Diagnostic::new(&codes::CHANGED, "x").at(Location::new(many, Span::new(at * 240, at * 240 + 1)))
        })
        .chain((0..1_000).map(|at| {
            Diagnostic::new(&codes::CHANGED, "x").at(Location::new(long, Span::new(at * 600, at * 600 + 1)))
        }))
        .collect();
    let said = plain(&diagnostics, &sources);
    assert!(said.contains("many.tf:29971:1") && said.contains("long.tf:1:599401"));
    assert!(said.len() < 1_000_000);
}

/// Texts that break after every byte, each before and after the break, with the errors of the true parsers.
#[cfg(feature = "terraform")]
#[test]
fn the_canary_stays_silent_however_a_file_is_broken() {
    let texts = [
        "a {\n  secret_string = \"hunter2\"\n}\nb = 1\n",
        "a {\n  secret_string = \"x\" hunter2\n}\n",
        "a {\n  secret_string = hunter2 hunter2\n}\n",
        "a {\n  secret_string = \"hunter1\n  hunter2\"\n}\n",
        "a {\n  secret_string = \"${hunter2 hunter2}\"\n}\n",
        "a {\n  secret_string = <<-EOF\n    hunter1\n    hunter2 ${hunter2 x}\n  EOF\n}\n",
        "a {\n  secret_string = jsonencode({\n    a = \"hunter2\"\n    b = [hunter2,, hunter2]\n  })\n}\n",
        "a {\n  secret_string = f(\"hunter2\" \"hunter2\")\n}\n",
        "a {\n  password_wo = hunter2 ? : hunter2\n}\n",
        "a { secret_string = \"hunter2\" b = \"hunter2\" }\n",
        "a {\n  b = { password : \"hunter2\", password = 'hunter2' }\n}\n",
        "a {\n  secret_string : \"hunter2\"\n}\n",
        "a {\n  secret_string = \"hunter2\"\n  secret_string = \"hunter2\"\n}\n",
        "secret \"a\" {\n  field \"token\" {\n    sensitive = true\n    default = hunter2 hunter2\n  }\n}\n",
        "{\"a\": {\"secret_string\": \"hunter2\" \"hunter2\", \"secret_string\": hunter2}}",
    ];
    for text in texts {
        // A break in the very word that makes a value secret leaves no secret.
        for cut in text.find("default").unwrap_or(0)..=text.len() {
            for part in [
                text[..cut].to_owned(),
                format!("{}\n}}\n", &text[..cut]),
                format!("{} {}", &text[..cut], &text[cut..]),
            ] {
                let mut sources = SourceMap::new();
                let id = sources.add(Source::new("a.tf", part.as_bytes()));
                let json_id = sources.add(Source::new("a.tf.json", part.as_bytes()));
                let mut diagnostics: Vec<Diagnostic> = Vec::new();
                for error in crate::syntax::File::parse(part.as_bytes()).errors() {
                    diagnostics.push(error.diagnostic(&codes::HCL_SYNTAX, id));
                }
                for error in crate::json::parse(part.as_bytes()).err().unwrap_or_default() {
                    diagnostics.push(error.diagnostic(&codes::JSON_SYNTAX, json_id));
                }
                let human = plain(&diagnostics, &sources);
                assert!(!human.contains("hunt"), "{part}\n→\n{human}");
                let json = json::render(&diagnostics, &sources, &Masks::new());
                assert!(!json.contains("hunt"), "{part}\n→\n{json}");
            }
        }
    }
}
