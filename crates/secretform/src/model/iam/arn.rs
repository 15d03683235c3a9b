//! ARNs, and patterns of them as policies' resources.

use std::fmt;

use crate::model::checked::checked_text;
use crate::model::{Invalid, InvalidKind, Part, Text};

/// An ARN or a pattern of one, cut at its first five colons.
///
/// Source: IAM User Guide, *Identify AWS resources with Amazon Resource Names (ARNs)*.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Arn {
    /// `aws`, `aws-cn`, …
    pub partition: Text,
    /// `secretsmanager`, …
    pub service: Text,
    /// May be empty.
    pub region: Text,
    /// May be empty.
    pub account: Text,
    /// All that follows; may hold colons.
    pub resource: Text,
}

impl Arn {
    /// Cuts a text that begins with `arn:` and has six fields. What an expression stands for
    /// is taken to hold no colon, unless it is the whole of a field and fields are missing:
    /// then `None`.
    pub fn parse(text: &Text) -> Option<Self> {
        let mut fields = fields(text).into_iter();
        if fields.next()?.as_literal()? != "arn" {
            return None;
        }
        let arn = Self {
            partition: fields.next()?,
            service: fields.next()?,
            region: fields.next()?,
            account: fields.next()?,
            resource: fields.next()?,
        };
        Some(arn)
    }

    /// The ARN, or pattern of ARNs, of a secret: `arn:P:secretsmanager:R:A:secret:NAME`.
    pub fn secret(partition: Text, region: Text, account: Text, name: &Text) -> Self {
        let mut resource = Text::from("secret:");
        resource.push(name);
        Self { partition, service: "secretsmanager".into(), region, account, resource }
    }

    /// What stands after `secret:`, if it is of a secret.
    pub fn secret_name(&self) -> Option<Text> {
        if self.service.as_literal() != Some("secretsmanager") {
            return None;
        }
        let mut parts = self.resource.parts().iter();
        let Some(Part::Literal(first)) = parts.next() else { return None };
        let mut name = Text::from(first.strip_prefix("secret:")?);
        for part in parts {
            match part {
                Part::Literal(text) => name.push_str(text),
                Part::Symbol(symbol) => name.push_symbol(symbol.clone()),
            }
        }
        Some(name)
    }

    /// As one text.
    pub fn to_text(&self) -> Text {
        let mut text = Text::from("arn");
        for field in [&self.partition, &self.service, &self.region, &self.account, &self.resource] {
            text.push_str(":");
            text.push(field);
        }
        text
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_text().fmt(f)
    }
}

/// The text cut at its first five colons.
fn fields(text: &Text) -> Vec<Text> {
    let mut fields = vec![Text::new()];
    for part in text.parts() {
        match part {
            Part::Symbol(symbol) => {
                if let Some(last) = fields.last_mut() {
                    last.push_symbol(symbol.clone());
                }
            }
            Part::Literal(literal) => {
                let room = 7 - fields.len();
                for (at, piece) in literal.splitn(room, ':').enumerate() {
                    if at > 0 {
                        fields.push(Text::new());
                    }
                    if let Some(last) = fields.last_mut() {
                        last.push_str(piece);
                    }
                }
            }
        }
    }
    fields
}

/// A resource of a statement: an ARN with `*` and `?`, a shorter one that ends in `*`, `*`,
/// or an expression.
///
/// Source: IAM User Guide, *IAM JSON policy elements: Resource*.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Resource(Text);

checked_text!(Resource);

impl Resource {
    /// A resource, if it can be one.
    pub fn new(resource: impl Into<Text>) -> Result<Self, Invalid> {
        let resource = resource.into();
        match fault(&resource) {
            None => Ok(Self(resource)),
            Some(detail) => Err(Invalid::new(InvalidKind::Arn, resource).detail(detail)),
        }
    }

    /// `*`
    pub fn everything() -> Self {
        Self("*".into())
    }

    /// Its fields, if it has all six.
    pub fn arn(&self) -> Option<Arn> {
        Arn::parse(&self.0)
    }
}

impl From<Arn> for Resource {
    fn from(arn: Arn) -> Self {
        Self(arn.to_text())
    }
}

fn fault(resource: &Text) -> Option<&'static str> {
    if resource.as_literal() == Some("*") {
        return None;
    }
    if resource.literals().any(|text| text.contains(char::is_whitespace)) && Arn::parse(resource).is_none() {
        return Some("it holds blanks");
    }
    // An expression in front may be any part of an ARN, its beginning included.
    if matches!(resource.parts().first(), Some(Part::Symbol(_))) {
        return None;
    }
    let fields = fields(resource);
    if fields[0].as_literal() != Some("arn") {
        return Some("it doesn't begin with arn:");
    }
    if fields.len() < 6 && !resource.literal_suffix().ends_with('*') && resource.as_literal().is_some() {
        return Some("fields are missing");
    }
    let wild = |text: &Text| text.literals().any(|part| part.contains(['*', '?']));
    if fields.len() > 3 && wild(&fields[2]) {
        return Some("no wildcard in the service");
    }
    if fields.len() >= 6 && fields[1..3].iter().any(Text::is_empty) {
        return Some("partition or service is empty");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Expression;

    fn symbolic() -> Text {
        let mut text = Text::from("arn:aws:secretsmanager:");
        text.push_symbol(Expression::reference("var.aws_region").unwrap());
        text.push_str(":");
        text.push_symbol(Expression::reference("var.aws_account_id").unwrap());
        text.push_str(":secret:a:b/*");
        text
    }

    #[test]
    fn an_arn_is_cut_and_joined_again() {
        let arn = Arn::parse(&symbolic()).unwrap();
        assert_eq!(arn.region.to_string(), "${var.aws_region}");
        assert_eq!(arn.resource.as_literal(), Some("secret:a:b/*"));
        assert_eq!(arn.secret_name().unwrap().as_literal(), Some("a:b/*"));
        assert_eq!(arn.to_text(), symbolic());
        assert_eq!(Arn::secret("aws".into(), arn.region.clone(), arn.account.clone(), &"a:b/*".into()), arn);
        for none in ["", "arn", "arn:aws:s3:::", "x:aws:s3:::b"] {
            assert_eq!(Arn::parse(&none.into()).is_some(), none == "arn:aws:s3:::", "{none}");
        }
    }

    #[test]
    fn resources() {
        for good in [
            "*",
            "arn:aws:s3:::bucket/*",
            "arn:aws:secretsmanager:eu-west-2:*:secret:dlt/*",
            "arn:aws:secretsmanager:*",
            "arn:aws:secretsmanager:*:secret:*",
            "arn:*",
            "arn:aws:sqs:eu-west-2:111122223333:a queue",
        ] {
            assert!(Resource::new(good).is_ok(), "{good}");
        }
        for bad in
            ["", "xyz", "airbyte/*", "arn:aws:s3", "arn:aws:s*:::b", "arn::s3:::b", "a b*", "ARN:aws:s3:::b"]
        {
            assert_eq!(Resource::new(bad).unwrap_err().kind(), InvalidKind::Arn, "{bad}");
        }
        assert!(Resource::new(symbolic()).is_ok());
        assert!(Resource::new(Expression::reference("aws_secretsmanager_secret.a.arn").unwrap()).is_ok());
    }
}
