//! Where a secret's value comes from and what replaces it, to the model.

use crate::model::{
    Errors, FunctionArn, GeneratedValue, Invalid, PasswordLength, Rotation, RotationDays, RotationDuration,
    RotationRole, Schedule, ScheduleExpression, SecretType, Setting, Text, ValueSource, ValueVersion,
};
use crate::source::Span;

use super::super::types::{self, Source, ValueBlock};
use super::super::value::Around;
use super::convert::Sink;

impl Sink {
    /// The source of a secret's value; `None` is an error.
    pub(super) fn value_source(
        &mut self,
        said: Option<&ValueBlock>,
        secret: &types::Secret,
        around: &dyn Around,
    ) -> Option<ValueSource> {
        let type_name = secret.rare().type_name.as_ref();
        let external = matches!(said, Some(ValueBlock { source: Source::External, .. }));
        let secret_type = match type_name {
            Some(said) => self.text("type", said, around).map(|text| (text, said.span)),
            None => None,
        };
        match (secret_type, external) {
            (Some((text, span)), true) => {
                return self.checked(span, SecretType::new(text)).map(ValueSource::External);
            }
            (Some((_, span)), false) => {
                self.errors
                    .wrong(span, "a secret with a `type` is a managed external one", "not external")
                    .fix("add `value \"external\" {}`, or take `type` away");
                return None;
            }
            (None, true) => {
                let mut detail = self.errors.missing(
                    secret.label_span,
                    "a managed external secret needs its `type`",
                    "no `type` in it",
                );
                detail.fix("add the partner's: `type = \"SnowflakeKeyPairAuthentication\"`");
                if let Some(said) = said {
                    detail.related(said.span, "external here");
                }
                return None;
            }
            (None, false) => {}
        }
        let Some(ValueBlock { span, source }) = said else { return Some(ValueSource::Manual) };
        Some(match source {
            Source::Manual | Source::External => ValueSource::Manual,
            Source::Terraform => ValueSource::Terraform,
            Source::Generated(generated) => {
                ValueSource::Generated(Box::new(self.generated(*span, generated, around)?))
            }
        })
    }

    fn generated(
        &mut self,
        span: Span,
        said: &types::Generated,
        around: &dyn Around,
    ) -> Option<GeneratedValue> {
        let before = self.errors.count();
        let version = said.version.as_ref();
        let version = version.and_then(|said| self.checked(said.span, ValueVersion::new(said.value)));
        let mut length = None;
        if let Some(said) = &said.password_length {
            length = match self.number("password_length", said, around) {
                Some(Setting::Known(length)) => {
                    self.checked(said.span, PasswordLength::new(length)).map(Setting::Known)
                }
                Some(Setting::Symbol(length)) => Some(Setting::Symbol(length)),
                None => None,
            };
        }
        let excluded = said.exclude_characters.as_ref();
        let excluded = excluded.and_then(|said| self.text("exclude_characters", said, around));
        let mut characters = Vec::new();
        for (which, said) in &said.characters {
            let value = self.switch(which.argument(), said, around);
            characters.extend(value.map(|value| (*which, value)));
        }
        if self.errors.count() > before {
            return None;
        }
        let mut builder = GeneratedValue::builder(version?);
        builder = match length {
            Some(Setting::Known(length)) => builder.password_length(length),
            Some(Setting::Symbol(length)) => builder.password_length_expression(length),
            None => builder,
        };
        if let Some(text) = excluded {
            builder = builder.exclude_characters(text);
        }
        for (which, value) in characters {
            builder = builder.characters(which, value);
        }
        self.made(|_| span, builder.build())
    }

    /// What replaces a secret's value; `None` is an error.
    pub(super) fn rotation(
        &mut self,
        said: &types::Rotation,
        value: Option<&ValueSource>,
        around: &dyn Around,
    ) -> Option<Rotation> {
        let before = self.errors.count();
        let rules = said.rules.as_ref();
        let schedule = rules.and_then(|rules| self.schedule(rules, around));
        let duration = rules.and_then(|rules| rules.duration.as_ref()).and_then(|said| {
            let text = self.text("duration", said, around)?;
            self.checked(said.span, RotationDuration::new(text))
        });
        let immediately = said.rotate_immediately.as_ref();
        let immediately = immediately.and_then(|said| self.switch("rotate_immediately", said, around));
        // Without its value's source it can't be told what it needs.
        let rotation = if value?.external().is_some() {
            self.by_partner(said, schedule, around)
        } else {
            self.by_function(said, schedule, around)
        };
        let mut rotation = rotation.filter(|_| self.errors.count() == before)?;
        if let Some(duration) = duration {
            rotation = rotation.duration(duration);
        }
        if let Some(immediately) = immediately {
            rotation = rotation.rotate_immediately(immediately);
        }
        Some(rotation)
    }

