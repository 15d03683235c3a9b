//! Containers and companions that the spec doesn't declare: unmanaged secrets, a declared
//! name at another address, policies, rotations and values on owned secrets.

use super::versions;
use super::view::View;
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::evaluate::Block;
use crate::existing::Named;
use crate::model::{Address, Mode, Sameness, Text};

/// Secrets of the directory that the spec doesn't declare at their address.
pub(super) fn unmanaged(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    for (block, address) in view.resources("aws_secretsmanager_secret") {
        if view.is_of_secret(&address) {
            continue;
        }
        let name = block.body.value("name");
        let text = name.and_then(|name| name.text());
        let location = name.map_or(block.header, |name| name.location);
        let repeated = block.body.attribute("count").is_some() || block.body.attribute("for_each").is_some();
        match text {
            Some(text) => named(view, block, &address, &text, repeated, location, out),
            None => {
                let prefix = block.body.value("name_prefix").and_then(|prefix| prefix.text());
                let under = prefix.as_ref().map_or(Sameness::Different, |prefix| under_any(view, prefix));
                report_unmanaged(view, block, &address, prefix.as_ref(), under, location, out);
            }
        }
    }
}

fn named(
    view: &View<'_>,
    block: &Block,
    address: &Address,
    name: &Text,
    repeated: bool,
    location: crate::diagnostic::Location,
    out: &mut Vec<Diagnostic>,
) {
    let mut doubt = false;
    for (index, same) in view.references.called(name) {
        if same == Sameness::Same {
            let secret = view.secret(index);
            let declared = secret.address();
            let moved = !view.stands(&declared);
            out.push(duplicate_name(address, &declared, name, moved, block.header));
            return;
        }
        doubt = true;
    }
    let under = under_any(view, name);
    if doubt || under == Sameness::Unknown {
        let reason = if repeated {
            "which secrets it makes hangs on `count`, `for_each` or a variable; one of them may be declared"
        } else {
            "it may be the name of a declared secret, or lie under a declared prefix"
        };
        out.push(
            Diagnostic::new(
                &codes::UNRESOLVED,
                format!("the name of `{address}` can't be known before Terraform runs"),
            )
            .address(address.to_string())
            .at(location)
            .label("only Terraform can say what this is")
            .found(format!("\"{name}\""))
            .reason(reason)
            .fix("declare it in the spec with the very same expression, or accept it with a `rule`")
            .seen(view.digest(block)),
        );
        return;
    }
    report_unmanaged(view, block, address, Some(name), under, location, out);
}

fn duplicate_name(
    address: &Address,
    declared: &Address,
    name: &Text,
    moved: bool,
    location: crate::diagnostic::Location,
) -> Diagnostic {
    let (message, fix) = if moved {
        (
            format!("`{address}` holds the name that the spec declares at `{declared}`"),
            format!(
                "rename the block to `{}` with a `moved` block, or say `label = \"{}\"` in the spec",
                declared.label(),
                address.label()
            ),
        )
    } else {
        (
            format!("`{address}` has the same name as `{declared}`"),
            "delete one of the two: AWS takes a name once per region and account".to_owned(),
        )
    };
    Diagnostic::new(&codes::DUPLICATE_NAME, message)
        .address(address.to_string())
        .at(location)
        .label("declared at another address")
        .found(format!("\"{name}\""))
        .reason("a second container of one name fails on apply, and readers can't tell the two apart")
        .fix(fix)
}

/// Whether a name lies under the prefix of a group that isn't external.
fn under_any(view: &View<'_>, name: &Text) -> Sameness {
    let mut best = Sameness::Different;
    for prefix in view.prefixes() {
        match begins_with(name, prefix) {
            Sameness::Same => return Sameness::Same,
            Sameness::Unknown => best = Sameness::Unknown,
            Sameness::Different => {}
        }
    }
    best
}

/// Whether a text begins with another, in every run of Terraform, in none, or perhaps.
pub(super) fn begins_with(text: &Text, prefix: &Text) -> Sameness {
    let (mut rest, mut wanted) = (text.parts().to_vec(), prefix.parts().to_vec());
    use crate::model::Part;
    loop {
        match (rest.first(), wanted.first()) {
            (_, None) => return Sameness::Same,
            (None, Some(_)) => return Sameness::Different,
            (Some(Part::Literal(a)), Some(Part::Literal(b))) => {
                let common: usize =
                    a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
                if common < a.len() && common < b.len() {
                    return Sameness::Different;
                }
                let (a, b) = (a[common..].to_owned(), b[common..].to_owned());
                replace_first(&mut rest, a);
                replace_first(&mut wanted, b);
            }
            (Some(a), Some(b)) if a == b => {
                rest.remove(0);
                wanted.remove(0);
            }
            _ => return Sameness::Unknown,
        }
    }
}

