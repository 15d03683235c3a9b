//! `add`: a preset's group put into the spec, and readers that read it, proven before anybody
//! writes it.

use super::analysis::{Analysis, read_spec};
use super::{FileChange, Inputs, Outcome};
use crate::diagnostic::suggest::did_you_mean;
use crate::diagnostic::{Diagnostic, Location, codes, sort};
use crate::model::Model;
use crate::patch::LineEnd;
use crate::report::Masks;
use crate::scaffold::{self, Intent, Outline, Preset, SHIPPED};
use crate::source::{Directory, Edits, RepoPath, Source, SourceId, Span};
use crate::spec::{self, Lowered};

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

/// A preset that can be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub about: String,
}

/// All presets, in order of name: those that ship, and those of a folder, which go before them.
/// If one of the folder's is broken, the outcome says why.
pub fn presets(directory: &dyn Directory, folder: Option<&RepoPath>) -> (Vec<Offer>, Outcome) {
    let mut outcome = Outcome::default();
    let mut offers = Vec::new();
    let names = names(directory, folder, &mut outcome.diagnostics);
    for name in names {
        if let Some(preset) = find(directory, folder, &name, &mut outcome) {
            offers.push(Offer { name, about: preset.about });
        }
    }
    outcome.failed = !outcome.diagnostics.is_empty();
    sort(&mut outcome.diagnostics, &outcome.sources);
    (offers, outcome)
}

