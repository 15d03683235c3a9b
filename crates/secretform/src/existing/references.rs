//! Which secret an expression names: by reference, by ARN, by name, through a data source.

use std::cell::OnceCell;

use foldhash::{HashMap, HashMapExt as _};

use super::root::{Root, address};
use crate::model::{Address, Datum, Expression, Mode, Model, Part, Sameness, Text};

/// What is known of the secret that an expression names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// The declared secret of this index.
    Declared(usize),
    /// None of the declared ones.
    Other,
    /// It can't be known before Terraform runs.
    Unknown,
}

/// The declared secrets, and the data sources through which they may be named.
#[derive(Debug)]
pub struct References<'a> {
    model: &'a Model,
    /// What each `data "aws_secretsmanager_secret"` says it looks up, and whether by ARN.
    sources: HashMap<String, Option<(Datum, bool)>>,
    /// The secrets whose names hang on a symbol, once somebody asks.
    symbolic: OnceCell<Vec<usize>>,
}

impl<'a> References<'a> {
    /// For the secrets of a model, in a directory.
    pub fn new(model: &'a Model, root: &Root) -> Self {
        let mut sources = HashMap::new();
        for block in &root.blocks {
            if let Some(address) = address(block)
                && address.mode() == Mode::Data
                && address.type_name() == "aws_secretsmanager_secret"
            {
                let body = &block.body;
                let (arn, name) = (body.value("arn"), body.value("name"));
                // A name says nothing of what another provider, or another region, calls so.
                let elsewhere = body.attribute("provider").is_some() || body.attribute("region").is_some();
                let value = arn.or_else(|| name.filter(|_| !elsewhere));
                let source = value.map(|value| (value.datum.clone(), arn.is_some()));
                sources.insert(address.label().to_owned(), source);
            }
        }
        Self { model, sources, symbolic: OnceCell::new() }
    }

    /// The secret that a value names.
    pub fn secret(&self, value: &Datum) -> Named {
        match value {
            Datum::Symbol(symbol) => self.symbol(symbol),
            Datum::Text(text) => self.text(text),
            _ => Named::Unknown,
        }
    }

    /// The label of the secret whose `.arn`, `.id` or `.name` an expression is, without index.
    pub fn label_of(symbol: &Expression) -> Option<(Mode, &str)> {
        let text = symbol.canonical();
        let (mode, rest) = match text.strip_prefix("data.aws_secretsmanager_secret.") {
            Some(rest) => (Mode::Data, rest),
            None => (Mode::Managed, text.strip_prefix("aws_secretsmanager_secret.")?),
        };
        let (head, attribute) = rest.rsplit_once('.')?;
        let label = match head.split_once('[') {
            Some((label, index)) if index.ends_with(']') && !index.contains(['.', ' ']) => label,
            Some(_) => return None,
            None => head,
        };
        let plain = !label.contains(['.', '(', '"', ' ']);
        (plain && matches!(attribute, "arn" | "id" | "name")).then_some((mode, label))
    }

    fn symbol(&self, symbol: &Expression) -> Named {
        match Self::label_of(symbol) {
            Some((Mode::Managed, label)) => self.model.labelled(label).map_or(Named::Other, Named::Declared),
            Some((_, label)) => match self.sources.get(label) {
                Some(Some((value, _))) if *value != Datum::Symbol(symbol.clone()) => self.secret(value),
                _ => Named::Unknown,
            },
            None => Named::Unknown,
        }
    }

    /// The ARN by which a data source looks its secret up, if it does so by one.
    pub fn arn_of(&self, label: &str) -> Option<&Datum> {
        self.sources.get(label)?.as_ref().and_then(|(value, by_arn)| by_arn.then_some(value))
    }

    fn symbolic(&self) -> &[usize] {
        self.symbolic.get_or_init(|| {
            let secrets = self.model.secrets().iter().enumerate();
            secrets.filter(|(_, secret)| secret.name().as_literal().is_none()).map(|(at, _)| at).collect()
        })
    }

    /// The secrets that may be called so: one that is, and those whose names only Terraform knows.
    pub fn called(&self, name: &Text) -> Vec<(usize, Sameness)> {
        let secrets = self.model.secrets();
        let compared = |at: usize| (at, name.compare(secrets[at].name().as_text()));
        let mut out: Vec<_> = match name.as_literal() {
            Some(literal) => {
                let known = self.model.named(literal).map(|at| (at, Sameness::Same));
                known.into_iter().chain(self.symbolic().iter().map(|at| compared(*at))).collect()
            }
            None => (0..secrets.len()).map(compared).collect(),
        };
        out.retain(|(_, same)| *same != Sameness::Different);
        out.sort_by_key(|(at, _)| *at);
        out
    }

