//! The constructors' rules, for values that stand in existing Terraform.

use crate::model::iam::oidc::{Audience, IssuerUrl};
use crate::model::iam::{
    Action, Condition, Effect, Operator, PermissionsBoundary, PolicyUse, PrincipalType, Principals, Resource,
    RoleDescription, RoleName, RolePath, SessionDuration, Sid, Version,
};
use crate::model::{
    Datum, Description, FunctionArn, Invalid, InvalidKind, KmsKey, PasswordLength, Prefix, Record,
    RecoveryWindow, Region, RotationDays, RotationDuration, RotationRole, ScheduleExpression, SecretName,
    SecretType, Text, check_tag_key, check_tag_value,
};

/// A value as text, if it is one in whole or in part.
fn text(value: &Datum) -> Option<Text> {
    match value {
        Datum::Text(text) => Some(text.clone()),
        Datum::Symbol(symbol) => Some(Text::symbol(symbol.clone())),
        _ => None,
    }
}

fn one<T>(value: &Datum, make: impl Fn(Text) -> Result<T, Invalid>) -> Vec<Invalid> {
    text(value).and_then(|text| make(text).err()).into_iter().collect()
}

fn each<T>(value: &Datum, make: impl Fn(Text) -> Result<T, Invalid>) -> Vec<Invalid> {
    items(value).iter().flat_map(|item| one(item, &make)).collect()
}

fn items(value: &Datum) -> &[Datum] {
    match value {
        Datum::List(items) | Datum::Concat(items, _) => items,
        _ => &[],
    }
}

/// For what only a literal can break.
fn literal<T>(value: &Datum, make: impl Fn(&str) -> Result<T, Invalid>) -> Vec<Invalid> {
    let Datum::Text(text) = value else { return Vec::new() };
    text.as_literal().and_then(|text| make(text).err()).into_iter().collect()
}

pub(super) fn name(value: &Datum) -> Vec<Invalid> {
    one(value, SecretName::new)
}

pub(super) fn name_prefix(value: &Datum) -> Vec<Invalid> {
    /// What Terraform appends.
    const APPENDED: usize = 26;
    one(value, |text| {
        let length = text.known_chars();
        if length > 512 - APPENDED {
            return Err(Invalid::new(InvalidKind::Prefix, text)
                .detail(format!("{length} characters, to which Terraform appends {APPENDED}")));
        }
        Prefix::new(text).map(|_| ())
    })
}

pub(super) fn description(value: &Datum) -> Vec<Invalid> {
    one(value, Description::new)
}

/// For arguments where `""` is absence to the provider.
fn optional<T>(value: &Datum, make: impl Fn(Text) -> Result<T, Invalid>) -> Vec<Invalid> {
    one(value, |text| if text.is_empty() { Ok(()) } else { make(text).map(|_| ()) })
}

pub(super) fn kms_key(value: &Datum) -> Vec<Invalid> {
    optional(value, KmsKey::new)
}

pub(super) fn region(value: &Datum) -> Vec<Invalid> {
    one(value, Region::new)
}

pub(super) fn recovery_window(value: &Datum) -> Vec<Invalid> {
    match value {
        Datum::Number(days) => RecoveryWindow::new(days).err().into_iter().collect(),
        _ => Vec::new(),
    }
}

pub(super) fn issuer(value: &Datum) -> Vec<Invalid> {
    literal(value, |url| IssuerUrl::new(url))
}

pub(super) fn audiences(value: &Datum) -> Vec<Invalid> {
    items(value).iter().flat_map(|item| literal(item, |audience| Audience::new(audience))).collect()
}

pub(super) fn role_name(value: &Datum) -> Vec<Invalid> {
    one(value, RoleName::new)
}

pub(super) fn role_path(value: &Datum) -> Vec<Invalid> {
    one(value, RolePath::new)
}

pub(super) fn role_description(value: &Datum) -> Vec<Invalid> {
    one(value, RoleDescription::new)
}

pub(super) fn permissions_boundary(value: &Datum) -> Vec<Invalid> {
    // `""` is absence to the provider.
    one(value, |text| if text.is_empty() { Ok(()) } else { PermissionsBoundary::new(text).map(|_| ()) })
}

pub(super) fn session_duration(value: &Datum) -> Vec<Invalid> {
    whole(value, SessionDuration::new)
}

pub(super) fn secret_type(value: &Datum) -> Vec<Invalid> {
    one(value, SecretType::new)
}

fn whole<T>(value: &Datum, make: impl Fn(&str) -> Result<T, Invalid>) -> Vec<Invalid> {
    match value {
        Datum::Number(number) => make(number).err().into_iter().collect(),
        _ => Vec::new(),
    }
}

pub(super) fn password_length(value: &Datum) -> Vec<Invalid> {
    whole(value, |number| PasswordLength::new(number))
}

pub(super) fn exclude_characters(value: &Datum) -> Vec<Invalid> {
    one(value, |text| {
        let length = text.known_chars();
        if length > 4096 { Err(Invalid::new(InvalidKind::ExcludeCharacters, text)) } else { Ok(()) }
    })
}

pub(super) fn rotation_days(value: &Datum) -> Vec<Invalid> {
    whole(value, |number| RotationDays::new(number))
}

pub(super) fn schedule(value: &Datum) -> Vec<Invalid> {
    optional(value, ScheduleExpression::new)
}

pub(super) fn rotation_duration(value: &Datum) -> Vec<Invalid> {
    optional(value, RotationDuration::new)
}

