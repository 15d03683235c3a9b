//! No stranger gets in unseen: whatever a policy says, if the plain evaluator admits a stranger's
//! token, there is a verdict that says so.

use proptest::prelude::*;

use super::*;

/// Values made of what subjects are made of, mostly nearly right.
fn values() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => Just("repo:"), 4 => Just("acme"), 3 => Just("@1"), 4 => Just("/"), 3 => Just("app"), 2 => Just("@2"),
        4 => Just(":"), 2 => Just("ref:refs/heads/main"), 2 => Just("pull_request"), 1 => Just("environment:"),
        5 => Just("*"), 1 => Just("?"), 1 => Just("stranger"), 1 => Just("job_workflow_ref:"), 1 => Just("s"),
    ];
    prop::collection::vec(piece, 1..8).prop_map(|pieces| pieces.concat())
}

fn operators() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "StringLike",
        "StringLike",
        "StringEquals",
        "StringEqualsIgnoreCase",
        "StringNotLike",
        "StringNotEquals",
        "ForAnyValue:StringLike",
        "ForAllValues:StringLike",
        "StringLikeIfExists",
    ])
}

/// Subjects that strangers can have.
fn subjects() -> Vec<String> {
    let mut out = Vec::new();
    for owner in ["stranger", "s", "acmes", "sacme", "acme-s", "stranger@7", "acmes@17", "s@1"] {
        for repository in ["app", "anything", "app@27", "acme", "main", "app@2"] {
            // Ids stand behind both names or behind none.
            if owner.contains('@') != repository.contains('@') || owner.ends_with("@1") {
                continue;
            }
            for context in ["ref:refs/heads/main", "pull_request", "environment:app", "environment:acme"] {
                out.push(format!("repo:{owner}/{repository}:{context}"));
            }
        }
    }
    out.extend(["ref:refs/heads/main", "pull_request", "environment:app"].map(str::to_owned));
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn no_stranger_gets_in_unseen(
        tests in prop::collection::vec((operators(), prop::collection::vec(values(), 1..3)), 1..3),
        deny in prop::option::of((operators(), values())),
    ) {
        let lists: Vec<Vec<&str>> =
            tests.iter().map(|(_, values)| values.iter().map(String::as_str).collect()).collect();
        let mut lines = vec![AUD];
        lines.extend(tests.iter().zip(&lists).map(|((test, _), values)| (*test, "sub", values.as_slice())));
        let mut policy = vec![github(&lines)];
        if let Some((test, value)) = &deny {
            let line: Line<'_> = (test, "sub", &[value]);
            policy.push(statement("Deny", "Federated", &provider(HOST), &[line]));
        }
        let shown = shown(&policy, &Role::default());
        let opened = judge(&policy, &Role::default()).iter().any(|verdict| {
            matches!(verdict.kind, Kind::Unscoped | Kind::Loose) && verdict.witness.is_some()
        });
        for subject in subjects() {
            let witness = Witness::Token {
                issuer: HOST.to_owned(),
                claims: vec![("sub".to_owned(), subject), ("aud".to_owned(), "sts.amazonaws.com".to_owned())],
            };
            if decide(&policy, &witness) == Decision::Admitted {
                prop_assert!(opened, "{witness:?} gets in, said is {shown:?}");
            }
        }
        // And what is called dead as a whole lets nobody in.
        if shown.iter().any(|line| line == "SF123 statement[0]") {
            for subject in ["repo:acme@1/app@2:ref:refs/heads/main", "repo:acme/app:pull_request"] {
                let claims = vec![("sub".to_owned(), subject.to_owned()), ("aud".to_owned(), "sts.amazonaws.com".to_owned())];
                let witness = Witness::Token { issuer: HOST.to_owned(), claims };
                prop_assert_eq!(decide(&policy, &witness), Decision::Refused, "{:?}", shown);
            }
        }
    }
}

/// What can't be decided in reasonable time is said to be unknown, and never called good.
#[test]
fn a_policy_made_to_keep_the_search_busy_ends() {
    for value in ["*a".repeat(1_000), "?*".repeat(1_000), "*".repeat(8_000), "*a?b".repeat(300) + "*"] {
        let said = shown(&[github(&[AUD, ("StringLike", "sub", &[&value])])], &Role::default());
        assert!(!said.is_empty(), "{}", &value[..4]);
    }
}
