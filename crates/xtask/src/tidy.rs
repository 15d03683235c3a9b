//! The house rules that neither the compiler nor clippy hold, as tests.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The layers of the library; each imports only those before it.
pub(crate) const LAYERS: [&str; 17] = [
    "source",
    "model",
    "diagnostic",
    "json",
    "policy",
    "compare",
    "access",
    "syntax",
    "evaluate",
    "spec",
    "existing",
    "render",
    "patch",
    "scaffold",
    "report",
    "files",
    "pipeline",
];

/// Where what a program does hangs on more than its input.
const IO: [&str; 5] = ["fs", "env", "process", "time", "net"];

/// Layers whose types serde writes: reports and template contexts.
const SERIALIZED: [&str; 2] = ["render", "report"];

const MOST_LINES: usize = 500;

struct Source {
    /// From the workspace's root, with `/`.
    path: String,
    text: String,
    /// Compiled for tests only.
    test: bool,
}

impl Source {
    /// The layer of the library that it belongs to; `lib` for its root.
    fn layer(&self) -> Option<&str> {
        let rest = self.path.strip_prefix("crates/secretform/src/")?;
        Some(rest.split_once('/').map_or("lib", |(layer, _)| layer))
    }

    /// The modules in files of their own that it declares for tests: what their paths begin with.
    fn test_modules(&self) -> Vec<String> {
        let own = self.path.strip_suffix(".rs").unwrap_or(&self.path);
        let folder = match own.rsplit_once('/') {
            Some((folder, "mod" | "lib" | "main")) => folder,
            _ => own,
        };
        let declared = self.text.split("#[cfg(test)]\nmod ").skip(1);
        let names = declared.filter_map(|rest| rest.split_once(';').map(|(name, _)| name));
        names.filter(|name| !name.contains('{')).map(|name| format!("{folder}/{name}")).collect()
    }

    /// Its code without tests and comments. Test modules stand last in a file.
    fn code(&self) -> String {
        let end = self
            .text
            .find("\n#[cfg(test)]\nmod ")
            .filter(|at| self.text[*at..].lines().nth(2).is_some_and(|line| line.trim_end().ends_with('{')));
        let mut code = String::new();
        for line in self.text[..end.unwrap_or(self.text.len())].lines() {
            if !line.trim_start().starts_with("//") {
                code.push_str(line);
                code.push('\n');
            }
        }
        code
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All Rust files of the workspace.
fn sources() -> Vec<Source> {
    fn walk(folder: &Path, path: &str, sources: &mut Vec<Source>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            if name.starts_with('.') || name == "target" {
                continue;
            }
            let below = format!("{path}{name}");
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &format!("{below}/"), sources);
            } else if name.ends_with(".rs") {
                sources.push(Source {
                    path: below,
                    text: fs::read_to_string(entry.path()).unwrap(),
                    test: false,
                });
            }
        }
    }
    let mut sources = Vec::new();
    walk(&root(), "", &mut sources);
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    let tests: Vec<String> = sources.iter().flat_map(Source::test_modules).collect();
    for source in &mut sources {
        source.test = tests.iter().any(|test| {
            source.path.strip_prefix(test.as_str()).is_some_and(|rest| rest.starts_with(['.', '/']))
        });
    }
    assert!(sources.len() > 10, "the workspace is not where it should be");
    sources
}

/// The names that `code` takes from `path` (`crate::`, `std::`), also out of `crate::{a, b::c}`.
fn taken_from<'a>(code: &'a str, path: &str) -> Vec<&'a str> {
    fn name(text: &str) -> &str {
        let text = text.trim_start();
        &text[..text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())]
    }
    let mut names = Vec::new();
    for (at, _) in code.match_indices(path) {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let rest = &code[at + path.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            names.push(name(rest));
            continue;
        };
        let mut depth = 0;
        names.push(name(group));
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => names.push(name(&group[at + 1..])),
                _ => {}
            }
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Fails with all complaints at once.
fn none(complaints: &[String], rule: &str) {
    let mut message = String::new();
    for complaint in complaints {
        let _ = writeln!(message, "  {complaint}");
    }
    assert!(complaints.is_empty(), "{rule}\n{message}");
}

#[test]
fn layers_import_only_those_above_them() {
    let rank = |layer: &str| LAYERS.iter().position(|name| *name == layer);
    let mut complaints = Vec::new();
    for source in sources() {
        let Some(layer) = source.layer().filter(|layer| *layer != "lib") else { continue };
        let Some(own) = rank(layer) else {
            complaints.push(format!("{}: `{layer}` is in no place of LAYERS in tidy.rs", source.path));
            continue;
        };
        if source.test {
            continue;
        }
        for name in taken_from(&source.code(), "crate::") {
            match rank(name) {
                Some(other) if other <= own => {}
                Some(_) => complaints.push(format!("{}: {layer} takes from {name}, below it", source.path)),
                None => complaints.push(format!("{}: takes crate::{name}; name the layer", source.path)),
            }
        }
    }
    none(&complaints, "a layer imports only what stands before it in LAYERS:");
}

#[test]
fn only_files_does_io() {
    let mut complaints = Vec::new();
    for source in sources() {
        if source.layer().is_none_or(|layer| layer == "files") || source.test {
            continue;
        }
        for name in taken_from(&source.code(), "std::") {
            if IO.contains(&name) {
                complaints.push(format!("{}: takes std::{name}", source.path));
            }
        }
    }
    none(&complaints, "in the library only files/ does I/O:");
}

#[test]
fn core_types_have_no_serde_and_one_file_names_hcl() {
    let mut complaints = Vec::new();
    for source in sources() {
        let Some(layer) = source.layer() else { continue };
        if source.test {
            continue;
        }
        let code = source.code();
        if !SERIALIZED.contains(&layer) && (code.contains("Serialize") || code.contains("Deserialize")) {
            complaints.push(format!("{}: names serde's traits", source.path));
        }
        let bridge = source.path.starts_with("crates/secretform/src/syntax/bridge");
        let own = code.contains("mod hcl;");
        let named = !own && !taken_from(&code, "hcl::").is_empty() || code.contains("hcl_edit::");
        if named && !bridge {
            complaints.push(format!("{}: names hcl:: outside of the bridge", source.path));
        }
    }
    none(&complaints, "serde stays at the edge, hcl-rs in its bridge:");
}

#[test]
fn files_are_short_and_say_what_lives_in_them() {
    let mut complaints = Vec::new();
    for source in sources() {
        let lines = source.text.lines().count();
        if lines >= MOST_LINES {
            complaints.push(format!("{}: {lines} lines; {MOST_LINES} is too many", source.path));
        }
        if !source.text.starts_with("//! ") {
            complaints.push(format!("{}: line 1 must be `//!`: what lives here", source.path));
        }
    }
    none(&complaints, "a file holds one idea and says which:");
}

#[test]
fn imports_are_found_however_they_are_written() {
    let check = |code: &str, expected: &[&str]| assert_eq!(taken_from(code, "crate::"), expected, "{code}");
    check("use crate::model::Text;", &["model"]);
    check("use crate::{a::{b, c}, d, e::f};", &["a", "d", "e"]);
    check("use crate::{\n    a,\n    b::C,\n};", &["a", "b"]);
    check("fn f(x: &crate::x::Y) -> crate::z::Y {}", &["x", "z"]);
    check("pub(crate) fn f() { mycrate::x(); $crate::y::z() }", &["y"]);
}
