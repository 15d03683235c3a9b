//! GitHub Actions: which jobs of which repository, as the `sub` claims of their tokens.

use super::{Audience, IssuerUrl, Subjects, Trust};
use crate::model::{Errors, Invalid, InvalidKind, Terms, Text};

/// How a repository is named in `sub`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectForm {
    /// `repo:OWNER@OWNER_ID/REPOSITORY@REPOSITORY_ID:…`, which every repository sends that was
    /// created, renamed or transferred after 15 July 2026, and whoever opted in.
    ///
    /// Source: GitHub Docs, *OpenID Connect reference*.
    #[default]
    Immutable,
    /// `repo:OWNER/REPOSITORY:…`, the form before; GitHub Enterprise Server's only one.
    Name,
    /// Both, while a repository changes from one to the other.
    Both,
}

/// The jobs of one repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitHub {
    issuer: IssuerUrl,
    subjects: Subjects,
    workflows: Terms<Text>,
}

impl GitHub {
    /// The audience that GitHub's own action asks for.
    pub const AUDIENCE: &'static str = "sts.amazonaws.com";

    /// The jobs of a repository, under construction: at least one branch, tag, environment,
    /// reusable workflow, or pull requests.
    pub fn builder(owner: impl Into<String>, repository: impl Into<String>) -> GitHubBuilder {
        GitHubBuilder { owner: owner.into(), repository: repository.into(), ..GitHubBuilder::default() }
    }

    /// Who signs GitHub's tokens: for a server of one's own (`github.acme.com`) or a host with
    /// data residency (`acme.ghe.com`), and where an enterprise has switched on its own address.
    pub fn issuer_of(host: Option<&str>, enterprise: Option<&str>) -> Result<IssuerUrl, Invalid> {
        let mut address = match host {
            None | Some("github.com") => "token.actions.githubusercontent.com".to_owned(),
            Some(host) if host.contains(['/', ':', '*']) => {
                return Err(Invalid::new(InvalidKind::GitHubHost, host).detail("not a host's name"));
            }
            Some(host) if host.ends_with(".ghe.com") => format!("token.actions.{host}"),
            Some(host) => format!("{host}/_services/token"),
        };
        if let Some(enterprise) = enterprise {
            if is_server(host) {
                let detail = "a server of one's own has one issuer";
                return Err(Invalid::new(InvalidKind::GitHubHost, enterprise).detail(detail));
            }
            check_name(InvalidKind::GitHubOwner, enterprise)?;
            address.push('/');
            address.push_str(enterprise);
        }
        IssuerUrl::new(address)
    }

    /// Who signs the tokens.
    pub fn issuer(&self) -> &IssuerUrl {
        &self.issuer
    }

    /// The `sub` claims.
    pub fn subjects(&self) -> &Subjects {
        &self.subjects
    }

    /// The trust in these jobs, for an audience.
    pub fn trust(self, audience: Audience) -> Result<Trust, Invalid> {
        let trust = Trust::new(self.issuer, audience, self.subjects)?;
        if self.workflows.is_empty() { Ok(trust) } else { trust.claim("job_workflow_ref", self.workflows) }
    }
}

/// Whether a host is a GitHub Enterprise Server.
fn is_server(host: Option<&str>) -> bool {
    host.is_some_and(|host| host != "github.com" && !host.ends_with(".ghe.com"))
}

/// [`GitHub`] under construction.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct GitHubBuilder {
    owner: String,
    owner_id: Option<String>,
    repository: String,
    repository_id: Option<String>,
    branches: Terms<Text>,
    tags: Terms<Text>,
    environments: Terms<Text>,
    workflows: Terms<Text>,
    pull_request: bool,
    form: Option<SubjectForm>,
    host: Option<String>,
    enterprise: Option<String>,
}

impl GitHubBuilder {
    /// The owner's and the repository's numbers: `gh api repos/OWNER/REPOSITORY --jq '.owner.id, .id'`.
    pub fn ids(mut self, owner_id: impl Into<String>, repository_id: impl Into<String>) -> Self {
        (self.owner_id, self.repository_id) = (Some(owner_id.into()), Some(repository_id.into()));
        self
    }

