//! Differences of a role's blocks that are none to AWS, and those that only a person can make
//! good.

use super::super::finding::{Subject, finding};
use super::super::owned::{normal, statement_differences};
use super::super::view::View;
use super::super::wanted::WantedBlock;
use super::principal;
use crate::compare::{Difference, DifferenceKind, Match, Path, Step, matching};
use crate::diagnostic::Diagnostic;
use crate::evaluate::Block;
use crate::existing::{Written, written};
use crate::model::{Datum, OidcRole, Record, Sameness};

/// Takes out of the differences of a role's block what is none, and reports itself what can't
/// be patched.
pub(in super::super) fn settle(
    view: &View<'_>,
    wanted: WantedBlock<'_>,
    block: &Block,
    subject: Subject<'_>,
    differences: &mut Vec<Difference>,
    out: &mut Vec<Diagnostic>,
) {
    let Some(role) = wanted.role().and_then(|at| view.wanted.model().oidc().get(at)) else { return };
    match wanted.type_name() {
        "aws_iam_policy_document" => principal::decide(view, differences),
        "aws_iam_role" => {
            differences.retain(|difference| !is_default_tag(view, difference));
            if let Some(at) = position(differences, "assume_role_policy") {
                let difference = differences.remove(at);
                trust(view, role, block, (subject, difference), differences, out);
            }
        }
        "aws_iam_policy" => {
            if let Some(at) = position(differences, "policy")
                && !differences[at].found.as_ref().is_some_and(is_document)
            {
                let difference = differences.remove(at);
                let document = role.document_address();
                let fix = format!("move its statements to `{document}`, whose `json` the policy then takes");
                out.push(finding(&difference, Subject { by_hand: Some(&fix), ..subject }));
            }
        }
        "aws_iam_role_policy_attachment" => {
            let name = role.name().datum();
            differences.retain(|difference| {
                let found = difference.found.as_ref().filter(|_| is_argument(difference, "role"));
                found.is_none_or(|found| found.compare(&name, crate::model::Kind::String) != Sameness::Same)
            });
        }
        _ => {}
    }
}

fn is_argument(difference: &Difference, name: &str) -> bool {
    matches!(difference.path.steps(), [Step::Argument(argument)] if argument == name)
}

fn position(differences: &[Difference], name: &str) -> Option<usize> {
    differences.iter().position(|difference| is_argument(difference, name))
}

/// A tag that the provider adds.
fn is_default_tag(view: &View<'_>, difference: &Difference) -> bool {
    let [Step::Argument(argument), Step::Key(key)] = difference.path.steps() else { return false };
    let Some(Datum::Object(tags)) = view.default_tags_of("aws").filter(|_| argument == "tags") else {
        return false;
    };
    let expected = difference.expected.as_ref().filter(|_| difference.kind == DifferenceKind::Missing);
    tags.iter().any(|(other, value)| other == key && Some(value) == expected)
}

/// A trust policy that isn't the declared document: another one, or one that is written out
/// and may mean the same.
fn trust(
    view: &View<'_>,
    role: &OidcRole,
    block: &Block,
    (subject, difference): (Subject<'_>, Difference),
    differences: &mut Vec<Difference>,
    out: &mut Vec<Diagnostic>,
) {
    let Some(value) = block.body.value("assume_role_policy") else { return differences.push(difference) };
    if is_document(&value.datum) {
        if difference.expected.as_ref().and_then(reference) != reference(&value.datum) {
            differences.push(difference);
        }
        return;
    }
    match written(value, view.scope, view.sources, &|name| view.read_beside(name)) {
        Some(written) if !written.open => written_out(view, role, &written, subject, out),
        _ => differences.push(Difference { kind: DifferenceKind::Unknown, ..difference }),
    }
}

fn written_out(
    view: &View<'_>,
    role: &OidcRole,
    written: &Written,
    subject: Subject<'_>,
    out: &mut Vec<Diagnostic>,
) {
    let there: Vec<Record> =
        written.record.blocks("statement").iter().map(|record| normal(view, &listed(record), true)).collect();
    let declared: Vec<Record> =
        role.trust().statements().iter().map(|it| normal(view, &it.record(), false)).collect();
    let mut free = vec![true; there.len()];
    let mut found = Vec::new();
    for (declared, as_found) in declared.iter().zip(matching(&declared, &there, true)) {
        let all = match as_found {
            Match::One(at) => {
                let path = Path::new().then(Step::Block("statement".to_owned(), at));
                let each = statement_differences(declared, &there[at]).into_iter();
                found.extend(each.map(|it| Difference { path: it.path.within(&path), ..it }));
                vec![at]
            }
            Match::None => {
                let path = Path::new().then(Step::NewBlock("statement".to_owned()));
                found.push(Difference::new(path, DifferenceKind::Missing).block(declared.clone()));
                Vec::new()
            }
            // Alike, and so the declared one more than once.
            Match::Several(all) => all,
        };
        all.into_iter().for_each(|at| free[at] = false);
    }
    for at in (0..free.len()).filter(|at| free[*at]) {
        let path = Path::new().then(Step::Block("statement".to_owned(), at));
        found.push(Difference::new(path, DifferenceKind::Extra));
    }
    let version =
        written.record.get("version").filter(|version| **version != Datum::Text("2012-10-17".into()));
    if let Some(version) = version {
        let path = Path::new().then(Step::Argument("version".to_owned()));
        let difference = Difference::new(path, DifferenceKind::Changed);
        found.push(difference.values(Some(Datum::Text("2012-10-17".into())), Some(version.clone())));
    }
    principal::decide(view, &mut found);
    let address = format!("{}.assume_role_policy", subject.address);
    let fix = format!(
        "change it by hand, or write `{}.json` in its place and run `secretform generate`",
        role.trust_address()
    );
    for difference in found {
        let subject = Subject {
            address: &address,
            origins: &written.origins,
            prefix: "",
            declared: subject.declared,
            by_hand: Some(&fix),
        };
        out.push(finding(&difference, subject));
    }
}

/// A statement in which a reference to one ARN is a list of one, as in IAM a string is.
fn listed(statement: &Record) -> Record {
    let mut out = statement.clone();
    for name in ["principals", "not_principals"] {
        let blocks = out.take(name);
        for mut block in blocks {
            if let Some(one @ Datum::Symbol(symbol)) = block.get("identifiers")
                && symbol.canonical().ends_with(".arn")
            {
                let list = Datum::List(vec![one.clone()]);
                block.set("identifiers", list);
            }
            out.push(name, block);
        }
    }
    out
}

/// Whether a value is the JSON of a policy document of the directory.
pub(super) fn is_document(value: &Datum) -> bool {
    reference(value).is_some()
}

/// The address of the document that a value is the JSON of.
pub(super) fn reference(value: &Datum) -> Option<&str> {
    let Datum::Symbol(symbol) = value else { return None };
    let text = symbol.canonical();
    let address = text.strip_suffix(".json").or_else(|| text.strip_suffix(".minified_json"))?;
    let label = address.strip_prefix("data.aws_iam_policy_document.")?;
    (!label.contains(['(', ' ', ',', '?', '.'])).then_some(address)
}
