//! `oidc`: a preset or trust statements, the role's arguments, what it may do.

use crate::source::Span;
use crate::syntax;

use super::fields;
use super::literal;
use super::own::Place as Around;
use super::parse::Parser;
use super::schema::{self, ROOT};
use super::types::{Literal, Said, Spanned, Statement};

/// An `oidc` block.
#[derive(Debug)]
pub(super) struct Oidc {
    pub(super) label: String,
    pub(super) span: Span,
    /// In the order written; one of them is meant.
    pub(super) presets: Vec<Preset>,
    pub(super) claims: Option<Said>,
    pub(super) audience: Option<Spanned<String>>,
    pub(super) provider: Option<Said>,
    /// What the role takes, by its own words.
    pub(super) arguments: Vec<(&'static str, Said)>,
    pub(super) file: Option<Spanned<String>>,
    /// Other labels, by what they are of.
    pub(super) labels: Vec<(&'static str, Spanned<String>)>,
    pub(super) statements: Vec<Statement>,
}

/// A preset, or `trust`.
#[derive(Debug)]
pub(super) struct Preset {
    pub(super) name: &'static str,
    pub(super) span: Span,
    pub(super) words: Vec<(&'static str, Word)>,
    /// Those of `trust`.
    pub(super) statements: Vec<Statement>,
    /// Something stands there that couldn't be read.
    pub(super) unreadable: bool,
}

/// What is said under one word of a preset.
#[derive(Debug)]
pub(super) enum Word {
    /// **L**
    Literal(Spanned<String>),
    /// `true` or `false`
    Switch(bool),
    /// **T**: a list.
    List(Said),
}

/// What `labels` may name.
const LABELS: [&str; 4] = ["provider", "trust", "document", "policy"];

impl Parser<'_> {
    pub(super) fn oidc(&mut self, block: syntax::Block<'_>) {
        let Some(row) = ROOT.block("oidc") else { return };
        let label = fields::label(&mut self.errors, row.block, block);
        let found = fields::fields(&mut self.errors, row.block, block.body(), block.header_span());
        let (label, span) = label.unwrap_or_else(|| ("".into(), block.header_span()));
        let mut out = Oidc {
            label: label.into_owned(),
            span,
            presets: Vec::new(),
            claims: None,
            audience: None,
            provider: None,
            arguments: Vec::new(),
            file: None,
            labels: Vec::new(),
            statements: Vec::new(),
        };
        for (row, attribute) in found.attributes {
            let expr = attribute.value();
            match row.name {
                "claims" => out.claims = Some(self.said(Around::Nowhere, expr)),
                "audience" => out.audience = literal::string(&mut self.errors, row.name, expr),
                "provider" => out.provider = Some(self.said(Around::Nowhere, expr)),
                "file" => out.file = literal::string(&mut self.errors, row.name, expr),
                "labels" => out.labels = self.labels(expr),
                word => {
                    let said = self.said(Around::Nowhere, expr);
                    out.arguments.push((word, said));
                }
            }
        }
        for (child, block) in found.blocks {
            match child.block.name {
                "statement" => out.statements.push(self.statement(child.block, block, Around::Nowhere)),
                _ => {
                    let preset = self.preset(child.block, block);
                    out.presets.push(preset);
                }
            }
        }
        self.spec.oidc.push(out);
    }

    fn preset(&mut self, row: &'static schema::Block, block: syntax::Block<'_>) -> Preset {
        fields::label(&mut self.errors, row, block);
        let span = block.header_span();
        let found = fields::fields(&mut self.errors, row, block.body(), span);
        let mut out =
            Preset { name: row.name, span, words: Vec::new(), statements: Vec::new(), unreadable: false };
        for (row, attribute) in found.attributes {
            let expr = attribute.value();
            let word = match row.takes {
                schema::Takes::Literal(schema::Literal::Bool) => {
                    literal::boolean(&mut self.errors, row.name, expr).map(Word::Switch)
                }
                schema::Takes::Literal(schema::Literal::Choice(choices)) => {
                    literal::string(&mut self.errors, row.name, expr)
                        .filter(|found| {
                            fields::choice(&mut self.errors, found.span, &found.value, row.name, choices)
                                .is_some()
                        })
                        .map(Word::Literal)
                }
                schema::Takes::Literal(_) => {
                    literal::string(&mut self.errors, row.name, expr).map(Word::Literal)
                }
                _ => Some(Word::List(self.said(Around::Nowhere, expr))),
            };
            out.unreadable |= word.is_none();
            out.words.extend(word.map(|word| (row.name, word)));
        }
        for (child, block) in found.blocks {
            out.statements.push(self.statement(child.block, block, Around::Nowhere));
        }
        out
    }

    fn labels(&mut self, expr: syntax::Expr<'_>) -> Vec<(&'static str, Spanned<String>)> {
        let Some(value) = literal::any(&mut self.errors, "labels", expr) else { return Vec::new() };
        let Literal::Object(entries) = value else {
            self.errors
                .wrong(expr.span(), "`labels` takes an object of strings", "must be an object")
                .fix("write `labels = { provider = \"github\" }`");
            return Vec::new();
        };
        let spans = super::value::parts(expr);
        let mut out = Vec::new();
        for (at, (key, value)) in entries.into_iter().enumerate() {
            let span = spans.get(at).copied().unwrap_or_else(|| expr.span());
            let known = LABELS.iter().find(|label| **label == key);
            match (known, value) {
                (Some(name), Literal::String(value)) => out.push((*name, Spanned { value, span })),
                (Some(name), _) => {
                    self.errors
                        .wrong(span, format!("`labels.{name}` takes a string"), "must be a string")
                        .fix(format!("write `{name} = \"LABEL\"`"));
                }
                (None, _) => {
                    let message = format!("`labels` has no `{key}`");
                    self.errors.unknown(span, message, &key, &LABELS, &LABELS);
                }
            }
        }
        out
    }
}
