//! A preset to the tokens that the role takes.

use crate::model::iam::oidc::{
    Audience, Claim, GitHub, GitHubBuilder, IssuerUrl, SubjectForm, System, Trust,
};
use crate::model::{Datum, Errors, Invalid, InvalidKind, Terms, Text};
use crate::source::Span;

use super::super::super::errors::list;
use super::super::super::oidc::{Oidc, Preset, Word};
use super::super::Lowering;
use super::super::convert::Strings;
use super::super::names::Nowhere;
use super::super::statements::terms;

/// What is said under one word, each text with its place.
struct Said {
    word: &'static str,
    span: Span,
    strings: Strings,
}

impl Lowering<'_> {
    /// The tokens of a preset with what `audience` and `claims` say of them.
    pub(super) fn tokens(&mut self, said: &Oidc, preset: &Preset) -> Option<Trust> {
        let audience = match &said.audience {
            Some(audience) => Some(self.sink.checked(audience.span, Audience::new(audience.value.as_str()))?),
            None => None,
        };
        let words = self.words(preset);
        let trust = match preset.name {
            "github" => self.github(preset, &words, audience),
            name => self.system(name, preset, &words, audience),
        };
        match trust {
            Some(trust) => self.claims(said, trust),
            None => {
                self.names_of_claims(said, preset, &words);
                None
            }
        }
    }

    fn words(&mut self, preset: &Preset) -> Vec<Said> {
        let mut out = Vec::with_capacity(preset.words.len());
        for (word, said) in &preset.words {
            let one = |text: &str, span| Strings { items: vec![(text.into(), span)], joined: Vec::new() };
            let (span, strings) = match said {
                Word::Literal(said) => (said.span, Some(one(&said.value, said.span))),
                Word::Switch(on) => (preset.span, on.then(|| one("true", preset.span))),
                Word::List(said) => (said.span, self.sink.strings(word, said, &Nowhere(&self.names))),
            };
            out.extend(strings.map(|strings| Said { word, span, strings }));
        }
        out
    }

    fn system(
        &mut self,
        name: &str,
        preset: &Preset,
        words: &[Said],
        audience: Option<Audience>,
    ) -> Option<Trust> {
        let system = System::named(name)?;
        // What is missing the table of the language has said.
        if system.words.iter().any(|word| word.required && said(words, word.name).is_none()) {
            return None;
        }
        let mut builder = system.builder();
        for word in words {
            builder = builder.say(word.word, terms(&word.strings));
        }
        if let Some(audience) = audience {
            builder = builder.audience(audience);
        }
        let all: Vec<&str> = system.words.iter().map(|word| word.name).collect();
        self.made(builder.build(), preset, words, &all)
    }

    fn github(&mut self, preset: &Preset, words: &[Said], audience: Option<Audience>) -> Option<Trust> {
        let audience = audience.or_else(|| Audience::new(GitHub::AUDIENCE).ok())?;
        let one = |word: &str| said(words, word).and_then(Said::one);
        let (host, enterprise) = (one("host"), one("enterprise"));
        if let Some(subjects) = said(words, "subjects") {
            let beside: Vec<&Said> =
                words.iter().filter(|it| !matches!(it.word, "subjects" | "host" | "enterprise")).collect();
            if let [first, ..] = beside[..] {
                let names: Vec<&str> = beside.iter().map(|said| said.word).collect();
                self.sink
                    .errors
                    .wrong(
                        first.span,
                        format!("{} and `subjects` say the same thing twice", list(&names)),
                        "said by `subjects`",
                    )
                    .related(subjects.span, "the customised claims")
                    .fix("say owner, repository and jobs, or customised `subjects`, not both");
                return None;
            }
            let issuer = GitHub::issuer_of(host.as_deref(), enterprise.as_deref()).map_err(Errors::from);
            let made = issuer.and_then(|issuer| Ok(Trust::new(issuer, audience, terms(&subjects.strings))?));
            return self.made(made, preset, words, &["host", "enterprise"]);
        }
        let (Some(owner), Some(repository)) = (one("owner"), one("repository")) else {
            if preset.unreadable {
                return None;
            }
            let missing: Vec<&str> =
                ["owner", "repository"].into_iter().filter(|word| one(word).is_none()).collect();
            self.sink
                .errors
                .missing(preset.span, format!("`github` needs {}", list(&missing)), "whose jobs?")
                .fix("add `owner = \"acme\"` and `repository = \"platform\"`, or customised `subjects`");
            return None;
        };
        let builder = github(GitHub::builder(owner, repository), words);
        let trust = builder.build().and_then(|github| Ok(github.trust(audience)?));
        const ALL: [&str; 9] = [
            "owner",
            "owner_id",
            "repository",
            "repository_id",
            "branches",
            "tags",
            "job_workflow_ref",
            "host",
            "enterprise",
        ];
        self.made(trust, preset, words, &ALL)
    }

    /// The trust, or its errors, each at the text that it is about.
    fn made(
        &mut self,
        made: Result<Trust, Errors>,
        preset: &Preset,
        words: &[Said],
        among: &[&str],
    ) -> Option<Trust> {
        let errors = match made {
            Ok(trust) => return Some(trust),
            Err(errors) => errors,
        };
        let mut seen: Vec<Span> = Vec::new();
        for invalid in errors.iter() {
            // What is missing may stand in the part that couldn't be read.
            let missing = matches!(
                invalid.kind(),
                InvalidKind::GitHubIdMissing | InvalidKind::NoSubject | InvalidKind::SystemWordMissing
            );
            if missing && preset.unreadable {
                continue;
            }
            let texts = words.iter().filter(|said| among.contains(&said.word) && about(invalid, said.word));
            let texts = texts.flat_map(|said| &said.strings.items);
            // Of two texts that are alike each has its own error.
            let span = texts
                .filter(|(text, span)| text.to_string() == invalid.text() && !seen.contains(span))
                .map(|(_, span)| *span)
                .next();
            seen.extend(span);
            self.sink.refused(span.unwrap_or(preset.span), invalid);
        }
        None
    }

    /// The claims that are asked for beside `sub`.
    fn claims(&mut self, said: &Oidc, mut trust: Trust) -> Option<Trust> {
        let Some(claims) = &said.claims else { return Some(trust) };
        let Some(value) = self.sink.datum(claims, &Nowhere(&self.names)) else { return Some(trust) };
        let entries = match value {
            Datum::Null => return Some(trust),
            Datum::Object(entries) => entries,
            _ => {
                self.sink
                    .errors
                    .wrong(claims.span, "`claims` takes an object of lists", "must be an object")
                    .fix("write `claims = { environment = [\"production\"] }`");
                return None;
            }
        };
        let mut good = true;
        for (at, (key, value)) in entries.into_iter().enumerate() {
            let span = claims.parts.get(at).copied().unwrap_or(claims.span);
            let Some(values) = claim_values(value) else {
                self.sink
                    .errors
                    .wrong(span, format!("`claims.{key}` takes a list of strings"), "must be a list")
                    .fix(format!("write `{key} = [\"…\"]`"));
                good = false;
                continue;
            };
            let issuer = trust.issuer().clone();
            match trust.clone().claim(&key.to_string(), values) {
                Ok(with) => trust = with,
                Err(invalid) => {
                    self.claim_refused(span, &invalid, &issuer);
                    good = false;
                }
            }
        }
        good.then_some(trust)
    }

    /// Of a trust that can't be built, what is wrong with the claims all the same.
    fn names_of_claims(&mut self, said: &Oidc, preset: &Preset, words: &[Said]) {
        let one = |word: &str| self::said(words, word).and_then(Said::one);
        // The other systems' issuers hang on what is wrong.
        if preset.name != "github" {
            return;
        }
        let issuer = GitHub::issuer_of(one("host").as_deref(), one("enterprise").as_deref());
        let (Ok(issuer), Some(claims)) = (issuer, &said.claims) else { return };
        let Some(Datum::Object(entries)) = self.sink.datum(claims, &Nowhere(&self.names)) else { return };
        for (at, (key, _)) in entries.into_iter().enumerate() {
            let span = claims.parts.get(at).copied().unwrap_or(claims.span);
            if let Err(invalid) = Claim::new(&issuer, key.to_string()) {
                self.claim_refused(span, &invalid, &issuer);
            }
        }
    }

    fn claim_refused(&mut self, span: Span, invalid: &Invalid, issuer: &IssuerUrl) {
        let known = Claim::evaluated(issuer).unwrap_or_default();
        let fix = match invalid.text() {
            "sub" => "take it out: the preset's words say which jobs are meant".to_owned(),
            "aud" => "take it out, and say `audience = \"…\"`".to_owned(),
            word if invalid.kind() == InvalidKind::Claim => {
                crate::diagnostic::suggest::did_you_mean(word, known.iter().copied()).unwrap_or_else(|| {
                    if known.is_empty() {
                        format!("take it out: of `{issuer}` STS evaluates `sub` and `aud`")
                    } else {
                        format!("STS evaluates {}", list(known))
                    }
                })
            }
            _ => "name at least one value".to_owned(),
        };
        self.sink.refused_with(span, invalid, Some(fix));
    }
}

