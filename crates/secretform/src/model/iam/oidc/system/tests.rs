//! Each system's issuer, audience and subjects, and what of it is wrong.

use super::*;

const ID: &str = "0a1b2c3d-0000-4000-8000-00000000000f";

fn trust(system: &str, said: &[(&str, &[&str])]) -> Result<(String, String, Vec<String>), Errors> {
    let mut builder = System::named(system).unwrap().builder();
    for (word, texts) in said {
        builder = builder.say(word, texts.iter().map(|text| Text::from(*text)).collect::<Terms<_>>());
    }
    let trust = builder.build()?;
    let subjects = trust.subjects().values().items().iter().map(ToString::to_string).collect();
    Ok((trust.issuer().url(), trust.audience().to_string(), subjects))
}

#[track_caller]
fn check(system: &str, said: &[(&str, &[&str])], issuer: &str, audience: &str, subjects: &[&str]) {
    let (found, aud, sub) = trust(system, said).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!((found.as_str(), aud.as_str()), (issuer, audience));
    assert_eq!(sub, subjects);
}

#[test]
fn each_system_has_its_issuer_audience_and_subjects() {
    check(
        "gitlab",
        &[("project", &["acme/data/platform"]), ("branches", &["main", "release/*"]), ("tags", &["v*"])],
        "https://gitlab.com",
        "https://gitlab.com",
        &[
            "project_path:acme/data/platform:ref_type:branch:ref:main",
            "project_path:acme/data/platform:ref_type:branch:ref:release/*",
            "project_path:acme/data/platform:ref_type:tag:ref:v*",
        ],
    );
    let braced = format!("{{{ID}}}");
    check(
        "bitbucket",
        &[("workspace", &["acme"]), ("workspace_id", &[&braced]), ("repository_id", &[ID])],
        "https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc",
        &format!("ari:cloud:bitbucket::workspace/{ID}"),
        &[&format!("{{{ID}}}:*")],
    );
    check(
        "circleci",
        &[("organization_id", &[ID]), ("project_ids", &[ID])],
        &format!("https://oidc.circleci.com/org/{ID}"),
        ID,
        &[&format!("org/{ID}/project/{ID}/user/*")],
    );
    check(
        "circleci",
        &[("organization_id", &[ID])],
        &format!("https://oidc.circleci.com/org/{ID}"),
        ID,
        &[&format!("org/{ID}/project/*/user/*")],
    );
    check(
        "buildkite",
        &[("organization", &["acme"]), ("pipelines", &["a", "b"]), ("branches", &["main"])],
        "https://agent.buildkite.com",
        "sts.amazonaws.com",
        &[
            "organization:acme:pipeline:a:ref:refs/heads/main:commit:*",
            "organization:acme:pipeline:b:ref:refs/heads/main:commit:*",
        ],
    );
    check(
        "hcp_terraform",
        &[("organization", &["acme"]), ("workspaces", &["prod"]), ("run_phases", &["plan", "apply"])],
        "https://app.terraform.io",
        "aws.workload.identity",
        &[
            "organization:acme:project:*:workspace:prod:run_phase:plan",
            "organization:acme:project:*:workspace:prod:run_phase:apply",
        ],
    );
    check(
        "issuer",
        &[("url", &["https://id.acme.com/ci"]), ("audience", &["aws"]), ("subjects", &["job:1"])],
        "https://id.acme.com/ci",
        "aws",
        &["job:1"],
    );
}

/// The issuers by which trust policies are judged are those that they are written with.
#[test]
fn systems_are_known_issuers() {
    let said: &[(&str, &[&str])] = &[
        ("project", &["a/b"]),
        ("branches", &["main"]),
        ("workspace", &["a"]),
        ("workspace_id", &[ID]),
        ("repository_id", &[ID]),
        ("organization_id", &[ID]),
        ("organization", &["a"]),
        ("pipelines", &["a"]),
        ("workspaces", &["a"]),
    ];
    for system in System::all().iter().filter(|system| system.name != "issuer") {
        let needed = |word: &str| system.word(word).is_some_and(|it| it.required || word == "branches");
        let said: Vec<_> = said.iter().copied().filter(|(word, _)| needed(word)).collect();
        let (url, audience, _) = trust(system.name, &said).unwrap();
        let (issuer, _) = crate::model::iam::Issuer::at(url.strip_prefix("https://").unwrap()).unwrap();
        assert_eq!(issuer.name, system.name);
        let usual = issuer.audience.map_or("", |audience| audience.trim_end_matches('*'));
        assert!(audience.starts_with(usual), "{audience}");
    }
}

#[test]
fn what_is_missing_or_wrong_is_all_said() {
    let kinds = |system, said: &[(&str, &[&str])]| -> Vec<InvalidKind> {
        trust(system, said).err().into_iter().flatten().map(|error| error.kind()).collect()
    };
    use InvalidKind as K;
    assert_eq!(kinds("gitlab", &[]), [K::SystemWordMissing]);
    assert_eq!(kinds("gitlab", &[("project", &["a/b"])]), [K::NoSubject]);
    for bad in ["a", "*/b", "a/*", "/a", "a:b/c"] {
        assert_eq!(kinds("gitlab", &[("project", &[bad]), ("tags", &["v1"])]), [K::SystemWord], "{bad}");
    }
    assert_eq!(kinds("bitbucket", &[]), [K::SystemWordMissing; 3]);
    assert_eq!(kinds("circleci", &[("organization_id", &["acme"])]), [K::SystemWord]);
    assert_eq!(
        kinds("buildkite", &[("organization", &["*"]), ("pipelines", &["*"])]),
        [K::SystemWord, K::SystemWord]
    );
    assert_eq!(kinds("buildkite", &[("organisation", &["a"])]).len(), 3);
}
