//! Two records of one kind of block, argument by argument as the table says.

use super::{Difference, DifferenceKind, Path, Step};
use crate::model::attributes::{Attribute, Compared, Table};
use crate::model::{Datum, Kind, Record, Sameness, Text};

/// All differences between what is declared and what was found, in the table's order.
pub fn compare(declared: &Record, found: &Record, table: &'static Table) -> Vec<Difference> {
    let mut out = Vec::new();
    records(declared, found, table, &Path::new(), &mut out);
    out
}

fn records(declared: &Record, found: &Record, table: &'static Table, at: &Path, out: &mut Vec<Difference>) {
    for attribute in table.attributes() {
        let (expected, value) = (declared.get(attribute.name), found.get(attribute.name));
        if expected.is_some() || value.is_some() {
            let path = at.then(Step::Argument(attribute.name.to_owned()));
            argument(attribute, expected, value, &path, out);
        }
    }
    for (name, value) in found.arguments() {
        if table.attribute(name).is_none() {
            let path = at.then(Step::Argument(name.to_owned()));
            out.push(
                Difference::new(path, DifferenceKind::UnknownArgument).values(None, Some(value.clone())),
            );
        }
    }
    for (name, nested) in table.blocks() {
        blocks(name, declared.blocks(name), found.blocks(name), nested, at, out);
    }
    for (name, found) in found.nested() {
        if table.block(name).is_none() && !table.is_free(name) {
            for index in 0..found.len() {
                let path = at.then(Step::Block(name.to_owned(), index));
                out.push(Difference::new(path, DifferenceKind::UnknownArgument));
            }
        }
    }
}

fn argument(
    attribute: &Attribute,
    expected: Option<&Datum>,
    value: Option<&Datum>,
    path: &Path,
    out: &mut Vec<Difference>,
) {
    let normal = |value: Option<&Datum>| value.map(|value| value.clone().converted(attribute.kind));
    let default = attribute.default_value();
    let (expected, value) = (normal(expected), normal(value));
    let (left, right) = (expected.clone().or(default.clone()), value.clone().or(default));
    let (Some(left), Some(right)) = (&left, &right) else {
        // What only Terraform can evaluate may turn out to be null: still text that nobody declared.
        let kind = if expected.is_some() { DifferenceKind::Missing } else { DifferenceKind::Extra };
        if expected.is_some() || value.is_some() {
            let difference = Difference::new(path.clone(), kind).values(expected, value);
            out.push(difference.replaces(attribute.replaces));
        }
        return;
    };
    match attribute.kind {
        Kind::Map if map_entries(left).is_some() && map_entries(right).is_some() => {
            maps(left, right, path, out);
        }
        Kind::Set if list_items(left).is_some() && list_items(right).is_some() => {
            sets(attribute, left, right, path, out);
        }
        kind => {
            let same = attribute.normal(left).compare(&attribute.normal(right), kind);
            let kind = match same {
                Sameness::Same => return,
                // A configuration of a provider is what it is called, and a reference what it names.
                Sameness::Unknown
                    if attribute.name == "provider" || attribute.compared() == Compared::Reference =>
                {
                    if value.is_some() { DifferenceKind::Changed } else { DifferenceKind::Missing }
                }
                // Nobody declared it, whatever it turns out to be.
                Sameness::Unknown if expected.is_none() => DifferenceKind::Extra,
                Sameness::Unknown => DifferenceKind::Unknown,
                Sameness::Different if expected.is_none() => DifferenceKind::Extra,
                Sameness::Different if value.is_none() => DifferenceKind::Missing,
                Sameness::Different => DifferenceKind::Changed,
            };
            let difference = Difference::new(path.clone(), kind).values(expected, value);
            out.push(difference.replaces(attribute.replaces));
        }
    }
}

type Entries<'a> = &'a [(Text, Datum)];

fn map_entries(value: &Datum) -> Option<(&[crate::model::Expression], Entries<'_>)> {
    match value {
        Datum::Object(entries) => Some((&[], entries)),
        Datum::Merge(base, entries) => Some((base, entries)),
        _ => None,
    }
}

/// Key by key. Entries under `merge` hide what the maps below hold, so they decide wherever
/// both sides name the key; a key that one side lacks is only known if the maps are the same.
fn maps(left: &Datum, right: &Datum, path: &Path, out: &mut Vec<Difference>) {
    let (Some((left_base, left_entries)), Some((right_base, right_entries))) =
        (map_entries(left), map_entries(right))
    else {
        return;
    };
    let same_base = left_base == right_base;
    if !same_base {
        out.push(
            Difference::new(path.clone(), DifferenceKind::Unknown)
                .values(Some(left.clone()), Some(right.clone())),
        );
    }
    for (key, value) in left_entries {
        let path = path.then(Step::Key(key.clone()));
        match right_entries.iter().rev().find(|(other, _)| other == key) {
            Some((_, other)) => {
                let kind = match value.compare(other, Kind::String) {
                    Sameness::Same => continue,
                    Sameness::Different => DifferenceKind::Changed,
                    Sameness::Unknown => DifferenceKind::Unknown,
                };
                out.push(Difference::new(path, kind).values(Some(value.clone()), Some(other.clone())));
            }
            None if same_base => {
                out.push(Difference::new(path, DifferenceKind::Missing).values(Some(value.clone()), None))
            }
            None => {}
        }
    }
    for (key, value) in right_entries {
        if same_base && !left_entries.iter().any(|(other, _)| other == key) {
            out.push(
                Difference::new(path.then(Step::Key(key.clone())), DifferenceKind::Extra)
                    .values(None, Some(value.clone())),
            );
        }
    }
}

