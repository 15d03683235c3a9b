//! A reader's lists made longer: each of its places reads one group more, in the style of the
//! lists that stand there.

use crate::compare::{Difference, DifferenceKind, Path, Step};
use crate::evaluate::unwrapped;
use crate::model::{Datum, Expression, Read};
use crate::patch::{LineEnd, indentation, line_end, narrowed, patch_block};
use crate::render::Renderer;
use crate::source::{Edit, Edits, Span};
use crate::syntax::{self, Block, Body, BodyItem, ExprKind, File, Item, parse_item};

/// The blocks of a reader that are places of its grant.
const PLACES: [&str; 3] = ["statement", "policy_document", "policy_file"];

const UNREADABLE: &str = "its block could not be read";

/// What makes all places of the reader at `item` read `group`: its own list becomes longer if
/// a place has none, and so does each place's own. `None` if they read it already.
///
/// # Errors
/// If a list can't be edited: why, as the end of a sentence.
pub fn extended(bytes: &[u8], item: &Item, group: &str) -> Result<Option<Edit>, String> {
    let read = Read::Group(group.to_owned()).to_string();
    let tree = parse_item(bytes, item);
    let Some(reader) = tree.body().blocks().next() else {
        return Err(UNREADABLE.to_owned());
    };
    let places: Vec<(Block<'_>, usize)> = places(reader.body());
    let own = reader.body().attribute("reads");
    let inherits = places.iter().any(|(place, _)| place.body().attribute("reads").is_none());
    let mut lists = Vec::new();
    if inherits && own.is_some() {
        lists.push((reader, Path::new()));
    }
    for (place, at) in &places {
        if place.body().attribute("reads").is_some() {
            lists.push((*place, Path::new().then(Step::Block(place.type_name().to_owned(), *at))));
        }
    }
    let element = Datum::Symbol(Expression::from_canonical(read.as_str(), read.as_str()));
    let differences: Vec<Difference> = lists
        .into_iter()
        .filter(|(block, _)| !reads(*block, group))
        .map(|(_, path)| {
            let path = path.then(Step::Argument("reads".to_owned())).then(Step::NewElement);
            Difference::new(path, DifferenceKind::Missing).values(Some(element.clone()), None)
        })
        .collect();
    let (mut text, held) = patch_block(&Renderer::new(), bytes, item.span, &differences);
    if let Some(held) = held.first() {
        return Err(held.reason.clone());
    }
    if inherits && own.is_none() {
        text = with_list(&text, &read).ok_or(UNREADABLE)?;
    }
    let start = item.span.start as usize;
    Ok(narrowed(&bytes[item.span.range()], &text).map(|(span, text)| {
        let span = Span::new(start + span.start as usize, start + span.end as usize);
        Edit { span, text }
    }))
}

/// The places, each with its number among those of its type.
fn places<'t>(body: Body<'t>) -> Vec<(Block<'t>, usize)> {
    let mut seen = [0; PLACES.len()];
    body.blocks()
        .filter_map(|block| {
            let kind = PLACES.iter().position(|name| *name == block.type_name())?;
            seen[kind] += 1;
            Some((block, seen[kind] - 1))
        })
        .collect()
}

/// Whether the block's own list holds `group`, however it is spelled.
fn reads(block: Block<'_>, group: &str) -> bool {
    let Some(list) = block.body().attribute("reads") else { return false };
    match unwrapped(list.value()).kind() {
        ExprKind::Tuple(items) => {
            items.iter().any(|item| unwrapped(*item).traversal().as_deref().and_then(group_of) == Some(group))
        }
        _ => false,
    }
}

