//! What the spec wants to stand for each role: whole blocks, and statements of a document.

use super::super::wanted::{Wanted, WantedStatement, WantedWhole};
use crate::model::{Address, FileName, Ignore, Record};
use crate::spec::Lowered;

/// Adds the blocks of every role, each identity provider before the first role that needs it,
/// and what the roles may do.
pub(in super::super) fn wanted(lowered: &Lowered, wanted: &mut Wanted<'_>) {
    let (model, places) = (&lowered.model, &lowered.places);
    let mut providers: Vec<_> = model.providers().iter().collect();
    let mut statements = Vec::new();
    for (index, role) in model.oidc().iter().enumerate() {
        let (declared, each) = match places.oidc.get(index) {
            Some((declared, each)) => (Some(*declared), each.as_slice()),
            None => (None, &[][..]),
        };
        let mut add = |address: Address, record: Record, file: &FileName| {
            let file = file.as_str().to_owned();
            let role = Some(index);
            wanted.push_whole(WantedWhole {
                address,
                record,
                file,
                ignore: Ignore::default(),
                declared,
                role,
            });
        };
        let own = role.provider().map(|provider| provider.address());
        if let Some(at) = own.and_then(|own| providers.iter().position(|it| it.address() == own)) {
            let provider = providers.remove(at);
            add(provider.address(), provider.record(), provider.file());
        }
        let file = role.file();
        add(role.trust_address(), role.trust().record(), file);
        add(role.role_address(), role.role_record(), file);
        if !model.permits(role) {
            continue;
        }
        add(role.policy_address(), role.policy_record(), file);
        add(role.attachment_address(), role.attachment_record(), file);
        let document = role.document_address();
        for (at, statement) in role.statements().iter().enumerate() {
            statements.push(WantedStatement {
                document: document.clone(),
                record: statement.record(),
                file: Some(file.as_str().to_owned()),
                ignore: Ignore::default(),
                declared: each.get(at).copied().or(declared),
                whose: format!("the role `{}`", role.label()),
            });
        }
        // The document stands with the role, whatever a reader that joins it would say.
        for statement in wanted.statements.iter_mut().filter(|it| it.document == document) {
            statement.file = Some(file.as_str().to_owned());
        }
    }
    // A role's own come before those of readers, in its document and so in all.
    statements.append(&mut wanted.statements);
    wanted.statements = statements;
}
