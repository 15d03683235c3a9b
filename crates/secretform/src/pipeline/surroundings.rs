//! What else in the directory speaks of owned things without being them: blocks that move
//! state, override files that override nothing, and providers.

use std::collections::HashSet;

use super::view::View;
use crate::diagnostic::{Diagnostic, Location, Severity, codes};
use crate::evaluate::{Block, Value};
use crate::existing::spelled_address;
use crate::model::{Datum, Kind, Part, Sameness, Text};

/// `moved`, `removed` and `import` blocks on owned addresses.
pub(super) fn state_blocks(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    for block in &view.root.blocks {
        let (roles, what): (&[&str], &str) = match block.type_name.as_str() {
            "moved" => (&["from", "to"], "moves state"),
            "removed" => (&["from"], "takes it out of the state"),
            "import" => (&["to"], "takes something that exists into it, and may then replace that"),
            _ => continue,
        };
        for role in roles {
            let Some(value) = block.body.value(role) else { continue };
            let Some(address) = spelled_address(&value.datum) else { continue };
            if !view.speaks_at(&address) {
                continue;
            }
            out.push(
                Diagnostic::new(
                    &codes::STATE_BLOCK,
                    format!("a `{}` block speaks of `{address}`, which the spec owns", block.type_name),
                )
                .address(address.to_string())
                .at(block.header)
                .label(format!("its `{role}` is the address"))
                .reason(format!(
                    "such a block {what}, so what the address holds after a plan can't be read here"
                ))
                .fix("delete the block once it is applied, or accept it with a `rule` in the spec")
                .seen(view.digest(block)),
            );
        }
    }
}

/// Blocks of override files that override nothing.
pub(super) fn baseless_overrides(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    for block in &view.root.baseless {
        let address = crate::existing::address(block).map(|address| address.to_string()).unwrap_or_default();
        out.push(
            Diagnostic::new(&codes::UNRESOLVED, format!("`{address}` overrides a block that stands nowhere"))
                .address(address)
                .at(block.header)
                .label("in an override file")
                .reason(
                    "Terraform takes an override file only for what another file declares, and fails here",
                )
                .fix("move the block to a file whose name doesn't end in `_override`")
                .seen(view.digest(block)),
        );
    }
}

/// Providers of owned things that go elsewhere, and the sources of the providers.
pub(super) fn providers(view: &View<'_>, used: &HashSet<String>, out: &mut Vec<Diagnostic>) {
    for block in view.root.blocks.iter().filter(|block| block.type_name == "terraform") {
        for required in block.body.blocks_of("required_providers") {
            required_providers(required, out);
        }
    }
    for block in view.root.blocks.iter().filter(|block| block.type_name == "provider") {
        let Some(label) = block.labels.first() else { continue };
        let name = match block.body.value("alias").map(|alias| alias.literal()) {
            None => label.clone(),
            Some(Some(alias)) => format!("{label}.{alias}"),
            Some(None) => continue,
        };
        if used.contains(&name) {
            provider(view, block, &name, out);
        }
    }
}

fn required_providers(required: &Block, out: &mut Vec<Diagnostic>) {
    let Some(aws) = required.body.attribute("aws") else { return };
    let Some(source) = aws.value.entry("source") else { return };
    let known =
        ["hashicorp/aws", "registry.terraform.io/hashicorp/aws", "registry.opentofu.org/hashicorp/aws"];
    let good = source.literal().is_some_and(|source| {
        let source = source.to_ascii_lowercase();
        known.contains(&source.as_str())
    });
    if !good {
        out.push(
            Diagnostic::new(&codes::PROVIDER_ELSEWHERE, "the provider `aws` is not HashiCorp's")
                .address("terraform.required_providers.aws")
                .at(source.location)
                .label("another provider")
                .expected("\"hashicorp/aws\"")
                .found(source.datum.to_string())
                .reason("another provider may do anything with the secrets that it is told to create")
                .fix("write `source = \"hashicorp/aws\"`"),
        );
    }
}

