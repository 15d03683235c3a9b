//! `probe`: the words of a request, as they were written.

use crate::diagnostic::codes;
use crate::syntax::{self, Expr, ExprKind};

use super::fields;
use super::literal::{self, bare};
use super::parse::Parser;
use super::schema;
use super::types::{Probe, Quoted};

impl Parser<'_> {
    pub(super) fn probe(&mut self, row: &'static schema::Block, block: syntax::Block<'_>) -> Probe {
        fields::label(&mut self.errors, row, block);
        let found = fields::fields(&mut self.errors, row, block.body(), block.header_span());
        let mut out = Probe { request: None, headers: Vec::new(), expect: None };
        for (row, attribute) in found.attributes {
            let expr = attribute.value();
            match row.name {
                "request" => out.request = self.quoted("request", expr),
                "headers" => out.headers = self.headers(expr),
                _ => out.expect = literal::string(&mut self.errors, row.name, expr),
            }
        }
        out
    }

    fn quoted(&mut self, word: &str, expr: Expr<'_>) -> Option<Quoted> {
        let found = literal::string(&mut self.errors, word, expr)?;
        let written = self.bytes.get(found.span.range()).unwrap_or_default();
        let inner = written.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\""));
        let start = (inner == Some(found.value.as_bytes())).then_some(found.span.range().start + 1);
        Some(Quoted { text: found.value, span: found.span, start })
    }

    fn headers(&mut self, expr: Expr<'_>) -> Vec<(Quoted, Quoted)> {
        let ExprKind::Object(items) = bare(expr).kind() else {
            self.errors
                .wrong(expr.span(), "`headers` takes a map of strings", "no map")
                .fix("write `headers = { Authorization = \"Bearer {api_key}\" }`");
            return Vec::new();
        };
        let mut out: Vec<(Quoted, Quoted)> = Vec::new();
        for item in items {
            let Some(text) = item.name() else {
                self.errors
                    .add(
                        &codes::WRONG_TYPE,
                        item.key.span(),
                        "a header's name must be known",
                        "an expression",
                    )
                    .fix("write a name or a quoted string: `\"X-Api-Key\" = \"{api_key}\"`");
                continue;
            };
            let Some(value) = self.quoted("headers", item.value) else { continue };
            let name = Quoted { text, span: item.key.span(), start: None };
            let first = out.iter().find(|(other, _)| other.text.eq_ignore_ascii_case(&name.text));
            if let Some((first, _)) = first {
                let message = format!("the header `{}` stands twice in its probe", name.text);
                let first = first.span;
                self.errors.twice(name.span, first, message).fix("keep one of them: case doesn't count");
                continue;
            }
            out.push((name, value));
        }
        out
    }
}
