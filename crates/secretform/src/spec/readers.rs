//! `reader`, the places of its grant, and statements.

use crate::source::Span;
use crate::syntax;

use super::fields;
use super::literal;
use super::own::Place as Around;
use super::parse::Parser;
use super::reference;
use super::schema::{self, ROOT};
use super::types::{Clauses, Condition, Grant, Place, PlaceKind, Principals, Reader, Spanned, Statement};

/// What `ignore` may name in a grant.
const IGNORABLE: [&str; 8] = [
    "effect",
    "actions",
    "not_actions",
    "resources",
    "not_resources",
    "principals",
    "not_principals",
    "condition",
];

impl Parser<'_> {
    pub(super) fn reader(&mut self, block: syntax::Block<'_>) {
        let Some(row) = ROOT.block("reader") else { return };
        let label = fields::label(&mut self.errors, row.block, block);
        let found = fields::fields(&mut self.errors, row.block, block.body(), block.header_span());
        let (label, span) = label.unwrap_or_else(|| ("".into(), block.header_span()));
        let mut out = Reader {
            label: label.into_owned(),
            span,
            description: None,
            grant: Grant::default(),
            places: Vec::new(),
            unreadable: false,
        };
        for (row, attribute) in found.attributes {
            match row.name {
                "description" => {
                    let found = literal::string(&mut self.errors, row.name, attribute.value());
                    out.description = found.map(|found| found.value);
                }
                _ => self.granted(row.name, attribute.value(), &mut out.grant),
            }
        }
        for (child, block) in found.blocks {
            match child.block.name {
                "statement" | "policy_document" | "policy_file" => match self.place(child.block, block) {
                    Some(place) => out.places.push(place),
                    None => out.unreadable = true,
                },
                _ => self.matcher(child.block, block, Around::Nowhere, &mut out.grant.clauses),
            }
        }
        self.spec.readers.push(out);
    }

    fn place(&mut self, row: &'static schema::Block, block: syntax::Block<'_>) -> Option<Place> {
        let label = fields::label(&mut self.errors, row, block);
        let found = fields::fields(&mut self.errors, row, block.body(), block.header_span());
        let mut grant = Grant::default();
        let mut statements = Vec::new();
        let (mut sid, mut file, mut document) = (None, None, None);
        for (row, attribute) in found.attributes {
            let expr = attribute.value();
            match row.name {
                "sid" => sid = literal::string(&mut self.errors, row.name, expr),
                "file" => file = literal::string(&mut self.errors, row.name, expr),
                "document" => document = literal::string(&mut self.errors, row.name, expr),
                _ => self.granted(row.name, expr, &mut grant),
            }
        }
        for (child, block) in found.blocks {
            match child.block.name {
                "statement" => statements.push(self.statement(child.block, block, Around::Nowhere)),
                _ => self.matcher(child.block, block, Around::Nowhere, &mut grant.clauses),
            }
        }
        let label = label.map(|(value, span)| Spanned { value: value.into_owned(), span });
        let kind = match row.name {
            "policy_document" => PlaceKind::Document { label: label?, file },
            "policy_file" => PlaceKind::File { path: label? },
            _ => {
                sid = label;
                let Some(document) = document else {
                    if !block
                        .body()
                        .attributes()
                        .any(|found| matches!(found.name(), "document" | "policy" | "policy_file"))
                    {
                        self.errors
                            .missing(block.header_span(), "`statement` doesn't say where it stands", "no `document` in it")
                            .fix("add `document = \"LABEL\"`, the label of a `data \"aws_iam_policy_document\"`");
                    }
                    return None;
                };
                PlaceKind::Statement { document, file }
            }
        };
        Some(Place { span: block.header_span(), kind, sid, grant, statements })
    }

    /// A word marked ‡ in the table.
    fn granted(&mut self, word: &str, expr: syntax::Expr<'_>, out: &mut Grant) {
        match word {
            "region" => out.region = Some(self.said(Around::Nowhere, expr)),
            "account_id" => out.account_id = Some(self.said(Around::Nowhere, expr)),
            "partition" => out.partition = Some(self.said(Around::Nowhere, expr)),
            "by" => out.by = self.by(expr),
            "suffix" => out.suffix = self.suffix(expr),
            "ignore" => out.ignore = literal::ignore(&mut self.errors, &IGNORABLE, expr),
            _ => self.term(word, expr, Around::Nowhere, &mut out.clauses),
        }
    }

    /// One statement of a policy.
    pub(super) fn statement(
        &mut self,
        row: &'static schema::Block,
        block: syntax::Block<'_>,
        around: Around,
    ) -> Statement {
        let label = fields::label(&mut self.errors, row, block);
        let found = fields::fields(&mut self.errors, row, block.body(), block.header_span());
        let sid = label.map(|(value, span)| Spanned { value: value.into_owned(), span });
        let mut out = Statement { sid, span: block.header_span(), clauses: Clauses::default() };
        for (row, attribute) in found.attributes {
            self.term(row.name, attribute.value(), around, &mut out.clauses);
        }
        for (child, block) in found.blocks {
            self.matcher(child.block, block, around, &mut out.clauses);
        }
        out
    }

    fn term(&mut self, word: &str, expr: syntax::Expr<'_>, around: Around, out: &mut Clauses) {
        if word == "reads" {
            out.reads = Some(reference::reads(&mut self.errors, expr));
            return;
        }
        let said = Some(self.said(around, expr));
        match word {
            "resources" => out.resources = said,
            "not_resources" => out.not_resources = said,
            "actions" => out.actions = said,
            "not_actions" => out.not_actions = said,
            "effect" => out.effect = said,
            _ => {}
        }
    }

    fn matcher(
        &mut self,
        row: &'static schema::Block,
        block: syntax::Block<'_>,
        around: Around,
        out: &mut Clauses,
    ) {
        fields::label(&mut self.errors, row, block);
        let span: Span = block.header_span();
        let found = fields::fields(&mut self.errors, row, block.body(), span);
        let mut said = |word: &str| {
            let attribute = found.attributes.iter().find(|(row, _)| row.name == word)?;
            Some(self.said(around, attribute.1.value()))
        };
        if row.name == "condition" {
            let condition =
                Condition { span, test: said("test"), variable: said("variable"), values: said("values") };
            out.conditions.push(condition);
            return;
        }
        let principals = Principals { kind: said("type"), identifiers: said("identifiers") };
        match row.name {
            "principals" => out.principals.push(principals),
            _ => out.not_principals.push(principals),
        }
    }
}
