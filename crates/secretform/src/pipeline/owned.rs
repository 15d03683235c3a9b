//! Blocks that the spec owns whole, compared with what stands at their addresses.

use super::companion;
use super::finding::{Subject, finding};
use super::readers::statement_name;
use super::roles;
use super::view::View;
use super::wanted::WantedBlock;
use super::work::Work;
use crate::compare::{Difference, DifferenceKind, Match, Path, Step, compare, matching};
use crate::diagnostic::{Diagnostic, Location, codes};
use crate::evaluate::Block;
use crate::existing::{Found, Named, References};
use crate::model::attributes::{self, Table};
use crate::model::iam::Arn;
use crate::model::{Datum, Expression, Ignore, Mode, Record, Sameness, Text};
use crate::policy::{normal_statement, variables_as_iam};

/// Compares every wanted block.
pub(super) fn blocks(view: &View<'_>, replace: &[String], work: &mut Work, out: &mut Vec<Diagnostic>) {
    let mut all_equal = view.root.equal.as_slice();
    for wanted in view.wanted.blocks() {
        let equal;
        (equal, all_equal) = split(all_equal, wanted.index);
        let changed = view.changed(wanted.index);
        if equal.len() == 1 && changed.is_empty() && view.default_tags(wanted).is_none() {
            continue;
        }
        let found = changed.iter().map(|at| view.root.blocks[*at].header);
        let mut standing = found.chain(equal.iter().map(|(_, place)| *place));
        let first = standing.next();
        for again in standing {
            let mut diagnostic =
                Diagnostic::new(&codes::DUPLICATE_ADDRESS, format!("`{}` stands twice", wanted.address()))
                    .address(wanted.address().to_string())
                    .at(again)
                    .label("again")
                    .reason("Terraform takes an address once per directory")
                    .fix("delete one of the two blocks");
            if let Some(first) = first {
                diagnostic = diagnostic.related(first, "also here");
            }
            out.push(diagnostic);
        }
        if !equal.is_empty() && view.default_tags(wanted).is_none() {
            continue;
        }
        match (changed.first(), equal.first()) {
            (Some(at), _) => one(view, wanted, &view.root.blocks[*at], replace, work, out),
            (None, Some((_, place))) => standing_equal(view, wanted, *place, replace, work, out),
            (None, None) => missing(view, wanted, work, out),
        }
    }
}

/// Places of blocks that stand as declared, in the order of the blocks.
type Equal<'a> = &'a [(usize, Location)];

/// The places of one block, and those of the blocks behind it.
fn split(places: Equal<'_>, index: usize) -> (Equal<'_>, Equal<'_>) {
    places.split_at(places.iter().take_while(|(other, _)| *other == index).count())
}

/// A block that is byte for byte as declared, where the provider adds tags to it.
fn standing_equal(
    view: &View<'_>,
    wanted: WantedBlock<'_>,
    place: Location,
    replace: &[String],
    work: &mut Work,
    out: &mut Vec<Diagnostic>,
) {
    let bytes = view.sources.get(place.source).bytes();
    if let Some(block) = crate::existing::read_block(bytes, place) {
        one(view, wanted, &block, replace, work, out);
    }
}

fn missing(view: &View<'_>, wanted: WantedBlock<'_>, work: &mut Work, out: &mut Vec<Diagnostic>) {
    let address = wanted.address();
    if wanted.is_container()
        && let Some(name) = wanted.secret().map(|secret| secret.name())
        && view.name_stands_elsewhere(&address, name)
    {
        // Reported at the address where it stands; a second container would fail on apply.
        return;
    }
    if roles::stands_otherwise(view, wanted, out) {
        return;
    }
    let address = address.to_string();
    let mut diagnostic =
        Diagnostic::new(&codes::MISSING, ["`", &address, "` is declared and stands nowhere"].concat())
            .address(address)
            .fix("run `secretform generate`");
    if let Some(declared) = wanted.declared() {
        diagnostic = diagnostic.at(declared).label("declared here");
    }
    out.push(diagnostic);
    work.missing_blocks.push(wanted.index);
}

