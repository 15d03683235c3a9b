//! Policies of every form: written, read, amended, whatever they hold.

use proptest::prelude::*;

use super::super::*;
use super::{policy, try_read};
use crate::json::{Json, Style};
use crate::model::Record;

fn policies() -> impl Strategy<Value = Json> {
    let texts = || {
        prop_oneof![
            "[a-zA-Z:*é\"\\\\$&{]{0,6}".prop_map(Json::String),
            proptest::collection::vec("[a-z:*]{0,4}", 0..4).prop_map(Json::strings),
        ]
    };
    let object = |keys: &'static [&'static str], value: BoxedStrategy<Json>| {
        proptest::sample::subsequence(keys, 0..=keys.len()).prop_flat_map(move |keys| {
            let values = proptest::collection::vec(value.clone(), keys.len());
            values.prop_map(move |values| {
                Json::Object(keys.iter().map(|key| (*key).to_owned()).zip(values).collect())
            })
        })
    };
    let principal = prop_oneof![Just("*".into()), object(&["AWS", "aws", "Service"], texts().boxed())];
    let keys = object(&["aws:a", "aws:B", "c"], texts().boxed());
    let condition = object(&["StringEquals", "Bool", "BooL", "Null"], keys.boxed());
    let statement = (
        proptest::option::of("[A-Za-z0-9]{0,3}".prop_map(Json::String)),
        prop_oneof![Just("Allow"), Just("Deny")],
        proptest::option::of(principal),
        texts(),
        proptest::option::of(texts()),
        proptest::option::of(condition),
    )
        .prop_map(|(sid, effect, principal, action, resource, condition)| {
            let members = [
                ("Sid", sid),
                ("Effect", Some(effect.into())),
                ("Principal", principal),
                ("Action", Some(action)),
                ("Resource", resource),
                ("Condition", condition),
            ];
            Json::Object(
                members
                    .into_iter()
                    .filter_map(|(key, value)| value.map(|value| (key.to_owned(), value)))
                    .collect(),
            )
        });
    proptest::collection::vec(statement, 0..4).prop_map(|statements| {
        Json::Object(vec![
            ("Version".to_owned(), "2012-10-17".into()),
            ("Statement".to_owned(), Json::Array(statements)),
        ])
    })
}

proptest! {
    #[test]
    fn what_is_written_reads_back_to_the_same_meaning(json in policies()) {
        let text = Style::default().write(&json, "", None);
        let first = policy(&text).record;
        let again = Style::default().write(&document_json(&first).unwrap(), "", None);
        let second = policy(&again).record;
        prop_assert_eq!(normal_document(&first), normal_document(&second), "{}\n{}", text, again);
        let normal = normal_document(&first);
        prop_assert_eq!(&normal_document(&normal), &normal);
    }

    #[test]
    fn an_amended_policy_means_what_was_wanted(before in policies(), wanted in policies(), inline in any::<bool>()) {
        let style = if inline { Style::of(b"{\"a\": [1, 2]}", &crate::json::parse(b"{\"a\": [1, 2]}").unwrap()) } else { Style::default() };
        let text = style.write(&before, "", None);
        let root = crate::json::parse(text.as_bytes()).unwrap();
        let wanted = policy(&style.write(&wanted, "", None)).record;
        let old = statements(&root).len();
        let wanted = wanted.blocks("statement");
        let mut fates: Vec<Fate<'_>> = wanted.iter().take(old).map(Fate::Becomes).collect();
        fates.resize(old, Fate::Goes);
        let added = wanted.iter().skip(old).collect();
        let edits = amend(text.as_bytes(), &root, &Amendment { statements: fates, added, version: None }).unwrap();
        let after = String::from_utf8(edits.apply(text.as_bytes())).unwrap();
        let read = policy(&after).record;
        let all = |statements: &[Record]| statements.iter().map(normal_statement).collect::<Vec<_>>();
        prop_assert_eq!(all(read.blocks("statement")), all(wanted), "{}\n{}", text, after);
    }

    #[test]
    fn what_means_the_same_keeps_every_byte(before in policies()) {
        let text = Style::default().write(&before, "", None);
        let root = crate::json::parse(text.as_bytes()).unwrap();
        let normal = normal_document(&policy(&text).record);
        let fates = normal.blocks("statement").iter().map(Fate::Becomes).collect();
        let amendment = Amendment { statements: fates, version: Some("2012-10-17"), added: Vec::new() };
        let edits = amend(text.as_bytes(), &root, &amendment).unwrap();
        prop_assert!(edits.is_empty(), "{}\n{:?}", text, edits);
    }

    #[test]
    fn every_part_has_its_place(json in policies()) {
        let text = Style::default().write(&json, "", None);
        let read = policy(&text);
        for (path, span) in read.places.iter() {
            prop_assert!(read.places.whole().contains(span), "{}", path);
        }
    }

    #[test]
    fn no_json_panics(text in "[\\[\\]{}:,\"AaSt*1 ]{0,30}") {
        let _ = try_read(&text, PolicyKind::Resource);
    }
}
