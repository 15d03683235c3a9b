//! The formatter: it refuses what the parser refuses, formatting twice is formatting once, and
//! what every expression says stays what it was.

#![no_main]

use libfuzzer_sys::fuzz_target;
use secretform::syntax::{Body, File, format, format_edits, is_formatted};

fuzz_target!(|data: &[u8]| {
    let file = File::parse(data);
    let Ok(once) = format(data) else {
        assert!(!file.errors().is_empty(), "the parser takes it");
        return;
    };
    assert!(file.errors().is_empty(), "the parser refuses it: {:?}", file.errors());
    assert_eq!(format_edits(data).expect("formatted").apply(data), once);
    assert_eq!(is_formatted(data).expect("formatted"), once == data);
    let twice = format(&once).expect("a formatted file parses");
    assert_eq!(String::from_utf8_lossy(&once), String::from_utf8_lossy(&twice));
    let formatted = File::parse(&once);
    assert_eq!(said(file.body()), said(formatted.body()));
});

/// The attributes of a body and of all blocks in it, by name and canonical value. The types of
/// variables are not among them: the formatter writes the old `"string"` in the new way.
fn said(body: Body<'_>) -> Vec<(String, String)> {
    let mut said = Vec::new();
    let mut bodies = vec![(false, body)];
    while let Some((variable, body)) = bodies.pop() {
        bodies.extend(body.blocks().map(|block| (block.type_name() == "variable", block.body())));
        for attribute in body.attributes() {
            if !(variable && attribute.name() == "type") {
                said.push((attribute.name().to_owned(), attribute.value().canonical()));
            }
        }
    }
    said
}
