//! Values of Terraform's to the types of their arguments, what doesn't convert named.

use std::fmt::Display;

use crate::diagnostic::{Rule, codes};
use crate::model::{Datum, Expression, Invalid, InvalidKind, Kind, Setting, Tags, Text};
use crate::source::Span;

use super::super::errors::{Detail, Errors};
use super::super::types::Said;
use super::super::value::{Around, Nothing};

/// Converts, and collects what goes wrong.
pub(super) struct Sink {
    pub(super) errors: Errors,
}

/// Values said one by one, each with its place, then lists that only Terraform knows.
pub(super) struct Strings {
    pub(super) items: Vec<(Text, Span)>,
    pub(super) joined: Vec<Expression>,
}

impl Sink {
    pub(super) fn new(errors: Errors) -> Self {
        Self { errors }
    }

    fn wrong(&mut self, word: impl Display, span: Span, takes: &str, found: &Datum) {
        let found = described(found);
        self.errors
            .add(
                &codes::WRONG_TYPE,
                span,
                format!("`{word}` takes {takes}, not {found}"),
                format!("must be {takes}"),
            )
            .fix(format!("write {takes}, or an expression that gives one"));
    }

    /// A rule that the model states.
    pub(super) fn invalid(&mut self, span: Span, invalid: &Invalid) {
        self.fault(span, invalid);
    }

    /// [`invalid`](Self::invalid), to which more is added.
    pub(super) fn fault(&mut self, span: Span, invalid: &Invalid) -> Detail<'_> {
        let rule = rule_of(invalid.kind());
        // What is missing has no text of its own to show.
        let missing = rule == &codes::MISSING_WORD;
        let message = if missing { invalid.rule().to_owned() } else { invalid.to_string() };
        let label = invalid.what().unwrap_or(if missing { "not said here" } else { "not valid" });
        let mut detail = self.errors.add(rule, span, message, label);
        detail.reason(format!("see {}", invalid.page()));
        detail
    }

    /// What only the whole model could tell.
    pub(super) fn of_model<'i>(&mut self, found: impl Iterator<Item = &'i Invalid>, places: &super::Places) {
        for invalid in found {
            let place = invalid.subject().and_then(|subject| places.of(subject));
            self.invalid(place.unwrap_or(places.terraform).span, invalid);
        }
    }

    /// What the model made of it, or `None` and its error.
    pub(super) fn checked<T>(&mut self, span: Span, made: Result<T, Invalid>) -> Option<T> {
        made.map_err(|invalid| self.invalid(span, &invalid)).ok()
    }

    /// What a value is at one secret.
    pub(super) fn datum(&mut self, said: &Said, around: &dyn Around) -> Option<Datum> {
        match said.value.resolve(around) {
            Ok(value) => Some(value),
            Err(Nothing(span)) => {
                self.errors
                    .add(
                        &codes::WRONG_TYPE,
                        span,
                        "no group is around a secret that uses this",
                        "outside of groups",
                    )
                    .fix("use it for secrets in a group alone, or write what it shall be");
                None
            }
        }
    }

    /// A string; `None` is `null` or an error.
    pub(super) fn text(&mut self, word: &str, said: &Said, around: &dyn Around) -> Option<Text> {
        let value = self.datum(said, around)?;
        self.string(word, said.span, value)
    }

    fn string(&mut self, word: impl Display, span: Span, value: Datum) -> Option<Text> {
        match value.converted(Kind::String) {
            Datum::Null => None,
            Datum::Text(text) => Some(text),
            Datum::Symbol(symbol) => Some(Text::symbol(symbol)),
            other => {
                self.wrong(word, span, "a string", &other);
                None
            }
        }
    }

    /// `true` or `false`.
    pub(super) fn switch(&mut self, word: &str, said: &Said, around: &dyn Around) -> Option<Setting<bool>> {
        match self.datum(said, around)?.converted(Kind::Bool) {
            Datum::Null => None,
            Datum::Bool(value) => Some(Setting::Known(value)),
            Datum::Symbol(symbol) => Some(Setting::Symbol(symbol)),
            other => {
                self.wrong(word, said.span, "`true` or `false`", &other);
                None
            }
        }
    }

    /// A number in its shortest spelling.
    pub(super) fn number(&mut self, word: &str, said: &Said, around: &dyn Around) -> Option<Setting<String>> {
        match self.datum(said, around)?.converted(Kind::Number) {
            Datum::Null => None,
            Datum::Number(digits) => Some(Setting::Known(digits)),
            Datum::Symbol(symbol) => Some(Setting::Symbol(symbol)),
            other => {
                self.wrong(word, said.span, "a number", &other);
                None
            }
        }
    }

    /// A list or set of strings.
    pub(super) fn strings(&mut self, word: &str, said: &Said, around: &dyn Around) -> Option<Strings> {
        let (items, joined) = match self.datum(said, around)? {
            Datum::Null => return None,
            Datum::List(items) => (items, Vec::new()),
            Datum::Concat(items, lists) => (items, lists),
            Datum::Symbol(symbol) => (Vec::new(), vec![symbol]),
            other => {
                self.wrong(word, said.span, "a list of strings", &other);
                return None;
            }
        };
        let mut out = Strings { items: Vec::with_capacity(items.len()), joined };
        for (at, item) in items.into_iter().enumerate() {
            let span = said.parts.get(at).copied().unwrap_or(said.span);
            if item == Datum::Null {
                self.wrong(word, span, "a list of strings", &item);
            } else if let Some(text) = self.string(word, span, item) {
                out.items.push((text, span));
            }
        }
        Some(out)
    }

    /// Says `said` over the inherited `tags`.
    pub(super) fn tags(&mut self, tags: &mut Tags, said: &Said, around: &dyn Around) {
        let Some(value) = self.datum(said, around) else { return };
        let entries = match value {
            Datum::Null => {
                *tags = Tags::new();
                return;
            }
            Datum::Object(entries) => entries,
            Datum::Merge(base, entries) => {
                *tags = Tags::new();
                base.into_iter().for_each(|map| tags.join(map));
                entries
            }
            Datum::Symbol(symbol) => {
                *tags = Tags::symbol(symbol);
                return;
            }
            other => {
                self.wrong("tags", said.span, "an object of strings", &other);
                return;
            }
        };
        tags.reserve(entries.len());
        for (at, (key, value)) in entries.into_iter().enumerate() {
            let span = said.parts.get(at).copied().unwrap_or(said.span);
            if value == Datum::Null {
                self.untagged(tags, &key, span);
                continue;
            }
            let word = format_args!("tags[\"{key}\"]");
            if let Some(value) = self.string(word, span, value)
                && let Err(invalid) = tags.set(key, value)
            {
                self.invalid(span, &invalid);
            }
        }
    }

    /// `KEY = null` takes an inherited tag away.
    fn untagged(&mut self, tags: &mut Tags, key: &Text, span: Span) {
        tags.remove(key);
        if let Some(base) = tags.base().first() {
            let base = base.canonical().to_owned();
            self.errors
                .add(
                    &codes::WRONG_TYPE,
                    span,
                    format!("`null` can't take `{key}` out of `{base}`, which only Terraform knows"),
                    "may still be there",
                )
                .fix("say all tags of this secret, or take the key out in Terraform");
        }
    }
}

