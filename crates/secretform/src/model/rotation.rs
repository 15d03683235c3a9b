//! What replaces a secret's value on a schedule.

use super::checked::{checked_text, whole_number};
use super::iam::Arn;
use super::{Datum, Errors, Invalid, InvalidKind, Record, Setting, Text};

whole_number! {
    /// Days between two rotations.
    ///
    /// Source: Secrets Manager API Reference, *RotationRulesType*, `AutomaticallyAfterDays`.
    RotationDays(u16), 1..=1000, RotationDays
}

/// When a secret is rotated: one of the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// So many days after the last time.
    AfterDays(Setting<RotationDays>),
    /// As a `rate(…)` or `cron(…)` says.
    Expression(ScheduleExpression),
}

/// `rate(…)` or `cron(…)`, or an expression.
///
/// Source: Secrets Manager User Guide, *Schedule expressions*.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScheduleExpression(Text);

checked_text!(ScheduleExpression);

impl ScheduleExpression {
    /// A schedule, if Secrets Manager could take it: minutes are `0`, years `*`.
    pub fn new(schedule: impl Into<Text>) -> Result<Self, Invalid> {
        let schedule = schedule.into();
        let good = match schedule.as_literal() {
            Some(text) => text.len() <= 256 && is_schedule(text),
            None => true,
        };
        if good { Ok(Self(schedule)) } else { Err(Invalid::new(InvalidKind::RotationSchedule, schedule)) }
    }
}

fn is_schedule(text: &str) -> bool {
    let Some((kind, rest)) = text.split_once('(') else { return false };
    let Some(inner) = rest.strip_suffix(')') else { return false };
    let words: Vec<&str> = inner.split_ascii_whitespace().collect();
    match (kind, words.as_slice()) {
        ("rate", [count, unit]) => {
            let count: Option<u32> = count.parse().ok();
            let hours = matches!(*unit, "hour" | "hours");
            count.is_some_and(|count| {
                if hours { (4..=999 * 24).contains(&count) } else { (1..=999).contains(&count) }
            }) && (hours || matches!(*unit, "day" | "days"))
        }
        ("cron", [minutes, _, _, _, _, year]) => {
            let taken = |c: char| c.is_ascii_alphanumeric() || "#?*-/,".contains(c);
            *minutes == "0" && *year == "*" && words.iter().all(|word| word.chars().all(taken))
        }
        _ => false,
    }
}

/// How many hours a rotation may take: `3h`, or an expression.
///
/// Source: Secrets Manager API Reference, *RotationRulesType*, `Duration`. The provider takes
/// whatever has a digit or an `h` in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RotationDuration(Text);

checked_text!(RotationDuration);

impl RotationDuration {
    /// A window of 1 to 24 hours.
    pub fn new(duration: impl Into<Text>) -> Result<Self, Invalid> {
        let duration = duration.into();
        let good = match duration.as_literal() {
            Some(text) => text.strip_suffix('h').is_some_and(|hours| {
                hours.bytes().all(|b| b.is_ascii_digit()) && matches!(hours.parse(), Ok(1..=24_u8))
            }),
            None => true,
        };
        if good { Ok(Self(duration)) } else { Err(Invalid::new(InvalidKind::RotationDuration, duration)) }
    }
}

/// The ARN of the Lambda function that rotates a secret, or an expression.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FunctionArn(Text);

checked_text!(FunctionArn);

impl FunctionArn {
    /// An ARN of a Lambda function.
    pub fn new(arn: impl Into<Text>) -> Result<Self, Invalid> {
        let arn = arn.into();
        if is_arn_of(&arn, "lambda", "function:") {
            Ok(Self(arn))
        } else {
            Err(Invalid::new(InvalidKind::RotationFunction, arn))
        }
    }
}

/// The ARN of the role with which Secrets Manager reaches a partner, or an expression.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RotationRole(Text);

checked_text!(RotationRole);

impl RotationRole {
    /// An ARN of an IAM role.
    pub fn new(arn: impl Into<Text>) -> Result<Self, Invalid> {
        let arn = arn.into();
        if is_arn_of(&arn, "iam", "role/") {
            Ok(Self(arn))
        } else {
            Err(Invalid::new(InvalidKind::RotationRole, arn))
        }
    }
}

/// Whether a text is such an ARN, or may be one once Terraform runs.
fn is_arn_of(text: &Text, service: &str, resource: &str) -> bool {
    match Arn::parse(text) {
        Some(arn) => {
            arn.service.as_literal().is_none_or(|found| found == service)
                && arn.resource.as_literal().is_none_or(|found| found.starts_with(resource))
        }
        None => text.as_literal().is_none(),
    }
}

/// Who replaces the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RotatedBy {
    /// A Lambda function.
    Function(FunctionArn),
    /// Secrets Manager itself, at a partner; for managed external secrets.
    Partner {
        /// The role with which it reaches the partner.
        role: RotationRole,
        /// What the partner wants to know, key by key.
        metadata: Vec<(Text, Text)>,
    },
}

/// What replaces a secret's value: `aws_secretsmanager_secret_rotation`.
///
/// Source: the provider's documentation of it; Secrets Manager API Reference, *RotateSecret*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    by: RotatedBy,
    schedule: Schedule,
    duration: Option<RotationDuration>,
    rotate_immediately: Option<Setting<bool>>,
}

impl Rotation {
    /// A rotation by a Lambda function.
    pub fn by_function(function: FunctionArn, schedule: Schedule) -> Self {
        Self { by: RotatedBy::Function(function), schedule, duration: None, rotate_immediately: None }
    }

