//! Trust policies of the directory's roles that let OIDC tokens in, whoever wrote them.

mod policy;
mod providers;
mod secrets;

use super::view::View;
use crate::access::trust::{AudienceFault, Kind, Role, concerns, judge};
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::evaluate::Block;
use crate::existing::address;
use crate::model::{Address, Datum, OidcRole, Record};
use policy::{Reader, Said};
use providers::Providers;
use secrets::Grants;

/// Judges the trust policy of every role, and documents that are one for roles elsewhere; `read`
/// gives a file of the directory.
pub(super) fn policies(view: &View<'_>, read: &dyn Fn(&str) -> Option<Vec<u8>>, out: &mut Vec<Diagnostic>) {
    let declared = declared(view);
    let role = |block: &Block| is(block, "resource", "aws_iam_role") || is_document(block);
    if declared.is_empty() && !view.root.blocks.iter().any(role) {
        return;
    }
    let bench = Bench { reader: Reader::new(view, read), providers: Providers::new(view) };
    let grants = Grants::new(view);
    let mut used = Vec::new();
    for block in view.root.blocks.iter().filter(|block| is(block, "resource", "aws_iam_role")) {
        let (Some(address), Some(value)) = (address(block), block.body.value("assume_role_policy")) else {
            continue;
        };
        let mut said = Said::default();
        bench.reader.follow(value, 0, &mut said);
        used.extend(said.documents.iter().cloned());
        let path = format!("{address}.assume_role_policy");
        if said.open && bench.reader.speaks_of_tokens(&said) {
            let place = said.unread.unwrap_or(value.location);
            out.push(unresolved(&address).address(path.clone()).at(place));
        } else if let Some(place) = said.unread {
            out.push(unread(&address).address(path.clone()).at(place));
        }
        said.tokens_are_declared = tokens_are_declared(view, &address);
        let reads = || grants.let_read(&bench.reader, &address, block);
        bench.judge(&said, &address.to_string(), &path, &reads, out);
    }
    for (address, said) in declared {
        let name = address.to_string();
        bench.judge(&said, &name, &name, &|| false, out);
    }
    for block in view.root.blocks.iter().filter(|block| is_document(block)) {
        let Some(address) = address(block).filter(|address| !used.contains(address)) else { continue };
        let mut said = Said::default();
        bench.reader.document(&address, 0, &mut said);
        // Most of these say who may use a key or a bucket.
        if !said.statements.iter().any(is_of_sts) {
            continue;
        }
        said.tokens_are_declared = tokens_are_declared(view, &address);
        let name = address.to_string();
        bench.judge(&said, &name, &name, &|| false, out);
    }
}

/// Whether an address is part of a role whose tokens a preset of the spec says.
fn tokens_are_declared(view: &View<'_>, address: &Address) -> bool {
    let index = view.wanted.at(address).and_then(|block| block.role());
    index.and_then(|at| view.wanted.model().oidc().get(at)).is_some_and(|role| role.tokens().is_some())
}

/// The documents of roles whose trust the spec says statement by statement, as they stand byte
/// for byte or will: only the directory knows whose provider a principal is.
fn declared(view: &View<'_>) -> Vec<(Address, Said)> {
    let roles = view.wanted.model().oidc().iter().filter(|role| role.tokens().is_none());
    let standing = |role: &OidcRole| {
        let address = role.trust_address();
        let wanted = view.wanted.at(&address)?;
        let place = match view.equal(wanted.index).first() {
            Some((_, place)) => *place,
            None => wanted.declared().filter(|_| !view.stands(&address))?,
        };
        Some((address, Said::declared(&role.trust().record(), place)))
    };
    roles.filter_map(standing).collect()
}

fn is(block: &Block, kind: &str, type_name: &str) -> bool {
    block.type_name == kind && block.labels.first().is_some_and(|label| label == type_name)
}

/// Whether a block is a document that says who may, not only what.
fn is_document(block: &Block) -> bool {
    let principals = |statement: &Block| {
        let named = |block: &Block| {
            let dynamic = || block.type_name == "dynamic" && block.labels.iter().any(|it| it == "principals");
            matches!(block.type_name.as_str(), "principals" | "not_principals") || dynamic()
        };
        statement.body.blocks.iter().any(named)
    };
    is(block, "data", "aws_iam_policy_document") && block.body.blocks_of("statement").any(principals)
}

/// Whether a statement speaks of actions of STS by that name.
fn is_of_sts(statement: &Record) -> bool {
    let is = |item: &Datum| match item {
        Datum::Text(text) => text.literal_prefix().to_ascii_lowercase().starts_with("sts:"),
        _ => false,
    };
    match statement.get("actions") {
        Some(Datum::List(items) | Datum::Concat(items, _)) => items.iter().any(is),
        Some(one) => is(one),
        None => false,
    }
}

/// What all policies of a run are judged with.
struct Bench<'a> {
    reader: Reader<'a>,
    providers: Providers,
}

impl Bench<'_> {
    fn judge(
        &self,
        said: &Said,
        name: &str,
        path: &str,
        reads_secrets: &dyn Fn() -> bool,
        out: &mut Vec<Diagnostic>,
    ) {
        if !said.statements.iter().any(concerns) {
            return;
        }
        let view = self.reader.view;
        let statements: Vec<Record> =
            said.statements.iter().map(|statement| self.providers.known(statement, view)).collect();
        let role = Role { reads_secrets: reads_secrets(), providers: self.providers.audiences.clone() };
        for verdict in judge(&statements, &role) {
            // The spec says so in so many words: `subject = "name"`, `audience`.
            let said_so = matches!(verdict.kind, Kind::NameOnly | Kind::Audience(AudienceFault::Unusual));
            if said.tokens_are_declared && said_so {
                continue;
            }
            let mut diagnostic = verdict.diagnostic(name).address(path.to_owned());
            diagnostic.location = Some(said.place(&verdict));
            diagnostic.seen = Some(view.digest_record(&said.statements[verdict.statement]));
            out.push(diagnostic);
        }
    }
}

/// What is said of statements that only Terraform can expand.
fn unresolved(role: &Address) -> Diagnostic {
    let message = format!("whose tokens can assume `{role}` can't be known before Terraform runs");
    Diagnostic::new(&codes::TRUST_UNRESOLVED, message)
        .label("only Terraform can expand its statements")
        .reason("one of them may let strangers in; secretform never guesses")
        .fix("write the statements out, or accept it with a `rule` in the spec")
}

/// What is said of a trust policy in a form that isn't read. A note: most are of AWS's services.
fn unread(role: &Address) -> Diagnostic {
    let message = format!("who can assume `{role}` can't be read from this expression");
    Diagnostic::new(&codes::TRUST_UNRESOLVED, message)
        .severity(Severity::Note)
        .label("neither a document nor JSON")
        .reason("it may let in OIDC tokens; secretform never guesses")
        .fix("write the policy as a document, with `jsonencode` or as JSON, in this directory")
}
