//! The rows, read off the schema of provider 5.100 and what provider 6 added to it.

use super::{Absence, Attribute, Compared, Table, checks, roles};
use crate::model::{Datum, Invalid, Kind};

const SECRET_PAGE: &str =
    "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret";
const SECRET_POLICY_PAGE: &str = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret_policy";
const PASSWORD_PAGE: &str = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/ephemeral-resources/secretsmanager_random_password";
const VERSION_PAGE: &str = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret_version";
const ROTATION_PAGE: &str = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret_rotation";
const DOCUMENT_PAGE: &str =
    "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document";
const META_PAGE: &str = "https://developer.hashicorp.com/terraform/language/meta-arguments";

pub(super) const fn row(name: &'static str, kind: Kind) -> Attribute {
    Attribute {
        name,
        kind,
        required: false,
        replaces: false,
        since: 5,
        default: Absence::Itself,
        compared: Compared::Value,
        check: None,
    }
}

impl Attribute {
    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(super) const fn replaces(mut self) -> Self {
        self.replaces = true;
        self
    }

    pub(super) const fn since(mut self, version: u8) -> Self {
        self.since = version;
        self
    }

    pub(super) const fn absent(mut self, default: Absence) -> Self {
        self.default = default;
        self
    }

    pub(super) const fn by(mut self, compared: Compared) -> Self {
        self.compared = compared;
        self
    }

    pub(super) const fn checked(mut self, check: fn(&Datum) -> Vec<Invalid>) -> Self {
        self.check = Some(check);
        self
    }
}

pub(super) const fn nested(name: &'static str, source: &'static str, rows: &'static [Attribute]) -> Table {
    Table {
        name,
        only_declared: false,
        source,
        rows,
        shared: &[],
        blocks: &[],
        free: &[],
        identity: &[],
        together: None,
    }
}

pub(super) const STEERS: &[&str] = &["provisioner", "connection", "timeouts"];

/// Terraform's own arguments, in the order in which they are written.
pub(super) const META: &[Attribute] = &[
    row("provider", Kind::String).replaces().absent(Absence::Provider("aws")),
    row("count", Kind::Number).replaces(),
    row("for_each", Kind::Set).replaces(),
    row("depends_on", Kind::List).by(Compared::Nothing),
];

pub(super) static NONE: Table = nested("", META_PAGE, &[]);

pub(super) static LIFECYCLE: Table = Table {
    only_declared: true,
    ..nested(
        "lifecycle",
        META_PAGE,
        &[
            row("create_before_destroy", Kind::Bool).absent(Absence::Bool(false)),
            row("prevent_destroy", Kind::Bool).absent(Absence::Bool(false)),
            row("ignore_changes", Kind::Set),
            row("replace_triggered_by", Kind::Set),
            // OpenTofu's: whether the thing exists at all.
            row("enabled", Kind::Bool).replaces().absent(Absence::Bool(true)),
        ],
    )
};

static REPLICA: Table = Table {
    identity: &["region"],
    ..nested(
        "replica",
        SECRET_PAGE,
        &[
            row("region", Kind::String).required().checked(checks::region),
            row("kms_key_id", Kind::String).absent(Absence::Text("")).checked(checks::kms_key),
        ],
    )
};

static SECRET: Table = Table {
    shared: META,
    blocks: &[&REPLICA, &LIFECYCLE],
    free: STEERS,
    together: Some(checks::secret),
    ..nested(
        "aws_secretsmanager_secret",
        SECRET_PAGE,
        &[
            row("region", Kind::String).replaces().since(6).checked(checks::region),
            row("name", Kind::String).replaces().checked(checks::name),
            row("name_prefix", Kind::String).replaces().checked(checks::name_prefix),
            row("type", Kind::String).replaces().since(6).checked(checks::secret_type),
            row("description", Kind::String).absent(Absence::Text("")).checked(checks::description),
            row("kms_key_id", Kind::String).absent(Absence::Text("")).checked(checks::kms_key),
            row("recovery_window_in_days", Kind::Number)
                .absent(Absence::Number("30"))
                .checked(checks::recovery_window),
            row("force_overwrite_replica_secret", Kind::Bool).absent(Absence::Bool(false)),
            row("policy", Kind::String)
                .absent(Absence::Text(""))
                .by(Compared::Policy)
                .checked(checks::secret_policy),
            row("tags", Kind::Map).absent(Absence::Map).checked(checks::tags),
            row("tags_all", Kind::Map),
            row("id", Kind::String),
        ],
    )
};