fn replace_first(parts: &mut Vec<crate::model::Part>, rest: String) {
    if rest.is_empty() {
        parts.remove(0);
    } else {
        parts[0] = crate::model::Part::Literal(rest.into());
    }
}

fn report_unmanaged(
    view: &View<'_>,
    block: &Block,
    address: &Address,
    name: Option<&Text>,
    under: Sameness,
    location: crate::diagnostic::Location,
    out: &mut Vec<Diagnostic>,
) {
    if name.is_some_and(|name| {
        view.external_prefixes().any(|prefix| begins_with(name, prefix) == Sameness::Same)
    }) {
        return;
    }
    let inside = under != Sameness::Different;
    let shown = name.map_or_else(|| "a name that Terraform invents".to_owned(), |name| format!("`{name}`"));
    let message = format!("`{address}` ({shown}) is not declared in the spec");
    let mut diagnostic = Diagnostic::new(&codes::UNMANAGED, message)
        .address(address.to_string())
        .at(if name.is_some() { location } else { block.header })
        .label("not in the spec")
        .fix("declare it in the spec, or accept it with a `rule`");
    if inside {
        diagnostic =
            diagnostic.reason("it lies under a declared prefix, so that prefix's readers can read it");
    } else {
        diagnostic = diagnostic.severity(Severity::Warning);
    }
    out.push(diagnostic);
}

/// Policies, rotations, versions and tags that hang on owned secrets.
pub(super) fn companions(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    const TYPES: &[(&str, &str)] = &[
        ("aws_secretsmanager_secret_policy", "secret_arn"),
        ("aws_secretsmanager_secret_rotation", "secret_id"),
        ("aws_secretsmanager_secret_version", "secret_id"),
        ("aws_secretsmanager_tag", "secret_id"),
    ];
    for (type_name, argument) in TYPES {
        for (block, address) in view.resources(type_name) {
            if view.is_owned(&address) {
                continue;
            }
            let Some(value) = block.body.value(argument) else { continue };
            let named = view.references.secret(&view.scope.resolve(&value.datum));
            if named == Named::Other {
                continue;
            }
            let on = match named {
                Named::Declared(index) => {
                    let secret = view.secret(index);
                    if secret.ignore().covers(companion_word(type_name)) {
                        continue;
                    }
                    if *type_name == "aws_secretsmanager_secret_version" {
                        out.extend(versions::version(view, block, &address, secret));
                        continue;
                    }
                    Some(secret.address())
                }
                _ => None,
            };
            out.push(companion(view, block, &address, type_name, on.as_ref(), value.location));
        }
    }
    versions::missing(view, out);
    versions::read_back(view, out);
}

fn companion_word(type_name: &str) -> &'static str {
    match type_name {
        "aws_secretsmanager_secret_policy" => "policy",
        "aws_secretsmanager_secret_rotation" => "rotation",
        "aws_secretsmanager_tag" => "tags",
        _ => "value",
    }
}

fn companion(
    view: &View<'_>,
    block: &Block,
    address: &Address,
    type_name: &str,
    on: Option<&Address>,
    location: crate::diagnostic::Location,
) -> Diagnostic {
    let digest = view.digest(block);
    let Some(on) = on else {
        return Diagnostic::new(
            &codes::UNRESOLVED,
            format!("which secret `{address}` belongs to can't be known before Terraform runs"),
        )
        .address(address.to_string())
        .at(location)
        .label("may be a declared secret")
        .reason("it would change who may read that secret, or what it holds")
        .fix("name the secret by reference, or accept it with a `rule` in the spec")
        .seen(digest);
    };
    let what = match type_name {
        "aws_secretsmanager_secret_policy" => ("a resource policy", "it says who else may read the secret"),
        "aws_secretsmanager_secret_rotation" => ("a rotation", "it replaces the secret's value"),
        _ => ("a tag", "grants may hang on tags"),
    };
    Diagnostic::new(
        &codes::UNDECLARED_COMPANION,
        format!("`{address}` is {} on `{on}` that the spec doesn't declare", what.0),
    )
    .address(address.to_string())
    .at(block.header)
    .label("not in the spec")
    .reason(what.1)
    .fix(format!(
        "declare it in the spec's secret, put `{}` under `ignore`, or delete it",
        companion_word(type_name)
    ))
    .seen(digest)
}

/// Owned policy documents that nothing in the directory refers to.
pub(super) fn unused_documents(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    for (address, location) in view.owned_documents() {
        if address.mode() == Mode::Data && !view.root.used_documents.contains(address.label()) {
            out.push(
                Diagnostic::new(
                    &codes::UNUSED_DOCUMENT,
                    format!("nothing in the directory uses `{address}`"),
                )
                .address(address.to_string())
                .at(location)
                .label("no expression refers to it")
                .reason("its statements grant nothing until a policy takes its `json`")
                .fix(format!("use `{address}.json` in a policy, or take the reader out of the spec")),
            );
        }
    }
}
