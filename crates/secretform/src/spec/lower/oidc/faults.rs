//! What is said of a role or trust that can't be built, and what to write instead.

use crate::model::{Invalid, InvalidKind};
use crate::source::Span;

use super::super::convert::Sink;

impl Sink {
    /// A rule of roles and tokens that the model states.
    pub(super) fn refused(&mut self, span: Span, invalid: &Invalid) {
        self.refused_with(span, invalid, fix(invalid.kind()).map(str::to_owned));
    }

    pub(super) fn refused_with(&mut self, span: Span, invalid: &Invalid, fix: Option<String>) {
        let mut detail = self.fault(span, invalid);
        if let Some(fix) = fix {
            detail.fix(fix);
        }
    }
}

fn fix(kind: InvalidKind) -> Option<&'static str> {
    use InvalidKind as K;
    Some(match kind {
        K::GitHubOwner => "write the user or organization alone: `owner = \"acme\"`",
        K::GitHubRepository => {
            "write the repository alone: `repository = \"platform\"`; another one is another `oidc` block"
        }
        K::GitHubId => {
            "ask GitHub, and write its number: `gh api repos/OWNER/REPOSITORY --jq '.owner.id, .id'`"
        }
        K::GitHubIdMissing => {
            "add `owner_id` and `repository_id` (`gh api repos/OWNER/REPOSITORY --jq '.owner.id, .id'`), or say `subject = \"name\"` for an older repository"
        }
        K::GitHubSubject => "say `subject = \"name\"`, or leave it out",
        K::GitHubBranch => "write the branch alone: `branches = [\"main\"]`",
        K::GitHubTag => "write the tag alone: `tags = [\"v*\"]`",
        K::GitHubWorkflow => "write `\"acme/ci/.github/workflows/deploy.yml@refs/heads/main\"`",
        K::GitHubHost => "write `host = \"github.acme.com\"`, without `https://`",
        K::NoSubject => {
            "say which jobs: `branches = [\"main\"]`, `tags`, or what else the preset takes: `environments`, `job_workflow_ref`, `pull_request = true` of github"
        }
        K::TrustEmpty => "add a `statement { … }` to `trust`, or use a preset",
        K::RoleName => "say `name = \"…\"`",
        _ => return None,
    })
}