fn provider(view: &View<'_>, block: &Block, name: &str, out: &mut Vec<Diagnostic>) {
    let address = format!("provider.{name}");
    let mut elsewhere =
        |location: Location, path: &str, expected: Option<String>, found: String, known: bool| {
            let doubt =
                if known { "not what the spec declares" } else { "perhaps not what the spec declares" };
            let mut diagnostic = Diagnostic::new(
            &codes::PROVIDER_ELSEWHERE,
            format!("`{address}.{path}` is {found}: {doubt}"),
        )
        .address(format!("{address}.{path}"))
        .at(location)
        .label("the secrets go where this says")
        .found(found)
        .reason(
            "the spec's region and account stand in the grants; the provider's decide where the secrets are",
        )
        .fix("say the same in the spec and in the provider, or accept this with a `rule` in the spec");
            diagnostic.expected = expected;
            out.push(diagnostic);
        };
    let text = |value: &Value| match view.scope.resolve(&value.datum).converted(Kind::String) {
        Datum::Text(text) => Some(text),
        Datum::Symbol(symbol) => Some(Text::symbol(symbol)),
        _ => None,
    };
    if let (Some(value), Some(declared)) = (block.body.value("region"), view.region())
        && let Some(found) = text(value)
    {
        match found.compare(&view.known(declared)) {
            Sameness::Same => {}
            other => elsewhere(
                value.location,
                "region",
                Some(format!("\"{declared}\"")),
                value.datum.to_string(),
                other == Sameness::Different,
            ),
        }
    }
    for role in block.body.blocks.iter().filter(|block| block.type_name.starts_with("assume_role")) {
        let Some(value) = role.body.value("role_arn") else { continue };
        let account = text(value).as_ref().and_then(account_of);
        let same = match (&account, view.account_id()) {
            (Some(found), Some(declared)) => found.compare(&view.known(declared)),
            _ => Sameness::Unknown,
        };
        if same != Sameness::Same {
            let path = format!("{}.role_arn", role.type_name);
            let expected = view.account_id().map(|account| format!("a role of account {account}"));
            elsewhere(value.location, &path, expected, value.datum.to_string(), same == Sameness::Different);
        }
    }
    for endpoints in block.body.blocks_of("endpoints") {
        for attribute in &endpoints.body.attributes {
            if matches!(attribute.name.as_str(), "secretsmanager" | "iam" | "sts") {
                let path = format!("endpoints.{}", attribute.name);
                elsewhere(attribute.value.location, &path, None, attribute.value.datum.to_string(), true);
            }
        }
    }
    credentials(block, &address, out);
    provider_tags(view, block, &address, out);
    let hides = |label: &String| {
        label.starts_with("assume_role")
            || matches!(label.as_str(), "endpoints" | "default_tags" | "ignore_tags")
    };
    for dynamic in block.body.blocks_of("dynamic").filter(|block| block.labels.first().is_some_and(hides)) {
        let path = format!("{address}.{}", dynamic.labels.first().map_or("dynamic", String::as_str));
        out.push(
            Diagnostic::new(
                &codes::UNRESOLVED,
                format!("`{path}` is made by `dynamic`, which only Terraform can expand"),
            )
            .address(path)
            .at(dynamic.header)
            .label("may say anything")
            .reason("it decides where the secrets are, or which tags they have")
            .fix("write the block out, or accept it with a `rule` in the spec")
            .seen(view.digest(block)),
        );
    }
}

/// Whose account the provider acts in, where its own arguments say it. A profile is common and
/// stands in nobody's repository; keys and files of the repository's own are another matter.
fn credentials(block: &Block, address: &str, out: &mut Vec<Diagnostic>) {
    const SAID: [(&str, Severity); 8] = [
        ("profile", Severity::Note),
        ("access_key", Severity::Error),
        ("secret_key", Severity::Error),
        ("token", Severity::Error),
        ("shared_credentials_files", Severity::Error),
        ("shared_config_files", Severity::Error),
        ("custom_ca_bundle", Severity::Error),
        ("ec2_metadata_service_endpoint", Severity::Error),
    ];
    for (name, severity) in SAID {
        let Some(attribute) = block.body.attribute(name) else { continue };
        let path = format!("{address}.{name}");
        out.push(
            Diagnostic::new(
                &codes::PROVIDER_ELSEWHERE,
                format!("`{path}` decides which account `{address}` acts in, and can't be compared with the spec's"),
            )
            .severity(severity)
            .address(path)
            .at(attribute.name_location)
            .label("the secrets go where this says")
            .fix("leave the credentials to the environment, or accept this with a `rule` in the spec"),
        );
    }
}

/// Tags that the provider adds unknown, or doesn't hold.
fn provider_tags(view: &View<'_>, block: &Block, address: &str, out: &mut Vec<Diagnostic>) {
    let tags = block.body.blocks_of("default_tags").filter_map(|block| block.body.value("tags"));
    for tags in tags.filter(|tags| !matches!(view.scope.resolve(&tags.datum), Datum::Object(_) | Datum::Null))
    {
        let path = format!("{address}.default_tags.tags");
        out.push(
            Diagnostic::new(
                &codes::UNRESOLVED,
                format!("which tags `{address}` adds can't be known before Terraform runs"),
            )
            .address(path)
            .at(tags.location)
            .label("only Terraform can say what this is")
            .reason("each declared secret gets them, too")
            .fix("write the tags out, or accept it with a `rule` in the spec")
            .seen(view.digest(block)),
        );
    }
    for ignored in block.body.blocks_of("ignore_tags") {
        out.push(
            Diagnostic::new(
                &codes::IGNORED_CHANGE,
                format!("`{address}` ignores tags, so Terraform won't hold them"),
            )
            .address(format!("{address}.ignore_tags"))
            .at(ignored.header)
            .label("of each declared secret, too")
            .fix("take the declared tags out of it"),
        );
    }
}

/// The fifth field of an ARN, if it can be told.
fn account_of(arn: &Text) -> Option<Text> {
    let mut fields = vec![Text::new()];
    for part in arn.parts() {
        match part {
            Part::Symbol(symbol) => fields.last_mut()?.push_symbol(symbol.clone()),
            Part::Literal(literal) => {
                for (at, piece) in literal.split(':').enumerate() {
                    if at > 0 {
                        fields.push(Text::new());
                    }
                    fields.last_mut()?.push_str(piece);
                }
            }
        }
    }
    (fields.first()?.as_literal() == Some("arn") && fields.len() == 6).then(|| fields.swap_remove(4))
}
