//! What is said of a verdict, of Terraform and of a spec alike.

use super::{AudienceFault, DeadCause, Kind, Verdict, Wide, Witness};
use crate::diagnostic::{Diagnostic, Rule, codes};

impl Verdict {
    /// The rule that it breaks.
    pub fn rule(&self) -> &'static Rule {
        match &self.kind {
            Kind::Unscoped => &codes::TRUST_UNSCOPED,
            Kind::Loose => &codes::TRUST_LOOSE,
            Kind::HoldsWithout if self.claim.ends_with(":aud") => &codes::TRUST_AUDIENCE,
            Kind::HoldsWithout => &codes::TRUST_ABSENT,
            Kind::Dead(_) => &codes::TRUST_DEAD,
            Kind::Anyone => &codes::TRUST_ANYONE,
            Kind::Wide(_) => &codes::TRUST_WIDE,
            Kind::NameOnly | Kind::AnyId => &codes::TRUST_BY_NAME,
            Kind::Audience(_) => &codes::TRUST_AUDIENCE,
            Kind::PullRequest => &codes::TRUST_PULL_REQUEST,
            Kind::Idle(_) => &codes::TRUST_IDLE,
            Kind::Unresolved => &codes::TRUST_UNRESOLVED,
        }
    }

    /// The diagnostic on the trust policy of `role`, without a place.
    pub fn diagnostic(&self, role: &str) -> Diagnostic {
        let (message, label) = self.message(role);
        let mut diagnostic =
            Diagnostic::new(self.rule(), message).severity(self.severity).label(label).reason(self.reason());
        diagnostic.fix = Some(self.fix());
        diagnostic
    }

    fn shown(&self) -> &str {
        self.value.as_deref().unwrap_or_default()
    }

    fn message(&self, role: &str) -> (String, &'static str) {
        let (issuer, claim, value) = (&self.issuer, &self.claim, self.shown());
        match &self.kind {
            Kind::Unscoped if self.witness.is_some() => {
                let whose = if self.shared { "" } else { " of your organization" };
                let message = format!("any {issuer} job{whose} can assume `{role}`");
                (message, "nothing here asks whose job it is")
            }
            Kind::Unscoped => {
                (format!("AWS refuses the trust policy of `{role}`"), "nothing here asks whose job it is")
            }
            Kind::Loose if self.shared => {
                (format!("`{value}` lets {issuer} jobs of others assume `{role}`"), "too loose")
            }
            Kind::Loose => {
                (format!("`{value}` lets any {issuer} job of your organization assume `{role}`"), "too loose")
            }
            Kind::HoldsWithout => (
                format!("the condition on `{claim}` in the trust policy of `{role}` also holds without it"),
                "true when the key is absent",
            ),
            Kind::Dead(cause) => dead(cause, role, claim, value),
            Kind::Anyone if matches!(self.witness, Some(Witness::Token { .. })) => {
                (format!("everybody with a web identity can assume `{role}`"), "everybody")
            }
            Kind::Anyone if self.witness.is_some() => {
                (format!("every AWS account can assume `{role}`"), "everybody")
            }
            Kind::Anyone => {
                (format!("AWS refuses the principal `{value}` of `{role}`"), "no wildcard within a principal")
            }
            Kind::Wide(Wide::AllButPrincipals) => {
                (format!("the trust policy of `{role}` allows all but some"), "all but these")
            }
            Kind::Wide(Wide::AllButActions) => {
                (format!("the trust policy of `{role}` allows all actions but some"), "all but these")
            }
            Kind::Wide(Wide::Actions) => {
                (format!("`{value}` in the trust policy of `{role}` is more than it needs"), "too wide")
            }
            Kind::NameOnly => (
                format!("the trust policy of `{role}` knows repositories by name alone"),
                "no subject with ids",
            ),
            Kind::AnyId => {
                (format!("`{value}` lets in whoever registers the name anew"), "any id behind the name")
            }
            Kind::Audience(AudienceFault::Missing) => (
                format!("the trust policy of `{role}` doesn't ask for whom the token is made"),
                "nothing here tests `aud`",
            ),
            Kind::Audience(AudienceFault::Any) => {
                (format!("`{value}` lets tokens made for anybody assume `{role}`"), "any audience")
            }
            Kind::Audience(AudienceFault::Unusual) => {
                (format!("`{value}` is not the usual audience of {issuer} jobs that go to AWS"), "unusual")
            }
            Kind::PullRequest => {
                (format!("pull requests can assume `{role}`, which reads secrets"), "lets in pull requests")
            }
            Kind::Idle(_) => (
                format!("the condition on `{claim}` in the trust policy of `{role}` keeps nobody out"),
                "always true",
            ),
            Kind::Unresolved if claim.is_empty() => (
                format!("whose tokens can assume `{role}` can't be known before Terraform runs"),
                "only Terraform can say whose provider this is",
            ),
            Kind::Unresolved => (
                format!("who can assume `{role}` can't be known before Terraform runs"),
                "only Terraform can say what this is",
            ),
        }
    }

    fn reason(&self) -> String {
        let issuer = &self.issuer;
        let says = match &self.kind {
            Kind::Unscoped if self.witness.is_none() => format!(
                "it wants `sub`{} tested by StringEquals, StringLike or StringEqualsIgnoreCase with more than `*`",
                if issuer.starts_with("GitHub") { " or `job_workflow_ref`" } else { "" }
            ),
            Kind::Unscoped | Kind::Loose if self.shared => {
                format!("{issuer} signs tokens for everybody's jobs")
            }
            Kind::Unscoped | Kind::Loose => {
                "its issuer signs tokens for all jobs of your organization, and for nobody else's".to_owned()
            }
            Kind::HoldsWithout => {
                "ForAllValues and …IfExists hold for a token that doesn't have the claim".to_owned()
            }
            Kind::Dead(cause) => reason_dead(cause),
            Kind::Anyone if matches!(self.witness, Some(Witness::Token { .. })) => {
                "`*` names every provider of the account, and Google, Facebook and Amazon".to_owned()
            }
            Kind::Anyone if self.witness.is_some() => "`*` names every principal of every account".to_owned(),
            Kind::Anyone => "a principal is named whole, or is `*`".to_owned(),
            Kind::Wide(Wide::AllButPrincipals) => {
                "`NotPrincipal` with Allow lets everybody else in; AWS refuses it in trust policies"
                    .to_owned()
            }
            Kind::Wide(Wide::AllButActions) => {
                "`NotAction` with Allow lets every other way of assuming the role in".to_owned()
            }
            Kind::Wide(Wide::Actions) => {
                "it also lets holders tag sessions and set source identities".to_owned()
            }
            Kind::NameOnly => "repositories created, renamed or transferred after 15 July 2026 send \
                `repo:OWNER@OWNER_ID/REPOSITORY@REPOSITORY_ID:…`, which matches none of these"
                .to_owned(),
            Kind::AnyId => "a name that its owner gave up can be registered by anybody".to_owned(),
            Kind::Audience(AudienceFault::Unusual) => {
                "if the provider doesn't take it, no job can assume the role".to_owned()
            }
            Kind::Audience(_) => {
                "a token made for another service can then be used here, as far as the provider takes it"
                    .to_owned()
            }
            Kind::PullRequest => "code that nobody has reviewed runs with the secrets".to_owned(),
            Kind::Idle(cause) => format!("{}, and the test holds without the key", reason_dead(cause)),
            Kind::Unresolved => "it may let strangers in, or nobody; secretform never guesses".to_owned(),
        };
        match &self.witness {
            Some(Witness::Token { claims, .. }) => {
                let claims: Vec<String> =
                    claims.iter().map(|(name, value)| format!("{name} = \"{value}\"")).collect();
                format!("{says}; it lets in {}", claims.join(", "))
            }
            Some(Witness::Caller) | None => says,
        }
    }

    fn fix(&self) -> String {
        match &self.kind {
            Kind::Unscoped | Kind::Loose | Kind::HoldsWithout if !self.claim.ends_with(":aud") => {
                let example = match self.issuer.as_str() {
                    "GitHub Actions" => {
                        "\"repo:OWNER@OWNER_ID/REPOSITORY@REPOSITORY_ID:ref:refs/heads/main\""
                    }
                    "GitLab" => "\"project_path:GROUP/PROJECT:ref_type:branch:ref:main\"",
                    "Buildkite" => "\"organization:ORG:pipeline:PIPELINE:*\" under StringLike",
                    "HCP Terraform" => {
                        "\"organization:ORG:project:PROJECT:workspace:WORKSPACE:run_phase:apply\""
                    }
                    _ => "the whole subject",
                };
                format!("test `{}` with StringEquals against {example}", scope_key(&self.claim))
            }
            Kind::HoldsWithout | Kind::Audience(_) => {
                format!("test `{}` with StringEquals, without a set operator", self.claim)
            }
            Kind::Dead(DeadCause::Wildcard) => {
                "write the value out, or say StringLike if the wildcard is meant".to_owned()
            }
            Kind::Dead(DeadCause::NotEvaluated) | Kind::Idle(DeadCause::NotEvaluated) => {
                "put it into `sub` by customising the issuer's subject, or test a claim that STS evaluates"
                    .to_owned()
            }
            Kind::Dead(DeadCause::OtherIssuer) | Kind::Idle(_) => {
                "begin the key with the host of the statement's provider".to_owned()
            }
            Kind::Dead(DeadCause::Audience(audiences)) => {
                format!("test for one of {}, or add it to `client_id_list`", audiences.join(", "))
            }
            Kind::Dead(_) => "write the subject as the issuer sends it".to_owned(),
            Kind::Unscoped | Kind::Loose => "name the subjects that may assume it".to_owned(),
            Kind::Anyone | Kind::Wide(Wide::AllButPrincipals) => {
                "name the principals that may assume it".to_owned()
            }
            Kind::Wide(_) => "allow `sts:AssumeRoleWithWebIdentity` only".to_owned(),
            Kind::NameOnly => "put the subjects with ids beside them; \
                `gh api repos/OWNER/REPOSITORY --jq '.owner.id, .id'` shows the ids"
                .to_owned(),
            Kind::AnyId => "write the ids out".to_owned(),
            Kind::PullRequest => {
                "let a branch or an environment in, and give pull requests a role without secrets".to_owned()
            }
            Kind::Unresolved => "write it out, or accept it with a `rule` in the spec".to_owned(),
        }
    }
}

