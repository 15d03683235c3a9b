//! The table for people: groups, their secrets, the fields of each; then the readers.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::{Effects, Style};
use unicode_width::UnicodeWidthStr;

use super::{Listing, place};
use crate::diagnostic::Location;
use crate::model::iam::Effect;
use crate::model::{Field, Granted, Group, Readings, Setting, ValueSource};
use crate::report::HumanOptions;
use crate::report::hygiene::{inline, line};
use crate::report::place::Places;

const BOLD: Style = Style::new().effects(Effects::BOLD);

/// What a table says of something that Terraform doesn't have yet.
const NOWHERE: &str = "not there yet";

/// Groups, secrets and fields, then readers. Every text fits the terminal's columns.
pub fn table(listing: &Listing<'_>, options: &HumanOptions) -> String {
    let mut table =
        Table { listing, places: Places::default(), out: Lines { text: String::new(), options: *options } };
    table.secrets();
    table.readers();
    table.out.text
}

struct Table<'a> {
    listing: &'a Listing<'a>,
    places: Places,
    out: Lines,
}

impl Table<'_> {
    /// Each group with its secrets, then those outside of groups.
    fn secrets(&mut self) {
        let model = self.listing.model;
        let readings = Readings::new(model);
        let mut by_group: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
        for (at, secret) in model.secrets().iter().enumerate() {
            by_group.entry(secret.group()).or_default().push(at);
        }
        for group in model.groups() {
            self.out.heading(&heading(group));
            match by_group.get(&Some(group.label())) {
                Some(secrets) => secrets.iter().for_each(|at| self.secret(*at, &readings)),
                None if group.is_external() => self.out.name("containers declared elsewhere"),
                None => self.out.name("no secret yet"),
            }
        }
        if let Some(secrets) = by_group.get(&None) {
            self.out.heading("outside of groups");
            secrets.iter().for_each(|at| self.secret(*at, &readings));
        }
    }

    fn secret(&mut self, at: usize, readings: &Readings<'_>) {
        let secret = &self.listing.model.secrets()[at];
        self.out.name(&secret.name().to_string());
        let stands = self.stands(self.listing.secrets.get(at).copied().flatten());
        self.out.row("at", &secret.address().to_string());
        self.out.row("", &stands);
        if let Some(description) = secret.description() {
            self.out.row("for", &description.to_string());
        }
        let source = secret.value();
        if *source != ValueSource::Manual || secret.rotation().is_some() {
            let rotated = if secret.rotation().is_some() { ", rotated" } else { "" };
            self.out.row("value", &format!("{}{rotated}", source.word()));
        }
        let fields = secret.fields();
        let widest = fields.iter().map(|field| inline(field.name()).width()).max().unwrap_or(0);
        for (index, field) in fields.iter().enumerate() {
            let key = padded(&inline(field.name()), widest);
            self.out.row(if index == 0 { "keys" } else { "" }, &format!("{key}  {}", about(field)));
        }
        let mut readers: Vec<&str> = readings.of(at).map(|granted| granted.reader.label()).collect();
        readers.dedup();
        let readers = if readers.is_empty() { "nobody".to_owned() } else { readers.join(", ") };
        self.out.row("to", &readers);
    }

    fn readers(&mut self) {
        let mut stands = self.listing.grants.iter();
        let mut grants = self.listing.model.grants();
        for reader in self.listing.model.readers() {
            let about = reader.description().map_or(String::new(), |about| format!("  {about}"));
            self.out.heading(&format!("reader {}{about}", reader.label()));
            for granted in grants.by_ref().take(reader.grants().len()) {
                let stands = self.stands(stands.next().copied().flatten());
                self.grant(granted, &stands);
            }
        }
    }

    fn grant(&mut self, granted: Granted<'_>, stands: &str) {
        let statement = granted.resolved.statement();
        match granted.grant.sid() {
            Some(sid) => self.out.name(&format!("{sid} in {}", granted.grant.place())),
            None => self.out.name(&granted.grant.place().to_string()),
        }
        self.out.row("at", stands);
        let reads: Vec<String> = granted.grant.reads().iter().map(ToString::to_string).collect();
        let denied = *statement.effect() == Setting::Known(Effect::Deny);
        self.out.row(if denied { "not" } else { "read" }, &reads.join(", "));
        self.out.row("by", &statement.actions().texts().join(", "));
        self.out.row("but", &statement.not_actions().texts().join(", "));
    }

    fn stands(&mut self, at: Option<Location>) -> String {
        match place(self.listing.sources, &mut self.places, at.as_ref()) {
            Some((file, line)) => format!("{file}:{line}"),
            None => NOWHERE.to_owned(),
        }
    }
}

/// The prefix of a group, and its title.
fn heading(group: &Group) -> String {
    let title = group.title().map_or(String::new(), |title| format!("  {title}"));
    format!("{}*{title}", group.prefix())
}

/// What is said of a field, but its key.
fn about(field: &Field) -> String {
    let mut out = vec![if field.is_required() { "required".to_owned() } else { "optional".to_owned() }];
    if field.is_sensitive() {
        out.push("sensitive".to_owned());
    }
    if field.is_generated() {
        out.push("generated".to_owned());
    }
    out.extend(field.format().map(ToString::to_string));
    out.extend(field.default().map(|default| format!("default {default}")));
    out.join(", ")
}

/// Lines that fit the terminal and can't steer it.
struct Lines {
    text: String,
    options: HumanOptions,
}

impl Lines {
    /// Columns before a row's value.
    const INDENT: usize = 10;

    fn heading(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.styled(BOLD, &line(text));
    }

    fn name(&mut self, text: &str) {
        self.text.push_str("  ");
        self.styled(Style::new(), &line(text));
    }

    fn styled(&mut self, style: Style, text: &str) {
        let _ = match self.options.color {
            true => writeln!(self.text, "{style}{text}{style:#}"),
            false => writeln!(self.text, "{text}"),
        };
    }

    /// `name` in a column of its own, `value` broken at blanks beside it.
    fn row(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        let _ = write!(self.text, "    {}", padded(name, Self::INDENT - 4));
        let columns = self.options.width.saturating_sub(Self::INDENT).max(20);
        let mut used = 0;
        // Runs of blanks stay: they hold columns.
        for (at, word) in inline(value).split(' ').enumerate() {
            let width = word.width();
            if at > 0 && used + 1 + width > columns && !word.is_empty() {
                let kept = self.text.trim_end_matches(' ').len();
                self.text.truncate(kept);
                let _ = write!(self.text, "\n{:1$}", "", Self::INDENT);
                used = 0;
            } else if at > 0 {
                self.text.push(' ');
                used += 1;
            }
            self.text.push_str(&if used == 0 { line(word) } else { word.into() });
            used += width;
        }
        self.text.push('\n');
    }
}

/// `text`, followed by blanks up to so many columns.
fn padded(text: &str, columns: usize) -> String {
    format!("{text}{:1$}", "", columns.saturating_sub(text.width()))
}
