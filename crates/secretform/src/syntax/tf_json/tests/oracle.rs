//! Terraform itself reads the JSON and the native text that it becomes: both are one.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use super::is_block;
use crate::json::escape::quote;
use crate::syntax::tf_json::translate;

/// What `terraform console` says of `local.all`; `None` where there is no terraform.
fn evaluated(directory: &Path) -> Option<String> {
    let mut console = Command::new("terraform")
        .arg("console")
        .current_dir(directory)
        .env("CHECKPOINT_DISABLE", "1")
        .env_remove("TF_CLI_CONFIG_FILE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    console.stdin.take()?.write_all(b"jsonencode(local.all)\n").ok()?;
    let output = console.wait_with_output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Terraform's view of every value, as JSON and as translated.
fn both(values: &[String]) -> Option<[String; 2]> {
    let mut json = String::from("{\"variable\": {\"v\": {\"default\": \"V${v}\"}}, \"locals\": {\n");
    let mut all = String::from("locals {\n  all = [\n");
    for (at, value) in values.iter().enumerate() {
        let _ = writeln!(json, "\"x{at}\": {value}{}", if at + 1 < values.len() { "," } else { "}}" });
        let _ = writeln!(all, "    try(jsonencode(local.x{at}), \"<error>\"),");
    }
    all += "  ]\n}\n";
    let native = translate(json.as_bytes(), &is_block).unwrap_or_else(|errors| panic!("{errors:?}"));
    let mut views = Vec::new();
    for (name, bytes) in [("a.tf.json", json.as_bytes()), ("a.tf", native.bytes())] {
        let directory = tempfile::tempdir().ok()?;
        std::fs::write(directory.path().join(name), bytes).ok()?;
        std::fs::write(directory.path().join("all.tf"), &all).ok()?;
        views.push(evaluated(directory.path())?);
    }
    views.try_into().ok()
}

#[test]
#[expect(clippy::print_stderr, reason = "whoever runs the tests shall know that this one didn't")]
fn terraform_reads_both_alike() {
    let mut values: Vec<String> = [
        r#""plain""#,
        r#""${var.v}""#,
        r#""a ${var.v} b""#,
        r#""$${x} %%{y} $ % $$ {} ${ 1 + 1 }""#,
        r#""\\n \\ \" \t\n\r\n ${var.v} \\""#,
        r#""\r a""#,
        r#""\ufeffa""#,
        r#""\ufeff${var.v}\u0001\u007f\u0085""#,
        r#""${[1, \"a\", {b = true}]}""#,
        r#""%{ if true }yes%{ else }no%{ endif }""#,
        r#""a %{~ if true ~} yes %{~ endif ~} b""#,
        r#""%{ for x in [1, 2] }${x},\n%{ endfor }""#,
        r#""  ${~ var.v ~}  x""#,
        r#""${var.v}\n""#,
        r#""\n${var.v}""#,
        r#""${\"EOT\\n\"}EOT""#,
        r#""${upper(\"q${\"r\"}\")}""#,
        r#"{"a${var.v}": {"//": 1, "b": [null, true, 1.50, 1e3, -2]}}"#,
        "\"\u{e9} \u{65}\u{301} \u{1f600}\"",
        r#""\u0065\u0301${var.v}\ud83d\ude00""#,
    ]
    .map(str::to_owned)
    .into();
    let mut runner = TestRunner::deterministic();
    let strategy = r#"([a-z $}%~"\\\n]| \{|\$\$\{|%%\{|\$\{var\.v\}|\$\{~ 1 ~\}|%\{if true\}|%\{endif\}|\$\{"a\$\{var\.v\}"\}){0,9}"#;
    while values.len() < 600 {
        let Ok(tree) = strategy.new_tree(&mut runner) else { break };
        let value = quote(&tree.current());
        // What is refused here is compared elsewhere; one bad value would spoil the file.
        if translate(format!("{{\"locals\": {{\"x\": {value}}}}}").as_bytes(), &is_block).is_ok() {
            values.push(value);
        }
    }
    match both(&values) {
        None => eprintln!("skipped: there is no terraform to compare with"),
        Some([json, native]) if json == native => {}
        Some(_) => {
            for value in values {
                let [json, native] = both(std::slice::from_ref(&value)).unwrap_or_default();
                assert_eq!(json, native, "{value}");
            }
        }
    }
}