fn described(value: &Datum) -> &'static str {
    match value {
        Datum::Null => "`null`",
        Datum::Bool(_) => "a boolean",
        Datum::Number(_) => "a number",
        Datum::Text(_) => "this string",
        Datum::List(_) | Datum::Concat(..) => "a list",
        Datum::Object(_) | Datum::Merge(..) => "an object",
        Datum::Symbol(_) => "this expression",
    }
}

/// Which of the spec's errors a broken rule is.
fn rule_of(kind: InvalidKind) -> &'static Rule {
    use InvalidKind as K;
    match kind {
        K::LabelTwice
        | K::NameTwice
        | K::GroupTwice
        | K::GroupAndSecret
        | K::ReaderTwice
        | K::SecretTwice
        | K::FieldTwice
        | K::RotationMetadataTwice
        | K::PlaceTwice
        | K::HeaderTwice
        | K::OidcTwice
        | K::RoleTwice
        | K::ProviderTwice
        | K::SidTwice => &codes::DECLARED_TWICE,
        K::UnknownGroup | K::UnknownSecret | K::ProbeField => &codes::UNKNOWN_REFERENCE,
        K::NoPlace
        | K::NoScope
        | K::Actions
        | K::Resources
        | K::PrincipalMissing
        | K::TrustEmpty
        | K::NoSubject
        | K::GitHubIdMissing
        | K::SystemWordMissing => &codes::MISSING_WORD,
        K::ReservedLabel
        | K::EmptyLabel
        | K::Label
        | K::NoLabel
        | K::FileName
        | K::PolicyPath
        | K::Provider
        | K::FieldName
        | K::Profile
        | K::Url
        | K::ProbeRequest
        | K::Method
        | K::ProbeText
        | K::ProbeExpect
        | K::HeaderName
        | K::Format
        | K::Ignored
        | K::EverySecret
        | K::SymbolInJson
        | K::SecretOfExternal
        | K::NoProvider
        | K::SensitiveDefault
        | K::FieldOfPassword
        | K::NothingGenerates
        | K::PartnerWithoutType => &codes::WRONG_TYPE,
        _ => &codes::INVALID_VALUE,
    }
}