    /// The owner's number.
    pub fn owner_id(mut self, id: impl Into<String>) -> Self {
        self.owner_id = Some(id.into());
        self
    }

    /// The repository's number.
    pub fn repository_id(mut self, id: impl Into<String>) -> Self {
        self.repository_id = Some(id.into());
        self
    }

    /// Jobs of these branches, `*` and `?` within.
    pub fn branches(mut self, branches: impl Into<Terms<Text>>) -> Self {
        self.branches = branches.into();
        self
    }

    /// Jobs of these tags.
    pub fn tags(mut self, tags: impl Into<Terms<Text>>) -> Self {
        self.tags = tags.into();
        self
    }

    /// Jobs of these environments.
    pub fn environments(mut self, environments: impl Into<Terms<Text>>) -> Self {
        self.environments = environments.into();
        self
    }

    /// Jobs of these reusable workflows: `OWNER/REPOSITORY/.github/workflows/FILE@REF`.
    pub fn job_workflow_ref(mut self, workflows: impl Into<Terms<Text>>) -> Self {
        self.workflows = workflows.into();
        self
    }

    /// Jobs of pull requests, whoever opened them.
    pub fn pull_request(mut self, pull_request: bool) -> Self {
        self.pull_request = pull_request;
        self
    }

    /// How the repository is named; immutable unless said, by name on a server of one's own.
    pub fn subject(mut self, form: SubjectForm) -> Self {
        self.form = Some(form);
        self
    }

    /// Another host than github.com.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = Some(host.into());
        self
    }

    /// The enterprise, if it has switched on an issuer of its own.
    pub fn enterprise(mut self, enterprise: impl Into<String>) -> Self {
        self.enterprise = Some(enterprise.into());
        self
    }

    /// The jobs, or all that is wrong.
    pub fn build(self) -> Result<GitHub, Errors> {
        let mut errors = Vec::new();
        let issuer = GitHub::issuer_of(self.host.as_deref(), self.enterprise.as_deref());
        errors.extend(issuer.as_ref().err().cloned());
        errors.extend(check_name(InvalidKind::GitHubOwner, &self.owner).err());
        errors.extend(check_name(InvalidKind::GitHubRepository, &self.repository).err());
        for id in [&self.owner_id, &self.repository_id].into_iter().flatten() {
            if id.is_empty() || id.starts_with('0') || !id.bytes().all(|b| b.is_ascii_digit()) {
                errors.push(Invalid::new(InvalidKind::GitHubId, id));
            }
        }
        let server = is_server(self.host.as_deref());
        let form = self.form.unwrap_or(if server { SubjectForm::Name } else { SubjectForm::Immutable });
        if form != SubjectForm::Name {
            if server {
                let detail = "a GitHub Enterprise Server sends names alone";
                errors.push(Invalid::new(InvalidKind::GitHubSubject, &self.repository).detail(detail));
            } else if self.owner_id.is_none() || self.repository_id.is_none() {
                errors.push(Invalid::new(InvalidKind::GitHubIdMissing, &self.repository));
            }
        }
        for (kind, list) in
            [(InvalidKind::GitHubBranch, &self.branches), (InvalidKind::GitHubTag, &self.tags)]
        {
            errors.extend(list.items().iter().filter_map(|text| check_ref(kind, text).err()));
        }
        for workflow in self.workflows.items() {
            errors.extend(check_workflow(workflow).err());
        }
        if self.jobs().is_empty() {
            errors.push(Invalid::new(InvalidKind::NoSubject, &self.repository));
        }
        let subjects = self.subjects(form);
        match issuer {
            Ok(issuer) => Errors::none_or(errors, || GitHub { issuer, subjects, workflows: self.workflows }),
            Err(_) => Err(Errors(errors)),
        }
    }

    /// What follows the repository in `sub`: a text, then each of a list.
    fn jobs(&self) -> Vec<(&'static str, Terms<Text>)> {
        // In a value GitHub writes a colon as `%3A`.
        let escaped = |name: &Text| name.map_literals(|text| text.replace(':', "%3A"));
        let mut environments: Terms<Text> = self.environments.items().iter().map(escaped).collect();
        self.environments.joined().iter().for_each(|list| environments.join(list.clone()));
        let mut jobs = vec![
            ("ref:refs/heads/", self.branches.clone()),
            ("ref:refs/tags/", self.tags.clone()),
            ("environment:", environments),
        ];
        jobs.retain(|(_, list)| !list.is_empty());
        if self.pull_request {
            jobs.push(("", vec![Text::from("pull_request")].into()));
        }
        if jobs.is_empty() && !self.workflows.is_empty() {
            jobs.push(("", vec![Text::from("*")].into()));
        }
        jobs
    }

    fn subjects(&self, form: SubjectForm) -> Subjects {
        let (owner, repository) = (&self.owner, &self.repository);
        let (owner_id, repository_id) =
            (self.owner_id.as_deref().unwrap_or_default(), self.repository_id.as_deref().unwrap_or_default());
        let name = format!("repo:{owner}/{repository}:");
        let immutable = format!("repo:{owner}@{owner_id}/{repository}@{repository_id}:");
        let forms: &[&str] = match form {
            SubjectForm::Name => &[&name],
            SubjectForm::Immutable => &[&immutable],
            SubjectForm::Both => &[&name, &immutable],
        };
        let mut out = Subjects::default();
        for form in forms {
            for (job, list) in self.jobs() {
                out.add(&list, &format!("{form}{job}"), "");
            }
        }
        out
    }
}

