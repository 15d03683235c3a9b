//! IAM JSON: what is taken is what JSON is, what is read is the same after it is written, and
//! edits turn one text into another's value.

#![no_main]

use libfuzzer_sys::fuzz_target;
use secretform::json::{self, Value};

fuzz_target!(|data: &[u8]| {
    // Two texts with a NUL between them, which no JSON holds.
    let mut texts = data.splitn(2, |byte| *byte == 0);
    let (old, new) = (texts.next().unwrap_or_default(), texts.next().unwrap_or_default());
    let old_value = judge(old);
    let new_value = judge(new);
    let (Some(old_value), Some(new_value)) = (old_value, new_value) else { return };
    let target = new_value.to_json();
    let edits = json::edit::edits(old, &old_value, &target).expect("the value was read from this text");
    let edited = edits.apply(old);
    let read = json::parse(&edited).expect("an edited text is JSON");
    assert!(read == target, "{:?} is not {target:?}", String::from_utf8_lossy(&edited));
    let again = json::edit::edits(&edited, &read, &target).expect("the value was read from this text");
    assert!(again.is_empty(), "equal values need no edit");
});

/// The value of a text, if serde_json too takes it.
fn judge(text: &[u8]) -> Option<Value> {
    let read = json::parse(text);
    if let Err(errors) = &read {
        assert!(!errors.is_empty());
        assert!(errors.iter().all(|error| error.span.end as usize <= text.len()));
    }
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    match serde_json::from_slice::<serde_json::Value>(text) {
        Ok(_) => assert!(read.is_ok(), "serde_json takes it: {read:?}"),
        // Limits of serde_json's own, which JSON hasn't.
        Err(error) if ["recursion limit", "out of range"].iter().any(|limit| error.to_string().contains(limit)) => {}
        Err(error) => assert!(read.is_err(), "serde_json says {error}"),
    }
    read.ok()
}
