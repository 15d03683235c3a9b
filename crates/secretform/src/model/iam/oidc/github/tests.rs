//! Which subjects come of which jobs, and what opens more than one repository.

use super::*;
use crate::model::Expression;

fn texts(list: &[&str]) -> Terms<Text> {
    list.iter().map(|text| Text::from(*text)).collect()
}

fn acme() -> GitHubBuilder {
    GitHub::builder("acme", "platform").ids("1234567", "987654321")
}

fn subjects(builder: GitHubBuilder) -> Vec<String> {
    let github = builder.build().unwrap();
    let subjects = github.subjects().values();
    let items = subjects.items().iter().map(ToString::to_string);
    items.chain(subjects.joined().iter().map(|list| list.source().to_owned())).collect()
}

fn kinds(builder: GitHubBuilder) -> Vec<InvalidKind> {
    builder.build().err().into_iter().flatten().map(|error| error.kind()).collect()
}

#[test]
fn each_job_has_its_subject() {
    let all = acme()
        .branches(texts(&["main", "release/*"]))
        .tags(texts(&["v*"]))
        .environments(texts(&["prod:eu"]))
        .pull_request(true);
    let immutable = "repo:acme@1234567/platform@987654321:";
    assert_eq!(
        subjects(all.clone()),
        [
            "ref:refs/heads/main",
            "ref:refs/heads/release/*",
            "ref:refs/tags/v*",
            "environment:prod%3Aeu",
            "pull_request"
        ]
        .map(|job| format!("{immutable}{job}"))
    );
    let name = acme().branches(texts(&["main"])).subject(SubjectForm::Name);
    assert_eq!(subjects(name), ["repo:acme/platform:ref:refs/heads/main"]);
    let both = acme().branches(texts(&["main"])).subject(SubjectForm::Both);
    assert_eq!(
        subjects(both),
        [
            "repo:acme/platform:ref:refs/heads/main",
            "repo:acme@1234567/platform@987654321:ref:refs/heads/main"
        ]
    );
    let workflow = acme().job_workflow_ref(texts(&["acme/ci/.github/workflows/x.yml@refs/heads/main"]));
    assert_eq!(subjects(workflow), [format!("{immutable}*")]);
}

#[test]
fn a_list_of_terraforms_goes_into_a_for() {
    let branches = Terms::symbol(Expression::reference("var.branches").unwrap());
    assert_eq!(
        subjects(acme().branches(branches)),
        ["[for value in var.branches : \"repo:acme@1234567/platform@987654321:ref:refs/heads/${value}\"]"]
    );
}

#[test]
fn nothing_opens_more_than_one_repository() {
    use InvalidKind as K;
    let main = || texts(&["main"]);
    for bad in ["acme:x", "acme/platform", "*", "ac?e", "", "a b", "acme@1"] {
        assert_eq!(
            kinds(GitHub::builder(bad, "x").ids("1", "2").branches(main())),
            [K::GitHubOwner],
            "{bad}"
        );
        let repository = GitHub::builder("acme", bad).ids("1", "2").branches(main());
        assert_eq!(kinds(repository), [K::GitHubRepository], "{bad}");
    }
    for bad in ["", "12a", "*", "0", "-1", "1 "] {
        assert_eq!(kinds(GitHub::builder("a", "b").ids(bad, "2").branches(main())), [K::GitHubId], "{bad:?}");
    }
    assert_eq!(kinds(acme()), [K::NoSubject]);
    assert_eq!(kinds(GitHub::builder("a", "b").branches(main())), [K::GitHubIdMissing]);
    assert_eq!(kinds(GitHub::builder("a", "b").branches(main()).subject(SubjectForm::Name)), []);
    for bad in ["refs/heads/main", "a:b", "a b", ""] {
        assert_eq!(kinds(acme().branches(texts(&[bad]))), [K::GitHubBranch], "{bad}");
        assert_eq!(kinds(acme().tags(texts(&[bad]))), [K::GitHubTag], "{bad}");
    }
    for bad in ["x.yml", "acme/ci/x.yml", "*/ci/x.yml@main", "acme/*/x.yml@main"] {
        assert_eq!(kinds(acme().job_workflow_ref(texts(&[bad]))), [K::GitHubWorkflow], "{bad}");
    }
}

#[test]
fn hosts_have_issuers() {
    let issuer = |host, enterprise| GitHub::issuer_of(host, enterprise).map(|issuer| issuer.url()).ok();
    let is = |url: &str| Some(url.to_owned());
    assert_eq!(issuer(None, None), is("https://token.actions.githubusercontent.com"));
    assert_eq!(issuer(None, Some("acme")), is("https://token.actions.githubusercontent.com/acme"));
    assert_eq!(issuer(Some("acme.ghe.com"), None), is("https://token.actions.acme.ghe.com"));
    assert_eq!(issuer(Some("git.acme.com"), None), is("https://git.acme.com/_services/token"));
    assert_eq!(issuer(Some("git.acme.com"), Some("acme")), None);
    assert_eq!(issuer(Some("https://git.acme.com"), None), None);
    let server = GitHub::builder("a", "b").branches(texts(&["main"])).host("git.acme.com");
    assert_eq!(subjects(server.clone()), ["repo:a/b:ref:refs/heads/main"]);
    assert_eq!(kinds(server.subject(SubjectForm::Both)), [InvalidKind::GitHubSubject]);
}

proptest::proptest! {
    /// Whatever stands in the spec, what comes of it names one repository of one owner.
    #[test]
    fn a_subject_names_one_repository(
        owner in ".{0,8}", repository in ".{0,8}", owner_id in "[0-9*]{0,4}", repository_id in "[0-9?]{0,4}",
        branch in ".{0,8}", environment in ".{0,8}",
    ) {
        let builder = GitHub::builder(owner.clone(), repository.clone())
            .ids(owner_id.clone(), repository_id.clone())
            .branches(vec![Text::from(branch)])
            .environments(vec![Text::from(environment)])
            .subject(SubjectForm::Both);
        if let Ok(github) = builder.build() {
            let by_name = format!("repo:{owner}/{repository}:");
            let by_id = format!("repo:{owner}@{owner_id}/{repository}@{repository_id}:");
            proptest::prop_assert!(!by_name.contains(['*', '?']) && !by_id.contains(['*', '?']));
            for subject in github.subjects().values().items() {
                let subject = subject.to_string();
                let job = subject.strip_prefix(&by_name).or_else(|| subject.strip_prefix(&by_id));
                let value = |job: &str| {
                    let value = job.strip_prefix("ref:refs/heads/").or_else(|| job.strip_prefix("environment:"));
                    value.is_some_and(|value| !value.contains(':'))
                };
                proptest::prop_assert!(job.is_some_and(value));
            }
        }
    }
}
