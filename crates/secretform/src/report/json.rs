//! Diagnostics for machines: the document that `docs/report-json.md` describes.

use std::io;

use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, PrettyFormatter};

use super::hygiene;
use super::place::Places;
use super::redact::Redactor;
use super::{Masks, Summary};
use crate::diagnostic::{Diagnostic, Location};
use crate::source::{Position, SourceMap};

/// The version of the document. It rises when a member is taken away or means something else; new members
/// may come without.
pub const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    schema: u32,
    summary: Counts,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Counts {
    errors: usize,
    warnings: usize,
    notes: usize,
}

/// Every member is always there, `null` where it has nothing to say.
#[derive(Serialize)]
struct Finding<'a> {
    code: &'static str,
    severity: &'static str,
    rule: &'static str,
    address: Option<&'a str>,
    #[serde(flatten)]
    place: Place<'a>,
    message: String,
    expected: Option<String>,
    found: Option<String>,
    reason: Option<String>,
    fix: Option<String>,
    seen: Option<&'a str>,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    message: String,
}

#[derive(Serialize, Default)]
struct Place<'a> {
    file: Option<&'a str>,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
}

/// The document for `diagnostics`, in their order, ending in a line break.
pub fn render(diagnostics: &[Diagnostic], sources: &SourceMap, masks: &Masks) -> String {
    let mut places = Places::default();
    let mut redactor = Redactor::new(sources, masks);
    let summary = Summary::of(diagnostics);
    let report = Report {
        schema: SCHEMA,
        summary: Counts { errors: summary.errors, warnings: summary.warnings, notes: summary.notes },
        findings: diagnostics
            .iter()
            .map(|diagnostic| finding(diagnostic, sources, &mut redactor, &mut places))
            .collect(),
    };
    document(&report)
}

/// A document with every text in it made harmless, ending in a line break.
pub(super) fn document(of: &impl Serialize) -> String {
    let mut out = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, Careful(PrettyFormatter::new()));
    // Neither types of ours nor a Vec can fail to be written.
    let written = of.serialize(&mut serializer);
    debug_assert!(written.is_ok());
    out.push(b'\n');
    String::from_utf8(out).unwrap_or_default()
}

fn finding<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a SourceMap,
    redactor: &mut Redactor<'_>,
    places: &mut Places,
) -> Finding<'a> {
    let said = redactor.said(diagnostic);
    let mut place = |location: &Location| {
        let start = places.of(sources, location.source, location.span.start);
        let end = places.of(sources, location.source, location.span.end);
        Place::new(sources.get(location.source).label(), start, end)
    };
    Finding {
        code: diagnostic.rule.code,
        severity: diagnostic.severity.name(),
        rule: diagnostic.rule.name,
        address: diagnostic.address.as_deref(),
        place: diagnostic.location.as_ref().map(&mut place).unwrap_or_default(),
        message: said.message,
        expected: said.expected,
        found: said.found,
        reason: said.reason,
        fix: said.fix,
        seen: diagnostic.seen.as_deref(),
        related: diagnostic
            .related
            .iter()
            .zip(said.related)
            .map(|((location, _), message)| Related { place: place(location), message })
            .collect(),
    }
}

impl<'a> Place<'a> {
    fn new(file: &'a str, start: Position, end: Position) -> Self {
        Self {
            file: Some(file),
            line: Some(start.line),
            column: Some(start.column),
            end_line: Some(end.line),
            end_column: Some(end.column),
        }
    }
}

/// Writes treacherous characters and `##` as `\u` escapes: a reader of the document gets the very
/// text, a terminal or a CI runner that shows it sees nothing to obey.
struct Careful<'f>(PrettyFormatter<'f>);

