//! The subjects that issuers' tokens have, as data.

/// The subjects of an issuer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subjects {
    /// What a subject is unless somebody customised it.
    pub usual: &'static [&'static [Piece]],
    /// What customised ones are made of: some of these, with a `:` between each two.
    pub items: &'static [&'static [Piece]],
    /// Whether there are no others. What is none of them then is no subject at all.
    pub complete: bool,
}

/// A piece of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The same in all subjects of the form.
    Fixed(&'static str),
    /// One of these.
    OneOf(&'static [&'static str]),
    /// Whatever belongs there.
    Any(Part),
}

/// A part of a subject that differs from one to the next: one character of its class at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is: `owner`.
    pub name: &'static str,
    /// What it may hold.
    pub class: Class,
    /// Whether it says whose job this is: no two customers have the same.
    pub identity: bool,
    /// A likely one.
    pub sample: &'static str,
}

/// The characters of a part. None has a `:`, which issuers write as `%3A`, nor `*` or `?`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Digits.
    Number,
    /// Letters and digits, `-` and `_`: the name of an account.
    Login,
    /// What a login has, and brackets: who runs a job, `dependabot[bot]` too.
    User,
    /// What a login has, and `.`: the name of a repository.
    Name,
    /// What a name has, and `/`.
    Path,
    /// All.
    Text,
}

impl Class {
    /// Whether a part of this class may hold the character.
    pub fn has(self, c: char) -> bool {
        match self {
            Self::Number => c.is_ascii_digit(),
            Self::Login => c.is_ascii_alphanumeric() || matches!(c, '-' | '_'),
            Self::User => Self::Login.has(c) || matches!(c, '[' | ']'),
            Self::Name => Self::Login.has(c) || c == '.',
            Self::Path => Self::Name.has(c) || c == '/',
            Self::Text => !matches!(c, ':' | '*' | '?'),
        }
    }
}

const fn fixed(text: &'static str) -> Piece {
    Piece::Fixed(text)
}

const fn any(name: &'static str, class: Class, sample: &'static str) -> Piece {
    Piece::Any(Part { name, class, identity: false, sample })
}

const fn whose(name: &'static str, class: Class, sample: &'static str) -> Piece {
    Piece::Any(Part { name, class, identity: true, sample })
}

const OWNER: Piece = whose("owner", Class::Login, "stranger");
const OWNER_ID: Piece = whose("owner id", Class::Number, "70000001");
const GROUP: Piece = whose("group", Class::Name, "stranger");
const REPOSITORY: Piece = any("repository", Class::Name, "anything");
const REPOSITORY_ID: Piece = any("repository id", Class::Number, "900000001");
const WORKFLOW: Piece = any("workflow", Class::Text, "anything/.github/workflows/x.yml@refs/heads/main");
const REF: Piece = any("ref", Class::Text, "main");
const ENVIRONMENT: Piece = any("environment", Class::Text, "production");
const VALUE: Piece = any("value", Class::Text, "x");

/// A form that begins with a repository: by its name alone, or by names and ids.
macro_rules! repository {
    (named $first:literal $(, $more:expr)*) => {
        &[fixed($first), OWNER, fixed("/"), REPOSITORY $(, $more)*]
    };
    (identified $first:literal $(, $more:expr)*) => {
        &[fixed($first), OWNER, fixed("@"), OWNER_ID, fixed("/"), REPOSITORY, fixed("@"), REPOSITORY_ID $(, $more)*]
    };
}

/// Repositories that were created, renamed or transferred after 15 July 2026 have ids behind the
/// names.
pub(super) const GITHUB: Subjects = Subjects {
    usual: &[
        repository!(named "repo:", fixed(":ref:refs/heads/"), REF),
        repository!(named "repo:", fixed(":pull_request")),
        repository!(named "repo:", fixed(":environment:"), ENVIRONMENT),
        repository!(named "repo:", fixed(":ref:refs/tags/"), REF),
        repository!(identified "repo:", fixed(":ref:refs/heads/"), REF),
        repository!(identified "repo:", fixed(":pull_request")),
        repository!(identified "repo:", fixed(":environment:"), ENVIRONMENT),
        repository!(identified "repo:", fixed(":ref:refs/tags/"), REF),
    ],
    items: &[
        repository!(named "repo:"),
        repository!(identified "repo:"),
        &[fixed("pull_request")],
        &[fixed("ref:refs/heads/"), REF],
        &[fixed("ref:refs/tags/"), REF],
        &[fixed("ref:refs/pull/"), REF],
        &[fixed("environment:"), ENVIRONMENT],
        repository!(named "repository:"),
        repository!(identified "repository:"),
        &[fixed("repository_owner:"), OWNER],
        &[fixed("repository_owner:"), OWNER, fixed("@"), OWNER_ID],
        &[fixed("repository_owner_id:"), OWNER_ID],
        &[fixed("repository_id:"), whose("repository id", Class::Number, "900000001")],
        &[fixed("job_workflow_ref:"), OWNER, fixed("/"), WORKFLOW],
        &[fixed("workflow_ref:"), OWNER, fixed("/"), WORKFLOW],
        &[fixed("enterprise:"), whose("enterprise", Class::Login, "stranger")],
        &[fixed("enterprise_id:"), whose("enterprise id", Class::Number, "70000001")],
        &[fixed("actor:"), whose("actor", Class::User, "stranger")],
        &[fixed("actor_id:"), whose("actor id", Class::Number, "70000001")],
        &[Piece::OneOf(&["base_ref", "head_ref", "workflow"]), fixed(":"), VALUE],
        &[
            Piece::OneOf(&[
                "check_run_id",
                "event_name",
                "job_workflow_sha",
                "ref_protected",
                "ref_type",
                "repository_visibility",
                "run_attempt",
                "run_id",
                "run_number",
                "runner_environment",
                "sha",
                "workflow_sha",
            ]),
            fixed(":"),
            any("value", Class::Login, "x"),
        ],
        // Custom properties of the organization.
        &[fixed("repo_property_"), any("property", Class::Text, "x"), fixed(":"), VALUE],
    ],
    complete: true,
};