    fn text(&self, text: &Text) -> Named {
        let tail = after_secret(text).unwrap_or_else(|| text.clone());
        let mut candidates = self.called(&tail);
        if let Some(bare) = tail.as_literal().and_then(without_suffix) {
            candidates.extend(self.called(&bare.into()));
        }
        match candidates.iter().find(|(_, same)| *same == Sameness::Same) {
            Some((at, _)) => Named::Declared(*at),
            None if candidates.is_empty() => Named::Other,
            None => Named::Unknown,
        }
    }
}

/// A name without the hyphen and six characters that an ARN has behind it.
fn without_suffix(name: &str) -> Option<&str> {
    let (bare, suffix) = name.rsplit_once('-')?;
    (suffix.chars().count() == 6).then_some(bare)
}

/// What follows `:secret:` in an ARN.
fn after_secret(text: &Text) -> Option<Text> {
    const MARK: &str = ":secret:";
    let at = text
        .parts()
        .iter()
        .position(|part| matches!(part, Part::Literal(literal) if literal.contains(MARK)))?;
    let mut out = Text::new();
    for (index, part) in text.parts().iter().enumerate().skip(at) {
        match part {
            Part::Literal(literal) if index == at => {
                out.push_str(literal.split_once(MARK).map_or("", |(_, rest)| rest));
            }
            Part::Literal(literal) => out.push_str(literal),
            Part::Symbol(symbol) => out.push_symbol(symbol.clone()),
        }
    }
    Some(out)
}

/// The address that an expression or a string spells, without an instance key.
pub fn spelled_address(value: &Datum) -> Option<Address> {
    let text = match value {
        Datum::Symbol(symbol) => symbol.canonical(),
        Datum::Text(text) => text.as_literal()?,
        _ => return None,
    };
    let text = text.split_once('[').map_or(text, |(head, _)| head);
    let mut parts = text.split('.').map(str::trim);
    let first = parts.next()?;
    let (mode, type_name) = match first {
        "data" => (Mode::Data, parts.next()?),
        "ephemeral" => (Mode::Ephemeral, parts.next()?),
        other => (Mode::Managed, other),
    };
    let label = parts.next()?;
    parts.next().is_none().then(|| Address::new(mode, type_name, label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Secret;

    #[test]
    fn a_secret_is_named_by_reference_arn_and_name() {
        let secret = Secret::builder("api").name("airbyte/api").build().unwrap();
        let model = Model::builder().secret(secret).build().unwrap();
        let references = References::new(&model, &Root::default());
        let symbol = |text: &str| Datum::Symbol(Expression::from_canonical(text, text));
        let text = |text: &str| Datum::Text(text.into());
        for declared in [
            symbol("aws_secretsmanager_secret.api.arn"),
            symbol("aws_secretsmanager_secret.api.id"),
            symbol("aws_secretsmanager_secret.api[0].arn"),
            text("airbyte/api"),
            text("arn:aws:secretsmanager:eu-west-2:123456789012:secret:airbyte/api-AbC123"),
        ] {
            assert_eq!(references.secret(&declared), Named::Declared(0), "{declared}");
        }
        for other in
            [symbol("aws_secretsmanager_secret.other.arn"), text("airbyte/api2"), text("airbyte/api-AbC12")]
        {
            assert_eq!(references.secret(&other), Named::Other, "{other}");
        }
        for unknown in
            [symbol("var.secret"), symbol("data.aws_secretsmanager_secret.x.arn"), symbol("local.api")]
        {
            assert_eq!(references.secret(&unknown), Named::Unknown, "{unknown}");
        }
    }

    #[test]
    fn addresses_are_read_with_and_without_an_instance() {
        let spelled = |text: &str| {
            spelled_address(&Datum::Symbol(Expression::from_canonical(text, text)))
                .map(|address| address.to_string())
        };
        assert_eq!(spelled("aws_x.y").as_deref(), Some("aws_x.y"));
        assert_eq!(spelled("aws_x.y[0]").as_deref(), Some("aws_x.y"));
        assert_eq!(spelled("data.aws_x.y[\"k\"]").as_deref(), Some("data.aws_x.y"));
        assert_eq!(spelled("module.a.aws_x.y"), None);
    }
}
