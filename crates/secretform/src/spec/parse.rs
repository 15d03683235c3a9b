//! Spec text to the typed spec: the file's own words and `terraform`; all errors at once.

use crate::diagnostic::{Diagnostic, codes};
use crate::model::{By, Suffix};
use crate::source::{SourceId, Span};
use crate::syntax::{self, BodyItem, Expr, SyntaxError};

use super::errors::Errors;
use super::fields::{self, Found, Walk};
use super::halves;
use super::literal;
use super::own::{Finder, Place};
use super::schema::{Child, ROOT};
use super::types::{Inherit, Said, Spanned, Spec, Terraform};
use super::value::{parts, value};
use super::version;

/// Reads a spec: all errors that its words by themselves tell. There is none where the syntax is
/// broken; with other errors there is one that [`lower`](super::lower()) finds further errors in.
pub fn parse(source: SourceId, bytes: &[u8]) -> (Option<Spec>, Vec<Diagnostic>) {
    if let Some(spec) = halves::parse(source, bytes) {
        return (Some(spec), Vec::new());
    }
    let mut parser = Parser::new(source, bytes);
    let errors = syntax::for_each_item(bytes, |item| parser.item(item));
    parser.finish(&errors)
}

/// The first `terraform` block: where it stands, and whether it has a label.
#[derive(Clone, Copy)]
struct First {
    span: Span,
    labeled: bool,
}

/// Reads blocks of one file into one spec.
pub(super) struct Parser<'s> {
    pub(super) errors: Errors,
    pub(super) bytes: &'s [u8],
    pub(super) spec: Spec,
    /// Where the text starts, behind a byte order mark.
    start: Span,
    walk: Walk,
    terraform: Option<First>,
}

