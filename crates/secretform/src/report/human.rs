//! Diagnostics for people, in the shape that cargo has taught them.
//!
//! A renderer of our own, because what an excerpt may show is our business: a line of 50 MB is cut
//! before it is looked at, secrets are hidden and hostile text is made harmless in the same pass.

use anstyle::{AnsiColor, Effects, Style};
use unicode_width::UnicodeWidthStr;

use super::mask::Masks;
use super::place::Places;
use super::redact::{Redactor, Said};
use super::{excerpt, hygiene, lookalike};
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::source::SourceMap;

/// All that the text depends on besides what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HumanOptions {
    /// Whether to write ANSI colours.
    pub color: bool,
    /// Columns of the terminal; excerpts are cut to it, sentences are left to the terminal to wrap.
    pub width: usize,
}

impl Default for HumanOptions {
    fn default() -> Self {
        Self { color: false, width: 120 }
    }
}

/// The text for people of all diagnostics, in their order, an empty line after each.
pub fn render(
    diagnostics: &[Diagnostic],
    sources: &SourceMap,
    masks: &Masks,
    options: &HumanOptions,
) -> String {
    let mut human = Human {
        sources,
        options,
        places: Places::default(),
        redactor: Redactor::new(sources, masks),
        out: String::new(),
    };
    for diagnostic in diagnostics {
        human.diagnostic(diagnostic);
        human.out.push('\n');
    }
    human.out
}

const GUTTER: Style = AnsiColor::Blue.on_default().effects(Effects::BOLD);
const BOLD: Style = Style::new().effects(Effects::BOLD);

fn style_of(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Note => AnsiColor::Cyan,
    }
    .on_default()
    .effects(Effects::BOLD)
}

struct Human<'a> {
    sources: &'a SourceMap,
    options: &'a HumanOptions,
    places: Places,
    redactor: Redactor<'a>,
    out: String,
}

impl Human<'_> {
    fn diagnostic(&mut self, diagnostic: &Diagnostic) {
        let severity = style_of(diagnostic.severity);
        self.styled(severity, &format!("{}[{}]", diagnostic.severity.name(), diagnostic.rule.code));
        let said = self.redactor.said(diagnostic);
        self.styled(BOLD, ": ");
        self.lines(BOLD, "  ", &said.message);

        let related = diagnostic.related.iter().map(|(location, _)| location);
        let lines = diagnostic.location.iter().chain(related);
        let margin = lines.map(|location| self.position(location).0.to_string().len()).max().unwrap_or(0);
        if let Some(location) = &diagnostic.location {
            self.excerpt(location, said.label.as_deref(), severity, '^', margin);
        }
        for ((location, _), message) in diagnostic.related.iter().zip(&said.related) {
            self.styled(style_of(Severity::Note), "note");
            self.out.push_str(": ");
            self.lines(Style::new(), "  ", message);
            self.excerpt(location, None, style_of(Severity::Note), '-', margin);
        }
        self.footers(diagnostic, said, margin);
    }

    /// ` --> file:line:column` and the line with its carets.
    fn excerpt(
        &mut self,
        location: &Location,
        label: Option<&str>,
        style: Style,
        caret: char,
        margin: usize,
    ) {
        let (line, column) = self.position(location);
        let source = self.sources.get(location.source);
        self.styled(GUTTER, &format!("{:margin$}--> ", ""));
        self.out.push_str(&hygiene::inline(source.label()));
        self.out.push_str(&format!(":{line}:{column}\n"));
        if source.bytes().is_empty() {
            return;
        }
        let room = self.options.width.saturating_sub(margin + 3);
        let hidden = self.redactor.hidden(location.source);
        let excerpt = excerpt::of(source.bytes(), location.span, hidden, room);
        self.styled(GUTTER, &format!("{:margin$} |", ""));
        self.out.push('\n');
        self.styled(GUTTER, &format!("{line:margin$} |"));
        if !excerpt.text.is_empty() {
            self.out.push(' ');
            self.out.push_str(&excerpt.text);
        }
        self.out.push('\n');
        self.styled(GUTTER, &format!("{:margin$} |", ""));
        self.out.push_str(&" ".repeat(excerpt.indent + 1));
        let mut carets = caret.to_string().repeat(excerpt.carets);
        if let Some(label) = label {
            carets.push(' ');
            carets.push_str(&hygiene::inline(label));
        }
        self.styled(style, &carets);
        self.out.push('\n');
    }

    /// What should stand there, what does, why, and what to do.
    fn footers(&mut self, diagnostic: &Diagnostic, said: Said, margin: usize) {
        let address = diagnostic.address.as_deref();
        let odd = lookalike::note(said.expected.as_deref(), said.found.as_deref());
        let footers = [
            ("address", address.filter(|address| !said.message.contains(*address)).map(str::to_owned)),
            ("expected", said.expected),
            ("found", said.found),
            ("note", odd),
            ("note", said.reason),
            ("help", said.fix),
            ("seen", diagnostic.seen.clone()),
        ];
        if diagnostic.location.is_some() && footers.iter().any(|(_, text)| text.is_some()) {
            self.styled(GUTTER, &format!("{:margin$} |", ""));
            self.out.push('\n');
        }
        for (name, text) in footers {
            if let Some(text) = text {
                self.styled(GUTTER, &format!("{:margin$} = ", ""));
                self.styled(BOLD, name);
                let indent = " ".repeat(margin + 3 + name.width() + 2);
                self.out.push_str(": ");
                self.lines(Style::new(), &indent, &text);
            }
        }
    }

    fn position(&mut self, location: &Location) -> (u32, u32) {
        let place = self.places.of(self.sources, location.source, location.span.start);
        (place.line, place.column)
    }

    /// Text that may quote anything, over one line or several; the first follows something.
    fn lines(&mut self, style: Style, indent: &str, text: &str) {
        for (at, line) in text.trim_end().split('\n').enumerate() {
            if at == 0 {
                self.styled(style, &hygiene::inline(line));
            } else if !line.is_empty() {
                self.out.push_str(indent);
                self.styled(style, &hygiene::line(line));
            }
            self.out.push('\n');
        }
    }

    fn styled(&mut self, style: Style, text: &str) {
        if self.options.color && style != Style::new() && !text.is_empty() {
            self.out.push_str(&format!("{style}{text}{style:#}"));
        } else {
            self.out.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests;
