//! `defaults`, `group`, `secret` and what stands in them.

use crate::syntax::{self, Expr, ExprKind, Step};

use super::fields::{self, Found, Walk};
use super::literal::{self, bare};
use super::own::Place;
use super::parse::Parser;
use super::schema::{self, ROOT};
use super::types::{Field, Group, Inherit, Lifecycle, Policy, Replica, Secret, Spanned};

/// What `ignore` may name in a secret.
const IGNORABLE: [&str; 13] = [
    "name",
    "description",
    "tags",
    "kms_key_id",
    "recovery_window_in_days",
    "force_overwrite_replica_secret",
    "region",
    "provider",
    "replica",
    "lifecycle",
    "policy",
    "rotation",
    "value",
];

impl Parser<'_> {
    pub(super) fn defaults(&mut self, block: syntax::Block<'_>) {
        let Some(row) = ROOT.block("defaults") else { return };
        fields::label(&mut self.errors, row.block, block);
        let found = fields::fields(&mut self.errors, row.block, block.body(), block.header_span());
        let mut out = Inherit::default();
        for (row, attribute) in found.attributes {
            self.inherited(row.name, attribute.value(), &mut out);
        }
        for (child, block) in found.blocks {
            self.inherited_block(child.block, block, &mut out);
        }
        self.spec.defaults = out;
    }

    pub(super) fn group(&mut self, block: syntax::Block<'_>) {
        let Some(row) = ROOT.block("group") else { return };
        let label = fields::label(&mut self.errors, row.block, block);
        let found = fields::fields(&mut self.errors, row.block, block.body(), block.header_span());
        let (label, span) = label.unwrap_or_else(|| ("".into(), block.header_span()));
        let mut out = Group {
            label: label.as_ref().into(),
            span,
            external: false,
            prefix: None,
            inherit: None,
            rare: None,
        };
        for (row, attribute) in found.attributes {
            let expr = attribute.value();
            match row.name {
                "title" => {
                    out.rare.get_or_insert_default().title =
                        literal::string(&mut self.errors, "title", expr).map(|found| found.value);
                }
                "url" => {
                    out.rare.get_or_insert_default().url = literal::string(&mut self.errors, "url", expr);
                }
                "guide" => {
                    out.rare.get_or_insert_default().guide =
                        literal::string(&mut self.errors, "guide", expr).map(|found| found.value);
                }
                "prefix" => out.prefix = Some(Box::new(self.said(Place::Nowhere, expr))),
                "external" => {
                    out.external = literal::boolean(&mut self.errors, "external", expr).unwrap_or(false)
                }
                "account_id" => {
                    out.rare.get_or_insert_default().account_id = Some(self.said(Place::Nowhere, expr));
                }
                word => self.inherited(word, expr, out.inherit.get_or_insert_default()),
            }
        }
        if let Some(account) = out.rare().account_id.as_ref().filter(|_| !out.external) {
            self.errors
                .wrong(
                    account.span,
                    "`account_id` is for external groups: the others are in the directory's account",
                    "not external",
                )
                .fix("add `external = true`, or leave it out");
        }
        let at = self.spec.groups.len();
        let mut secrets = Vec::new();
        for (child, block) in found.blocks {
            match child.block.name {
                "secret" => secrets.push((child.block, block)),
                _ => self.inherited_block(child.block, block, out.inherit.get_or_insert_default()),
            }
        }
        self.spec.groups.push(out);
        for (row, block) in secrets {
            self.secret(row, block, Some(at));
        }
    }

    pub(super) fn secret(
        &mut self,
        row: &'static schema::Block,
        block: syntax::Block<'_>,
        group: Option<usize>,
    ) {
        let label = fields::label(&mut self.errors, row, block);
        let Some((label, label_span)) = label else {
            fields::fields(&mut self.errors, row, block.body(), block.header_span());
            return;
        };
        let first_field = self.spec.fields.len() as u32;
        let mut out = Secret {
            label: label.as_ref().into(),
            label_span,
            span: block.header_span(),
            group,
            description: None,
            inherit: None,
            fields: first_field..first_field,
            rare: None,
        };
        let mut walk = Walk::new(row, block.header_span());
        for item in block.body().items() {
            let Some(found) = walk.admit(&mut self.errors, item) else { continue };
            match found {
                Found::Attribute(row, attribute) => {
                    let expr = attribute.value();
                    match row.name {
                        "name" => {
                            out.rare.get_or_insert_default().name = Some(self.said(Place::Name, expr));
                        }
                        "description" => out.description = Some(self.said(Place::Secret, expr)),
                        "type" => {
                            out.rare.get_or_insert_default().type_name = Some(self.said(Place::Secret, expr));
                        }
                        "label" => {
                            out.rare.get_or_insert_default().terraform_label =
                                literal::string(&mut self.errors, "label", expr);
                        }
                        "guide" => {
                            let guide = literal::string(&mut self.errors, "guide", expr);
                            out.rare.get_or_insert_default().guide = guide.map(|found| found.value);
                        }
                        word => self.inherited(word, expr, out.inherit.get_or_insert_default()),
                    }
                }
                Found::Block(child, block) if child.block.name == "field" => {
                    self.field(child.block, block, first_field);
                }
                Found::Block(child, block) if child.block.name == "probe" => {
                    out.rare.get_or_insert_default().probe = Some(self.probe(child.block, block));
                }
                Found::Block(child, block) => {
                    self.inherited_block(child.block, block, out.inherit.get_or_insert_default());
                }
            }
        }
        walk.finish(&mut self.errors);
        out.fields.end = self.spec.fields.len() as u32;
        self.spec.secrets.push(out);
    }

    fn field(&mut self, row: &'static schema::Block, block: syntax::Block<'_>, first: u32) {
        let label = fields::label(&mut self.errors, row, block);
        let Some((key, span)) = label else {
            fields::fields(&mut self.errors, row, block.body(), block.header_span());
            return;
        };
        let before = self.spec.fields.get(first as usize..).unwrap_or_default();
        if let Some(first) = before.iter().find(|field| *field.key == *key) {
            self.errors
                .twice(span, first.span, format!("the field `{key}` stands twice in its secret"))
                .fix("a key of JSON stands once: join the two");
            return;
        }
        let mut out = Field {
            key: key.as_ref().into(),
            span,
            description: None,
            required: true,
            sensitive: false,
            generated: false,
            rare: None,
        };
        let mut walk = Walk::new(row, block.header_span());
        for item in block.body().items() {
            let Some(Found::Attribute(row, attribute)) = walk.admit(&mut self.errors, item) else { continue };
            let errors = &mut self.errors;
            let expr = attribute.value();
            match row.name {
                "description" => out.description = literal::text(errors, row.name, expr),
                "required" => out.required = literal::boolean(errors, row.name, expr).unwrap_or(true),
                "sensitive" => out.sensitive = literal::boolean(errors, row.name, expr).unwrap_or(false),
                "default" => {
                    out.rare.get_or_insert_default().default = literal::any(errors, row.name, expr)
                        .map(|value| Spanned { value, span: expr.span() });
                }
                "format" => {
                    out.rare.get_or_insert_default().format = literal::string(errors, row.name, expr);
                }
                "generated" => out.generated = literal::boolean(errors, row.name, expr).unwrap_or(false),
                "example" => {
                    out.rare.get_or_insert_default().example =
                        literal::string(errors, row.name, expr).map(|found| found.value);
                }
                _ => {}
            }
        }
        walk.finish(&mut self.errors);
        self.spec.fields.push(out);
    }

    /// A word marked † in the table.
    fn inherited(&mut self, word: &str, expr: Expr<'_>, out: &mut Inherit) {
        match word {
            "tags" => out.tags = Some(self.said(Place::Secret, expr)),
            "kms_key_id" => out.kms_key_id = Some(self.said(Place::Secret, expr)),
            "recovery_window_in_days" => out.recovery_window_in_days = Some(self.said(Place::Secret, expr)),
            "force_overwrite_replica_secret" => {
                out.force_overwrite_replica_secret = Some(self.said(Place::Secret, expr));
            }
            "region" => out.region = Some(self.said(Place::Secret, expr)),
            "provider" => out.provider = self.provider(expr),
            "file" => out.file = literal::nullable_string(&mut self.errors, "file", expr),
            "ignore" => out.ignore = literal::ignore(&mut self.errors, &IGNORABLE, expr),
            _ => {}
        }
    }

    fn provider(&mut self, expr: Expr<'_>) -> Option<Spanned<Option<String>>> {
        let span = expr.span();
        let expr = bare(expr);
        if matches!(expr.kind(), ExprKind::Null) {
            return Some(Spanned { value: None, span });
        }
        let steps = expr.traversal().unwrap_or_default();
        let name = |step: &Step<'_>| match step {
            Step::Name(name) => Some((*name).to_owned()),
            _ => None,
        };
        let names: Option<Vec<String>> = steps.iter().map(name).collect();
        if let Some(names) = names
            && matches!(names.len(), 1 | 2)
        {
            return Some(Spanned { value: Some(names.join(".")), span });
        }
        let text = expr.literal_string();
        let mut detail = self.errors.wrong(span, "`provider` takes a provider's address", "no address");
        match text {
            Some(text) => detail.fix(format!("write `provider = {text}`, without quotes")),
            None => detail.fix("write `provider = aws.core`, or `aws`"),
        };
        None
    }

    fn inherited_block(&mut self, row: &'static schema::Block, block: syntax::Block<'_>, out: &mut Inherit) {
        if row.name != "value" {
            fields::label(&mut self.errors, row, block);
        }
        match row.name {
            "replica" => {
                let found = fields::fields(&mut self.errors, row, block.body(), block.header_span());
                let mut replica = Replica { span: block.header_span(), region: None, kms_key_id: None };
                for (row, attribute) in found.attributes {
                    let said = Some(self.said(Place::Secret, attribute.value()));
                    match row.name {
                        "region" => replica.region = said,
                        _ => replica.kms_key_id = said,
                    }
                }
                out.replicas.push(replica);
            }
            "lifecycle" => {
                let found = fields::fields(&mut self.errors, row, block.body(), block.header_span());
                let mut lifecycle = Lifecycle { prevent_destroy: None };
                for (row, attribute) in found.attributes {
                    lifecycle.prevent_destroy =
                        literal::boolean(&mut self.errors, row.name, attribute.value());
                }
                out.lifecycle = Some(lifecycle);
            }
            "policy" => out.policy = Some(self.policy(row, block)),
            "rotation" => out.rotation = Some(Box::new(self.rotation(row, block))),
            "value" => out.value = self.value_block(row, block).map(Box::new),
            _ => {}
        }
    }

    fn policy(&mut self, row: &'static schema::Block, block: syntax::Block<'_>) -> Policy {
        let found = fields::fields(&mut self.errors, row, block.body(), block.header_span());
        let mut out = Policy {
            span: block.header_span(),
            json: None,
            block_public_policy: None,
            statements: Vec::new(),
        };
        for (row, attribute) in found.attributes {
            let said = Some(self.said(Place::Secret, attribute.value()));
            match row.name {
                "json" => out.json = said,
                _ => out.block_public_policy = said,
            }
        }
        for (child, block) in found.blocks {
            let statement = self.statement(child.block, block, Place::Secret);
            if statement.clauses.principals.is_empty() && statement.clauses.not_principals.is_empty() {
                self.errors
                    .missing(
                        block.header_span(),
                        "a statement of a resource policy needs `principals`",
                        "no `principals` in it",
                    )
                    .fix("add `principals { type = \"AWS\", identifiers = […] }`, one line an attribute");
            }
            out.statements.push(statement);
        }
        match (&out.json, out.statements.first()) {
            (Some(json), Some(statement)) => {
                self.errors
                    .wrong(
                        json.span,
                        "`policy` takes `statement` blocks or `json`, not both",
                        "beside statements",
                    )
                    .related(statement.span, "a statement")
                    .fix("keep one of the two forms");
            }
            (None, None) => {
                self.errors
                    .missing(block.header_span(), "`policy` says nothing", "no `statement` or `json` in it")
                    .fix("add `statement` blocks, or `json`");
            }
            _ => {}
        }
        out
    }
}
