//! The diff against what it must show, and against what applying it must give.

use super::*;

const FILE: &str = "\
resource \"other\" \"a\" {
  x = 1
}

resource \"aws_secretsmanager_secret\" \"b\" {
  name = \"b\"

  tags = {
    Name      = \"b\"
    ManagedBy = \"terraform\"
  }
}
# theirs
";

fn span(text: &str, what: &str) -> Span {
    let start = text.find(what).unwrap();
    Span::new(start, start + what.len())
}

fn owned() -> Vec<Span> {
    let start = FILE.find("resource \"aws").unwrap();
    vec![Span::new(start, FILE.find("\n# theirs").unwrap())]
}

fn diff(before: Option<&str>, edits: &[(Span, &str)], context: &[Span]) -> String {
    let mut all = Edits::new();
    for (span, text) in edits {
        all.push(*span, *text).unwrap();
    }
    let before = before.map(str::as_bytes);
    render(&[FileDiff { label: "a.tf", source: None, before, edits: &all, context }], &Masks::new(), false)
}

#[test]
fn a_changed_tag_is_one_line_with_context_of_its_own_block() {
    assert_eq!(
        diff(Some(FILE), &[(span(FILE, "\"terraform\""), "\"hand\"")], &owned()),
        r#"--- a.tf
+++ a.tf
@@ -7,6 +7,6 @@
 
   tags = {
     Name      = "b"
-    ManagedBy = "terraform"
+    ManagedBy = "hand"
   }
 }
"#
    );
}

#[test]
fn foreign_lines_are_no_context_but_are_shown_where_they_change() {
    let said = diff(Some(FILE), &[(span(FILE, "x = 1"), "x   = 1")], &owned());
    assert_eq!(said, "--- a.tf\n+++ a.tf\n@@ -2 +2 @@\n-  x = 1\n+  x   = 1\n");
    let said = diff(Some(FILE), &[(Span::at(FILE.len()), "\nresource \"c\" \"c\" {\n}\n")], &owned());
    assert_eq!(said, "--- a.tf\n+++ a.tf\n@@ -13,0 +14,3 @@\n+\n+resource \"c\" \"c\" {\n+}\n");
}

#[test]
fn a_file_without_a_last_line_break_changes_only_where_it_does() {
    let said = diff(Some("a {\n}"), &[(Span::at(5), "\n\nb {\n}\n")], &[]);
    assert_eq!(said, "--- a.tf\n+++ a.tf\n@@ -2,0 +3,3 @@\n+\n+b {\n+}\n");
}

#[test]
fn a_new_file_comes_from_nothing_and_no_change_says_nothing() {
    let said = diff(None, &[(Span::at(0), "a {\n}\n")], &[]);
    assert_eq!(said, "--- /dev/null\n+++ a.tf\n@@ -0,0 +1,2 @@\n+a {\n+}\n");
    assert_eq!(diff(Some(FILE), &[], &owned()), "");
    assert_eq!(diff(Some(FILE), &[(span(FILE, "x = 1"), "x = 1")], &owned()), "");
}

#[test]
fn changes_that_share_their_context_share_a_hunk() {
    let said = diff(
        Some(FILE),
        &[(span(FILE, "name = \"b\""), "name = \"c\""), (span(FILE, "\"terraform\""), "\"hand\"")],
        &owned(),
    );
    assert_eq!(said.matches("@@ -").count(), 1, "{said}");
    assert!(said.contains("@@ -5,8 +5,8 @@"), "{said}");
}

#[test]
fn secrets_hostile_text_and_tricks_are_not_shown() {
    let before =
        "a {\n  secret_string = <<EOF\nhunter2\nEOF\n  ::error::x\n  b = \"\u{1b}[2J\u{202e}\"\n  c = 1\n}\n";
    let context = [Span::new(0, before.len() - 1)];
    let said = diff(Some(before), &[(span(before, "c = 1"), "c = 2\n  password = \"hunter2\"")], &context);
    assert!(!said.contains("hunter2"), "{said}");
    assert!(!said.lines().any(|line| line.trim_start().starts_with("::")), "{said}");
    assert!(said.contains("   : :error::x"), "{said}");
    assert!(said.contains("b = \"␛[2J<U+202E>\""), "{said}");

    let mut sources = crate::source::SourceMap::new();
    let id = sources.add(crate::source::Source::new("a.tf", before.as_bytes()));
    let mut masks = Masks::new();
    masks.hide(crate::diagnostic::Location::new(id, span(before, "1")));
    let mut edits = Edits::new();
    edits.push(span(before, "1"), "hunter2").unwrap();
    let file = FileDiff {
        label: "a\n::error::.tf",
        source: Some(id),
        before: Some(before.as_bytes()),
        edits: &edits,
        context: &context,
    };
    let said = render(&[file], &masks, true);
    assert!(!said.contains("hunter2") && said.contains("+  c = (sensitive)"), "{said}");
    assert!(!said.contains("\n::error"), "{said}");
}

