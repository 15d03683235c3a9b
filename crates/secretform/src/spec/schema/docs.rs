//! Test: `docs/spec.md` lists exactly the table. `SNAPSHOTS=overwrite` rewrites the page's part.

use std::fmt::Write as _;

use super::{Block, Inherited, Labels, ROOT, Takes};

const START: &str = "<!-- reference: written by `SNAPSHOTS=overwrite cargo test -p secretform schema` -->\n";
const END: &str = "<!-- /reference -->\n";

/// All blocks, each once, in the order in which one meets them.
fn blocks() -> Vec<&'static Block> {
    let mut found: Vec<&'static Block> = vec![&ROOT];
    let mut at = 0;
    while at < found.len() {
        for child in found[at].blocks {
            if !found.iter().any(|block| std::ptr::eq(*block, child.block)) {
                found.push(child.block);
            }
        }
        at += 1;
    }
    found
}

fn sign(inherited: Inherited) -> &'static str {
    match inherited {
        Inherited::No => "",
        Inherited::Group => " †",
        Inherited::Reader => " ‡",
    }
}

fn reference() -> String {
    let mut out = String::new();
    let mut later = Vec::new();
    for block in blocks() {
        if block.later {
            continue;
        }
        let title = if block.name.is_empty() { block.title.to_owned() } else { format!("`{}`", block.title) };
        let _ = write!(out, "### {title}\n\n{}\n\n", block.about);
        if block.attributes.iter().any(|attribute| !attribute.later) {
            out.push_str("| attribute | takes | default | meaning |\n| --- | --- | --- | --- |\n");
        }
        for attribute in block.attributes {
            if attribute.later {
                later.push(format!("`{}` in `{}`", attribute.name, block.title));
                continue;
            }
            let default = match (attribute.required, attribute.default) {
                (true, _) => "required".to_owned(),
                (false, Some(default)) => format!("`{default}`"),
                (false, None) => "–".to_owned(),
            };
            let _ = writeln!(
                out,
                "| `{}`{} | {} {} | {default} | {} |",
                attribute.name,
                sign(attribute.inherited),
                attribute.takes.letter(),
                attribute.takes.words(),
                attribute.about
            );
        }
        let mut children = Vec::new();
        for child in block.blocks {
            if child.block.later {
                later.push(format!("the block `{}`", child.block.name));
                continue;
            }
            let label = match child.block.labels {
                Labels::None => String::new(),
                Labels::One(label) => format!(" \"{label}\""),
                Labels::Optional(label) => format!(" [\"{label}\"]"),
            };
            let required = if child.required { ", required" } else { "" };
            let repeats = if child.repeats { ", may repeat" } else { "" };
            let sign = sign(child.inherited);
            children.push(format!("`{}{label}`{sign}{required}{repeats}", child.block.name));
        }
        if !children.is_empty() {
            let _ = write!(out, "\nBlocks: {}.\n", children.join(" · "));
        }
        out.push('\n');
    }
    later.sort();
    later.dedup();
    let _ = write!(
        out,
        "### With a later version\n\nThese words are the language's, and an error (`SF008`) until then: {}.\n",
        later.join(" · ")
    );
    out
}

#[test]
fn the_page_lists_exactly_the_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/spec.md");
    let page = std::fs::read_to_string(path).unwrap();
    let (before, rest) = page.split_once(START).expect("the page has the start marker");
    let (part, after) = rest.split_once(END).expect("the page has the end marker");
    let expected = reference();
    if part == expected {
        return;
    }
    if std::env::var("SNAPSHOTS").as_deref() == Ok("overwrite") {
        std::fs::write(path, format!("{before}{START}{expected}{END}{after}")).unwrap();
    } else {
        panic!(
            "docs/spec.md differs from spec/schema/table.rs: run SNAPSHOTS=overwrite cargo test -p secretform schema"
        );
    }
}

#[test]
fn words_are_unique_in_their_block_and_defaults_are_not_required() {
    for block in blocks() {
        let words: Vec<_> = block.words().collect();
        assert!(block.attributes.len() <= 64, "a bit for each row: {}", block.title);
        for (at, word) in words.iter().enumerate() {
            assert!(!words[..at].contains(word), "{word} twice in {}", block.title);
        }
        for attribute in block.attributes {
            assert!(!(attribute.required && attribute.default.is_some()), "{}", attribute.name);
            assert!(!attribute.about.contains('|'), "{}", attribute.name);
            assert!(!matches!(attribute.takes, Takes::References) || attribute.name == "reads");
        }
    }
}