    fn by_function(
        &mut self,
        said: &types::Rotation,
        schedule: Option<Schedule>,
        around: &dyn Around,
    ) -> Option<Rotation> {
        let partner = said.role.as_ref().map(|said| said.span);
        if let Some(span) = partner.or(said.metadata.first().map(|metadata| metadata.span)) {
            self.errors
                .wrong(span, "only managed external secrets are rotated at a partner", "not external")
                .fix("take it away, or add `type` and `value \"external\" {}` to the secret");
            return None;
        }
        let Some(function) = &said.function else {
            self.errors
                .missing(said.span, "`rotation` needs `rotation_lambda_arn`", "no function in it")
                .fix("add the ARN of the Lambda function that makes and sets the new value");
            return None;
        };
        let text = self.text("rotation_lambda_arn", function, around)?;
        let function = self.checked(function.span, FunctionArn::new(text))?;
        Some(Rotation::by_function(function, schedule?))
    }

    fn by_partner(
        &mut self,
        said: &types::Rotation,
        schedule: Option<Schedule>,
        around: &dyn Around,
    ) -> Option<Rotation> {
        if let Some(function) = &said.function {
            self.errors
                .wrong(
                    function.span,
                    "a managed external secret is rotated without a function",
                    "it is external",
                )
                .fix("write `external_secret_rotation_role_arn`, the role with which Secrets Manager reaches the partner");
            return None;
        }
        let metadata = self.metadata(&said.metadata, around);
        let Some(role) = &said.role else {
            self.errors
                .missing(
                    said.span,
                    "the rotation of a managed external secret needs `external_secret_rotation_role_arn`",
                    "no role in it",
                )
                .fix("add the role with which Secrets Manager reaches the partner");
            return None;
        };
        let text = self.text("external_secret_rotation_role_arn", role, around)?;
        let role = self.checked(role.span, RotationRole::new(text))?;
        let metadata = metadata?;
        let keys: Vec<String> = metadata.iter().map(|(key, _)| key.to_string()).collect();
        let entry = |invalid: &Invalid| {
            let at = keys.iter().rposition(|key| key == invalid.text());
            at.and_then(|at| said.metadata.get(at)).map_or(said.span, |entry| entry.span)
        };
        self.made(entry, Rotation::by_partner(role, metadata, schedule?))
    }

    fn schedule(&mut self, rules: &types::RotationRules, around: &dyn Around) -> Option<Schedule> {
        if let Some(said) = &rules.after_days {
            return Some(Schedule::AfterDays(
                match self.number("automatically_after_days", said, around)? {
                    Setting::Known(days) => Setting::Known(self.checked(said.span, RotationDays::new(days))?),
                    Setting::Symbol(days) => Setting::Symbol(days),
                },
            ));
        }
        let said = rules.schedule.as_ref()?;
        let text = self.text("schedule_expression", said, around)?;
        self.checked(said.span, ScheduleExpression::new(text)).map(Schedule::Expression)
    }

    fn metadata(&mut self, said: &[types::Metadata], around: &dyn Around) -> Option<Vec<(Text, Text)>> {
        let mut metadata = Vec::with_capacity(said.len());
        for entry in said {
            let key = self.text("key", entry.key.as_ref()?, around);
            let value = self.text("value", entry.value.as_ref()?, around);
            metadata.push((key?, value?));
        }
        Some(metadata)
    }

    /// What the model made of it, or `None` and its errors, each at its place.
    fn made<T>(&mut self, place: impl Fn(&Invalid) -> Span, result: Result<T, Errors>) -> Option<T> {
        result.map_err(|errors| errors.iter().for_each(|invalid| self.invalid(place(invalid), invalid))).ok()
    }
}