pub(super) fn rotation_function(value: &Datum) -> Vec<Invalid> {
    optional(value, FunctionArn::new)
}

pub(super) fn rotation_role(value: &Datum) -> Vec<Invalid> {
    optional(value, RotationRole::new)
}

/// A policy's name is a role's, but for its length.
pub(super) fn policy_name(value: &Datum) -> Vec<Invalid> {
    one(value, |text| {
        let legal = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
        let length = text.known_chars();
        if text.is_empty() || length > 128 || !text.literals().flat_map(str::chars).all(legal) {
            return Err(Invalid::new(InvalidKind::PolicyName, text));
        }
        Ok(())
    })
}

pub(super) fn tags(value: &Datum) -> Vec<Invalid> {
    let (Datum::Object(entries) | Datum::Merge(_, entries)) = value else { return Vec::new() };
    let mut out = Vec::new();
    if entries.len() > 50 {
        out.push(Invalid::new(InvalidKind::TagCount, format!("{} tags", entries.len())));
    }
    for (key, value) in entries {
        out.extend(check_tag_key(key).err());
        out.extend(text(value).and_then(|text| check_tag_value(&text).err()));
    }
    out
}

pub(super) fn secret_policy(value: &Datum) -> Vec<Invalid> {
    let Datum::Text(text) = value else { return Vec::new() };
    text.as_literal().map(|json| PolicyUse::Secret.check_json(json)).unwrap_or_default()
}

pub(super) fn effect(value: &Datum) -> Vec<Invalid> {
    literal(value, Effect::new)
}

pub(super) fn actions(value: &Datum) -> Vec<Invalid> {
    each(value, Action::new)
}

pub(super) fn resources(value: &Datum) -> Vec<Invalid> {
    each(value, Resource::new)
}

pub(super) fn principal_type(value: &Datum) -> Vec<Invalid> {
    literal(value, PrincipalType::new)
}

pub(super) fn operator(value: &Datum) -> Vec<Invalid> {
    literal(value, Operator::new)
}

pub(super) fn condition_key(value: &Datum) -> Vec<Invalid> {
    one(value, Condition::check_key)
}

pub(super) fn version(value: &Datum) -> Vec<Invalid> {
    literal(value, Version::new)
}

/// Replicas of one region, or of the secret's own.
pub(super) fn secret(record: &Record) -> Vec<(&'static str, Invalid)> {
    let regions: Vec<&Datum> =
        record.blocks("replica").iter().filter_map(|replica| replica.get("region")).collect();
    let mut out = Vec::new();
    for (at, region) in regions.iter().enumerate() {
        let shown = || text(region).unwrap_or_default();
        if regions[..at].contains(region) {
            out.push(("replica", Invalid::new(InvalidKind::ReplicaTwice, shown())));
        }
        if record.get("region") == Some(region) {
            out.push(("replica", Invalid::new(InvalidKind::ReplicaAtHome, shown())));
        }
    }
    out
}

/// Identifiers that are no principals of their block's type.
pub(super) fn principals(record: &Record) -> Vec<(&'static str, Invalid)> {
    let kind = record.get("type").and_then(text).and_then(|kind| PrincipalType::new(kind.as_literal()?).ok());
    let (Some(kind), Some(identifiers)) = (kind, record.get("identifiers")) else { return Vec::new() };
    let found = each(identifiers, |identifier| Principals::new(kind, vec![identifier]));
    found.into_iter().map(|invalid| ("identifiers", invalid)).collect()
}

/// A Sid that IAM refuses; actions and resources said in two ways, or not at all.
pub(super) fn statement(record: &Record) -> Vec<(&'static str, Invalid)> {
    let said = |name| record.get(name).is_some_and(|value| *value != Datum::List(Vec::new()));
    let sid = || record.get("sid").and_then(text).unwrap_or_default();
    let mut out = Vec::new();
    // Resource policies of other services, such as KMS's own, have Sids with blanks: only a
    // statement that surely is an identity policy's is held to IAM's rule.
    let for_someone = |name| !record.blocks(name).is_empty();
    if !for_someone("principals") && !for_someone("not_principals") {
        out.extend(Sid::new(sid()).err().map(|invalid| ("sid", invalid)));
    }
    let pairs = [
        (InvalidKind::Actions, "actions", "not_actions"),
        (InvalidKind::Resources, "resources", "not_resources"),
    ];
    for (kind, one, other) in pairs {
        match (said(one), said(other)) {
            (true, true) => out.push((other, Invalid::new(kind, sid()).detail("both"))),
            // A trust policy's statement has no resources; what is a trust policy is not known here.
            (false, false) if kind == InvalidKind::Actions => {
                out.push((one, Invalid::new(kind, sid()).detail("neither")));
            }
            _ => {}
        }
    }
    if for_someone("principals") && for_someone("not_principals") {
        out.push(("not_principals", Invalid::new(InvalidKind::PrincipalBoth, sid()).detail("both")));
    }
    out
}

/// One Sid for two statements.
pub(super) fn document(record: &Record) -> Vec<(&'static str, Invalid)> {
    let sids: Vec<Text> =
        record.blocks("statement").iter().filter_map(|it| it.get("sid").and_then(text)).collect();
    let twice = sids.iter().enumerate().filter(|(at, sid)| !sid.is_empty() && sids[..*at].contains(sid));
    twice.map(|(_, sid)| ("statement", Invalid::new(InvalidKind::SidTwice, sid))).collect()
}