static SECRET_POLICY: Table = Table {
    shared: META,
    blocks: &[&LIFECYCLE],
    free: STEERS,
    ..nested(
        "aws_secretsmanager_secret_policy",
        SECRET_POLICY_PAGE,
        &[
            row("region", Kind::String).replaces().since(6).checked(checks::region),
            row("secret_arn", Kind::String).required().replaces().by(Compared::SecretArn),
            row("policy", Kind::String).required().by(Compared::Policy).checked(checks::secret_policy),
            row("block_public_policy", Kind::Bool).absent(Absence::Bool(false)),
            row("id", Kind::String),
        ],
    )
};

static RANDOM_PASSWORD: Table = Table {
    shared: META,
    blocks: &[&LIFECYCLE],
    free: STEERS,
    ..nested(
        "aws_secretsmanager_random_password",
        PASSWORD_PAGE,
        &[
            row("region", Kind::String).since(6).checked(checks::region),
            row("password_length", Kind::Number)
                .absent(Absence::Number("32"))
                .checked(checks::password_length),
            row("exclude_characters", Kind::String)
                .absent(Absence::Text(""))
                .by(Compared::Characters)
                .checked(checks::exclude_characters),
            row("exclude_lowercase", Kind::Bool).absent(Absence::Bool(false)),
            row("exclude_numbers", Kind::Bool).absent(Absence::Bool(false)),
            row("exclude_punctuation", Kind::Bool).absent(Absence::Bool(false)),
            row("exclude_uppercase", Kind::Bool).absent(Absence::Bool(false)),
            row("include_space", Kind::Bool).absent(Absence::Bool(false)),
            // AWS's default: the provider sends nothing.
            row("require_each_included_type", Kind::Bool).absent(Absence::Bool(true)),
        ],
    )
};

static SECRET_VERSION: Table = Table {
    shared: META,
    blocks: &[&LIFECYCLE],
    free: STEERS,
    ..nested(
        "aws_secretsmanager_secret_version",
        VERSION_PAGE,
        &[
            row("region", Kind::String).replaces().since(6).checked(checks::region),
            row("secret_id", Kind::String).required().replaces().by(Compared::SecretArn),
            row("secret_string_wo", Kind::String).by(Compared::Reference),
            row("secret_string_wo_version", Kind::Number),
            row("secret_string", Kind::String).replaces(),
            row("secret_binary", Kind::String).replaces(),
            row("version_stages", Kind::Set),
            row("id", Kind::String),
        ],
    )
};

static ROTATION_RULES: Table = nested(
    "rotation_rules",
    ROTATION_PAGE,
    &[
        row("automatically_after_days", Kind::Number).checked(checks::rotation_days),
        row("schedule_expression", Kind::String).absent(Absence::Text("")).checked(checks::schedule),
        row("duration", Kind::String).absent(Absence::Text("")).checked(checks::rotation_duration),
    ],
);

static ROTATION_METADATA: Table = Table {
    identity: &["key"],
    ..nested(
        "external_secret_rotation_metadata",
        ROTATION_PAGE,
        &[row("key", Kind::String).required(), row("value", Kind::String).required()],
    )
};

