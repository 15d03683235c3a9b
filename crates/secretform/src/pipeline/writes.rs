//! From work to changed files: blocks patched where they stand, missing ones put in their place.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::FileChange;
use super::view::View;
use super::wanted::{WantedBlock, WantedStatement};
use super::work::{PolicyWork, Work};
use crate::diagnostic::Location;
use crate::json;
use crate::model::{Address, Record};
use crate::patch::{Held, LineEnd, narrowed, patch_block};
use crate::policy::{self, Amendment, Fate};
use crate::render::Renderer;
use crate::source::{Edits, RepoPath, SourceId, Span};

/// Where files stand and what goes where by default.
pub(super) struct Places<'a> {
    pub(super) directory: &'a RepoPath,
    pub(super) default_file: &'a str,
    /// The paths of all files that were read.
    pub(super) paths: &'a BTreeMap<SourceId, RepoPath>,
    /// The titles of groups, by label.
    pub(super) titles: &'a BTreeMap<&'a str, &'a str>,
}

/// Changed files, and what of the work can't be written, with the address it is of.
pub(super) fn file_changes(
    view: &View<'_>,
    work: &Work,
    places: &Places<'_>,
    renderer: &Renderer,
) -> (Vec<FileChange>, Vec<(String, Held)>) {
    let mut groups: HashMap<&str, Vec<Location>> = HashMap::new();
    // Only a block that is missing is put beside its group.
    if !work.missing_blocks.is_empty() {
        for block in view.wanted.blocks() {
            if let (Some(group), Some(place)) = (block.group(), whole_place(view, block)) {
                groups.entry(group).or_default().push(place);
            }
        }
    }
    let mut writer = Writer {
        view,
        places,
        renderer,
        edits: BTreeMap::new(),
        new: BTreeMap::new(),
        groups,
        titled: BTreeSet::new(),
    };
    let mut held = Vec::new();
    for (location, patch) in &work.patches {
        let bytes = view.sources.get(location.source).bytes();
        let (text, left) = patch_block(renderer, bytes, location.span, &patch.differences);
        held.extend(left.into_iter().map(|held| (patch.address.clone(), held)));
        writer.replace(*location, &bytes[location.span.range()], &text);
    }
    let mut documents = missing_documents(view, work);
    for block in work.missing_blocks.iter().filter_map(|index| view.wanted.block(*index)) {
        let taken = role_document(view, block);
        if let Some(at) = documents.iter().position(|(address, ..)| Some(*address) == taken.as_ref()) {
            let (address, _, record) = documents.remove(at);
            writer.add(block, renderer.policy_document(address.label(), &record));
        }
        writer.add(block, block.text(renderer));
    }
    for (address, file, record) in documents {
        let text = renderer.policy_document(address.label(), &record);
        writer.at_end(file.map_or("iam.tf", String::as_str), &text);
    }
    let mut changes = writer.finish();
    for policy in &work.policies {
        changes.extend(policy_change(view, places, renderer, policy));
    }
    changes.sort_by(|a, b| a.path.cmp(&b.path));
    (changes, held)
}

/// Where an owned block stands, from its first to its last byte.
fn whole_place(view: &View<'_>, block: WantedBlock<'_>) -> Option<Location> {
    let equal = view.equal(block.index).first().map(|(_, place)| *place);
    equal.or_else(|| view.changed(block.index).first().map(|at| view.root.blocks[*at].location))
}

struct Writer<'a> {
    view: &'a View<'a>,
    places: &'a Places<'a>,
    renderer: &'a Renderer,
    edits: BTreeMap<SourceId, Edits>,
    /// Text of files of the directory that don't exist yet, by name.
    new: BTreeMap<String, String>,
    /// Where the blocks of each group stand.
    groups: HashMap<&'a str, Vec<Location>>,
    /// Groups that have a block in a file, or get their first.
    titled: BTreeSet<(String, String)>,
}