/// The group that `group.x` or `group["x"]` names.
fn group_of<'s>(steps: &'s [syntax::Step<'s>]) -> Option<&'s str> {
    match steps {
        [syntax::Step::Name("group"), syntax::Step::Name(name)] => Some(name),
        [syntax::Step::Name("group"), syntax::Step::Key(name)] => Some(name),
        _ => None,
    }
}

/// The reader with a list of its own, as its first line.
fn with_list(text: &[u8], read: &str) -> Option<Vec<u8>> {
    let file = File::parse(text);
    let reader = file.body().blocks().next()?;
    let first = reader.body().items().next()?;
    let indent = indentation(text, first.span().start as usize);
    let gap = if matches!(first, BodyItem::Block(_)) { "\n" } else { "" };
    let end = line_end(text, reader.open_brace().end as usize);
    let line = LineEnd::of(text).apply(&format!("\n{indent}reads = [{read}]{gap}"));
    let mut edits = Edits::new();
    edits.push(Span::at(end), line).ok()?;
    let new = edits.apply(text);
    match syntax::format(&new) {
        Ok(formatted) if syntax::is_formatted(text) == Ok(true) => Some(formatted),
        _ => Some(new),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::syntax::next_item;

    /// The reader with `group.new` in all of its places; `None` if it was there.
    fn with_new(text: &str) -> Option<String> {
        let item = next_item(text.as_bytes(), 0, &mut Vec::new()).unwrap().unwrap();
        let edit = extended(text.as_bytes(), &item, "new").unwrap()?;
        let mut edits = Edits::new();
        edits.push(edit.span, edit.text).unwrap();
        Some(String::from_utf8(edits.apply(text.as_bytes())).unwrap())
    }

    fn piece() -> impl Strategy<Value = String> {
        let pieces = ["", " ", "\n", "\n    ", " # why\n", "\n  // why\n", " /* why */ ", "\r\n\t"];
        proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned)
    }

    fn list() -> impl Strategy<Value = String> {
        let item = proptest::sample::select(vec!["group.a", "secret.b.c", "(group[\"d/e\"])", "secret.f[*]"]);
        let items = proptest::collection::vec((piece(), item, piece()), 0..4);
        (items, any::<bool>(), piece()).prop_map(|(items, trailing, end)| {
            let count = items.len();
            let mut text = String::from("[");
            for (at, (before, item, after)) in items.into_iter().enumerate() {
                text += &format!("{before}{item}{after}");
                if at + 1 < count || trailing {
                    text.push(',');
                }
            }
            format!("{text}{end}]")
        })
    }

    proptest! {
        #[test]
        fn every_list_grows_by_one_and_only_once(own in proptest::option::of(list()), place in proptest::option::of(list())) {
            let reads = |list: Option<String>| list.map(|list| format!("  reads = {list}\n")).unwrap_or_default();
            let text = format!(
                "reader \"r\" {{\n{}  policy_document \"d\" {{\n{}  }}\n}}\n",
                reads(own.clone()),
                reads(place.clone())
            );
            prop_assume!(File::parse(text.as_bytes()).errors().is_empty());
            let new = with_new(&text).unwrap();
            prop_assert!(File::parse(new.as_bytes()).errors().is_empty(), "{text}\n{new}");
            prop_assert_eq!(new.matches("group.new").count(), 1);
            prop_assert_eq!(with_new(&new), None);
            let bare = |text: &str| text.replace("group.new", "").replace([',', ' ', '\n', '\r', '\t'], "");
            if own.is_some() || place.is_some() {
                prop_assert_eq!(bare(&new), bare(&text));
            }
        }
    }

    #[test]
    fn each_place_reads_it_in_its_own_list_or_the_readers() {
        let text = "reader \"r\" {\n  reads = [group.a]\n\n  policy_document \"x\" {}\n  policy_document \"y\" { reads = [group.b] }\n}\n";
        let new = text.replace("group.a]", "group.a, group.new]").replace("group.b]", "group.b, group.new]");
        assert_eq!(with_new(text), Some(new));
        let unused =
            "reader \"r\" {\n  reads = [group.a]\n\n  policy_document \"y\" { reads = [group.new] }\n}\n";
        assert_eq!(with_new(unused), None);
    }
}
