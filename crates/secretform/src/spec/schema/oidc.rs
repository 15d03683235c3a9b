//! The rows of `oidc` and its presets.

use super::grants::{OWNED_STATEMENT, TRUST_STATEMENT};
use super::rows::{literal, many, one, row, terraform};
use super::{Attribute, Block, Child, Labels, Literal, Takes, Value};
use Literal::{Any, Bool, Choice, String as Str};

/// How a repository is named.
pub(in super::super) const SUBJECT: &[&str] = &["immutable", "name", "both"];

pub(super) static OIDC: Block = Block {
    name: "oidc",
    title: "oidc \"LABEL\"",
    labels: Labels::One("LABEL"),
    later: false,
    attributes: &[
        row(
            "claims",
            Takes::Terraform(Value::Any),
            "what a token must say beside `sub`: lists by claim, `{ environment = [\"production\"] }`",
        ),
        literal("audience", Str, "whom the tokens are for").or("the preset's"),
        terraform(
            "provider",
            Value::String,
            "the ARN of an identity provider that exists; absent, `aws_iam_openid_connect_provider.PRESET` is written",
        ),
        terraform("name", Value::String, "the role's name, and the policy's").or("LABEL"),
        terraform("path", Value::String, "the role's path").or("\"/\""),
        terraform("description", Value::String, "the role's description"),
        terraform("max_session_duration", Value::Number, "seconds that a session may last: 3600 to 43200")
            .or("3600"),
        terraform("permissions_boundary", Value::String, "the ARN of the policy that bounds the role"),
        terraform(
            "force_detach_policies",
            Value::Bool,
            "whether policies that others attached go when the role does",
        )
        .or("false"),
        terraform("tags", Value::Map, "the role's tags; those of `defaults` are for secrets"),
        literal("file", Str, "the file in the directory where its blocks are created").or("\"oidc.tf\""),
        row(
            "labels",
            Takes::Literal(Any),
            "other Terraform labels: `{ provider = …, trust = …, document = …, policy = … }`",
        )
        .or("PRESET, LABEL_trust, LABEL, LABEL"),
    ],
    blocks: PRESETS,
    about: "A role for the jobs of a CI system, `aws_iam_role`, with its trust policy: exactly one preset, or `trust`. With a `statement`, or a reader in `document = \"LABEL\"`, come the document of what it may do, `aws_iam_policy` and `aws_iam_role_policy_attachment`.",
};

const PRESETS: &[Child] = &[
    one(&GITHUB),
    one(&GITLAB),
    one(&BITBUCKET),
    one(&CIRCLECI),
    one(&BUILDKITE),
    one(&HCP_TERRAFORM),
    one(&ISSUER),
    one(&TRUST),
    many(&OWNED_STATEMENT),
];

const fn strings(name: &'static str, about: &'static str) -> Attribute {
    terraform(name, Value::Strings, about)
}

const fn text(name: &'static str, about: &'static str) -> Attribute {
    literal(name, Str, about)
}

const fn preset(
    name: &'static str,
    title: &'static str,
    attributes: &'static [Attribute],
    about: &'static str,
) -> Block {
    Block { name, title, labels: Labels::None, later: false, attributes, blocks: &[], about }
}

static GITHUB: Block = preset(
    "github",
    "github",
    &[
        text("owner", "the user or organization"),
        text("owner_id", "its number: `gh api repos/OWNER/REPOSITORY --jq .owner.id`"),
        text("repository", "the repository, without its owner"),
        text("repository_id", "its number: `gh api repos/OWNER/REPOSITORY --jq .id`"),
        strings("branches", "jobs of these branches, `*` and `?` within"),
        strings("tags", "jobs of these tags"),
        strings("environments", "jobs of these environments"),
        strings("job_workflow_ref", "jobs of these reusable workflows, `OWNER/REPOSITORY/PATH@REF`"),
        literal("pull_request", Bool, "jobs of pull requests, whoever opened them").or("false"),
        literal("subject", Choice(SUBJECT), "how `sub` names the repository: with ids (`repo:OWNER@OWNER_ID/REPOSITORY@REPOSITORY_ID:…`, which repositories created, renamed or transferred after 15 July 2026 send), by name (the old form, a GitHub Enterprise Server's only one), or either").or("\"immutable\""),
        text("host", "a GitHub Enterprise Server, or a host with data residency (`acme.ghe.com`)"),
        text("enterprise", "the enterprise's slug, if it has switched on an issuer of its own"),
        strings("subjects", "customised `sub` claims, instead of owner, repository and jobs"),
    ],
    "GitHub Actions. `owner`, `repository` and at least one of the jobs, or `subjects`.",
);

static GITLAB: Block = preset(
    "gitlab",
    "gitlab",
    &[
        text("project", "the project, `\"GROUP/PROJECT\"`").required(),
        strings("branches", "jobs of these branches, `*` and `?` within"),
        strings("tags", "jobs of these tags"),
        text("host", "a GitLab of one's own").or("\"gitlab.com\""),
    ],
    "GitLab CI: branches or tags of one project. The audience is the instance's address, as its documentation has it.",
);

static BITBUCKET: Block = preset(
    "bitbucket",
    "bitbucket",
    &[
        text("workspace", "the workspace, as its address has it").required(),
        text("workspace_id", "the workspace's UUID").required(),
        text("repository_id", "the repository's UUID").required(),
        text("environment_id", "the UUID of a deployment environment"),
    ],
    "Bitbucket Pipelines.",
);

static CIRCLECI: Block = preset(
    "circleci",
    "circleci",
    &[
        text("organization_id", "the organization's UUID").required(),
        strings("project_ids", "the UUIDs of projects; absent: any of the organization"),
    ],
    "CircleCI.",
);

static BUILDKITE: Block = preset(
    "buildkite",
    "buildkite",
    &[
        text("organization", "the organization's slug").required(),
        strings("pipelines", "the pipelines' slugs").required(),
        strings("branches", "jobs of these branches; absent: of any branch or tag"),
    ],
    "Buildkite.",
);

static HCP_TERRAFORM: Block = preset(
    "hcp_terraform",
    "hcp_terraform",
    &[
        text("organization", "the organization").required(),
        text("project", "the project; absent: any of the organization"),
        strings("workspaces", "the workspaces").required(),
        strings("run_phases", "`\"plan\"`, `\"apply\"`; absent: both"),
    ],
    "HCP Terraform's dynamic credentials.",
);

static ISSUER: Block = preset(
    "issuer",
    "issuer",
    &[
        text("url", "who signs the tokens: their `iss`").required(),
        text("audience", "whom the tokens are for: their `aud`").required(),
        strings("subjects", "their `sub`, `*` and `?` within").required(),
    ],
    "Any other issuer.",
);

static TRUST: Block = Block {
    name: "trust",
    title: "trust",
    labels: Labels::None,
    later: false,
    attributes: &[],
    blocks: &[many(&TRUST_STATEMENT).required()],
    about: "The trust policy statement by statement, where no preset fits.",
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::iam::oidc::System;

    /// What the model takes of each system is what the spec says of it.
    #[test]
    fn presets_are_the_models_systems() {
        for system in System::all() {
            let block = OIDC.block(system.name).unwrap().block;
            let words: Vec<_> = block.attributes.iter().map(|row| (row.name, row.required)).collect();
            let known: Vec<_> = system.words.iter().map(|word| (word.name, word.required)).collect();
            assert_eq!(words, known, "{}", system.name);
        }
    }
}