impl Writer<'_> {
    /// Replaces a block by the part of its new text that differs.
    fn replace(&mut self, location: Location, old: &[u8], new: &[u8]) {
        let Some((span, text)) = narrowed(old, new) else { return };
        let at = location.span.start as usize;
        let span = Span::new(at + span.start as usize, at + span.end as usize);
        // Blocks don't overlap, and each is replaced once.
        let _ = self.edits.entry(location.source).or_default().push(span, text);
    }

    /// Puts text where a missing block belongs.
    fn add(&mut self, wanted: WantedBlock<'_>, text: String) {
        if let Some(anchor) = self.neighbour_of(wanted) {
            return self.beside(anchor, &text, wanted.is_before());
        }
        if let Some((anchor, before)) = self.sibling_of(wanted) {
            return self.beside(anchor, &text, before);
        }
        let group = wanted.group();
        match group.and_then(|group| self.last_of(group, wanted.file())) {
            Some(anchor) => self.beside(anchor, &text, false),
            None => {
                let file = wanted.file().unwrap_or(self.places.default_file);
                let text = self.with_banner(group, file, text);
                self.at_end(file, &text);
            }
        }
    }

    /// The block of the same role that stands nearest before a missing one in its order, or
    /// after it, and whether the missing one goes before it.
    fn sibling_of(&self, wanted: WantedBlock<'_>) -> Option<(Location, bool)> {
        wanted.role()?;
        let of_role = |index: usize| {
            let block = self.view.wanted.block(index)?;
            (block.role() == wanted.role()).then_some(block)
        };
        let stands = |block| whole_place(self.view, block).filter(|place| self.is_in(*place, wanted.file()));
        let before = (0..wanted.index).rev().map_while(of_role).find_map(stands).map(|place| (place, false));
        before.or_else(|| (wanted.index + 1..).map_while(of_role).find_map(stands).map(|place| (place, true)))
    }

    /// Whether a place is in a file that blocks can be added to, and in the one that is asked for.
    fn is_in(&self, place: Location, file: Option<&str>) -> bool {
        let path = self.places.paths.get(&place.source);
        let native = path.is_some_and(|path| !path.as_str().ends_with(".json"));
        native && file.is_none_or(|file| path.and_then(RepoPath::file_name) == Some(file))
    }

    /// The block that a missing companion stands beside, if the secret's container stands.
    fn neighbour_of(&self, wanted: WantedBlock<'_>) -> Option<Location> {
        let neighbours = wanted.neighbours(self.view.wanted).into_iter();
        let mut places = neighbours.filter_map(|block| whole_place(self.view, block));
        places.find(|place| self.is_in(*place, None))
    }

    /// The last block of a group that stands, in the file that is asked for.
    fn last_of(&self, group: &str, file: Option<&str>) -> Option<Location> {
        let places = self.groups.get(group)?.iter().copied();
        places.filter(|place| self.is_in(*place, file)).max_by_key(|place| (place.source, place.span.end))
    }

    fn with_banner(&mut self, group: Option<&str>, file: &str, text: String) -> String {
        let titled = group.and_then(|group| Some((group, self.places.titles.get(group)?)));
        match titled {
            Some((group, title)) if self.titled.insert((group.to_owned(), file.to_owned())) => {
                let banner = self.renderer.banner(title);
                format!("{}\n{text}", banner.trim_end_matches('\n'))
            }
            _ => text,
        }
    }

    /// Puts a block before or after one that stands.
    fn beside(&mut self, anchor: Location, text: &str, before: bool) {
        let bytes = self.view.sources.get(anchor.source).bytes();
        let end = LineEnd::of(bytes);
        let edits = self.edits.entry(anchor.source).or_default();
        let (at, text) = if before {
            (above_comments(bytes, anchor.span.start as usize), format!("{text}\n\n"))
        } else {
            (last_of_line(bytes, anchor.span.end as usize), format!("\n\n{text}"))
        };
        let _ = edits.push(Span::at(at), end.apply(&text));
    }

    /// Puts a block at the end of a file of the directory, which need not exist.
    fn at_end(&mut self, file: &str, text: &str) {
        if let Some(new) = self.new.get_mut(file) {
            new.push('\n');
            new.push_str(text);
            new.push('\n');
            return;
        }
        let Ok(path) = self.places.directory.join(file) else { return };
        let source = self.places.paths.iter().find(|(_, other)| **other == path).map(|(source, _)| *source);
        let Some(source) = source else {
            self.new.insert(file.to_owned(), format!("{text}\n"));
            return;
        };
        let bytes = self.view.sources.get(source).bytes();
        let edits = self.edits.entry(source).or_default();
        let added = edits.iter().any(|edit| edit.span == Span::at(bytes.len()));
        let blank = bytes.iter().all(u8::is_ascii_whitespace);
        let gap = match () {
            () if added || bytes.ends_with(b"\n") && !blank => "\n",
            () if blank => "",
            () => "\n\n",
        };
        let text = LineEnd::of(bytes).apply(&format!("{gap}{text}\n"));
        let _ = edits.push(Span::at(bytes.len()), text);
    }

    fn finish(self) -> Vec<FileChange> {
        let mut changes = Vec::new();
        for (source, edits) in self.edits {
            let (Some(path), false) = (self.places.paths.get(&source), edits.is_empty()) else { continue };
            let before = self.view.sources.get(source).clone();
            changes.push(FileChange::new(path.clone(), before, edits, owned_spans(self.view, source)));
        }
        for (name, text) in self.new {
            let Ok(path) = self.places.directory.join(&name) else { continue };
            changes.push(FileChange::created(path, text));
        }
        changes
    }
}

