//! `add`: a preset's group put into the spec, and readers that read it, proven before anybody
//! writes it.

mod offers;
mod standing;

pub use offers::{Offer, presets};

use super::analysis::{Analysis, read_spec};
use super::{FileChange, Inputs, Outcome, Remains};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Diagnostic, Location, codes, sort};
use crate::model::Model;
use crate::patch::LineEnd;
use crate::report::Masks;
use crate::scaffold::{self, Intent, Outline, Preset};
use crate::source::{Directory, Edits, RepoPath, Source, SourceMap, Span};
use crate::spec::{self, Lowered};
use offers::find;
use standing::Standing;

/// What is to be added.
#[derive(Clone, Debug, Default)]
pub struct AddOptions {
    /// The preset's name.
    pub preset: String,
    /// The group's, if not the preset's.
    pub name: Option<String>,
    /// Labels of readers that read the group.
    pub readers: Vec<String>,
    /// A folder of presets that go before those that ship.
    pub presets: Option<RepoPath>,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Added {
    /// The spec as it becomes; no file if there is nothing to do.
    pub outcome: Outcome,
    /// What was there already, in sentences.
    pub already: Vec<String>,
}

/// Works out the spec with a preset's group in it, and with readers that read it.
///
/// What would be written is read back first: it must mean the old spec, the group and the
/// reads, or nothing is to be written and the reason is said.
pub fn add(inputs: &Inputs<'_>, options: &AddOptions) -> Added {
    let mut outcome = Outcome::default();
    let preset = asked(inputs.directory, options, &mut outcome);
    let already = match inputs.directory.read(&inputs.spec) {
        Ok(bytes) => {
            let spec = Spec { inputs, options, outline: Outline::read(&bytes), bytes };
            spec.lost_readers(&mut outcome.diagnostics);
            // Most often nothing is in the way, and then the new spec alone need be read.
            let smooth = preset.as_ref().filter(|_| outcome.diagnostics.is_empty());
            match smooth.and_then(|preset| spec.smoothly(preset, &mut outcome)) {
                Some(already) => already,
                None => spec.with_care(preset.as_ref(), &mut outcome),
            }
        }
        Err(error) => {
            outcome.diagnostics.push(Diagnostic::from(&error));
            Vec::new()
        }
    };
    outcome.failed = !outcome.diagnostics.is_empty();
    if outcome.failed {
        outcome.files.clear();
    }
    sort(&mut outcome.diagnostics, &outcome.sources);
    Added { outcome, already }
}

/// The preset that was asked for, under the name that was.
fn asked(directory: &dyn Directory, options: &AddOptions, outcome: &mut Outcome) -> Option<Preset> {
    let preset = find(directory, options.presets.as_ref(), &options.preset, outcome)?;
    let Some(name) = &options.name else { return Some(preset) };
    let refused = |reason: String| {
        let message = format!("`{}` can't be called {name:?}: {reason}", options.preset);
        let fix = "give another --name: the secrets' names begin with it";
        Diagnostic::new(&codes::CANNOT_ADD, message).fix(fix)
    };
    let renamed = preset.renamed(name);
    renamed.map_err(|reasons| outcome.diagnostics.extend(reasons.into_iter().map(refused))).ok()
}

/// The spec that something is added to.
struct Spec<'a> {
    inputs: &'a Inputs<'a>,
    options: &'a AddOptions,
    bytes: Vec<u8>,
    outline: Outline,
}

/// A change in the making.
struct Draft {
    edits: Edits,
    after: Vec<u8>,
    already: Vec<String>,
}

