//! Documents that a test can compare with the code are compared here.

use std::fs;
use std::path::{Path, PathBuf};

use secretform::diagnostic::codes;
use secretform::source::{Source, SourceMap};
use secretform::syntax::File;

use crate::tidy::LAYERS;

/// All Markdown that people read, by path from the workspace's root.
fn pages() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in ["", "docs", "crates/secretform/codes"] {
        let entries = fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path());
        paths.extend(entries.filter(|path| path.extension().is_some_and(|extension| extension == "md")));
    }
    paths.sort();
    let read = |path: &PathBuf| {
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(path).unwrap())
    };
    paths.iter().map(read).collect()
}

/// The fenced blocks of a page: what stands after the fence, and the text.
fn blocks(page: &str) -> Vec<(&str, String)> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let text = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n"));
            blocks.push((language, text.collect()));
        }
    }
    blocks
}

#[test]
fn examples_in_hcl_parse_and_broken_ones_do_not() {
    let mut count = 0;
    for (name, page) in pages() {
        for (language, text) in blocks(&page) {
            let broken = match language {
                "hcl" => false,
                "hcl broken" => true,
                _ => continue,
            };
            let file = File::parse(text.as_bytes());
            let messages: Vec<_> = file.errors().iter().map(|error| &error.message).collect();
            assert_eq!(!messages.is_empty(), broken, "{name}: {messages:?}\n{text}");
            count += 1;
        }
    }
    assert!(count > 50, "{count} examples: they are looked for in the wrong place");
}

#[test]
fn examples_in_json_parse_and_broken_ones_do_not() {
    for (name, page) in pages() {
        for (language, text) in blocks(&page) {
            if let "json" | "json broken" = language {
                let parsed = secretform::json::parse(text.as_bytes());
                assert_eq!(parsed.is_err(), language != "json", "{name}\n{text}");
            }
        }
    }
}

#[test]
fn codes_that_are_spoken_of_exist() {
    for (name, page) in pages() {
        for (at, _) in page.match_indices("SF") {
            let code: String = page[at..].chars().take(5).collect();
            let digits = code.len() == 5 && code[2..].bytes().all(|byte| byte.is_ascii_digit());
            // `SF100` is a border between kinds, not a code.
            if digits && code != "SF100" {
                assert!(codes::find(&code).is_some(), "{name} speaks of {code}");
            }
        }
    }
}

#[test]
fn the_map_names_the_layers_in_their_order() {
    let pages = pages();
    let (_, map) = pages.iter().find(|(name, _)| name == "docs/architecture.md").unwrap();
    let table = map.split("## The layers").nth(1).unwrap().split("\n## ").next().unwrap();
    let named: Vec<&str> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .filter_map(|line| line.split_once('`').map(|(layer, _)| layer))
        .collect();
    assert_eq!(named, LAYERS);
}

/// What reading `text` as a spec reports; what it takes for granted is added.
fn errors_of_spec(text: &str) -> Vec<(&'static str, String)> {
    let head = "terraform {\n  region     = var.aws_region\n  account_id = var.aws_account_id\n}\n";
    let group = "group \"airbyte\" {\n  secret \"api\" {}\n}\n";
    let mut text = text.to_owned();
    for (sign, block) in [("terraform {", head), ("group \"airbyte\"", group)] {
        if !text.contains(sign) {
            text.push_str(block);
        }
    }
    let mut sources = SourceMap::new();
    let id = sources.add(Source::new("secretform.hcl", text.as_bytes()));
    let (_, diagnostics) = secretform::spec::read(id, text.as_bytes());
    diagnostics.into_iter().map(|diagnostic| (diagnostic.rule.code, diagnostic.message)).collect()
}

#[test]
fn examples_of_specs_have_the_error_that_they_show_and_fixes_have_none() {
    let mut complaints = Vec::new();
    for (name, page) in pages() {
        let Some(code) = name.strip_prefix("crates/secretform/codes/").and_then(|name| name.get(..5)) else {
            continue;
        };
        let (before, fix) = page.split_once("\n## Fix\n").unwrap();
        for (language, text) in blocks(before) {
            if language == "hcl" && ("SF002".."SF009").contains(&code) {
                let errors = errors_of_spec(&text);
                if errors.is_empty() || errors.iter().any(|(other, _)| *other != code) {
                    complaints.push(format!("{name}: the example has {errors:#?}"));
                }
            }
        }
        for (language, text) in blocks(fix) {
            let words = ["group ", "reader ", "rule "];
            let errors = errors_of_spec(&text);
            if language == "hcl" && words.iter().any(|word| text.starts_with(word)) && !errors.is_empty() {
                complaints.push(format!("{name}: the fix has {errors:#?}"));
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn the_map_says_what_each_package_of_others_is_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let map = fs::read_to_string(root.join("docs/architecture.md")).unwrap();
    for package in ["secretform", "secretform-cli"] {
        let manifest = fs::read_to_string(root.join("crates").join(package).join("Cargo.toml")).unwrap();
        let mut counts = false;
        for line in manifest.lines() {
            if line.starts_with('[') {
                counts = line.ends_with("dependencies]") && !line.contains("dev-");
                continue;
            }
            let name = line.split([' ', '.', '=']).next().unwrap();
            if counts && name.starts_with(|c: char| c.is_ascii_lowercase()) && name != "secretform" {
                assert!(map.contains(&format!("`{name}`")), "docs/architecture.md doesn't speak of {name}");
            }
        }
    }
}