/// Documents that stand nowhere, each with all of its declared statements and the file that is
/// asked for.
fn missing_documents<'v>(view: &'v View<'_>, work: &Work) -> Vec<(&'v Address, Option<&'v String>, Record)> {
    let mut documents: Vec<(&Address, Option<&String>, Record)> = Vec::new();
    for index in &work.missing_documents {
        let WantedStatement { document, record, file, .. } = &view.wanted.statements[*index];
        match documents.iter_mut().find(|(address, ..)| *address == document) {
            Some((_, place, whole)) => {
                whole.push("statement", record.clone());
                *place = place.or(file.as_ref());
            }
            None => {
                let mut whole = Record::new();
                whole.push("statement", record.clone());
                documents.push((document, file.as_ref(), whole));
            }
        }
    }
    documents
}

/// The document of what a role may do, which is written right before its policy.
fn role_document(view: &View<'_>, block: WantedBlock<'_>) -> Option<Address> {
    let role = view.wanted.model().oidc().get(block.role()?)?;
    (block.type_name() == "aws_iam_policy").then(|| role.document_address())
}

/// The end of the line on which a block ends, or of the comments that begin on it.
fn last_of_line(bytes: &[u8], block: usize) -> usize {
    let mut at = block;
    loop {
        match &bytes[at..] {
            [b' ' | b'\t', ..] => at += 1,
            [b'/', b'*', inner @ ..] => match memchr::memmem::find(inner, b"*/") {
                Some(end) => at += 2 + end + 2,
                None => return bytes.len(),
            },
            rest => {
                let line = memchr::memchr(b'\n', rest).map_or(bytes.len(), |found| at + found);
                return if line > at && bytes[line - 1] == b'\r' { line - 1 } else { line };
            }
        }
    }
}

/// The start of the comments that stand right above a block and are of it: a banner, which ends in
/// dashes, is of all that follows.
fn above_comments(bytes: &[u8], block: usize) -> usize {
    let mut at = block;
    while let Some(end) = at.checked_sub(1).filter(|end| bytes.get(*end) == Some(&b'\n')) {
        let start = memchr::memrchr(b'\n', &bytes[..end]).map_or(0, |found| found + 1);
        let line = bytes[start..end].trim_ascii_end();
        let is_comment = line.starts_with(b"#") || line.starts_with(b"//");
        if !is_comment || line.ends_with(b"----") {
            break;
        }
        at = start;
    }
    at
}

/// The bytes of a file that the spec declares.
fn owned_spans(view: &View<'_>, source: SourceId) -> Vec<Span> {
    let equal = view.root.equal.iter().map(|(_, place)| *place);
    let found = view.found.iter().filter(|(address, _)| view.speaks_at(address));
    let found = found.flat_map(|(_, blocks)| blocks).map(|at| view.root.blocks[*at].location);
    let mut spans: Vec<Span> =
        equal.chain(found).filter(|place| place.source == source).map(|place| place.span).collect();
    spans.sort();
    spans.dedup();
    spans
}

fn policy_change(
    view: &View<'_>,
    places: &Places<'_>,
    renderer: &Renderer,
    work: &PolicyWork,
) -> Option<FileChange> {
    let path = work.path.clone();
    let source = places.paths.iter().find(|(_, other)| **other == path).map(|(source, _)| *source);
    let Some(source) = source else {
        let text = renderer.policy_file(work.version.as_deref(), &work.added).ok()?;
        return Some(FileChange::created(path, text));
    };
    let before = view.sources.get(source);
    let root = json::parse(before.bytes()).ok()?;
    let amendment = Amendment {
        version: work.version.as_deref(),
        statements: work
            .fates
            .iter()
            .map(|fate| match fate {
                None => Fate::Goes,
                Some(None) => Fate::Stays,
                Some(Some(record)) => Fate::Becomes(record),
            })
            .collect(),
        added: work.added.iter().collect(),
    };
    let edits = policy::amend(before.bytes(), &root, &amendment).ok()?;
    if edits.is_empty() {
        return None;
    }
    Some(FileChange::new(path, before.clone(), edits, vec![root.span]))
}
