//! The rows of what a role for a CI system is made of.
//!
//! What the spec has no word for is not compared where it lets nobody do anything: the policy's
//! own name and tags, the provider's tags. The thumbprints of a provider are AWS's affair for
//! issuers whose certificates a well-known authority signed, and AWS fills them in.

use super::rows::{LIFECYCLE, META, STEERS, nested, row};
use super::{Absence, Compared, Table, checks};
use crate::model::Kind;

macro_rules! page {
    ($name:literal) => {
        concat!("https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/", $name)
    };
}

pub(super) static PROVIDER: Table = Table {
    shared: META,
    blocks: &[&LIFECYCLE],
    free: STEERS,
    ..nested(
        "aws_iam_openid_connect_provider",
        page!("iam_openid_connect_provider"),
        &[
            row("url", Kind::String).required().replaces().by(Compared::Issuer).checked(checks::issuer),
            row("client_id_list", Kind::Set).required().checked(checks::audiences),
            row("thumbprint_list", Kind::List).by(Compared::Nothing),
            row("tags", Kind::Map).by(Compared::Nothing),
            row("tags_all", Kind::Map).by(Compared::Nothing),
            row("id", Kind::String),
        ],
    )
};

pub(super) static INLINE_POLICY: Table = nested(
    "inline_policy",
    page!("iam_role"),
    &[row("name", Kind::String), row("policy", Kind::String).by(Compared::Policy)],
);

pub(super) static ROLE: Table = Table {
    shared: META,
    blocks: &[&INLINE_POLICY, &LIFECYCLE],
    free: STEERS,
    ..nested(
        "aws_iam_role",
        page!("iam_role"),
        &[
            row("name", Kind::String).replaces().checked(checks::role_name),
            row("name_prefix", Kind::String).replaces(),
            row("path", Kind::String).replaces().absent(Absence::Text("/")).checked(checks::role_path),
            row("description", Kind::String).absent(Absence::Text("")).checked(checks::role_description),
            row("assume_role_policy", Kind::String).required().by(Compared::Reference),
            row("max_session_duration", Kind::Number)
                .absent(Absence::Number("3600"))
                .checked(checks::session_duration),
            row("permissions_boundary", Kind::String)
                .absent(Absence::Text(""))
                .checked(checks::permissions_boundary),
            row("force_detach_policies", Kind::Bool).absent(Absence::Bool(false)),
            // Not the same as absence: an empty set takes every policy off the role.
            row("managed_policy_arns", Kind::Set),
            row("tags", Kind::Map).absent(Absence::Map).checked(checks::tags),
            row("tags_all", Kind::Map),
            row("id", Kind::String),
        ],
    )
};

pub(super) static POLICY: Table = Table {
    shared: META,
    blocks: &[&LIFECYCLE],
    free: STEERS,
    ..nested(
        "aws_iam_policy",
        page!("iam_policy"),
        &[
            row("name", Kind::String).by(Compared::Nothing).checked(checks::policy_name),
            row("name_prefix", Kind::String).by(Compared::Nothing),
            row("path", Kind::String).by(Compared::Nothing).checked(checks::role_path),
            row("description", Kind::String).by(Compared::Nothing),
            row("policy", Kind::String).required().by(Compared::Reference),
            row("delay_after_policy_creation_in_ms", Kind::Number).by(Compared::Nothing),
            row("tags", Kind::Map).by(Compared::Nothing),
            row("tags_all", Kind::Map).by(Compared::Nothing),
            row("id", Kind::String),
        ],
    )
};

pub(super) static ATTACHMENT: Table = Table {
    shared: META,
    blocks: &[&LIFECYCLE],
    free: STEERS,
    ..nested(
        "aws_iam_role_policy_attachment",
        page!("iam_role_policy_attachment"),
        &[
            row("role", Kind::String).required().by(Compared::Reference),
            row("policy_arn", Kind::String).required().by(Compared::Reference),
            row("id", Kind::String),
        ],
    )
};
