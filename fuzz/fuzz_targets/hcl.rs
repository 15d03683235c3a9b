//! HCL: tokens and gaps are the file, items found one by one are those of the whole file, every
//! expression can be asked anything, and the canonical spelling of an expression is its own.

#![no_main]

use libfuzzer_sys::fuzz_target;
use secretform::syntax::{BodyItem, Expr, File, lex, next_item, parse_item};

fuzz_target!(|data: &[u8]| {
    tokens_and_gaps(data);
    let file = File::parse(data);
    assert!(file.errors().iter().all(|error| error.span.end as usize <= data.len()));
    let clean = file.errors().is_empty();
    let mut bodies = vec![file.body()];
    while let Some(body) = bodies.pop() {
        bodies.extend(body.blocks().map(|block| block.body()));
        for attribute in body.attributes() {
            attribute.value().descendants().for_each(ask);
            if clean {
                canonical(attribute.value());
            }
        }
    }
    if clean {
        items(data, &file);
    }
});

/// Tokens are in order and don't overlap, and between them stand blanks, or a byte order mark first.
fn tokens_and_gaps(data: &[u8]) {
    let mut at = 0;
    for token in lex::lex(data) {
        let (start, end) = (token.start as usize, token.end as usize);
        assert!(at <= start && start < end && end <= data.len(), "{token:?} after {at}");
        gap(data, at, start);
        at = end;
    }
    gap(data, at, data.len());
}

fn gap(data: &[u8], start: usize, end: usize) {
    let gap = &data[start..end];
    let gap = if start == 0 { gap.strip_prefix(b"\xef\xbb\xbf").unwrap_or(gap) } else { gap };
    assert!(gap.iter().all(|byte| matches!(byte, b' ' | b'\t')), "no gap: {:?}", String::from_utf8_lossy(gap));
}

/// A file without errors has the same items when it is walked one by one.
fn items(data: &[u8], file: &File<'_>) {
    let mut tokens = Vec::new();
    let mut at = 0;
    for expected in file.body().items() {
        let item = next_item(data, at, &mut tokens).expect("one more item").expect("no error");
        let span = match expected {
            BodyItem::Attribute(attribute) => attribute.span(),
            BodyItem::Block(block) => block.span(),
        };
        assert_eq!(item.span, span);
        assert!(parse_item(data, &item).errors().is_empty());
        at = item.span.end as usize;
    }
    assert!(next_item(data, at, &mut tokens).is_none());
}

fn ask(expression: Expr<'_>) {
    let _ = (expression.span(), expression.text(), expression.kind(), expression.comments());
    let _ = (expression.literal_string(), expression.traversal());
}

/// The canonical spelling is one expression, and its own canonical spelling.
fn canonical(expression: Expr<'_>) {
    let once = expression.canonical();
    let text = format!("a = {once}\n");
    let file = File::parse(text.as_bytes());
    assert!(file.errors().is_empty(), "{text:?}: {:?}", file.errors());
    let twice = file.body().attribute("a").expect("the attribute").value().canonical();
    assert_eq!(once, twice);
}
