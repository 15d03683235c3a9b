//! IAM JSON: what is taken is what JSON is, what is read is the same after it is written, and
//! edits turn one text into another's value. What is a policy keeps its meaning when it is
//! written, and can be amended to mean what another one does.

#![no_main]

use libfuzzer_sys::fuzz_target;
use secretform::json::{self, Style, Value};
use secretform::model::Record;
use secretform::policy::{self, Amendment, Fate, Policy, PolicyKind};
use secretform::source::{Source, SourceMap};

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
    amend(old, &old_value, new, &new_value);
});

/// Makes one policy mean what another means.
fn amend(old: &[u8], old_value: &Value, new: &[u8], new_value: &Value) {
    let (Some(read), Some(wanted)) = (policy(old, old_value), policy(new, new_value)) else { return };
    let wanted = wanted.record.blocks("statement");
    let there = read.record.blocks("statement").len();
    let mut statements: Vec<Fate<'_>> = wanted.iter().take(there).map(Fate::Becomes).collect();
    statements.resize(there, Fate::Goes);
    let added = wanted.iter().skip(there).collect();
    let amendment = Amendment { version: Some("2012-10-17"), statements, added };
    let edits = policy::amend(old, old_value, &amendment).expect("JSON's values are known");
    let amended = edits.apply(old);
    let value = json::parse(&amended).expect("an amended policy is JSON");
    let amended = policy(&amended, &value).expect("an amended policy is one");
    let all = |statements: &[Record]| statements.iter().map(policy::normal_statement).collect::<Vec<_>>();
    assert_eq!(all(amended.record.blocks("statement")), all(wanted));
}

/// The policy that a value is; it is the same after it was written.
fn policy(bytes: &[u8], value: &Value) -> Option<Policy> {
    let mut sources = SourceMap::new();
    let source = sources.add(Source::new("policy.json", bytes));
    let read = policy::read(source, bytes, value, PolicyKind::Identity).ok()?;
    let written = policy::document_json(&read.record).expect("JSON's values are known");
    let text = Style::default().write(&written, "", None);
    let again = json::parse(text.as_bytes()).expect("what is written is JSON");
    let again = policy::read(source, text.as_bytes(), &again, PolicyKind::Identity).expect("and a policy");
    assert_eq!(policy::normal_document(&read.record), policy::normal_document(&again.record));
    Some(read)
}

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