fn one(
    view: &View<'_>,
    wanted: WantedBlock<'_>,
    block: &Block,
    replace: &[String],
    work: &mut Work,
    out: &mut Vec<Diagnostic>,
) {
    let found = Found::read(block);
    let address = wanted.address().to_string();
    let table = wanted.table();
    let mut differences = if wanted.type_name() == "aws_iam_policy_document" {
        document(view, wanted, &found, out)
    } else {
        let declared = view.scope.resolve_record(&wanted.record());
        let mut there = view.scope.resolve_record(&found.record);
        if let Some(tags) = view.default_tags(wanted) {
            add_tags(&mut there, tags);
        }
        if there.get("provider").is_some_and(|provider| provider.to_string() == "aws") {
            there.set("provider", Datum::Null);
        }
        let named = companion::same_secret(view, wanted, &declared, &mut there);
        let mut differences = compare(&declared, &there, table);
        companion::differences(wanted, named, &there, &mut differences);
        differences
    };
    for (path, _) in &found.dynamic {
        // It may make the very block that is missed.
        differences.retain(|difference| difference.path != Path::new().then(Step::NewBlock(path.clone())));
        let path = Path::new().then(Step::NewBlock(path.clone()));
        differences.push(Difference::new(path, DifferenceKind::Unknown));
    }
    // OpenTofu's `enabled` decides whether the block exists at all.
    for (index, lifecycle) in found.record.blocks("lifecycle").iter().enumerate() {
        if let Some(enabled) = lifecycle.get("enabled") {
            let path = Path::new().then(Step::Block("lifecycle".to_owned(), index));
            let path = path.then(Step::Argument("enabled".to_owned()));
            let difference = Difference::new(path, DifferenceKind::Extra);
            differences.push(difference.values(None, Some(enabled.clone())).replaces(true));
        }
    }
    differences.retain(|difference| !ignored(wanted.ignore(), &difference.path));
    let subject = Subject {
        address: &address,
        origins: &found.origins,
        prefix: "",
        declared: wanted.declared(),
        by_hand: None,
    };
    roles::settle(view, wanted, block, subject, &mut differences, out);
    report(view, block, subject, differences, replace, work, out);
    ignored_changes(block, wanted, &address, out);
}

/// Reports differences of one block and hands those that can be written to `work`.
pub(super) fn report(
    view: &View<'_>,
    block: &Block,
    subject: Subject<'_>,
    differences: Vec<Difference>,
    replace: &[String],
    work: &mut Work,
    out: &mut Vec<Diagnostic>,
) {
    let home = block.location;
    for difference in differences {
        let mut diagnostic = finding(&difference, subject);
        let elsewhere =
            diagnostic.location.is_some_and(|at| at.source != home.source || !home.span.contains(at.span));
        let json = view.sources.get(home.source).label().ends_with(".json");
        if difference.kind == DifferenceKind::Unknown {
            diagnostic = diagnostic.seen(view.digest(block));
        } else if elsewhere || json {
            let what = if json { "in Terraform's JSON syntax" } else { "in an override file" };
            diagnostic.fix =
                Some(format!("change it by hand: it stands {what}, which secretform doesn't write"));
        } else if difference.kind != DifferenceKind::UnknownArgument {
            let replaces = difference.replaces && !replace.iter().any(|address| address == subject.address);
            if !replaces {
                let patch = work.patches.entry(home).or_default();
                subject.address.clone_into(&mut patch.address);
                let prefix = prefix_steps(subject.prefix);
                patch.differences.push(Difference { path: difference.path.within(&prefix), ..difference });
            }
        }
        out.push(diagnostic);
    }
}

/// `statement[2]` as steps; nothing for a block's own differences.
fn prefix_steps(prefix: &str) -> Path {
    let step = prefix.strip_suffix(']').and_then(|head| head.split_once('['));
    match step {
        Some((name, index)) => {
            Path::new().then(Step::Block(name.to_owned(), index.parse().unwrap_or_default()))
        }
        None => Path::new(),
    }
}

/// Whether the spec says not to care for a difference at this path.
pub(super) fn ignored(ignore: &Ignore, path: &Path) -> bool {
    let mut steps = path.steps().iter();
    match (steps.next(), steps.next()) {
        (Some(Step::Argument(name)), Some(Step::Key(key))) => {
            key.as_literal().map_or_else(|| ignore.covers(name), |key| ignore.covers_key(name, key))
        }
        (Some(Step::Argument(name) | Step::Block(name, _) | Step::NewBlock(name)), _) => {
            ignore.covers(name)
                && !matches!(name.as_str(), "name" | "count" | "for_each" | "provider" | "region")
        }
        _ => false,
    }
}

