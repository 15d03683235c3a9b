//! Another parser on the same files: hcl-edit finds the same attributes, blocks and labels in the
//! same places, and the same literal strings, wherever it takes the file.

use hcl_edit::Span as _;
use hcl_edit::structure::{Body as TheirBody, Structure};
use secretform::source::Span;
use secretform::syntax::{Body, BodyItem, File};

use crate::corpus;

#[test]
fn hcl_edit_finds_the_same_in_real_files() {
    let texts = corpus::texts();
    let mut refused = 0;
    for text in &texts {
        let text = str::from_utf8(text).unwrap();
        let Ok(theirs) = hcl_edit::parser::parse_body(text) else {
            refused += 1;
            continue;
        };
        let file = File::parse(text.as_bytes());
        same(&theirs, file.body());
    }
    assert!(refused * 100 <= texts.len(), "hcl-edit refuses {refused} of {}", texts.len());
}

fn same(theirs: &TheirBody, ours: Body<'_>) {
    let mut items = ours.items();
    for structure in theirs {
        match (structure, items.next()) {
            (Structure::Attribute(theirs), Some(BodyItem::Attribute(ours))) => {
                assert_eq!(theirs.key.as_str(), ours.name());
                assert_eq!(span(theirs.key.span()), ours.name_span());
                assert_eq!(span(theirs.value.span()), ours.value().span(), "{}", ours.value().text());
                let literal = theirs.value.as_str();
                if literal.is_some() {
                    // They don't normalize.
                    assert_eq!(literal, ours.value().literal_string().as_deref());
                }
            }
            (Structure::Block(theirs), Some(BodyItem::Block(ours))) => {
                assert_eq!(theirs.ident.as_str(), ours.type_name());
                assert_eq!(span(theirs.ident.span()), ours.type_span());
                let labels = ours.labels();
                assert_eq!(theirs.labels.len(), labels.len());
                for (theirs, ours) in theirs.labels.iter().zip(labels) {
                    assert_eq!(theirs.as_str(), ours.text);
                    assert_eq!(span(theirs.span()), ours.span);
                }
                same(&theirs.body, ours.body());
            }
            (theirs, ours) => panic!("{theirs:?} is {ours:?} to us"),
        }
    }
    assert!(items.next().is_none());
}

fn span(range: Option<std::ops::Range<usize>>) -> Span {
    let range = range.unwrap();
    Span::new(range.start, range.end)
}