/// The key that should be tested, for one of another claim.
fn scope_key(claim: &str) -> String {
    match claim.split_once(':') {
        Some((_, "sub" | "job_workflow_ref")) | None => claim.to_owned(),
        Some((host, _)) => format!("{host}:sub"),
    }
}

fn dead(cause: &DeadCause, role: &str, claim: &str, value: &str) -> (String, &'static str) {
    match cause {
        DeadCause::Wildcard => {
            (format!("`{value}` in the trust policy of `{role}` matches nothing"), "taken letter by letter")
        }
        DeadCause::NoSuchValue => (
            format!("`{value}` in the trust policy of `{role}` matches no token"),
            "no subject looks like this",
        ),
        DeadCause::Audience(_) => (
            format!("no token with the audience `{value}` can assume `{role}`"),
            "the provider doesn't take it",
        ),
        DeadCause::NotEvaluated => {
            (format!("STS never evaluates `{claim}`, so nobody can assume `{role}`"), "never evaluated")
        }
        DeadCause::OtherIssuer => (
            format!("`{claim}` is of another issuer, so nobody can assume `{role}`"),
            "not of this statement's provider",
        ),
        DeadCause::Contradiction => {
            (format!("no token meets all conditions of `{role}`"), "these exclude each other")
        }
    }
}

fn reason_dead(cause: &DeadCause) -> String {
    match cause {
        DeadCause::Wildcard => "StringEquals takes `*` and `?` for the characters that they are",
        DeadCause::NotEvaluated => {
            "STS passes only some claims of the token on, and this one isn't among them"
        }
        DeadCause::OtherIssuer => "a token has only the keys that begin with its own issuer",
        DeadCause::NoSuchValue => "who looks for why the job can't assume the role will loosen the condition",
        DeadCause::Audience(_) => {
            "STS refuses a token whose audience isn't in the provider's `client_id_list`"
        }
        DeadCause::Contradiction => "conditions of one statement must all hold",
    }
    .to_owned()
}
