//! The spec: either a model comes of it or an error, every place lies in the file, and what is said of
//! it can't harm a terminal.

#![no_main]

use libfuzzer_sys::fuzz_target;
use secretform::diagnostic::Severity;
use secretform::report::{HumanOptions, Masks, human, json};
use secretform::source::{Source, SourceMap};
use secretform::spec;

fuzz_target!(|data: &[u8]| {
    let mut sources = SourceMap::new();
    let id = sources.add(Source::new("secretform.hcl", data));
    let (model, diagnostics) = spec::read(id, data);
    let failed = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    assert!(model.is_some() || failed, "no model, and nobody knows why");
    assert!(!(model.is_some() && failed), "a model in spite of {diagnostics:?}");
    for diagnostic in &diagnostics {
        assert!(diagnostic.location.is_none_or(|place| place.span.end as usize <= data.len()), "{diagnostic:?}");
    }
    let text = human::render(&diagnostics, &sources, &Masks::new(), &HumanOptions::default());
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
    json::render(&diagnostics, &sources, &Masks::new());
});
