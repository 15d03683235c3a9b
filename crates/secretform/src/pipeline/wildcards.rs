//! Locals and variables that stand in the ARNs of the spec's grants, where what they are said to
//! be could make one match more.

use std::collections::BTreeSet;

use super::names::Said;
use super::view::View;
use crate::diagnostic::{Diagnostic, codes};
use crate::model::{Datum, Expression, Part, Text};

/// What moves or widens the field of an ARN that it stands in.
const IN_A_FIELD: &[char] = &['*', '?', ':', '$'];
/// What does so from afar, where a colon may be of something else.
const BEHIND: &[char] = &['*', '?'];

/// Locals and variables that make the spec's grants wider than they look.
pub(super) fn wildcards(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    let mut reported = BTreeSet::new();
    for symbol in symbols(view) {
        let known = view.scope.resolve(&Datum::Symbol(symbol.clone()));
        let whole = matches!(&known, Datum::Text(text) if text.as_literal().is_some());
        let direct = known.to_string();
        for (name, said) in view.names.behind(symbol.canonical()) {
            let wide = if whole {
                holds(&known, IN_A_FIELD)
            } else if name.starts_with("var.") {
                let alone = direct == name || symbol.canonical() == name;
                said.value_is_open() || holds(said.value, if alone { IN_A_FIELD } else { BEHIND })
            } else {
                holds(said.value, BEHIND)
            };
            if wide && reported.insert(said.location) {
                out.push(wider(&name, said));
            }
            if whole {
                // It is known, and the first to be named is where it is said.
                break;
            }
        }
    }
}

/// The expressions that stand in ARNs of the spec's grants.
fn symbols<'v>(view: &View<'v>) -> BTreeSet<&'v Expression> {
    let wanted = view.wanted;
    let of = |text: &'v Text| {
        text.parts().iter().filter_map(|part| match part {
            Part::Symbol(symbol) => Some(symbol),
            Part::Literal(_) => None,
        })
    };
    let owned = wanted.records().flat_map(|record| record.blocks("statement"));
    let statements = wanted.statements.iter().map(|statement| &statement.record).chain(owned);
    let resources = statements.filter_map(|statement| statement.get("resources"));
    let items = resources.flat_map(|resources| match resources {
        Datum::List(items) | Datum::Concat(items, _) => items.as_slice(),
        one => std::slice::from_ref(one),
    });
    // An expression by itself is a whole ARN, and may hold what it likes.
    let texts = items.filter_map(|item| match item {
        Datum::Text(text) => Some(text),
        _ => None,
    });
    view.scope_texts().chain(texts).flat_map(of).collect()
}

impl Said<'_> {
    /// Whether a variable's value is more than a literal: there Terraform takes operators, and
    /// nobody needs them.
    fn value_is_open(&self) -> bool {
        !self.value.is_known()
    }
}

/// Whether some text that is known holds one of these characters.
fn holds(value: &Datum, wide: &[char]) -> bool {
    match value {
        Datum::Text(text) => text.parts().iter().any(|part| match part {
            Part::Literal(literal) => literal.contains(wide),
            Part::Symbol(symbol) => symbol.canonical().contains('*'),
        }),
        Datum::Symbol(symbol) => symbol.canonical().contains('*'),
        Datum::List(items) => items.iter().any(|item| holds(item, BEHIND)),
        Datum::Object(entries) => entries.iter().any(|(_, value)| holds(value, BEHIND)),
        Datum::Concat(..) | Datum::Merge(..) => value.to_string().contains('*'),
        Datum::Null | Datum::Bool(_) | Datum::Number(_) => false,
    }
}

fn wider(name: &str, said: Said<'_>) -> Diagnostic {
    let becomes = if said.value.is_known() { "becomes" } else { "may become what it likes:" };
    Diagnostic::new(
        &codes::WILDCARD_VARIABLE,
        format!("`{name}` {becomes} {}, which makes every grant that it stands in wider", said.value),
    )
    .address(name.to_owned())
    .at(said.location)
    .label(said.what)
    .found(said.value.to_string())
    .reason("it stands in the ARNs of the spec's grants")
    .fix("give it a plain value, without `*`, `?`, `$` and `:`")
}