static SECRET_ROTATION: Table = Table {
    shared: META,
    blocks: &[&ROTATION_METADATA, &ROTATION_RULES, &LIFECYCLE],
    free: STEERS,
    ..nested(
        "aws_secretsmanager_secret_rotation",
        ROTATION_PAGE,
        &[
            row("region", Kind::String).replaces().since(6).checked(checks::region),
            row("secret_id", Kind::String).required().replaces().by(Compared::SecretArn),
            row("rotation_lambda_arn", Kind::String)
                .absent(Absence::Text(""))
                .checked(checks::rotation_function),
            row("external_secret_rotation_role_arn", Kind::String)
                .absent(Absence::Text(""))
                .since(6)
                .checked(checks::rotation_role),
            row("rotate_immediately", Kind::Bool).absent(Absence::Bool(true)),
            row("rotation_enabled", Kind::Bool).absent(Absence::Bool(true)).since(6),
            row("id", Kind::String),
        ],
    )
};

const PRINCIPAL_ROWS: &[Attribute] = &[
    row("type", Kind::String).required().checked(checks::principal_type),
    row("identifiers", Kind::Set).required().by(Compared::Principals),
];

const fn principals(name: &'static str) -> Table {
    Table {
        identity: &["type"],
        together: Some(checks::principals),
        ..nested(name, DOCUMENT_PAGE, PRINCIPAL_ROWS)
    }
}

static PRINCIPALS: Table = principals("principals");
static NOT_PRINCIPALS: Table = principals("not_principals");

static CONDITION: Table = Table {
    identity: &["test", "variable"],
    ..nested(
        "condition",
        DOCUMENT_PAGE,
        &[
            row("test", Kind::String).required().checked(checks::operator),
            row("variable", Kind::String).required().by(Compared::Folded).checked(checks::condition_key),
            // A list to the provider; to IAM the order of alternatives means nothing.
            row("values", Kind::Set).required(),
        ],
    )
};

static STATEMENT: Table = Table {
    blocks: &[&PRINCIPALS, &NOT_PRINCIPALS, &CONDITION],
    identity: &["sid"],
    together: Some(checks::statement),
    ..nested(
        "statement",
        DOCUMENT_PAGE,
        &[
            row("sid", Kind::String).absent(Absence::Text("")),
            row("effect", Kind::String).absent(Absence::Text("Allow")).checked(checks::effect),
            row("actions", Kind::Set).absent(Absence::List).by(Compared::Folded).checked(checks::actions),
            row("not_actions", Kind::Set).absent(Absence::List).by(Compared::Folded).checked(checks::actions),
            row("resources", Kind::Set).absent(Absence::List).checked(checks::resources),
            row("not_resources", Kind::Set).absent(Absence::List).checked(checks::resources),
        ],
    )
};

static DOCUMENT: Table = Table {
    shared: META,
    blocks: &[&STATEMENT, &LIFECYCLE],
    free: STEERS,
    together: Some(checks::document),
    ..nested(
        "aws_iam_policy_document",
        DOCUMENT_PAGE,
        &[
            row("version", Kind::String).absent(Absence::Text("2012-10-17")).checked(checks::version),
            row("policy_id", Kind::String).absent(Absence::Text("")),
            // In order: later documents replace statements of earlier ones.
            row("source_policy_documents", Kind::List).absent(Absence::List),
            row("override_policy_documents", Kind::List).absent(Absence::List),
            row("source_json", Kind::String).absent(Absence::Text("")),
            row("override_json", Kind::String).absent(Absence::Text("")),
            row("id", Kind::String),
        ],
    )
};

pub(super) static ALL: &[&Table] = &[
    &roles::PROVIDER,
    &roles::ROLE,
    &roles::INLINE_POLICY,
    &roles::POLICY,
    &roles::ATTACHMENT,
    &SECRET,
    &REPLICA,
    &SECRET_POLICY,
    &RANDOM_PASSWORD,
    &SECRET_VERSION,
    &SECRET_ROTATION,
    &ROTATION_RULES,
    &ROTATION_METADATA,
    &DOCUMENT,
    &STATEMENT,
    &PRINCIPALS,
    &NOT_PRINCIPALS,
    &CONDITION,
    &LIFECYCLE,
];