impl Formatter for Careful<'_> {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, out: &mut W, text: &str) -> io::Result<()> {
        let mut written = 0;
        let mut previous = '\0';
        for (at, c) in text.char_indices() {
            let command = c == '#' && previous == '#';
            previous = c;
            if command || hygiene::is_treacherous(c) || c == '\x7f' {
                out.write_all(&text.as_bytes()[written..at])?;
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    write!(out, "\\u{unit:04x}")?;
                }
                written = at + c.len_utf8();
            }
        }
        out.write_all(&text.as_bytes()[written..])
    }

    fn write_char_escape<W: ?Sized + io::Write>(
        &mut self,
        out: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        self.0.write_char_escape(out, escape)
    }
    fn begin_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }
    fn end_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }
    fn begin_array_value<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }
    fn end_array_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }
    fn begin_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }
    fn end_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }
    fn begin_object_key<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }
    fn begin_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }
    fn end_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::codes;
    use crate::source::{Source, Span};

    const PAGE: &str = include_str!("../../../../docs/report-json.md");

    fn example() -> String {
        let text = "resource \"aws_secretsmanager_secret\" \"airbyte_api_credentials\" {\n  \
                    name = \"airbyte/api-credentials\"\n\n  tags = {\n    Name      = \"airbyte/api\"\n  }\n}\n";
        let spec = "group \"airbyte\" {\n  secret \"api-credentials\" {}\n}\n";
        let mut sources = SourceMap::new();
        let id = sources.add(Source::new("terraform/aws/secrets.tf", text.as_bytes()));
        let spec_id = sources.add(Source::new("secretform.hcl", spec.as_bytes()));
        let at = |id, text: &str, what: &str| {
            let start = text.find(what).unwrap();
            Location::new(id, Span::new(start, start + what.len()))
        };
        let diagnostic =
            Diagnostic::new(&codes::CHANGED, "the tag `Name` of `airbyte/api-credentials` was changed")
                .address("aws_secretsmanager_secret.airbyte_api_credentials.tags[\"Name\"]")
                .at(at(id, text, "\"airbyte/api\""))
                .expected("\"airbyte/api-credentials\"")
                .found("\"airbyte/api\"")
                .reason("the tag is declared in the spec")
                .fix("secretform generate")
                .related(at(spec_id, spec, "secret \"api-credentials\""), "declared here");
        render(&[diagnostic], &sources, &Masks::new())
    }

    #[test]
    fn the_page_shows_what_is_written() {
        let shown = PAGE.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        assert_eq!(shown, example());
    }

    #[test]
    fn the_page_names_every_member() {
        let report: serde_json::Value = serde_json::from_str(&example()).unwrap();
        let members =
            |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        let finding = &report["findings"][0];
        for member in [members(&report), members(finding)].concat() {
            assert!(
                PAGE.contains(&format!("| `{member}`"))
                    || PAGE.contains(&format!("` `{member}`"))
                    || PAGE.contains(&format!("`{member}.")),
                "{member} isn't on the page"
            );
        }
    }

    #[test]
    fn what_is_not_known_is_null_and_nothing_is_left_out() {
        let text = render(&[Diagnostic::new(&codes::MISSING, "x")], &SourceMap::new(), &Masks::new());
        let report: serde_json::Value = serde_json::from_str(&text).unwrap();
        let finding = report["findings"][0].as_object().unwrap();
        assert_eq!(finding.len(), 16);
        assert!(finding["file"].is_null() && finding["end_column"].is_null() && finding["seen"].is_null());
        let empty = render(&[], &SourceMap::new(), &Masks::new());
        assert!(empty.contains("\"findings\": []") && empty.ends_with("}\n"));
    }

    #[test]
    fn the_text_is_harmless_and_the_value_the_very_text() {
        let hostile = "##[error]x ##vso[y]\u{7f}\u{85}\u{202e}\u{e0041}\u{1b}\n::error::";
        let text = render(&[Diagnostic::new(&codes::MISSING, hostile)], &SourceMap::new(), &Masks::new());
        assert!(
            text.contains(
                r##""#\u0023[error]x #\u0023vso[y]\u007f\u0085\u202e\udb40\udc41\u001b\n::error::""##
            )
        );
        let report: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(report["findings"][0]["message"], hostile);
    }
}
