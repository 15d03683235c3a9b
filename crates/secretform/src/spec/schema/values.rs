//! The rows of `value` and `rotation`: where a secret's value comes from, what replaces it.

use super::rows::{later_terraform, literal, many, one, terraform};
use super::{Block, Labels, Literal, Value};

pub(super) static VALUE: Block = Block {
    name: "value",
    title: "value \"SOURCE\"",
    labels: Labels::One("SOURCE"),
    later: false,
    attributes: &[
        literal(
            "version",
            Literal::Integer,
            "`generated`, and required there: from 1, a higher one makes a new value",
        ),
        terraform(
            "password_length",
            Value::Number,
            "`generated`: how many characters, 1 to 4096; AWS's default is 32",
        ),
        terraform("exclude_characters", Value::String, "`generated`: characters that it shall not have"),
        terraform("exclude_lowercase", Value::Bool, "`generated`: no lower-case letters"),
        terraform("exclude_numbers", Value::Bool, "`generated`: no digits"),
        terraform("exclude_punctuation", Value::Bool, "`generated`: no punctuation"),
        terraform("exclude_uppercase", Value::Bool, "`generated`: no upper-case letters"),
        terraform("include_space", Value::Bool, "`generated`: blanks too"),
        terraform(
            "require_each_included_type",
            Value::Bool,
            "`generated`: one character of each kind at least; AWS's default is `true`",
        ),
    ],
    blocks: &[],
    about: "Where the value comes from. `\"manual\"`, the default: people set it, Terraform has a container and no version. `\"generated\"`: Secrets Manager makes a password, handed on from an ephemeral `aws_secretsmanager_random_password` to the write-only argument of an `aws_secretsmanager_secret_version`, so that it is in no state, plan or log; Terraform 1.11 and `secretsmanager:GetRandomPassword` are needed. `\"external\"`: a managed external secret, with the secret's `type`. `\"terraform\"`: a version resource that people wrote; it stays theirs.",
};

pub(super) static ROTATION: Block = Block {
    name: "rotation",
    title: "rotation",
    labels: Labels::None,
    later: false,
    attributes: &[
        terraform(
            "rotation_lambda_arn",
            Value::String,
            "the Lambda function that replaces the value; required unless the secret is `external`",
        ),
        terraform(
            "external_secret_rotation_role_arn",
            Value::String,
            "the role with which Secrets Manager reaches the partner of a managed external secret (AWS provider 6)",
        ),
        terraform(
            "rotate_immediately",
            Value::Bool,
            "rotate once as soon as it is declared; the provider's default is `true`",
        ),
        later_terraform("rotation_enabled", "whether a secret that AWS rotates is rotated"),
        later_terraform("count", "several instances"),
        later_terraform("for_each", "several instances"),
    ],
    blocks: &[one(&RULES).required(), many(&METADATA)],
    about: "What replaces the value: `aws_secretsmanager_secret_rotation`, Terraform's own arguments.",
};

static RULES: Block = Block {
    name: "rotation_rules",
    title: "rotation_rules",
    labels: Labels::None,
    later: false,
    attributes: &[
        terraform("automatically_after_days", Value::Number, "days between two rotations, 1 to 1000"),
        terraform("schedule_expression", Value::String, "`\"rate(10 days)\"` or `\"cron(0 16 1,15 * ? *)\"`"),
        terraform("duration", Value::String, "how long a rotation may take: `\"3h\"`"),
    ],
    blocks: &[],
    about: "When: `automatically_after_days` or `schedule_expression`, one of the two.",
};

static METADATA: Block = Block {
    name: "external_secret_rotation_metadata",
    title: "external_secret_rotation_metadata",
    labels: Labels::None,
    later: false,
    attributes: &[
        terraform("key", Value::String, "a key that the partner knows: `\"cryptographicAlgorithm\"`")
            .required(),
        terraform("value", Value::String, "its value, which is no secret").required(),
    ],
    blocks: &[],
    about: "What the partner of a managed external secret wants to know (AWS provider 6).",
};