    /// A rotation by Secrets Manager itself, at the partner of a managed external secret.
    /// Metadata are what that partner wants to know; keys stand once.
    pub fn by_partner(
        role: RotationRole,
        metadata: Vec<(Text, Text)>,
        schedule: Schedule,
    ) -> Result<Self, Errors> {
        let mut errors = Vec::new();
        for (at, (key, value)) in metadata.iter().enumerate() {
            let fits = |text: &Text, most| !text.is_empty() && text.known_chars() <= most;
            if !fits(key, 256) || !fits(value, 2048) {
                errors.push(Invalid::new(InvalidKind::RotationMetadata, key));
            }
            if metadata[..at].iter().any(|(other, _)| other == key) {
                errors.push(Invalid::new(InvalidKind::RotationMetadataTwice, key));
            }
        }
        let by = RotatedBy::Partner { role, metadata };
        Errors::none_or(errors, || Self { by, schedule, duration: None, rotate_immediately: None })
    }

    /// How long it may take, from the time that the schedule says.
    #[must_use]
    pub fn duration(mut self, duration: RotationDuration) -> Self {
        self.duration = Some(duration);
        self
    }

    /// Whether it happens once as soon as it is declared; true unless said.
    #[must_use]
    pub fn rotate_immediately(mut self, immediately: impl Into<Setting<bool>>) -> Self {
        self.rotate_immediately = Some(immediately.into());
        self
    }

    /// Who replaces the value.
    pub fn by(&self) -> &RotatedBy {
        &self.by
    }

    /// When.
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// How long it may take, where that is said.
    pub fn window(&self) -> Option<&RotationDuration> {
        self.duration.as_ref()
    }

    /// Whether it happens once as soon as it is declared, where that is said.
    pub fn rotates_immediately(&self) -> Option<&Setting<bool>> {
        self.rotate_immediately.as_ref()
    }

    /// The neutral form of its block, without what it shares with its container.
    pub(super) fn record(&self) -> Record {
        let mut record = Record::new();
        match &self.by {
            RotatedBy::Function(function) => record.set("rotation_lambda_arn", function.datum()),
            RotatedBy::Partner { role, metadata } => {
                record.set("external_secret_rotation_role_arn", role.datum());
                for (key, value) in metadata {
                    let mut entry = Record::new();
                    entry.set("key", Datum::text(key.clone()));
                    entry.set("value", Datum::text(value.clone()));
                    record.push("external_secret_rotation_metadata", entry);
                }
            }
        }
        let immediately = self.rotate_immediately.as_ref();
        record.set_some("rotate_immediately", immediately.map(|it| it.datum(|it| Datum::Bool(*it))));
        let mut rules = Record::new();
        match &self.schedule {
            Schedule::AfterDays(days) => {
                rules.set("automatically_after_days", days.datum(|days| days.datum()));
            }
            Schedule::Expression(schedule) => rules.set("schedule_expression", schedule.datum()),
        }
        rules.set_some("duration", self.duration.as_ref().map(RotationDuration::datum));
        record.push("rotation_rules", rules);
        record
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Expression;

    #[test]
    fn schedules_durations_and_arns_are_what_aws_takes() {
        for good in [
            "rate(4 hours)",
            "rate(10 days)",
            "rate(1 day)",
            "cron(0 16 1,15 * ? *)",
            "cron(0 /8 ? * SUN#2 *)",
        ] {
            assert!(ScheduleExpression::new(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "10 days",
            "rate(10)",
            "rate(3 hours)",
            "rate(1 minute)",
            "rate(10 days",
            "cron(5 16 * * ? *)",
            "cron(0 16 * * ?)",
            "cron(0 16 * * ? 2027)",
        ] {
            assert_eq!(
                ScheduleExpression::new(bad).unwrap_err().kind(),
                InvalidKind::RotationSchedule,
                "{bad}"
            );
        }
        for good in ["1h", "3h", "24h"] {
            assert!(RotationDuration::new(good).is_ok(), "{good}");
        }
        for bad in ["", "h", "3", "3x", "0h", "25h", "3 h", "+3h"] {
            assert_eq!(
                RotationDuration::new(bad).unwrap_err().kind(),
                InvalidKind::RotationDuration,
                "{bad}"
            );
        }
        assert!(FunctionArn::new("arn:aws:lambda:eu-west-2:111122223333:function:rotate").is_ok());
        assert!(FunctionArn::new(Expression::reference("aws_lambda_function.x.arn").unwrap()).is_ok());
        for bad in [
            "",
            "rotate",
            "arn:aws:iam::111122223333:role/x",
            "arn:aws:lambda:eu-west-2:111122223333:layer:x",
        ] {
            assert!(FunctionArn::new(bad).is_err(), "{bad}");
        }
        assert!(RotationRole::new("arn:aws:iam::111122223333:role/x").is_ok());
        assert!(RotationRole::new("arn:aws:iam::111122223333:user/x").is_err());
    }

    #[test]
    fn metadata_have_keys_and_values_and_a_key_stands_once() {
        let schedule = || Schedule::AfterDays(RotationDays::new(30).unwrap().into());
        let made = |metadata: Vec<(Text, Text)>| {
            let role = RotationRole::new("arn:aws:iam::111122223333:role/x").unwrap();
            Rotation::by_partner(role, metadata, schedule())
        };
        assert!(made(vec![("a".into(), "b".into())]).is_ok());
        assert!(made(vec![("".into(), "b".into())]).is_err());
        assert!(made(vec![("a".into(), "".into())]).is_err());
        assert!(made(vec![("a".into(), "b".into()), ("a".into(), "c".into())]).is_err());
    }
}
