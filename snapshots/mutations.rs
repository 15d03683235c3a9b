//! Every character of what is owned counts, and none of the spaces between: each one of the example
//! is changed, dropped and doubled in turn, which must never be clean; and each blank, line end and
//! spelling is changed in turn, which must never be a finding.

use std::path::Path;

use libtest_mimic::Failed;
use secretform::diagnostic::Severity;
use secretform::pipeline::{Inputs, check};
use secretform::source::{MemoryDirectory, RepoPath};

/// The owned text: an example, a file, and from where to where in it.
const OWNED: [(&str, &str, &str, &str); 4] = [
    ("airbyte", "terraform/aws/secrets.tf", "", ""),
    ("airbyte", "terraform/aws/oidc.tf", "  statement {\n    sid     = \"SecretsManagerAccess\"", "\n  }\n"),
    ("airbyte", "iam/prefect-worker.json", "", ""),
    ("values", "terraform/aws/secrets.tf", "", ""),
];

/// What a character is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A comment.
    Comment,
    /// What is between tokens.
    Blank,
    /// A token that is no text.
    Token,
    /// The text of a string.
    Text,
    /// `${…}`.
    Template,
}

/// Changes that must be seen.
pub(crate) fn seen() -> Result<(), Failed> {
    walk(
        |text, parts, at| {
            let (before, rest) = text.split_at(at);
            let after = &rest[1..];
            let c = char::from(text.as_bytes()[at]);
            let mut variants = Vec::new();
            if matches!(parts[at], Part::Comment | Part::Blank) || (parts[at] == Part::Template && c == ' ') {
                return variants;
            }
            let other = if c == 'Q' { 'Z' } else { 'Q' };
            variants.push(format!("{before}{other}{after}"));
            variants.push(format!("{before}{after}"));
            variants.push(format!("{before}{c}{c}{after}"));
            // Actions have no case, and an effect's is a warning.
            let start = before.rfind('"').map_or(0, |quote| quote + 1);
            let string = text[start..].split('"').next().unwrap_or_default();
            let caseless = string.starts_with("secretsmanager:") || string == "Allow";
            if c.is_ascii_alphabetic() && !caseless {
                let swapped =
                    if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
                variants.push(format!("{before}{swapped}{after}"));
            }
            if parts[at] == Part::Text {
                variants.push(format!("{before} {c}{after}"));
                variants.push(format!("{before}\u{200b}{c}{after}"));
            }
            variants
        },
        false,
    )
}

/// Changes that mean nothing.
pub(crate) fn unseen() -> Result<(), Failed> {
    walk(
        |text, parts, at| {
            let (before, rest) = text.split_at(at);
            let after = &rest[1..];
            let c = text.as_bytes()[at];
            let json = text.starts_with('{');
            let becomes = |piece: &str| format!("{before}{piece}{after}");
            match (parts[at], c) {
                (Part::Text, _) => vec![becomes(&format!("\\u00{c:02x}")), becomes(&format!("\\u00{c:02X}"))],
                (Part::Blank, b' ') if json => vec![becomes("\t"), becomes("\r\n"), becomes("  ")],
                (Part::Blank, b'\n') if json => vec![becomes(""), becomes("\r\n"), becomes("\n\n\t")],
                (Part::Blank, b' ') => vec![becomes("\t"), becomes("   "), becomes(" /* \" } ${ EOT */ ")],
                (Part::Blank, b'\n') => {
                    vec![
                        becomes("\r\n"),
                        becomes("\n\n"),
                        becomes(" # } \"\n"),
                        becomes("// ] ${\r\n"),
                        becomes("/**/\n"),
                    ]
                }
                (Part::Template, b' ') => vec![becomes("  ")],
                _ => Vec::new(),
            }
        },
        true,
    )
}

/// Checks each variant of the example that `vary` makes at each character of the owned text.
fn walk(vary: impl Fn(&str, &[Part], usize) -> Vec<String>, clean: bool) -> Result<(), Failed> {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (example, file, first, last) in OWNED {
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(example);
        let mut memory = MemoryDirectory::new();
        for (path, bytes) in crate::tree::Tree::read(&example)?.files() {
            memory.insert(RepoPath::new(path)?, bytes);
        }
        let whole = std::fs::read_to_string(example.join(file))?;
        let start = whole.find(first).ok_or("the owned text is gone")?;
        let end = if last.is_empty() {
            whole.len()
        } else {
            start + whole[start..].find(last).ok_or("…")? + last.len()
        };
        let text = &whole[start..end];
        let parts = parts(text);
        let path = RepoPath::new(file)?;
        for at in 0..text.len() {
            for variant in vary(text, &parts, at) {
                if variant == text {
                    continue;
                }
                let now = format!("{}{variant}{}", &whole[..start], &whole[end..]);
                memory.insert(path.clone(), now);
                count += 1;
                let outcome = check(&Inputs {
                    directory: &memory,
                    spec: RepoPath::new("secretform.hcl")?,
                    templates: None,
                });
                let least = if clean { Severity::Warning } else { Severity::Error };
                let found =
                    outcome.failed || outcome.diagnostics.iter().any(|finding| finding.severity >= least);
                if found == clean {
                    let line = text[..at].matches('\n').count() + 1;
                    let shown = variant.lines().nth(line - 1).unwrap_or_default().to_owned();
                    let told = outcome.diagnostics.first().map(|finding| finding.message.clone());
                    wrong.push(format!("{file}, line {line} of the owned text: {shown}   {told:?}"));
                }
            }
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    let what = if clean { "means nothing, but is a finding" } else { "changes the meaning, but is clean" };
    let more = wrong.len();
    wrong.truncate(20);
    Err(format!("{more} of {count}: {what}:\n{}", wrong.join("\n")).into())
}

/// Which part of the text each byte is of. Knows no more than the example needs.
fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut comment, mut string, mut template) = (false, false, false);
    let bytes = text.as_bytes();
    for (at, c) in bytes.iter().enumerate() {
        parts.push(match c {
            b'\n' => {
                comment = false;
                Part::Blank
            }
            _ if comment => Part::Comment,
            b'#' if !string => {
                comment = true;
                Part::Comment
            }
            b'"' => {
                string = !string;
                Part::Token
            }
            b'$' if string => {
                template = true;
                Part::Token
            }
            b'}' if template => {
                template = false;
                Part::Token
            }
            b'{' if template && bytes[at - 1] == b'$' => Part::Token,
            _ if template => Part::Template,
            _ if string => Part::Text,
            b' ' => Part::Blank,
            _ => Part::Token,
        });
    }
    parts
}
