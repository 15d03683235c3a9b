//! What sets the values of declared secrets: version resources that people wrote, against what
//! the spec says of where a value comes from.

use super::literal::Finder;
use super::view::View;
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::evaluate::Block;
use crate::existing::{Named, address};
use crate::model::{Address, Mode, Secret, ValueSource};
use crate::report::Masks;

const VERSION: &str = "aws_secretsmanager_secret_version";

/// What is said of a version of a declared secret that isn't the spec's own.
pub(super) fn version(
    view: &View<'_>,
    block: &Block,
    address: &Address,
    secret: &Secret,
) -> Option<Diagnostic> {
    let on = secret.address();
    let digest = view.digest(block);
    let masks = Masks::new();
    let fields = || secret.fields().iter().filter(|field| field.is_sensitive());
    let is_sensitive = |key: &str| masks.hides(key) || fields().any(|field| field.name() == key);
    let finder = Finder::new(view, &is_sensitive);
    let given = |name: &&str| block.body.attribute(name);
    let in_state = ["secret_string", "secret_binary"].iter().find_map(given);
    let literal = ["secret_string", "secret_binary", "secret_string_wo"]
        .iter()
        .filter_map(given)
        .find(|attribute| finder.finds(&attribute.value));
    if let Some(attribute) = literal {
        return Some(
            Diagnostic::new(
                &codes::VALUE_IN_STATE,
                format!("the value that `{address}` gives `{on}` stands in the repository"),
            )
            .address(format!("{address}.{}", attribute.name))
            .at(attribute.name_location)
            .label("a literal, or the default of a variable")
            .reason("who can read the repository, its history and every copy of them can read the secret")
            .fix("make the secret anew where it came from, then set the value from outside of the repository")
            .seen(digest),
        );
    }
    let declared = secret.value();
    if let Some(attribute) = in_state {
        let diagnostic = Diagnostic::new(
            &codes::VALUE_IN_STATE,
            format!("`{address}` puts the value of `{on}` into Terraform's state"),
        )
        .address(format!("{address}.{}", attribute.name))
        .at(attribute.name_location)
        .label("ends up in state as plain text")
        .seen(digest);
        return Some(match declared {
            ValueSource::Terraform => {
                let fix = "write `secret_string_wo` and `secret_string_wo_version` (Terraform 1.11) instead";
                diagnostic.severity(Severity::Note).fix(fix)
            }
            _ => diagnostic.reason("who can read the state can then read the secret").fix(
                "set the value by hand (`aws secretsmanager put-secret-value`) and delete this resource",
            ),
        });
    }
    match declared {
        ValueSource::Terraform => None,
        ValueSource::Generated(_) => Some(
            Diagnostic::new(
                &codes::UNDECLARED_COMPANION,
                format!("`{address}` sets another value of `{on}`, which the spec says is generated"),
            )
            .address(address.to_string())
            .at(block.header)
            .label("not in the spec")
            .reason("a secret has one current value: each of the two takes it from the other")
            .fix("delete it, or write `value \"terraform\" {}` in the spec's secret")
            .seen(digest),
        ),
        _ => Some(
            Diagnostic::new(
                &codes::VALUE_IN_STATE,
                format!("`{address}` sets a version of `{on}` that the spec doesn't declare"),
            )
            .severity(Severity::Note)
            .address(address.to_string())
            .at(block.header)
            .label("its value is not in state")
            .seen(digest),
        ),
    }
}

/// The secret that a version is of, if it says.
fn secret_of(view: &View<'_>, block: &Block) -> Option<Named> {
    let value = block.body.value("secret_id")?;
    Some(view.references.secret(&view.scope.resolve(&value.datum)))
}

/// Data sources that read values of declared secrets, and so put them into the state.
pub(super) fn read_back(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    for block in &view.root.blocks {
        let Some(address) = address(block).filter(|it| it.mode() == Mode::Data && it.type_name() == VERSION)
        else {
            continue;
        };
        let Some(Named::Declared(index)) = secret_of(view, block) else { continue };
        let secret = view.secret(index);
        if secret.ignore().covers("value") {
            continue;
        }
        let severity = match secret.value() {
            ValueSource::Terraform => Severity::Note,
            _ => Severity::Warning,
        };
        out.push(
            Diagnostic::new(
                &codes::VALUE_IN_STATE,
                format!("`{address}` reads the value of `{}` into Terraform's state", secret.address()),
            )
            .severity(severity)
            .address(address.to_string())
            .at(block.header)
            .label("ends up in state as plain text")
            .reason("who can read the state can then read the secret")
            .fix(format!(
                "read it by `ephemeral \"{VERSION}\"` (Terraform 1.10), which is in no state, or where it is used"
            ))
            .seen(view.digest(block)),
        );
    }
}

/// Secrets whose value Terraform sets, as the spec says, and for which no version stands.
pub(super) fn missing(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    let terraform =
        |secret: &Secret| *secret.value() == ValueSource::Terraform && !secret.ignore().covers("value");
    if !view.secrets().iter().any(terraform) {
        return;
    }
    let mut set = vec![false; view.secrets().len()];
    for (block, _) in view.resources(VERSION) {
        match secret_of(view, block) {
            Some(Named::Declared(index)) => set[index] = true,
            // Any of them may be meant; that it can't be known is said of the block.
            Some(Named::Unknown) => return,
            _ => {}
        }
    }
    for (index, secret) in view.secrets().iter().enumerate().filter(|(_, secret)| terraform(secret)) {
        if !set[index] {
            let address = secret.address();
            let mut diagnostic = Diagnostic::new(
                &codes::MISSING,
                format!("no `{VERSION}` sets the value of `{address}`, as the spec says"),
            )
            .address(format!("{address}.value"))
            .label("`value \"terraform\"`")
            .fix("write the version resource, or say in the spec where else the value comes from");
            diagnostic.location = view.wanted.lowered.places.secrets.get(index).copied();
            out.push(diagnostic);
        }
    }
}