#[test]
fn crlf_is_no_news_and_a_lone_cr_is() {
    let before = "a {\r\n  b = 1\r\n}\r\n";
    let said = diff(Some(before), &[(span(before, "1"), "2")], &[Span::new(0, 15)]);
    assert_eq!(said, "--- a.tf\n+++ a.tf\n@@ -1,3 +1,3 @@\n a {\n-  b = 1\n+  b = 2\n }\n");
    let said = diff(Some("a = 1\n"), &[(Span::at(5), "\r")], &[]);
    assert_eq!(said, "--- a.tf\n+++ a.tf\n@@ -1 +1 @@\n-a = 1\n+a = 1␍\n");
}

#[test]
fn long_lines_are_shown_where_they_differ() {
    let before = format!("a = \"{}x{}\"\n", "ä".repeat(30_000), "z".repeat(30_000));
    let said = diff(Some(&before), &[(span(&before, "x"), "y")], &[]);
    assert!(said.len() < 5_000 && said.contains("äx") && said.contains("äy"), "{}", said.len());
}

/// Applies a diff the way `patch` does.
fn patched(before: &str, diff: &str) -> String {
    let old: Vec<String> = before.lines().map(|line| format!("{line}\n")).collect();
    let mut out = String::new();
    let mut at = 0;
    for line in diff.lines().skip(2) {
        if let Some(header) = line.strip_prefix("@@ -") {
            let side = header.split_once(' ').unwrap().0;
            let (start, count) = side.split_once(',').unwrap_or((side, "1"));
            let start: usize = start.parse().unwrap();
            let start = if count == "0" { start } else { start - 1 };
            out += &old[at..start].concat();
            at = start;
            continue;
        }
        match line.split_at(1) {
            ("+", text) => out += &format!("{text}\n"),
            (mark, text) => {
                assert_eq!(old[at], format!("{text}\n"), "{diff}");
                if mark == " " {
                    out += &old[at];
                }
                at += 1;
            }
        }
    }
    out += &old[at..].concat();
    out
}

#[test]
fn applying_the_diff_of_random_edits_gives_the_edited_text() {
    let mut state = 11_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % below
    };
    let pieces = ["a", "b\n", "\n", "c d\n", ""];
    for _ in 0..20_000 {
        let before: String = (0..random(40)).map(|_| pieces[random(5)]).collect();
        let mut edits = Edits::new();
        for _ in 0..random(6) {
            let start = random(before.len() + 1);
            let text: String = (0..random(4)).map(|_| pieces[random(5)]).collect();
            // A second edit of the same bytes is refused.
            let _ = edits.push(Span::new(start, (start + random(6)).min(before.len())), text);
        }
        let mut after = String::from_utf8(edits.apply(before.as_bytes())).unwrap();
        if !after.is_empty() && !after.ends_with('\n') {
            after.push('\n');
        }
        let owned = random(before.len() + 1);
        let context = [Span::new(owned, owned + random(before.len() - owned + 1))];
        let file = FileDiff {
            label: "a",
            source: None,
            before: Some(before.as_bytes()),
            edits: &edits,
            context: &context,
        };
        let diff = render(&[file], &Masks::new(), false);
        assert_eq!(
            patched(&before, &diff).trim_end_matches('\n'),
            after.trim_end_matches('\n'),
            "{before:?} {edits:?} {context:?}\n{diff}"
        );
    }
}

#[test]
fn ten_thousand_insertions_and_a_rewritten_file_take_linear_time() {
    let before = "secret {\n  a = 1\n}\n".repeat(10_000);
    let mut edits = Edits::new();
    let mut context = Vec::new();
    for at in 0..10_000 {
        context.push(Span::new(at * 19, at * 19 + 18));
        edits.push(Span::new(at * 19 + 15, at * 19 + 16), "2").unwrap();
    }
    let file = FileDiff {
        label: "a",
        source: None,
        before: Some(before.as_bytes()),
        edits: &edits,
        context: &context,
    };
    assert_eq!(render(&[file], &Masks::new(), false).matches("+  a = 2").count(), 10_000);
    let whole = [Span::new(0, before.len())];
    let one = FileDiff { context: &whole, ..file };
    assert_eq!(render(&[one], &Masks::new(), false).matches("+  a = 2").count(), 10_000);
    let mut edits = Edits::new();
    edits.push(Span::new(0, before.len()), before.replace('1', "2")).unwrap();
    let rewritten = FileDiff { edits: &edits, ..file };
    assert_eq!(render(&[rewritten], &Masks::new(), false).matches("+  a = 2").count(), 10_000);
}
