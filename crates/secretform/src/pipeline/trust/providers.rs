//! The identity providers of a directory: whose tokens each takes.

use super::super::view::View;
use crate::existing::address;
use crate::model::{Datum, Expression, Mode, Part, Record, Text};

/// What is known of them.
pub(super) struct Providers {
    /// By what expressions begin with: `data.aws_iam_openid_connect_provider.github`.
    hosts: Vec<(String, Text)>,
    /// Hosts, each with the audiences that its provider takes.
    pub(super) audiences: Vec<(String, Vec<String>)>,
}

impl Providers {
    pub(super) fn new(view: &View<'_>) -> Self {
        let mut all = Self { hosts: Vec::new(), audiences: Vec::new() };
        for block in &view.root.blocks {
            let Some(address) = address(block) else { continue };
            if address.type_name() != "aws_iam_openid_connect_provider" {
                continue;
            }
            let resolved = |name: &str| block.body.value(name).map(|value| view.scope.resolve(&value.datum));
            let from_url = resolved("url").and_then(|url| host(&url));
            let by_arn = || match resolved("arn")? {
                Datum::Text(arn) => crate::access::trust::host_of(&arn),
                _ => None,
            };
            let Some(host) = from_url.or_else(by_arn) else { continue };
            let repeated = block.body.value("for_each").is_some();
            if let (Mode::Managed, Some(literal), false) = (address.mode(), host.as_literal(), repeated)
                && let Some(Datum::List(ids)) = resolved("client_id_list")
            {
                let literal_of = |id: &Datum| match id {
                    Datum::Text(text) => text.as_literal().map(str::to_owned),
                    _ => None,
                };
                if let Some(ids) = ids.iter().map(literal_of).collect::<Option<Vec<_>>>() {
                    all.audiences.push((literal.to_owned(), ids));
                }
            }
            all.hosts.push((address.to_string(), host));
        }
        // Those that stand byte for byte as the spec declares them are not among the blocks.
        for provider in view.wanted.model().providers() {
            let (address, host) = (provider.address().to_string(), provider.issuer().as_str());
            if !all.hosts.iter().any(|(other, _)| *other == address) {
                all.hosts.push((address, host.into()));
                let ids = provider.audiences().iter().map(|audience| audience.as_str().to_owned());
                all.audiences.push((host.to_owned(), ids.collect()));
            }
        }
        // Of two providers of one host nobody knows which it is.
        let twice = |host: &str, all: &[(String, Vec<String>)]| {
            all.iter().filter(|(other, _)| other.eq_ignore_ascii_case(host)).count() > 1
        };
        let audiences = all.audiences.clone();
        all.audiences.retain(|(host, _)| !twice(host, &audiences));
        all
    }

    /// A statement in which what stands for a provider is replaced by what is known of it.
    pub(super) fn known(&self, statement: &Record, view: &View<'_>) -> Record {
        let mut out = Record::new();
        for (name, value) in statement.arguments() {
            out.set(name.to_owned(), self.datum(value, view));
        }
        for (name, blocks) in statement.nested() {
            for block in blocks {
                out.push(name.to_owned(), self.known(block, view));
            }
        }
        out
    }

    fn datum(&self, value: &Datum, view: &View<'_>) -> Datum {
        let all = |items: &[Datum]| items.iter().map(|item| self.datum(item, view)).collect();
        match value {
            Datum::Symbol(symbol) => match self.symbol(symbol, view) {
                Some(text) => Datum::Text(text),
                None => value.clone(),
            },
            Datum::Text(text) => {
                let mut out = Text::new();
                for part in text.parts() {
                    match part {
                        Part::Literal(literal) => out.push_str(literal),
                        Part::Symbol(symbol) => match self.symbol(symbol, view) {
                            Some(known) => out.push(&known),
                            None => out.push_symbol(symbol.clone()),
                        },
                    }
                }
                Datum::text(out)
            }
            Datum::List(items) => Datum::List(all(items)),
            Datum::Concat(items, lists) => Datum::Concat(all(items), lists.clone()),
            other => other.clone(),
        }
    }

    /// What is known of an expression: a provider's host for its URL, an ARN that ends in it for
    /// its ARN.
    fn symbol(&self, symbol: &Expression, view: &View<'_>) -> Option<Text> {
        let text = symbol.canonical();
        for function in ["replace(", "trimprefix("] {
            let Some(inner) = text.strip_prefix(function).and_then(|rest| rest.strip_suffix(')')) else {
                continue;
            };
            let (argument, rest) = inner.split_once(", ")?;
            if !matches!(rest, "\"https://\", \"\"" | "\"https://\"") {
                return None;
            }
            let literal = argument.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            let value = match literal {
                Some(literal) if !literal.contains(['"', '$', '%', '\\']) => Datum::Text(literal.into()),
                Some(_) => return None,
                None => {
                    let symbol = Expression::from_canonical(argument, argument);
                    let known = self.symbol(&symbol, view).map(Datum::Text);
                    known.unwrap_or_else(|| view.scope.resolve(&Datum::Symbol(symbol)))
                }
            };
            return host(&value);
        }
        let text = text.strip_prefix("one(").and_then(|rest| rest.strip_suffix(')')).unwrap_or(text);
        let (base, host) = self.hosts.iter().find(|(base, _)| {
            text.strip_prefix(base.as_str()).is_some_and(|rest| rest.starts_with(['.', '[']))
        })?;
        let rest = &text[base.len()..];
        let rest = match rest.strip_prefix('[') {
            Some(index) => index.split_once(']').map(|(_, rest)| rest)?,
            None => rest,
        };
        match rest.trim_end_matches("[0]") {
            ".url" => Some(host.clone()),
            ".arn" | ".id" => {
                let mut arn = Text::symbol(symbol.clone());
                arn.push_str(":oidc-provider/");
                arn.push(host);
                Some(arn)
            }
            _ => None,
        }
    }
}

/// An URL without `https://`.
fn host(url: &Datum) -> Option<Text> {
    let Datum::Text(url) = url else { return None };
    let mut out = Text::new();
    for (at, part) in url.parts().iter().enumerate() {
        match part {
            Part::Literal(literal) if at == 0 => out.push_str(without_scheme(literal)),
            Part::Literal(literal) => out.push_str(literal),
            Part::Symbol(symbol) => out.push_symbol(symbol.clone()),
        }
    }
    Some(out)
}

fn without_scheme(url: &str) -> &str {
    const SCHEME: &str = "https://";
    match url.get(..SCHEME.len()) {
        Some(start) if start.eq_ignore_ascii_case(SCHEME) => &url[SCHEME.len()..],
        _ => url,
    }
}
