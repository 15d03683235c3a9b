//! No text panics, and every error stands inside of the file.

use proptest::prelude::*;

use super::run;

/// Pieces of specs, to be put together in any order.
const PIECES: [&str; 60] = [
    "terraform {",
    "}",
    "\n",
    "directory = ",
    "\"terraform/aws\"",
    "group ",
    "\"a\"",
    " {",
    "secret ",
    "\"b\" {}",
    "tags = ",
    "{ Name = secret.name }",
    "merge(local.tags, { A = secret.arn })",
    "reader ",
    "reads = ",
    "[group.a]",
    "secret.a.b",
    "secret.a[*]",
    "secret[\"a\"][\"b\"]",
    "statement ",
    "document = ",
    "policy_file ",
    "field ",
    "format = ",
    "ignore = ",
    "[tags[\"A\"]]",
    "all",
    "rule ",
    "\"SF103\"",
    "severity = ",
    "\"off\"",
    "reason = ",
    "<<EOT\n${secret.prefix}\nEOT\n",
    "\"${secret.prefix}x${var.y}\"",
    "null",
    "-1",
    "1e5",
    "var.x",
    "(",
    ")",
    "[",
    "]",
    ",",
    "=",
    ".",
    "for x in y : ",
    "secret",
    "group",
    "\"%{ if secret.name == 1 }a%{ endif }\"",
    "policy {",
    "principals {",
    "identifiers = ",
    "type = ",
    "region = ",
    "prefix = ",
    "\"\"",
    "external = true",
    "é",
    "\u{0}",
    "# c\n",
];

#[test]
fn thousands_of_secrets_and_errors_take_no_minutes() {
    let mut text = String::from("terraform { directory = \".\" }\ngroup \"g\" {\n");
    (0..800).for_each(|at| text.push_str(&format!("  secret \"secret-number-{at}\" {{}}\n")));
    text.push_str("}\nreader \"r\" {\n  region = \"eu-west-1\"\n  account_id = \"*\"\n  statement { document = \"d\" }\n  reads = [secret.g[*], ");
    let good = format!("{text}]\n}}\n");
    let (lowered, _, shown) = run(&good);
    let model = lowered.unwrap_or_else(|| panic!("{shown}")).model;
    assert_eq!(model.grants().next().unwrap().resolved.statement().resources().items().len(), 800);
    (0..800).for_each(|at| text.push_str(&format!("secret.g.secret-numbre-{at}, ")));
    text.push_str("]\n}\n");
    assert_eq!(run(&text).1.len(), 800);
}

#[test]
fn the_deepest_nesting_that_is_taken_needs_little_stack() {
    for (open, close) in [("(", ")"), ("[", "]"), ("f(", ")"), ("{ a = ", "}"), ("\"${", "}\""), ("!", "")] {
        for inner in ["secret.name", "var.x"] {
            let value = format!("{}{inner}{}", open.repeat(390), close.repeat(390));
            for word in ["description", "tags", "provider", "ignore"] {
                run(&format!("terraform {{ directory = \".\" }}\nsecret \"s\" {{\n  {word} = {value}\n}}\n"));
            }
            run(&format!("terraform {{ directory = \".\" }}\nreader \"s\" {{\n  reads = {value}\n}}\n"));
            run(&format!(
                "terraform {{ directory = \".\" }}\nsecret \"s\" {{\n  field \"f\" {{\n    default = {value}\n  }}\n}}\n"
            ));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,200}") {
        run(&text);
    }

    #[test]
    fn pieces_in_any_order_are_read_without_panic(at in proptest::collection::vec(0..PIECES.len(), 0..60)) {
        let text: String = at.into_iter().map(|at| PIECES[at]).collect();
        let (_, diagnostics, _) = run(&text);
        for found in diagnostics {
            let location = found.location.unwrap();
            prop_assert!(location.span.end as usize <= text.len(), "{}", found.message);
        }
    }
}
