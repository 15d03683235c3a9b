//! Terraform's JSON syntax: what is taken becomes native text that parses, with a block for a
//! block, and every place in it leads back into the JSON.

#![no_main]

use libfuzzer_sys::fuzz_target;
use secretform::syntax::File;
use secretform::syntax::tf_json::{self, BlockPath};

fuzz_target!(|data: &[u8]| {
    let is_block = |path: BlockPath<'_>| matches!(path.names.last(), Some(&("statement" | "condition" | "replica")));
    let translation = match tf_json::translate(data, &is_block) {
        Ok(translation) => translation,
        Err(errors) => {
            assert!(!errors.is_empty());
            assert!(errors.iter().all(|error| error.span.end as usize <= data.len()));
            return;
        }
    };
    let file = File::parse(translation.bytes());
    assert_eq!(file.errors(), [], "{}", String::from_utf8_lossy(translation.bytes()));
    for block in file.body().blocks() {
        let whole = translation.span(block.span());
        assert!(!whole.is_empty() && whole.end as usize <= data.len());
        for attribute in block.body().attributes() {
            assert!(whole.contains(translation.span(attribute.value().span())));
            assert!(data[translation.span(attribute.name_span()).range()].starts_with(b"\""));
        }
    }
});
