//! The proof of a splice: the new spec means the old one and what was intended, and no more.

use super::Preset;
use crate::evaluate::unwrapped;
use crate::model::{Group, Model, Read, Reader, Secret};
use crate::syntax::{self, Block, BodyItem, ExprKind, Item, ItemKind, Token, next_item, parse_item};

/// What was to be put into a spec.
#[derive(Clone, Copy, Debug)]
pub struct Intent<'a> {
    /// The group that wasn't there, if it is new.
    pub preset: Option<&'a Preset>,
    /// Its label.
    pub group: &'a str,
    /// The readers of whose places each reads the group.
    pub readers: &'a [String],
}

/// What the spec `new`, which means `model`, has that the spec `old` and the intent don't
/// explain, or the other way round.
///
/// A block of the same bytes means the same beside a new group: only what no block had can now
/// be referred to. So the old spec's meaning need not be worked out for it. What is not the same
/// is the group, which must mean what the preset says, and the readers that were asked for,
/// whose lists must be the old ones and the group.
pub fn disproof(old: &[u8], new: &[u8], model: &Model, intent: &Intent<'_>) -> Option<String> {
    texts(old, new, intent).or_else(|| meaning(model, intent))
}

fn texts(old: &[u8], new: &[u8], intent: &Intent<'_>) -> Option<String> {
    let (mut before, mut after) = (Items::of(old), Items::of(new));
    let mut added = intent.preset;
    loop {
        let mut is = after.next();
        if let (Some(item), Some(preset)) = (&is, added)
            && label_of(new, item, "group") == Some(intent.group)
        {
            if !preset.text().as_bytes().windows(item.span.len()).any(|text| text == &new[item.span.range()])
            {
                return Some("the group would not be the preset's".to_owned());
            }
            added = None;
            is = after.next();
        }
        let (was, is) = match (before.next(), is) {
            (None, None) => break,
            (Some(was), Some(is)) => (was, is),
            _ => return Some("there would be other blocks".to_owned()),
        };
        if old[was.span.range()] == new[is.span.range()] {
            continue;
        }
        let asked =
            label_of(new, &is, "reader").is_some_and(|label| intent.readers.iter().any(|it| it == label));
        let (one, other) = (parse_item(old, &was), parse_item(new, &is));
        let blocks = (one.body().blocks().next(), other.body().blocks().next());
        if !asked || !matches!(blocks, (Some(one), Some(other)) if grown(one, other, intent.group)) {
            return Some("another block would change".to_owned());
        }
    }
    added.map(|_| "the group would not be there".to_owned())
}

/// The items of a spec, one after another.
struct Items<'s> {
    bytes: &'s [u8],
    at: usize,
    tokens: Vec<Token>,
}

impl<'s> Items<'s> {
    fn of(bytes: &'s [u8]) -> Self {
        Self { bytes, at: 0, tokens: Vec::new() }
    }

    fn next(&mut self) -> Option<Item> {
        let item = next_item(self.bytes, self.at, &mut self.tokens)?.ok()?;
        self.at = item.span.end as usize;
        Some(item)
    }
}

/// The label of a block of this type.
fn label_of<'i>(bytes: &[u8], item: &'i Item, kind: &str) -> Option<&'i str> {
    match &item.kind {
        ItemKind::Block { type_name, labels, .. } if &bytes[type_name.range()] == kind.as_bytes() => {
            labels.first().map(|label| label.text.as_str())
        }
        _ => None,
    }
}

/// Whether a reader or place is the old one, but that its lists hold the group too.
fn grown(old: Block<'_>, new: Block<'_>, group: &str) -> bool {
    let labels = |block: Block<'_>| block.labels().into_iter().map(|label| label.text).collect::<Vec<_>>();
    if old.type_name() != new.type_name() || labels(old) != labels(new) {
        return false;
    }
    let has_list = old.body().attribute("reads").is_some();
    let mut after = new.body().items().filter(|item| match item {
        BodyItem::Attribute(list) => has_list || list.name() != "reads" || elements(*list) != [read(group)],
        BodyItem::Block(_) => true,
    });
    let same = old.body().items().all(|was| match (was, after.next()) {
        (BodyItem::Attribute(was), Some(BodyItem::Attribute(is))) => {
            was.name() == is.name()
                && (was.value().canonical() == is.value().canonical()
                    || was.name() == "reads" && {
                        let mut lengthened = elements(was);
                        lengthened.push(read(group));
                        lengthened == elements(is)
                    })
        }
        (BodyItem::Block(was), Some(BodyItem::Block(is))) => grown(was, is, group),
        _ => false,
    });
    same && after.next().is_none()
}

/// The elements of a list.
fn elements(list: syntax::Attribute<'_>) -> Vec<String> {
    match unwrapped(list.value()).kind() {
        ExprKind::Tuple(items) => items.iter().map(|item| item.canonical()).collect(),
        _ => Vec::new(),
    }
}

fn read(group: &str) -> String {
    Read::Group(group.to_owned()).to_string()
}

fn meaning(model: &Model, intent: &Intent<'_>) -> Option<String> {
    if let Some(preset) = intent.preset {
        let added = model.secrets().iter().filter(|secret| secret.group() == Some(intent.group));
        if model.group(intent.group).map(words) != preset.group().map(words)
            || !added.map(own).eq(preset.secrets().iter().map(own))
        {
            return Some("the group would not mean what the preset says".to_owned());
        }
    }
    let read = Read::Group(intent.group.to_owned());
    let reads_it = |reader: &Reader| reader.grants().iter().all(|grant| grant.reads().contains(&read));
    let asked = |reader: &Reader| intent.readers.iter().any(|label| label == reader.label());
    let lacking = model.readers().iter().find(|reader| asked(reader) && !reads_it(reader))?;
    Some(format!("a place of the reader `{}` would not read the group", lacking.label()))
}

/// What a group says that it doesn't inherit.
fn words(group: &Group) -> impl PartialEq + '_ {
    (group.label(), group.prefix(), group.title(), group.url(), group.guide(), group.is_external())
}

/// What a secret says that it doesn't inherit.
fn own(secret: &Secret) -> impl PartialEq + '_ {
    (secret.reference(), secret.name(), secret.description(), secret.guide(), secret.fields(), secret.probe())
}
