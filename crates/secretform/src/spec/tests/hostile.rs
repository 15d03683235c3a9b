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
