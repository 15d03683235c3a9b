//! Systems whose jobs come to AWS with an OIDC token: where the tokens are from, what they say,
//! and what STS evaluates of it.
//!
//! Sources: IAM User Guide, *Available keys for AWS OIDC federation* and *Identity-provider
//! controls for shared OIDC providers*; Service Authorization Reference, *AWS Security Token
//! Service*; of each system, its own page on OIDC, named at its row.

mod subjects;

use subjects::{BITBUCKET, BUILDKITE, CIRCLECI, GITHUB, GITLAB, HCP_TERRAFORM, UNKNOWN};
pub use subjects::{Class, Part, Piece, Subjects, claim_forms};

/// A system that issues tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// The spec's word: `github`. Empty for those that have no preset.
    pub name: &'static str,
    /// What people call it: `GitHub Actions`.
    pub title: &'static str,
    /// Where its tokens come from, the usual place first.
    pub endpoints: &'static [Endpoint],
    /// The audience that is usual with AWS, with a `*` for what each customer has of its own.
    pub audience: Option<&'static str>,
    /// The claims of which a trust policy must narrow one.
    pub scope: &'static [&'static str],
    /// The subjects that its tokens have.
    pub subjects: Subjects,
}

/// A place that tokens come from: the end of the provider's ARN, and what the condition keys
/// begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Without `https://`, with a `*` for what each customer has of its own.
    pub host: &'static str,
    /// Whether strangers get tokens from the very same place.
    pub shared: bool,
    /// What STS evaluates beside [`STANDARD_CLAIMS`].
    pub claims: &'static [&'static str],
    /// Whether subjects there may carry the ids of owner and repository.
    pub ids: bool,
}

/// What STS evaluates of every token.
pub const STANDARD_CLAIMS: [&str; 6] = ["amr", "aud", "azp", "email", "oaud", "sub"];

impl Issuer {
    /// The issuer of a preset.
    pub fn find(name: &str) -> Option<&'static Self> {
        ISSUERS.iter().find(|issuer| issuer.name == name && !name.is_empty())
    }

    /// The issuer whose tokens come from `host`, which is an URL without `https://`.
    pub fn at(host: &str) -> Option<(&'static Self, &'static Endpoint)> {
        ISSUERS
            .iter()
            .flat_map(|issuer| issuer.endpoints.iter().map(move |endpoint| (issuer, endpoint)))
            .find(|(_, endpoint)| endpoint.is(host))
    }

    /// Whether STS evaluates a claim of tokens from `endpoint`.
    pub fn evaluates(endpoint: &Endpoint, claim: &str) -> bool {
        let is = |known: &&str| known.eq_ignore_ascii_case(claim);
        STANDARD_CLAIMS.iter().any(is) || endpoint.claims.iter().any(is)
    }
}

impl Endpoint {
    fn is(&self, host: &str) -> bool {
        match self.host.split_once('*') {
            None => host.eq_ignore_ascii_case(self.host),
            Some((front, back)) => {
                host.len() > front.len() + back.len()
                    && host.get(..front.len()).is_some_and(|it| it.eq_ignore_ascii_case(front))
                    && host
                        .len()
                        .checked_sub(back.len())
                        .and_then(|at| host.get(at..))
                        .is_some_and(|it| it.eq_ignore_ascii_case(back))
            }
        }
    }
}