impl<'s> Parser<'s> {
    pub(super) fn new(source: SourceId, bytes: &'s [u8]) -> Self {
        let spec = Spec {
            source,
            failed: false,
            terraform: Terraform::default(),
            defaults: Inherit::default(),
            groups: Vec::new(),
            secrets: Vec::new(),
            fields: Vec::new(),
            readers: Vec::new(),
            oidc: Vec::new(),
            rules: Vec::new(),
            others: Vec::new(),
        };
        let start = Span::at(if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 });
        let walk = Walk::new(&ROOT, start);
        Self { errors: Errors::new(source), bytes, spec, start, walk, terraform: None }
    }

    /// Reads the next item of the file.
    pub(super) fn item(&mut self, item: BodyItem<'_>) {
        match self.walk.admit(&mut self.errors, item) {
            Some(Found::Attribute(row, attribute)) => self.attribute(row.name, attribute.value()),
            Some(Found::Block(child, block)) => self.block(child, block),
            None => {}
        }
    }

    fn attribute(&mut self, name: &str, expr: Expr<'_>) {
        match name {
            "edition" => self.edition(expr),
            "required_version" => self.required_version(expr),
            _ => {}
        }
    }

    fn block(&mut self, child: &'static Child, block: syntax::Block<'_>) {
        match child.block.name {
            "terraform" => match self.terraform {
                None => {
                    let labeled = block.each_label().len() > 0;
                    self.terraform = Some(First { span: block.header_span(), labeled });
                    self.terraform(block);
                }
                Some(first) => self.second_terraform(first, block),
            },
            "defaults" => self.defaults(block),
            "group" => self.group(block),
            "secret" => self.secret(child.block, block, None),
            "reader" => self.reader(block),
            "oidc" => self.oidc(block),
            "rule" => self.rule(block),
            _ => {}
        }
    }

    /// What is missing isn't said of a broken file: it may stand in the part that wasn't read.
    pub(super) fn finish(mut self, syntax: &[SyntaxError]) -> (Option<Spec>, Vec<Diagnostic>) {
        self.walk.finish(&mut self.errors);
        let broken = !syntax.is_empty();
        self.spec.terraform.missing = self.terraform.is_none();
        if self.spec.terraform.missing && !broken {
            self.errors
                .missing(self.start, "the spec has no `terraform` block", "none in this file")
                .fix("add `terraform { directory = \"terraform/aws\" }`, the folder of the .tf files, from the spec's own");
        }
        let mut errors = Errors::new(self.spec.source);
        for error in syntax {
            let label = error.label.clone().unwrap_or_default();
            let mut detail = errors.add(&codes::HCL_SYNTAX, error.span, error.message.clone(), label);
            if let Some(help) = &error.help {
                detail.fix(help.clone());
            }
        }
        errors.append(self.errors);
        self.spec.failed = errors.failed();
        ((!broken).then_some(self.spec), errors.into_vec())
    }

    fn edition(&mut self, expr: Expr<'_>) {
        if let Some(edition) = literal::integer(&mut self.errors, "edition", expr)
            && edition != 1
        {
            self.errors
                .add(
                    &codes::NOT_YET,
                    expr.span(),
                    format!("this version of secretform knows no edition {edition}"),
                    "there is edition 1",
                )
                .fix("write `edition = 1`, or use a newer secretform");
        }
    }

    fn required_version(&mut self, expr: Expr<'_>) {
        let Some(found) = literal::string(&mut self.errors, "required_version", expr) else { return };
        match version::admits(&found.value, version::OURS) {
            Ok(true) => {}
            Ok(false) => {
                let message =
                    format!("this spec wants secretform {}, and this is {}", found.value, version::OURS);
                self.errors
                    .add(&codes::NOT_YET, found.span, message, "another version")
                    .fix("use a version of secretform that fits, or change `required_version`");
            }
            Err(part) => {
                self.errors
                    .wrong(found.span, format!("{part:?} is no constraint on versions"), "no constraint")
                    .fix("write it as Terraform does: `\">= 0.1\"`, `\"~> 0.1\"`, `\">= 0.1, < 2\"`");
            }
        }
    }

    fn second_terraform(&mut self, first: First, block: syntax::Block<'_>) {
        if !first.labeled && block.each_label().len() == 0 {
            self.errors
                .twice(block.header_span(), first.span, "`terraform` stands twice in the spec")
                .fix("join the two in one block");
        } else {
            self.errors.later(block.header_span(), "a second `terraform` block");
        }
    }

    fn terraform(&mut self, block: syntax::Block<'_>) {
        let Some(row) = ROOT.block("terraform") else { return };
        fields::label(&mut self.errors, row.block, block);
        let found = fields::fields(&mut self.errors, row.block, block.body(), block.header_span());
        let mut out = Terraform { span: block.header_span(), ..Terraform::default() };
        for (row, attribute) in found.attributes {
            let expr = attribute.value();
            match row.name {
                "directory" => out.directory = self.directory(expr),
                "region" => out.region = Some(self.said(Place::Nowhere, expr)),
                "account_id" => out.account_id = Some(self.said(Place::Nowhere, expr)),
                "partition" => out.partition = Some(self.said(Place::Nowhere, expr)),
                "file" => out.file = literal::string(&mut self.errors, "file", expr),
                "by" => out.by = self.by(expr).map(|by| by.value),
                "suffix" => out.suffix = self.suffix(expr),
                "profile" => out.profile = literal::string(&mut self.errors, "profile", expr),
                _ => {}
            }
        }
        self.spec.terraform = out;
    }

    fn directory(&mut self, expr: Expr<'_>) -> Option<Spanned<String>> {
        let found = literal::string(&mut self.errors, "directory", expr)?;
        let drive = found.value.as_bytes().get(1) == Some(&b':');
        if found.value.is_empty() || found.value.starts_with(['/', '\\']) || drive {
            self.errors
                .wrong(found.span, "`directory` is a path from the spec's folder", "no such path")
                .fix("write `directory = \"terraform/aws\"`, or `\".\"` for the spec's own folder");
            return None;
        }
        Some(found)
    }

    /// A value of Terraform's.
    pub(super) fn said(&mut self, place: Place, expr: Expr<'_>) -> Said {
        let mut finder =
            Finder { errors: &mut self.errors, others: &mut self.spec.others, place, bytes: self.bytes };
        Said { value: value(&mut finder, expr), span: expr.span(), parts: parts(expr) }
    }

    pub(super) fn by(&mut self, expr: Expr<'_>) -> Option<Spanned<By>> {
        let found = literal::string(&mut self.errors, "by", expr)?;
        let value =
            match fields::choice(&mut self.errors, found.span, &found.value, "by", &["arn", "reference"])? {
                "reference" => By::Reference,
                _ => By::Arn,
            };
        Some(Spanned { value, span: found.span })
    }

    pub(super) fn suffix(&mut self, expr: Expr<'_>) -> Option<Suffix> {
        let found = literal::string(&mut self.errors, "suffix", expr)?;
        Some(
            match fields::choice(&mut self.errors, found.span, &found.value, "suffix", &["-??????", "-*"])? {
                "-*" => Suffix::Any,
                _ => Suffix::Six,
            },
        )
    }
}
