//! `wrong.md` and `wrong_oidc.md`: wrong specs, and what is said of them.

use super::run;

const CASES: [(&str, &str); 2] =
    [("wrong.md", include_str!("wrong.md")), ("wrong_oidc.md", include_str!("wrong_oidc.md"))];

#[test]
fn wrong_specs_get_their_errors() {
    CASES.into_iter().for_each(|(file, cases)| check(file, cases));
}

fn check(file: &str, cases: &str) {
    let mut out = String::new();
    let mut rest = cases;
    let mut differs = Vec::new();
    while let Some((before, after)) = rest.split_once("```hcl\n") {
        let (spec, after) = after.split_once("```\n```text\n").expect("a spec is followed by its errors");
        let (expected, after) = match after.strip_prefix("```\n") {
            Some(after) => ("", after),
            None => after.split_once("\n```\n").expect("the errors have an end"),
        };
        let title = before.trim().rsplit("## ").next().unwrap_or_default();
        let (lowered, diagnostics, shown) = run(spec);
        assert!(!diagnostics.is_empty(), "{title}: nothing is said");
        let failed = diagnostics.iter().any(|found| found.severity == crate::diagnostic::Severity::Error);
        assert_eq!(lowered.is_none(), failed, "{title}");
        for found in &diagnostics {
            assert!(found.location.is_some() && found.label.is_some(), "{title}: {}", found.message);
            assert!(
                found.fix.is_some()
                    || found.reason.is_some()
                    || found.rule.code == "SF001"
                    || found.rule.code == "SF007",
                "{title}: {}",
                found.message
            );
        }
        let shown = shown.trim_end();
        if shown != expected {
            differs.push(format!("## {title}\n--- expected\n{expected}\n+++ found\n{shown}\n"));
        }
        out.push_str(&format!("{before}```hcl\n{spec}```\n```text\n{shown}\n```\n"));
        rest = after;
    }
    out.push_str(rest);
    if differs.is_empty() {
        return;
    }
    if std::env::var("SNAPSHOTS").as_deref() == Ok("overwrite") {
        let path = format!("{}/src/spec/tests/{file}", env!("CARGO_MANIFEST_DIR"));
        std::fs::write(path, out).unwrap();
    } else {
        panic!("{}", differs.join("\n"));
    }
}

#[test]
fn there_are_sixty_cases_at_least() {
    assert!(CASES[0].1.matches("```hcl\n").count() >= 60);
}
