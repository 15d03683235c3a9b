//! What AWS demands of a policy's values. A value that breaks a rule is a finding, no failure.

use crate::model::{Invalid, InvalidKind};

/// What a policy is attached to, which decides the elements that it must or may not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyKind {
    /// To a user, group or role: what these may do.
    Identity,
    /// To a secret, key, bucket …: who may do what with it.
    Resource,
    /// To a role: who may assume it.
    Trust,
}

/// The characters that AWS counts against a policy's limit: all but white space.
///
/// Source: IAM User Guide, *IAM and AWS STS quotas*.
pub fn size(text: &str) -> usize {
    text.chars().filter(|char| !matches!(char, ' ' | '\t' | '\n' | '\r')).count()
}

/// Whether a policy may hold this character (IAM API, `policyDocumentType`).
pub(super) fn is_policy_character(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | '\u{20}'..='\u{ff}')
}

pub(super) fn version(text: &str) -> Option<Invalid> {
    broken(!matches!(text, "2012-10-17" | "2008-10-17"), InvalidKind::Version, text)
}

pub(super) fn sid(text: &str) -> Option<Invalid> {
    broken(!text.bytes().all(|byte| byte.is_ascii_alphanumeric()), InvalidKind::Sid, text)
}

pub(super) fn effect(text: &str) -> Option<Invalid> {
    broken(!matches!(text, "Allow" | "Deny"), InvalidKind::Effect, text)
}

pub(super) fn action(text: &str) -> Option<Invalid> {
    let name = |text: &str| {
        !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'*' | b'?'))
    };
    let good =
        text == "*" || text.split_once(':').is_some_and(|(service, action)| name(service) && name(action));
    broken(!good, InvalidKind::Action, text)
}

pub(super) fn resource(text: &str) -> Option<Invalid> {
    let good = text == "*"
        || text
            .strip_prefix("arn:")
            .is_some_and(|rest| rest.matches(':').count() >= 4 || rest.ends_with('*'));
    broken(!good, InvalidKind::Arn, text)
}

pub(super) fn principal_type(text: &str) -> Option<Invalid> {
    let good = matches!(text, "AWS" | "Service" | "Federated" | "CanonicalUser" | "*");
    broken(!good, InvalidKind::PrincipalType, text)
}

pub(super) fn principal(text: &str) -> Option<Invalid> {
    broken(text.is_empty() || text != "*" && text.contains(['*', '?']), InvalidKind::Principal, text)
}

/// IAM User Guide, *IAM JSON policy elements: Condition operators*.
pub(super) fn operator(text: &str) -> Option<Invalid> {
    const OPERATORS: [&str; 27] = [
        "StringEquals",
        "StringNotEquals",
        "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase",
        "StringLike",
        "StringNotLike",
        "NumericEquals",
        "NumericNotEquals",
        "NumericLessThan",
        "NumericLessThanEquals",
        "NumericGreaterThan",
        "NumericGreaterThanEquals",
        "DateEquals",
        "DateNotEquals",
        "DateLessThan",
        "DateLessThanEquals",
        "DateGreaterThan",
        "DateGreaterThanEquals",
        "Bool",
        "BinaryEquals",
        "IpAddress",
        "NotIpAddress",
        "ArnEquals",
        "ArnLike",
        "ArnNotEquals",
        "ArnNotLike",
        "Null",
    ];
    let name =
        text.strip_prefix("ForAllValues:").or_else(|| text.strip_prefix("ForAnyValue:")).unwrap_or(text);
    let plain = name.strip_suffix("IfExists").filter(|plain| *plain != "Null").unwrap_or(name);
    broken(!OPERATORS.contains(&plain), InvalidKind::Operator, text)
}

fn broken(is_broken: bool, kind: InvalidKind, text: &str) -> Option<Invalid> {
    is_broken.then(|| Invalid::new(kind, text))
}