fn add_tags(record: &mut Record, tags: &Datum) {
    let joined = match (record.get("tags").cloned(), tags) {
        (None, _) => tags.clone(),
        (Some(Datum::Object(own)), Datum::Object(more)) => {
            let mut all = own;
            for (key, value) in more {
                if !all.iter().any(|(other, _)| other == key) {
                    all.push((key.clone(), value.clone()));
                }
            }
            Datum::Object(all)
        }
        // Which of the two has a key can't be told, so this is no map that the spec knows.
        (Some(Datum::Symbol(own)), _) => Datum::Symbol(with_defaults(&own)),
        (Some(Datum::Merge(maps, own)), Datum::Object(more))
            if more.iter().any(|(key, _)| !own.iter().any(|(other, _)| other == key)) =>
        {
            Datum::Merge(maps.iter().map(with_defaults).collect(), own)
        }
        (Some(own), _) => own,
    };
    record.set("tags", joined);
}

/// A map with what the provider's `default_tags` add to it.
fn with_defaults(map: &Expression) -> Expression {
    let text = format!("merge(default_tags, {})", map.canonical());
    Expression::from_canonical(text.clone(), text)
}

/// `ignore_changes` over something that is declared.
fn ignored_changes(block: &Block, wanted: WantedBlock<'_>, address: &str, out: &mut Vec<Diagnostic>) {
    let record = wanted.record();
    let lifecycles = block.body.blocks_of("lifecycle");
    for ignored in lifecycles.filter_map(|lifecycle| lifecycle.body.value("ignore_changes")) {
        let names: Vec<String> = match &ignored.datum {
            Datum::List(items) => items.iter().map(|item| item.to_string().replace('"', "")).collect(),
            other => vec![other.to_string()],
        };
        let covers = |name: &str| {
            names.iter().any(|ignored| {
                ignored == "all" || ignored == name || ignored.split(['[', '.']).next() == Some(name)
            })
        };
        let held: Vec<&str> = record
            .arguments()
            .map(|(name, _)| name)
            .chain(record.nested().map(|(name, _)| name))
            .filter(|name| covers(name) && !wanted.ignore().covers(name))
            .collect();
        if !held.is_empty() {
            out.push(
                Diagnostic::new(
                    &codes::IGNORED_CHANGE,
                    format!("`{address}` tells Terraform to ignore changes of {}", listed(&held)),
                )
                .address(format!("{address}.lifecycle.ignore_changes"))
                .at(ignored.location)
                .label("Terraform won't hold what the spec declares")
                .fix(match wanted.role() {
                    Some(_) => "take it out of `ignore_changes`",
                    None => "take it out of `ignore_changes`, or put it under `ignore` in the spec",
                }),
            );
        }
    }
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// A policy document that is owned whole: its statements are matched, and no other may be there.
fn document(
    view: &View<'_>,
    wanted: WantedBlock<'_>,
    found: &Found,
    out: &mut Vec<Diagnostic>,
) -> Vec<Difference> {
    let table = attributes::table("aws_iam_policy_document");
    let record = wanted.record();
    let strip = |record: &Record| {
        let mut bare = Record::new();
        for (name, value) in record.arguments() {
            bare.set(name.to_owned(), view.scope.resolve(value));
        }
        bare
    };
    let mut differences = compare(&strip(&record), &strip(&found.record), table);
    differences.extend(statements(view, (wanted, &record), found, out));
    differences
}

fn statements(
    view: &View<'_>,
    (wanted, record): (WantedBlock<'_>, &Record),
    found: &Found,
    out: &mut Vec<Diagnostic>,
) -> Vec<Difference> {
    let records = |record: &Record| -> Vec<Record> {
        record.blocks("statement").iter().map(|record| normal(view, record, false)).collect()
    };
    let (declared, there) = (records(record), records(&found.record));
    let mut free = vec![true; there.len()];
    let mut differences = Vec::new();
    for (index, found_as) in matching(&declared, &there, true).into_iter().enumerate() {
        match found_as {
            Match::One(at) => {
                free[at] = false;
                let path = Path::new().then(Step::Block("statement".to_owned(), at));
                for difference in statement_differences(&declared[index], &there[at]) {
                    differences.push(Difference { path: difference.path.within(&path), ..difference });
                }
            }
            Match::None => {
                let path = Path::new().then(Step::NewBlock("statement".to_owned()));
                let block = record.blocks("statement")[index].clone();
                differences.push(Difference::new(path, DifferenceKind::Missing).block(block));
            }
            Match::Several(all) => {
                let address = statement_name(&wanted.address().to_string(), &declared[index], index);
                out.push(ambiguous(view, &address, &found.record, found, &all));
                all.iter().for_each(|at| free[*at] = false);
            }
        }
    }
    for at in (0..free.len()).filter(|at| free[*at]) {
        let path = Path::new().then(Step::Block("statement".to_owned(), at));
        differences.push(Difference::new(path, DifferenceKind::Extra));
    }
    differences
}

/// Several statements could be the declared one.
pub(super) fn ambiguous(
    view: &View<'_>,
    address: &str,
    record: &Record,
    found: &Found,
    candidates: &[usize],
) -> Diagnostic {
    let place = |at: &usize| found.origins.nearest(&format!("statement[{at}]"));
    let mut diagnostic = Diagnostic::new(
        &codes::AMBIGUOUS_STATEMENT,
        format!("which of {} statements `{address}` is can't be told", candidates.len()),
    )
    .address(address.to_owned())
    .label("this one?")
    .reason("they have no Sid, and nothing else tells them apart")
    .fix("give them Sids, in Terraform and in the spec")
    .seen(view.digest_record(record));
    for (index, at) in candidates.iter().enumerate() {
        diagnostic =
            if index == 0 { diagnostic.at(place(at)) } else { diagnostic.related(place(at), "or this one?") };
    }
    diagnostic
}

/// The table of a statement's arguments.
pub(super) fn statement_table() -> &'static Table {
    attributes::table("statement")
}

/// How two statements differ that are not the same to AWS.
pub(super) fn statement_differences(declared: &Record, found: &Record) -> Vec<Difference> {
    if normal_statement(declared) == normal_statement(found) {
        return Vec::new();
    }
    compare(declared, found, statement_table())
}

/// A statement with locals known, and grants on one secret in one spelling. In Terraform
/// `&{` is IAM's `${`.
pub(super) fn normal(view: &View<'_>, statement: &Record, json: bool) -> Record {
    let resolved = view.scope.resolve_record(statement);
    let mut record = if json { resolved } else { variables_as_iam(&resolved) };
    for name in ["resources", "not_resources"] {
        if let Some(value) = record.get(name) {
            let value = match value {
                Datum::List(items) => Datum::List(items.iter().map(|item| grant(view, item)).collect()),
                Datum::Concat(items, lists) => {
                    Datum::Concat(items.iter().map(|item| grant(view, item)).collect(), lists.clone())
                }
                other => grant(view, other),
            };
            record.set(name, value);
        }
    }
    record
}

/// `.arn` and `.id` of a secret of the directory as the ARN that they are, its suffix as `-??????`.
fn grant(view: &View<'_>, resource: &Datum) -> Datum {
    let Datum::Symbol(symbol) = resource else { return resource.clone() };
    let Some((mode, label)) = References::label_of(symbol) else { return resource.clone() };
    if symbol.canonical().ends_with(".name") {
        return resource.clone();
    }
    let arn = match view.references.secret(resource) {
        Named::Declared(index) => {
            view.secret_arn(index).filter(|arn| mode == Mode::Managed || finds(view, label, arn))
        }
        Named::Other if mode == Mode::Managed => view.foreign_arn(label),
        _ => None,
    };
    arn.map_or_else(|| resource.clone(), Datum::Text)
}

/// Whether a data source that looks for a secret of this name looks where `arn` says it is.
fn finds(view: &View<'_>, label: &str, arn: &Text) -> bool {
    let Some(by) = view.references.arn_of(label) else { return true };
    let place = |arn: &Text| Arn::parse(arn).map(|arn| (arn.partition, arn.region, arn.account));
    match view.scope.resolve(by) {
        Datum::Text(by) => place(&by).is_some_and(|by| Some(by) == place(arn)),
        Datum::Symbol(by) => matches!(References::label_of(&by), Some((Mode::Managed, _))),
        _ => false,
    }
}

/// Whether two texts are the same in every run of Terraform.
pub(super) fn same(a: &Datum, b: &Datum) -> bool {
    a.compare(b, crate::model::Kind::String) == Sameness::Same
}