fn list_items(value: &Datum) -> Option<(&[Datum], &[crate::model::Expression])> {
    match value {
        Datum::List(items) => Some((items, &[])),
        Datum::Concat(items, joined) => Some((items, joined)),
        _ => None,
    }
}

/// Element by element. An element that may or may not be a declared one is unknown.
fn sets(attribute: &Attribute, left: &Datum, right: &Datum, path: &Path, out: &mut Vec<Difference>) {
    let (Some((declared, left_joined)), Some((found, right_joined))) = (list_items(left), list_items(right))
    else {
        return;
    };
    if left_joined != right_joined {
        out.push(
            Difference::new(path.clone(), DifferenceKind::Unknown)
                .values(Some(left.clone()), Some(right.clone())),
        );
    }
    let normal =
        |items: &[Datum]| -> Vec<Datum> { items.iter().map(|item| attribute.normal(item)).collect() };
    let (declared_normal, found_normal) = (normal(declared), normal(found));
    let best = |item: &Datum, others: &[Datum]| {
        let mut best = Sameness::Different;
        for other in others {
            match item.compare(other, Kind::String) {
                Sameness::Same => return Sameness::Same,
                Sameness::Unknown => best = Sameness::Unknown,
                Sameness::Different => {}
            }
        }
        best
    };
    let lacking = |items: &[Datum], normals: &[Datum], others: &[Datum]| -> Vec<(usize, Datum, bool)> {
        let each = items.iter().zip(normals).enumerate();
        each.filter_map(|(at, (item, normal))| match best(normal, others) {
            Sameness::Same => None,
            sameness => Some((at, item.clone(), sameness == Sameness::Unknown)),
        })
        .collect()
    };
    let missing = lacking(declared, &declared_normal, &found_normal);
    let extra = lacking(found, &found_normal, &declared_normal);
    // One that is missing and one too many are one that was changed.
    for index in 0..missing.len().max(extra.len()) {
        let (missing, extra) = (missing.get(index), extra.get(index));
        let step = extra.map_or(Step::NewElement, |(at, ..)| Step::Element(*at));
        let unknown = missing.is_some_and(|it| it.2) || extra.is_some_and(|it| it.2);
        let kind = match (missing, extra) {
            _ if unknown => DifferenceKind::Unknown,
            (Some(_), Some(_)) => DifferenceKind::Changed,
            (Some(_), None) => DifferenceKind::Missing,
            _ => DifferenceKind::Extra,
        };
        let value = |it: Option<&(usize, Datum, bool)>| it.map(|(_, item, _)| item.clone());
        out.push(Difference::new(path.then(step), kind).values(value(missing), value(extra)));
    }
}

/// Nested blocks of one type: paired by what identifies them, the rest missing or extra.
fn blocks(
    name: &str,
    declared: &[Record],
    found: &[Record],
    table: &'static Table,
    at: &Path,
    out: &mut Vec<Difference>,
) {
    if table.only_declared {
        if let Some(declared) = declared.first() {
            let found = found.first().cloned().unwrap_or_default();
            lifecycle(name, declared, &found, table, at, out);
        }
        return;
    }
    let key = |record: &Record| -> Vec<Option<Datum>> {
        table.identity().iter().map(|name| record.get(name).cloned()).collect()
    };
    let mut taken = vec![false; found.len()];
    for block in declared {
        let pair = (0..found.len())
            .find(|&index| !taken[index] && found[index] == *block)
            .or_else(|| (0..found.len()).find(|&index| !taken[index] && key(&found[index]) == key(block)));
        match pair {
            Some(index) => {
                taken[index] = true;
                let path = at.then(Step::Block(name.to_owned(), index));
                records(block, &found[index], table, &path, out);
            }
            None => out.push(
                Difference::new(at.then(Step::NewBlock(name.to_owned())), DifferenceKind::Missing)
                    .block(block.clone()),
            ),
        }
    }
    for (index, _) in taken.iter().enumerate().filter(|(_, taken)| !**taken) {
        let path = at.then(Step::Block(name.to_owned(), index));
        out.push(Difference::new(path, DifferenceKind::Extra));
    }
}

fn lifecycle(
    name: &str,
    declared: &Record,
    found: &Record,
    table: &'static Table,
    at: &Path,
    out: &mut Vec<Difference>,
) {
    let path = at.then(Step::Block(name.to_owned(), 0));
    for (argument_name, expected) in declared.arguments() {
        if let Some(attribute) = table.attribute(argument_name) {
            let path = path.then(Step::Argument(argument_name.to_owned()));
            argument(attribute, Some(expected), found.get(argument_name), &path, out);
        }
    }
}
