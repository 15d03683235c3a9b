//! `value` and `rotation`: where a secret's value comes from, and what replaces it.

use crate::model::{Characters, ValueSource};
use crate::syntax;

use super::fields::{self, Fields};
use super::literal;
use super::own::Place;
use super::parse::Parser;
use super::schema;
use super::types::{Generated, Metadata, Rotation, RotationRules, Source, Spanned, ValueBlock};

impl Parser<'_> {
    /// A `value` block; `None` if its label is no source.
    pub(super) fn value_block(
        &mut self,
        row: &'static schema::Block,
        block: syntax::Block<'_>,
    ) -> Option<ValueBlock> {
        let label = fields::label(&mut self.errors, row, block);
        let found = fields::fields(&mut self.errors, row, block.body(), block.header_span());
        let (word, span) = label?;
        let source = match word.as_ref() {
            "manual" => Source::Manual,
            "generated" => Source::Generated(Box::new(self.generated(block, &found))),
            "external" => Source::External,
            "terraform" => Source::Terraform,
            _ => {
                // The label may be the secret itself, so it isn't repeated.
                self.errors
                    .unknown(span, "no such source of a value", "", &[], &ValueSource::WORDS)
                    .fix("write `value \"manual\"`, `\"generated\"`, `\"external\"` or `\"terraform\"`; the value itself never stands in a spec");
                return None;
            }
        };
        if !matches!(source, Source::Generated(_)) {
            for (row, attribute) in &found.attributes {
                self.errors
                    .wrong(
                        attribute.name_span(),
                        format!("`{}` is of values that are generated, and this one is {word}", row.name),
                        "not generated",
                    )
                    .fix("take it away, or write `value \"generated\"`");
            }
        }
        Some(ValueBlock { span: block.header_span(), source })
    }

    fn generated(&mut self, block: syntax::Block<'_>, found: &Fields<'_>) -> Generated {
        let mut out = Generated::default();
        for (row, attribute) in &found.attributes {
            let expr = attribute.value();
            match row.name {
                "version" => {
                    out.version = literal::integer(&mut self.errors, "version", expr)
                        .map(|value| Spanned { value, span: expr.span() });
                }
                "password_length" => out.password_length = Some(self.said(Place::Secret, expr)),
                "exclude_characters" => out.exclude_characters = Some(self.said(Place::Secret, expr)),
                word => {
                    let which = Characters::ALL.into_iter().find(|which| which.argument() == word);
                    let said = self.said(Place::Secret, expr);
                    out.characters.extend(which.map(|which| (which, said)));
                }
            }
        }
        if !found.attributes.iter().any(|(row, _)| row.name == "version") {
            self.errors
                .missing(block.header_span(), "a generated value needs `version`", "no `version` in it")
                .fix("add `version = 1`; a higher one makes a new value");
        }
        out
    }

    pub(super) fn rotation(&mut self, row: &'static schema::Block, block: syntax::Block<'_>) -> Rotation {
        let found = fields::fields(&mut self.errors, row, block.body(), block.header_span());
        let mut out = Rotation {
            span: block.header_span(),
            function: None,
            role: None,
            rotate_immediately: None,
            rules: None,
            metadata: Vec::new(),
        };
        for (row, attribute) in found.attributes {
            let said = Some(self.said(Place::Secret, attribute.value()));
            match row.name {
                "rotation_lambda_arn" => out.function = said,
                "external_secret_rotation_role_arn" => out.role = said,
                _ => out.rotate_immediately = said,
            }
        }
        for (child, block) in found.blocks {
            fields::label(&mut self.errors, child.block, block);
            match child.block.name {
                "rotation_rules" => out.rules = Some(self.rotation_rules(child.block, block)),
                _ => {
                    let metadata = self.metadata(child.block, block);
                    out.metadata.push(metadata);
                }
            }
        }
        if out.rules.is_none() {
            self.errors
                .missing(
                    block.header_span(),
                    "`rotation` needs `rotation_rules`",
                    "no `rotation_rules` in it",
                )
                .fix("add `rotation_rules { automatically_after_days = 30 }`");
        }
        out
    }

    fn rotation_rules(&mut self, row: &'static schema::Block, block: syntax::Block<'_>) -> RotationRules {
        let found = fields::fields(&mut self.errors, row, block.body(), block.header_span());
        let span = block.header_span();
        let mut out = RotationRules { after_days: None, schedule: None, duration: None };
        for (row, attribute) in found.attributes {
            let said = Some(self.said(Place::Secret, attribute.value()));
            match row.name {
                "automatically_after_days" => out.after_days = said,
                "schedule_expression" => out.schedule = said,
                _ => out.duration = said,
            }
        }
        match (&out.after_days, &out.schedule) {
            (Some(_), Some(schedule)) => {
                self.errors
                    .wrong(
                        schedule.span,
                        "`rotation_rules` takes `automatically_after_days` or `schedule_expression`, not both",
                        "beside `automatically_after_days`",
                    )
                    .fix("keep one of the two");
            }
            (None, None) => {
                self.errors
                    .missing(
                        span,
                        "`rotation_rules` needs `automatically_after_days` or `schedule_expression`",
                        "neither of them in it",
                    )
                    .fix("add `automatically_after_days = 30`, or `schedule_expression = \"rate(10 days)\"`");
            }
            _ => {}
        }
        out
    }

    fn metadata(&mut self, row: &'static schema::Block, block: syntax::Block<'_>) -> Metadata {
        let found = fields::fields(&mut self.errors, row, block.body(), block.header_span());
        let mut out = Metadata { span: block.header_span(), key: None, value: None };
        for (row, attribute) in found.attributes {
            let said = Some(self.said(Place::Secret, attribute.value()));
            match row.name {
                "key" => out.key = said,
                _ => out.value = said,
            }
        }
        out
    }
}