impl Said {
    /// The one text of a literal.
    fn one(&self) -> Option<String> {
        self.strings.items.first().map(|(text, _)| text.to_string())
    }
}

fn said<'s>(words: &'s [Said], word: &str) -> Option<&'s Said> {
    words.iter().find(|said| said.word == word)
}

fn github(mut builder: GitHubBuilder, words: &[Said]) -> GitHubBuilder {
    for said in words {
        let (one, many) = (said.one().unwrap_or_default(), terms(&said.strings));
        builder = match said.word {
            "owner_id" => builder.owner_id(one),
            "repository_id" => builder.repository_id(one),
            "branches" => builder.branches(many),
            "tags" => builder.tags(many),
            "environments" => builder.environments(many),
            "job_workflow_ref" => builder.job_workflow_ref(many),
            "pull_request" => builder.pull_request(one == "true"),
            "host" => builder.host(one),
            "enterprise" => builder.enterprise(one),
            "subject" => builder.subject(match one.as_str() {
                "name" => SubjectForm::Name,
                "both" => SubjectForm::Both,
                _ => SubjectForm::Immutable,
            }),
            _ => builder,
        };
    }
    builder
}

/// Whether an error can be about what is said under a word.
fn about(invalid: &Invalid, word: &str) -> bool {
    match invalid.kind() {
        InvalidKind::GitHubOwner => matches!(word, "owner" | "enterprise"),
        InvalidKind::GitHubRepository => word == "repository",
        InvalidKind::GitHubId => matches!(word, "owner_id" | "repository_id"),
        InvalidKind::GitHubBranch => word == "branches",
        InvalidKind::GitHubTag => word == "tags",
        InvalidKind::GitHubWorkflow => word == "job_workflow_ref",
        InvalidKind::GitHubHost | InvalidKind::Issuer => matches!(word, "host" | "enterprise" | "url"),
        InvalidKind::SystemWord => invalid.what().is_some_and(|what| what.contains(&format!("`{word}`"))),
        _ => false,
    }
}

/// One text, or a list of them.
fn claim_values(value: Datum) -> Option<Terms<Text>> {
    let text = |datum: Datum| match datum.converted(crate::model::Kind::String) {
        Datum::Text(text) => Some(text),
        Datum::Symbol(symbol) => Some(Text::symbol(symbol)),
        _ => None,
    };
    match value {
        Datum::List(items) => items.into_iter().map(text).collect(),
        Datum::Concat(items, lists) => {
            let mut terms: Terms<Text> = items.into_iter().map(text).collect::<Option<_>>()?;
            lists.into_iter().for_each(|list| terms.join(list));
            Some(terms)
        }
        Datum::Symbol(symbol) => Some(Terms::symbol(symbol)),
        _ => None,
    }
}