/// Works out the spec with a preset's group in it, and with readers that read it.
///
/// What would be written is read back first: the new model must be the old one, the group and
/// the reads, or nothing is to be written and the reason is said.
pub fn add(inputs: &Inputs<'_>, options: &AddOptions) -> Added {
    let mut analysis = Analysis::default();
    let old = read_spec(inputs, &mut analysis);
    let mut outcome =
        Outcome { sources: analysis.sources, diagnostics: analysis.errors, ..Outcome::default() };
    let preset = asked(inputs.directory, options, &mut outcome);
    let already = match (old, preset) {
        (Some((source, lowered, _)), preset) => {
            let spec = Spec { path: &inputs.spec, outline: Outline::read(source.bytes()), source, lowered };
            spec.lost_readers(options, &mut outcome.diagnostics);
            preset.map(|preset| spec.add(&preset, options, &mut outcome)).unwrap_or_default()
        }
        (None, _) => Vec::new(),
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

/// The names of all presets, in order.
fn names(directory: &dyn Directory, folder: Option<&RepoPath>, out: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut names: Vec<String> = SHIPPED.iter().map(|(name, _)| (*name).to_owned()).collect();
    match folder.map(|folder| directory.list(folder)) {
        Some(Ok(entries)) => {
            names.extend(entries.iter().filter_map(|entry| scaffold::named(&entry.name)).map(str::to_owned));
        }
        Some(Err(error)) => out.push(Diagnostic::from(&error)),
        None => {}
    }
    names.sort();
    names.dedup();
    names
}

/// The preset of this name: the folder's, else one that ships.
fn find(
    directory: &dyn Directory,
    folder: Option<&RepoPath>,
    name: &str,
    outcome: &mut Outcome,
) -> Option<Preset> {
    let read = |source: SourceId, outcome: &mut Outcome| {
        let bytes = outcome.sources.get(source).bytes();
        Preset::parse(source, bytes, name).map_err(|errors| outcome.diagnostics.extend(errors)).ok()
    };
    let file = folder.and_then(|folder| folder.join(&format!("{name}.hcl")).ok());
    // A name with `/` in it is no file of the folder.
    if let Some(file) = file.filter(|file| file.parent().as_ref() == folder) {
        match directory.read(&file) {
            Ok(bytes) => {
                let source = outcome.sources.add(Source::new(file.to_string(), bytes));
                return read(source, outcome);
            }
            Err(error) if error.kind.is_not_found() => {}
            Err(error) => {
                outcome.diagnostics.push(Diagnostic::from(&error));
                return None;
            }
        }
    }
    if let Some((name, text)) = SHIPPED.iter().find(|(shipped, _)| *shipped == name) {
        let source = outcome.sources.add(Source::new(format!("{name}.hcl"), text.as_bytes()));
        return read(source, outcome);
    }
    let known = names(directory, folder, &mut outcome.diagnostics);
    let fix = did_you_mean(name, known.iter().map(String::as_str))
        .unwrap_or_else(|| "`secretform add --list` says what there is".to_owned());
    let message = format!("there is no preset `{name}`");
    outcome.diagnostics.push(Diagnostic::new(&codes::CANNOT_ADD, message).fix(fix));
    None
}

/// The spec that something is added to.
struct Spec<'a> {
    path: &'a RepoPath,
    source: Source,
    outline: Outline,
    lowered: Lowered,
}

impl Spec<'_> {
    fn model(&self) -> &Model {
        &self.lowered.model
    }

    /// Says which of the readers that were asked for are none.
    fn lost_readers(&self, options: &AddOptions, out: &mut Vec<Diagnostic>) {
        let known = || self.outline.readers.iter().map(|(label, _)| label.as_str());
        for reader in &options.readers {
            if known().any(|label| label == reader) {
                continue;
            }
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

    /// Puts the change into the outcome, or why there is none. What is there already is returned.
    fn add(&self, preset: &Preset, options: &AddOptions, outcome: &mut Outcome) -> Vec<String> {
        let mut already = Vec::new();
        let Some(group) = preset.group().map(|group| group.label().to_owned()) else { return already };
        let is_new = match self.standing(preset, &group) {
            Standing::Free => true,
            Standing::There(sentence) => {
                already.push(sentence);
                false
            }
            Standing::Taken(errors) => {
                outcome.diagnostics.extend(errors);
                return already;
            }
        };
        let bytes = self.source.bytes();
        let preset = match preset.ended(LineEnd::of(bytes)) {
            Ok(preset) => preset,
            Err(reasons) => {
                let wrong = |reason| Diagnostic::new(&codes::READ_BACK_FAILED, reason);
                outcome.diagnostics.extend(reasons.into_iter().map(wrong));
                return already;
            }
        };
        let mut edits = Edits::new();
        if is_new {
            let (span, text) = self.outline.insertion(bytes, preset.text());
            let _ = edits.push(span, text);
        }
        for (label, item) in self.outline.readers.iter().filter(|(label, _)| options.readers.contains(label))
        {
            match scaffold::extended(bytes, item, &group) {
                Ok(Some(edit)) => {
                    let _ = edits.push(edit.span, edit.text);
                }
                Ok(None) => already.push(format!("`{label}` reads `{group}` already")),
                Err(reason) => {
                    let message = format!("the reader `{label}` can't be made to read `{group}`: {reason}");
                    let place = Location::new(self.lowered.places.terraform.source, item.span);
                    outcome.diagnostics.push(Diagnostic::new(&codes::CANNOT_ADD, message).at(place));
                }
            }
        }
        if edits.is_empty() || !outcome.diagnostics.is_empty() {
            return already;
        }
        let after = edits.apply(bytes);
        let intent = Intent { preset: is_new.then_some(&preset), group: &group, readers: &options.readers };
        self.prove(&after, &intent, outcome);
        outcome.masks = masks(self.model(), &preset);
        let owned = vec![Span::new(0, bytes.len())];
        let before = Some(bytes.to_vec());
        outcome.files = vec![FileChange { path: self.path.clone(), before, after, edits, owned }];
        already
    }

    /// Reads back what would be written.
    fn prove(&self, after: &[u8], intent: &Intent<'_>, outcome: &mut Outcome) {
        // Where an error of it stands is seen in the text as it would be.
        let label = format!("{} (as it would be)", self.path);
        let source = outcome.sources.add(Source::new(label, after));
        let (new, said) = spec::read(source, after);
        let Some(new) = new else {
            let errors = said.into_iter().filter(|error| error.rule.code < "SF1");
            outcome.diagnostics.extend(errors.map(|error| {
                let message = format!("it can't be added: {}", error.message);
                Diagnostic { rule: &codes::CANNOT_ADD, message, ..error }
            }));
            return;
        };
        if let Some(reason) = scaffold::disproof(&self.lowered, &new, intent) {
            let diagnostic = Diagnostic::new(&codes::READ_BACK_FAILED, format!("read back, {reason}"))
                .reason("what would be written is read back first, and must mean what was intended")
                .fix("make this change by hand, and please report it: it is a bug of secretform");
            outcome.diagnostics.push(diagnostic);
        }
    }

    /// Whether the group can be put there, stands there, or something else does.
    fn standing(&self, preset: &Preset, label: &str) -> Standing {
        let model = self.model();
        let places = &self.lowered.places;
        if let Some(at) = model.groups().iter().position(|group| group.label() == label) {
            return self.group_there(preset, at);
        }
        let mut errors = Vec::new();
        let mut taken = |at: usize, what: String, label: &str| {
            let message = format!("{what} is taken");
            let mut error = Diagnostic::new(&codes::CANNOT_ADD, message).label(label);
            error.location = places.secrets.get(at).copied();
            errors.push(error.fix("give the group another name with --name"));
        };
        for (at, secret) in model.secrets().iter().enumerate() {
            if secret.group().is_none() && secret.reference().label == label {
                taken(at, format!("the label `{label}`"), "a secret, and a group would be `secret.…` too");
            }
            for new in preset.secrets() {
                if new.name() == secret.name() {
                    taken(at, format!("the name `{}`", new.name()), "this secret's name");
                } else if new.label() == secret.label() {
                    taken(at, format!("the Terraform label `{}`", new.label()), "this secret's label");
                }
            }
        }
        let prefix = preset.group().map(|group| group.prefix());
        for (at, group) in
            model.groups().iter().enumerate().filter(|(_, group)| Some(group.prefix()) == prefix)
        {
            let message = format!("the prefix `{}` is taken", group.prefix());
            let mut error = Diagnostic::new(&codes::CANNOT_ADD, message)
                .label("this group's prefix")
                .fix("give the group another name with --name");
            error.location = places.groups.get(at).copied();
            errors.push(error);
        }
        if errors.is_empty() { Standing::Free } else { Standing::Taken(errors) }
    }

    /// What the group is that has the preset's name.
    fn group_there(&self, preset: &Preset, at: usize) -> Standing {
        let (model, place) = (self.model(), self.lowered.places.groups.get(at).copied());
        let group = &model.groups()[at];
        let label = group.label();
        let error = |message: String| {
            let mut error = Diagnostic::new(&codes::CANNOT_ADD, message);
            error.location = place;
            error
        };
        if group.is_external() {
            let error = error(format!("the group `{label}` is external"))
                .label("declared elsewhere")
                .reason("its containers are declared elsewhere, and the preset would declare them here too: one name at two addresses")
                .fix(format!(
                    "to have its containers in this spec, remove `external` and this block, and add again; to add others beside it, give --name; to let a reader read it, write `group.{label}` in its `reads`"
                ));
            return Standing::Taken(vec![error]);
        }
        let has = |sought: &str| {
            let mut own = model.secrets().iter().filter(|secret| secret.group() == Some(label));
            own.any(|secret| secret.reference().label == sought)
        };
        let labels = preset.secrets().iter().map(|secret| secret.reference().label.as_str());
        let (there, missing): (Vec<&str>, Vec<&str>) = labels.partition(|label| has(label));
        let list = missing.iter().map(|label| format!("`{label}`")).collect::<Vec<_>>().join(", ");
        if there.is_empty() {
            let error = error(format!("the group `{label}` is another one than the preset's"))
                .label("declared here")
                .reason(format!("it has none of the preset's secrets: {list}"))
                .fix("give the new group another name with --name");
            return Standing::Taken(vec![error]);
        }
        let but = if missing.is_empty() { String::new() } else { format!(", without {list}") };
        Standing::There(format!("the group `{label}` is in the spec already{but}"))
    }
}

/// What stands where a group would.
enum Standing {
    /// Nothing.
    Free,
    /// The preset's group; the sentence that says so.
    There(String),
    /// Something else.
    Taken(Vec<Diagnostic>),
}

/// What no output may show.
fn masks(model: &Model, preset: &Preset) -> Masks {
    let mut masks = Masks::new();
    let secrets = model.secrets().iter().chain(preset.secrets());
    for field in secrets.flat_map(|secret| secret.fields()).filter(|field| field.is_sensitive()) {
        masks.hide_name(field.name());
    }
    masks
}
