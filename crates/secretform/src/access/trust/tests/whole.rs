//! Values without wildcards: read by the form, and searched for letter by letter, alike.

use super::super::pattern::{Constraint, Mode};
use super::super::policy::Statement;
use super::super::search::{Answer, Forms, walk};
use super::super::whole::whole;
use super::*;
use crate::model::iam::Issuer;

const VALUES: [&str; 14] = [
    "",
    "repo:acme/app:pull_request",
    "repo:acme/app:ref:refs/heads/main",
    "repo:acme/app:ref:refs/heads/a:b",
    "repo:acme/app:ref:refs/heads/",
    "repo:acme/app",
    "repo:acme/app:pull_request:environment:prod",
    "repo:acme@1/app@2:environment:prod",
    "repo:acme@x/app@2:environment:prod",
    "repo:acme/app:environment:pré",
    "repo:*",
    "project_path:acme/app:ref_type:branch:ref:main",
    "project_path:acme/sub/app:ref_type:tag:ref:v1",
    "organization:acme:project:p:workspace:w:run_phase:apply",
];

#[test]
fn what_is_read_by_the_form_is_what_a_search_finds() {
    let (mut found, mut nothing) = (0, 0);
    for (first, second) in VALUES.iter().flat_map(|a| VALUES.iter().map(move |b| (*a, *b))) {
        let lines: [Line<'_>; 2] =
            [("StringEquals", "sub", &[first, second]), ("StringNotLike", "sub", &["*refs/heads/main"])];
        let statement = Statement::read(&github(&lines));
        let constraint = |test| Constraint::new(test, None, false, Mode::Certain);
        let constraints: Vec<Constraint> = statement.tests.iter().filter_map(constraint).collect();
        for issuer in ["github", "gitlab", "hcp_terraform", "buildkite"].into_iter().filter_map(Issuer::find)
        {
            let usual = issuer.subjects.usual.iter().map(|form| (std::slice::from_ref(form), false));
            let all = usual.chain([(issuer.subjects.usual, false), (issuer.subjects.items, true)]);
            for ((forms, joined), strangers) in all.flat_map(|it| [(it, false), (it, true)]) {
                let forms = Forms { forms, joined, strangers };
                for constraints in [&constraints[..1], &constraints[..]] {
                    let Some(read) = whole(forms, constraints) else { continue };
                    match read {
                        Answer::Found(_) => found += 1,
                        _ => nothing += 1,
                    }
                    assert_eq!(read, walk(forms, constraints), "{first} {second} {forms:?}");
                }
            }
        }
    }
    assert!(found > 100 && nothing > 100, "{found} {nothing}");
}