/// An owner or a repository: no `:`, `/` or wildcard, so that it is one and stays one.
///
/// Source: GitHub Docs, *Username considerations for external authentication*; *About
/// repositories*: letters, digits, `.`, `-` and `_`.
fn check_name(kind: InvalidKind, name: &str) -> Result<(), Invalid> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if !name.is_empty() && name.len() <= 100 && name.chars().all(plain) {
        return Ok(());
    }
    let invalid = Invalid::new(kind, name);
    Err(match name.chars().find(|c| !plain(*c)) {
        Some(c @ ('*' | '?')) => invalid.detail(format!("`{c}` would let in others")),
        Some('/') => invalid.detail("owner and repository are said apart"),
        Some(c) => invalid.detail(format!("`{c}` stands in none")),
        None if name.is_empty() => invalid.detail("it is empty"),
        None => invalid.detail("longer than 100 characters"),
    })
}

/// The name of a branch or tag, wildcards within.
///
/// Source: git, *git-check-ref-format*.
pub(super) fn check_ref(kind: InvalidKind, text: &Text) -> Result<(), Invalid> {
    let fault = if text.literal_prefix().starts_with("refs/") {
        Some("without refs/heads/ or refs/tags/")
    } else if text.is_empty() {
        Some("it is empty")
    } else if text.literals().any(|literal| literal.contains([':', '~', '^', '\\', '['])) {
        Some("git takes none of : ~ ^ \\ [ in a name")
    } else if text.literals().any(|literal| literal.chars().any(|c| c.is_whitespace() || c.is_control())) {
        Some("git takes no blank in a name")
    } else {
        None
    };
    fault.map_or(Ok(()), |fault| Err(Invalid::new(kind, text).detail(fault)))
}

/// `OWNER/REPOSITORY/PATH@REF`, with an owner and a repository that are whole.
fn check_workflow(text: &Text) -> Result<(), Invalid> {
    let refused = |fault: &'static str| Err(Invalid::new(InvalidKind::GitHubWorkflow, text).detail(fault));
    if !text.parts().iter().any(|part| matches!(part, crate::model::Part::Symbol(_))) {
        let literal = text.as_literal().unwrap_or_default();
        let mut parts = literal.splitn(3, '/');
        let (owner, repository, path) = (parts.next(), parts.next(), parts.next());
        if path.is_none_or(|path| !path.contains('@') && !path.contains('*')) {
            return refused("not OWNER/REPOSITORY/PATH@REF");
        }
        if [owner, repository].into_iter().flatten().any(|name| name.contains(['*', '?'])) {
            return refused("a wildcard would let in others' workflows");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
