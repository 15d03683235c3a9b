//! Whether a principal of a trust policy is the declared identity provider: by reference, or by
//! the ARN that the provider will have.

use super::super::view::View;
use crate::compare::{Difference, DifferenceKind, Step};
use crate::model::iam::oidc::IssuerUrl;
use crate::model::{Datum, Sameness, Text};

/// Decides of principals that look unknown, as far as the directory tells; those that are the
/// same go.
pub(super) fn decide(view: &View<'_>, differences: &mut Vec<Difference>) {
    differences.retain_mut(|difference| {
        let of_principals = difference.path.steps().iter().any(
            |step| matches!(step, Step::Block(name, _) if matches!(name.as_str(), "principals" | "not_principals")),
        );
        if !of_principals || difference.kind != DifferenceKind::Unknown {
            return true;
        }
        let (Some(expected), Some(found)) = (&difference.expected, &difference.found) else { return true };
        match same(view, expected, found) {
            Sameness::Same => false,
            Sameness::Different => {
                difference.kind = DifferenceKind::Changed;
                true
            }
            Sameness::Unknown => true,
        }
    });
}

fn same(view: &View<'_>, expected: &Datum, found: &Datum) -> Sameness {
    let Some(expected) = referred(expected) else { return Sameness::Unknown };
    let expected_url = url_of(view, expected);
    match (referred(found), found) {
        (Some(found), _) => match (expected_url, url_of(view, found)) {
            (Some(a), Some(b)) if a == b => Sameness::Same,
            // Two providers are two principals.
            _ => Sameness::Different,
        },
        (None, Datum::Text(arn)) => match (expected_url, parts(arn)) {
            (Some(url), Some((account, issuer))) => {
                if issuer != url.as_str() {
                    return Sameness::Different;
                }
                view.account_id().map_or(Sameness::Unknown, |ours| account.compare(ours))
            }
            (_, None) if arn.as_literal().is_some() => Sameness::Different,
            _ => Sameness::Unknown,
        },
        _ => Sameness::Unknown,
    }
}

/// The label of the identity provider of the directory that a value is the ARN of.
fn referred(value: &Datum) -> Option<&str> {
    let Datum::Symbol(symbol) = value else { return None };
    let rest = symbol.canonical().strip_prefix("aws_iam_openid_connect_provider.")?;
    let label = rest.strip_suffix(".arn").or_else(|| rest.strip_suffix(".id"))?;
    (!label.contains(['.', '(', ' '])).then_some(label)
}

/// Who signs the tokens of a provider of the directory, as the spec or its block says.
fn url_of(view: &View<'_>, label: &str) -> Option<IssuerUrl> {
    let declared = view.wanted.model().providers().iter().find(|it| it.address().label() == label);
    if let Some(provider) = declared {
        return Some(provider.issuer().clone());
    }
    let mut blocks = view.resources("aws_iam_openid_connect_provider");
    let (block, _) = blocks.find(|(_, address)| address.label() == label)?;
    match view.scope.resolve(&block.body.value("url")?.datum) {
        Datum::Text(url) => IssuerUrl::new(url.as_literal()?).ok(),
        _ => None,
    }
}

/// Account and issuer of `arn:P:iam::ACCOUNT:oidc-provider/ISSUER`.
fn parts(arn: &Text) -> Option<(Text, String)> {
    let arn = crate::model::iam::Arn::parse(arn)?;
    let issuer = arn.resource.as_literal()?.strip_prefix("oidc-provider/")?.to_owned();
    (arn.service.as_literal() == Some("iam")).then_some((arn.account, issuer))
}