const fn shared(host: &'static str, claims: &'static [&'static str]) -> Endpoint {
    Endpoint { host, shared: true, claims, ids: false }
}

const fn own(host: &'static str, claims: &'static [&'static str]) -> Endpoint {
    Endpoint { host, shared: false, claims, ids: false }
}

/// What STS evaluates of GitHub's tokens since January 2026.
const GITHUB_CLAIMS: &[&str] = &[
    "actor",
    "actor_id",
    "enterprise_id",
    "environment",
    "job_workflow_ref",
    "ref",
    "repository",
    "repository_id",
    "repository_owner_id",
    "workflow",
];

const BY_SUBJECT: &[&str] = &["sub"];
const BY_AUDIENCE: &[&str] = &["aud"];

/// An issuer that customers share and of which nothing else is known.
const fn other(host: &'static str, endpoints: &'static [Endpoint], scope: &'static [&'static str]) -> Issuer {
    Issuer { name: "", title: host, endpoints, audience: None, scope, subjects: UNKNOWN }
}

/// All issuers that secretform knows: those with a preset first.
pub const ISSUERS: [Issuer; 16] = [
    // GitHub Docs, *OpenID Connect reference*.
    Issuer {
        name: "github",
        title: "GitHub Actions",
        endpoints: &[
            Endpoint {
                host: "token.actions.githubusercontent.com",
                shared: true,
                claims: GITHUB_CLAIMS,
                ids: true,
            },
            // An enterprise with its own issuer, then data residency, then GitHub Enterprise Server.
            Endpoint {
                host: "token.actions.githubusercontent.com/*",
                shared: false,
                claims: GITHUB_CLAIMS,
                ids: true,
            },
            Endpoint { host: "github.com/enterprises/*", shared: false, claims: GITHUB_CLAIMS, ids: true },
            Endpoint { host: "token.actions.*.ghe.com", shared: false, claims: GITHUB_CLAIMS, ids: true },
            own("*/_services/token", &[]),
        ],
        audience: Some("sts.amazonaws.com"),
        scope: &["sub", "job_workflow_ref"],
        subjects: GITHUB,
    },
    // GitLab Docs, *OpenID Connect (OIDC) Authentication Using ID Tokens*. A server of one's own
    // is an issuer of its own.
    Issuer {
        name: "gitlab",
        title: "GitLab",
        endpoints: &[shared(
            "gitlab.com",
            &[
                "namespace_id",
                "pipeline_source",
                "project_id",
                "ref_protected",
                "runner_environment",
                "user_access_level",
                "user_email",
                "user_id",
                "user_login",
            ],
        )],
        audience: None,
        scope: BY_SUBJECT,
        subjects: GITLAB,
    },
    // Bitbucket Cloud, *Deploy on AWS using Bitbucket Pipelines OpenID Connect*.
    Issuer {
        name: "bitbucket",
        title: "Bitbucket Pipelines",
        endpoints: &[own("api.bitbucket.org/2.0/workspaces/*/pipelines-config/identity/oidc", &[])],
        audience: Some("ari:cloud:bitbucket::workspace/*"),
        scope: BY_SUBJECT,
        subjects: BITBUCKET,
    },
    // CircleCI Docs, *Using OpenID Connect tokens in jobs*.
    Issuer {
        name: "circleci",
        title: "CircleCI",
        endpoints: &[own("oidc.circleci.com/org/*", &["oidc.circleci.com/project-id"])],
        audience: Some("*"),
        scope: &["sub", "oidc.circleci.com/project-id"],
        subjects: CIRCLECI,
    },
    // Buildkite Docs, *OIDC in Buildkite Pipelines*.
    Issuer {
        name: "buildkite",
        title: "Buildkite",
        endpoints: &[shared(
            "agent.buildkite.com",
            &[
                "build_branch",
                "cluster_id",
                "cluster_name",
                "organization_id",
                "organization_slug",
                "pipeline_id",
                "pipeline_slug",
            ],
        )],
        audience: Some("sts.amazonaws.com"),
        scope: BY_SUBJECT,
        subjects: BUILDKITE,
    },
    // HCP Terraform, *Use dynamic credentials with the AWS provider*.
    Issuer {
        name: "hcp_terraform",
        title: "HCP Terraform",
        endpoints: &[shared("app.terraform.io", &[])],
        audience: Some("aws.workload.identity"),
        scope: BY_SUBJECT,
        subjects: HCP_TERRAFORM,
    },
    // The others of AWS's list.
    other(
        "vstoken.actions.githubusercontent.com",
        &[shared("vstoken.actions.githubusercontent.com", &[])],
        BY_SUBJECT,
    ),
    other(
        "oidc-configuration.audit-log.githubusercontent.com",
        &[shared("oidc-configuration.audit-log.githubusercontent.com", &[])],
        BY_SUBJECT,
    ),
    other("oidc.codefresh.io", &[shared("oidc.codefresh.io", &[])], BY_SUBJECT),
    other("studio.datachain.ai/api", &[shared("studio.datachain.ai/api", &[])], BY_SUBJECT),
    other("scalr.io", &[shared("scalr.io", &[])], BY_SUBJECT),
    other("tokens.cloud.shisho.dev", &[shared("tokens.cloud.shisho.dev", &[])], BY_SUBJECT),
    other("proidc.upbound.io", &[shared("proidc.upbound.io", &[])], BY_SUBJECT),
    other("oidc.vercel.com", &[shared("oidc.vercel.com", &[])], BY_AUDIENCE),
    other("api.pulumi.com/oidc", &[shared("api.pulumi.com/oidc", &[])], BY_AUDIENCE),
    other("sandboxes.cloud", &[shared("sandboxes.cloud", &[])], BY_AUDIENCE),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_is_found_by_its_place() {
        let check = |host: &str, expected: Option<(&str, bool)>| {
            let found = Issuer::at(host).map(|(issuer, endpoint)| (issuer.title, endpoint.shared));
            assert_eq!(found, expected, "{host}");
        };
        check("token.actions.githubusercontent.com", Some(("GitHub Actions", true)));
        check("TOKEN.actions.githubusercontent.com", Some(("GitHub Actions", true)));
        check("token.actions.githubusercontent.com/acme", Some(("GitHub Actions", false)));
        check("token.actions.githubusercontent.com/", None);
        check("token.actions.acme.ghe.com", Some(("GitHub Actions", false)));
        check("git.acme.example/_services/token", Some(("GitHub Actions", false)));
        check("oidc.circleci.com/org/1a2b", Some(("CircleCI", false)));
        check("gitlab.com", Some(("GitLab", true)));
        check("gitlab.com.evil.example", None);
        check("oidc.eks.eu-west-1.amazonaws.com/id/1A", None);
        check("é", None);
        check("", None);
    }

    #[test]
    fn presets_have_all_that_a_trust_policy_needs() {
        let names: Vec<_> = ISSUERS.iter().map(|it| it.name).filter(|name| !name.is_empty()).collect();
        assert_eq!(names, ["github", "gitlab", "bitbucket", "circleci", "buildkite", "hcp_terraform"]);
        for issuer in &ISSUERS {
            assert_eq!(Issuer::find(issuer.name).is_some(), !issuer.name.is_empty());
            for endpoint in issuer.endpoints {
                assert!(!endpoint.host.contains("://"), "{}", endpoint.host);
                for claim in issuer.scope {
                    let always = *claim == "job_workflow_ref";
                    assert!(always || Issuer::evaluates(endpoint, claim), "{} {claim}", endpoint.host);
                }
            }
            for form in issuer.subjects.usual.iter().chain(issuer.subjects.items) {
                for piece in *form {
                    if let Piece::Any(part) = piece {
                        assert!(part.sample.chars().all(|c| part.class.has(c)), "{}", part.name);
                    }
                }
            }
        }
    }
}