pub(super) const GITLAB: Subjects = Subjects {
    usual: &[
        &[
            fixed("project_path:"),
            GROUP,
            fixed("/"),
            any("project", Class::Path, "anything"),
            fixed(":ref_type:branch:ref:"),
            REF,
        ],
        &[
            fixed("project_path:"),
            GROUP,
            fixed("/"),
            any("project", Class::Path, "anything"),
            fixed(":ref_type:tag:ref:"),
            REF,
        ],
    ],
    items: &[],
    complete: false,
};

pub(super) const HCP_TERRAFORM: Subjects = Subjects {
    usual: &[
        &[
            fixed("organization:"),
            whose("organization", Class::Text, "stranger"),
            fixed(":project:"),
            any("project", Class::Text, "Default Project"),
            fixed(":workspace:"),
            any("workspace", Class::Text, "anything"),
            fixed(":run_phase:"),
            Piece::OneOf(&["apply", "plan"]),
        ],
        // Stacks.
        &[
            fixed("organization:"),
            whose("organization", Class::Text, "stranger"),
            fixed(":project:"),
            any("project", Class::Text, "Default Project"),
            fixed(":stack:"),
            any("stack", Class::Text, "anything"),
            fixed(":deployment:"),
            any("deployment", Class::Text, "production"),
            fixed(":operation:"),
            Piece::OneOf(&["apply", "plan"]),
        ],
    ],
    items: &[],
    complete: true,
};

pub(super) const BUILDKITE: Subjects = Subjects {
    usual: &[&[
        fixed("organization:"),
        whose("organization", Class::Login, "stranger"),
        fixed(":pipeline:"),
        any("pipeline", Class::Name, "anything"),
        fixed(":ref:"),
        any("ref", Class::Text, "refs/heads/main"),
        fixed(":commit:"),
        any("commit", Class::Text, "0a1b2c3d"),
        fixed(":step:"),
        any("step", Class::Text, "deploy"),
    ]],
    items: &[],
    complete: false,
};

/// Of the organization or workspace that the issuer's URL names: nobody else gets one there.
pub(super) const BITBUCKET: Subjects = Subjects {
    usual: &[
        &[
            fixed("{"),
            any("repository", Class::Login, "11111111-1111-1111-1111-111111111111"),
            fixed("}:{"),
            any("step", Class::Login, "22222222-2222-2222-2222-222222222222"),
            fixed("}"),
        ],
        &[
            fixed("{"),
            any("repository", Class::Login, "11111111-1111-1111-1111-111111111111"),
            fixed("}:{"),
            any("environment", Class::Login, "33333333-3333-3333-3333-333333333333"),
            fixed("}:{"),
            any("step", Class::Login, "22222222-2222-2222-2222-222222222222"),
            fixed("}"),
        ],
    ],
    items: &[],
    complete: false,
};

pub(super) const CIRCLECI: Subjects = Subjects {
    usual: &[&[
        fixed("org/"),
        any("organization", Class::Login, "11111111-1111-1111-1111-111111111111"),
        fixed("/project/"),
        any("project", Class::Login, "22222222-2222-2222-2222-222222222222"),
        fixed("/user/"),
        any("user", Class::Login, "33333333-3333-3333-3333-333333333333"),
    ]],
    items: &[],
    complete: false,
};

pub(super) const UNKNOWN: Subjects = Subjects { usual: &[], items: &[], complete: false };

const ID: &[Piece] = &[OWNER_ID];
const SLUG: &[Piece] = &[whose("slug", Class::Login, "stranger")];
const USER: &[Piece] = &[whose("user", Class::Text, "stranger")];

/// What claims beside `sub` and `aud` hold, where that is known. An id is a customer's own.
const CLAIMS: &[(&str, &[Piece])] = &[
    ("actor", USER),
    ("actor_id", ID),
    ("cluster_id", SLUG),
    ("enterprise_id", ID),
    ("environment", &[ENVIRONMENT]),
    ("job_workflow_ref", &[OWNER, fixed("/"), WORKFLOW]),
    ("namespace_id", ID),
    ("organization_id", SLUG),
    ("organization_slug", SLUG),
    ("pipeline_id", SLUG),
    ("project_id", ID),
    ("ref", &[fixed("refs/heads/"), REF]),
    ("ref", &[fixed("refs/tags/"), REF]),
    ("repository", &[OWNER, fixed("/"), REPOSITORY]),
    ("repository_id", ID),
    ("repository_owner_id", ID),
    ("user_email", USER),
    ("user_id", ID),
    ("user_login", USER),
];

/// The forms of a claim beside `sub` and `aud`; none if nothing is known of it.
pub fn claim_forms(claim: &str) -> Vec<&'static [Piece]> {
    CLAIMS.iter().filter(|(name, _)| *name == claim).map(|(_, form)| *form).collect()
}