impl Spec<'_> {
    /// Says which of the readers that were asked for are none.
    fn lost_readers(&self, out: &mut Vec<Diagnostic>) {
        let known = || self.outline.readers.iter().map(|(label, _)| label.as_str());
        for reader in self.options.readers.iter().filter(|reader| !known().any(|label| label == *reader)) {
            let fix = did_you_mean(reader, known()).unwrap_or_else(|| {
                let all: Vec<String> = known().map(|label| format!("`{label}`")).collect();
                match all.as_slice() {
                    [] => "the spec declares no reader: declare one, `docs/spec.md` shows how".to_owned(),
                    all => format!("the spec declares {}", all.join(", ")),
                }
            });
            let message = format!("`--reader {reader}` names no reader of the spec");
            out.push(Diagnostic::new(&codes::CANNOT_ADD, message).fix(fix));
        }
    }

    /// The change, if the group is new and nothing is wrong with the spec that it makes: with
    /// that, nothing was wrong with the old one that the group doesn't mend. What was there
    /// already is returned.
    fn smoothly(&self, preset: &Preset, outcome: &mut Outcome) -> Option<Vec<String>> {
        let group = preset.group()?;
        let label = group.label();
        let ended = preset.ended(LineEnd::of(&self.bytes)).ok()?;
        let draft = self.draft(Some(&ended), label, &mut Vec::new());
        let (new, _) = spec::read(SourceMap::new().add(Source::new("", *b"")), &draft.after);
        let new = new?;
        let twin = |other: &crate::model::Group| other.label() != label && other.prefix() == group.prefix();
        let intent = Intent { preset: Some(&ended), group: label, readers: &self.options.readers };
        if new.model.groups().iter().any(twin)
            || scaffold::disproof(&self.bytes, &draft.after, &new.model, &intent).is_some()
        {
            return None;
        }
        outcome.masks = masks(&new.model);
        outcome.remains = Remains::new(new);
        Some(self.finish(draft, outcome))
    }

    /// The change, or all that is in its way.
    fn with_care(&self, preset: Option<&Preset>, outcome: &mut Outcome) -> Vec<String> {
        // Where errors of the spec stand is told by the first file of a map.
        let mut analysis = Analysis::default();
        std::mem::swap(&mut analysis.sources, &mut outcome.sources);
        let old = read_spec(self.inputs, &mut analysis);
        std::mem::swap(&mut analysis.sources, &mut outcome.sources);
        outcome.diagnostics.extend(analysis.errors);
        let (Some((_, old, _)), Some(preset)) = (old, preset) else { return Vec::new() };
        let Some(label) = preset.group().map(|group| group.label()) else { return Vec::new() };
        let (is_new, mut already) = match Standing::of(&old, preset, label) {
            Standing::Free => (true, Vec::new()),
            Standing::There(sentence) => (false, vec![sentence]),
            Standing::Taken(errors) => {
                outcome.diagnostics.extend(errors);
                return Vec::new();
            }
        };
        let ended = match preset.ended(LineEnd::of(&self.bytes)) {
            Ok(ended) => ended,
            Err(reasons) => {
                outcome.diagnostics.extend(reasons.into_iter().map(|reason| misread(&reason)));
                return already;
            }
        };
        let added = is_new.then_some(&ended);
        let mut held = Vec::new();
        let draft = self.draft(added, label, &mut held);
        for (span, message) in held {
            let place = Location::new(old.places.terraform.source, span);
            outcome.diagnostics.push(Diagnostic::new(&codes::CANNOT_ADD, message).at(place));
        }
        if !outcome.diagnostics.is_empty() {
            return already;
        }
        if !draft.edits.is_empty() {
            self.prove(
                &draft,
                &Intent { preset: added, group: label, readers: &self.options.readers },
                outcome,
            );
        }
        outcome.masks = masks(&old.model);
        already.extend(self.finish(draft, outcome));
        already
    }

    /// The splices; `held` gets what can't be edited and why.
    fn draft(&self, preset: Option<&Preset>, group: &str, held: &mut Vec<(Span, String)>) -> Draft {
        let mut edits = Edits::new();
        let mut already = Vec::new();
        if let Some(preset) = preset {
            let (span, text) = self.outline.insertion(&self.bytes, preset.text());
            let _ = edits.push(span, text);
        }
        let asked = self.outline.readers.iter().filter(|(label, _)| self.options.readers.contains(label));
        for (label, item) in asked {
            match scaffold::extended(&self.bytes, item, group) {
                // Blocks don't overlap, and each is edited once.
                Ok(Some(edit)) => drop(edits.push(edit.span, edit.text)),
                Ok(None) => already.push(format!("`{label}` reads `{group}` already")),
                Err(reason) => {
                    let message = format!("the reader `{label}` can't be made to read `{group}`: {reason}");
                    held.push((item.span, message));
                }
            }
        }
        let after = edits.apply(&self.bytes);
        Draft { edits, after, already }
    }

    fn finish(&self, draft: Draft, outcome: &mut Outcome) -> Vec<String> {
        let Draft { edits, already, .. } = draft;
        if !edits.is_empty() {
            let owned = around(&self.bytes, &edits);
            let path = self.inputs.spec.clone();
            let before = Source::new(path.to_string(), self.bytes.clone());
            outcome.files = vec![FileChange::new(path, before, edits, owned)];
        }
        already
    }

    /// Reads back what would be written.
    fn prove(&self, draft: &Draft, intent: &Intent<'_>, outcome: &mut Outcome) {
        // Where an error of it stands is seen in the text as it would be.
        let label = format!("{} (as it would be)", self.inputs.spec);
        let source = outcome.sources.add(Source::new(label, draft.after.as_slice()));
        let (new, said) = spec::read(source, &draft.after);
        let Some(Lowered { model, .. }) = new else {
            let errors = said.into_iter().filter(|error| error.rule.code < "SF1");
            outcome.diagnostics.extend(errors.map(|error| {
                let message = format!("it can't be added: {}", error.message);
                Diagnostic { rule: &codes::CANNOT_ADD, message, ..error }
            }));
            return;
        };
        let disproof = scaffold::disproof(&self.bytes, &draft.after, &model, intent);
        outcome.diagnostics.extend(disproof.map(|reason| misread(&reason)));
    }
}

/// How many lines around an edit a diff may show; to look at more is to look in vain.
const NEAR: usize = 4;

/// The lines around the edits. A spec holds no value, so that a part of a block hides none.
fn around(bytes: &[u8], edits: &Edits) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for edit in edits.iter() {
        let (from, to) = (edit.span.start as usize, edit.span.end as usize);
        let start = memchr::memrchr_iter(b'\n', &bytes[..from]).nth(NEAR).map_or(0, |at| at + 1);
        let end = memchr::memchr_iter(b'\n', &bytes[to..]).nth(NEAR).map_or(bytes.len(), |at| to + at);
        match spans.last_mut() {
            Some(last) if last.end as usize >= start => *last = last.to(Span::new(start, end)),
            _ => spans.push(Span::new(start, end)),
        }
    }
    spans
}

fn misread(reason: &str) -> Diagnostic {
    Diagnostic::new(&codes::READ_BACK_FAILED, format!("read back, {reason}"))
        .reason("what would be written is read back first, and must mean what was intended")
        .fix("make this change by hand, and please report it: it is a bug of secretform")
}

/// What no output may show.
fn masks(model: &Model) -> Masks {
    let mut masks = Masks::new();
    for field in
        model.secrets().iter().flat_map(|secret| secret.fields()).filter(|field| field.is_sensitive())
    {
        masks.hide_name(field.name());
    }
    masks
}

#[cfg(test)]
mod tests;
