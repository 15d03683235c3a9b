//! THE table: what each argument of each kind of block is, how it compares, what a change of
//! it does. Readers, writers and comparison know arguments only from here.

mod checks;
mod roles;
mod rows;

use super::{Datum, Expression, Invalid, Kind, Part, Record, Text};

/// The arguments and nested blocks of one kind of block.
#[derive(Debug)]
pub struct Table {
    /// The resource's or data source's type, or the nested block's name.
    pub name: &'static str,
    /// Whether only what the spec says of it is compared, the rest being Terraform's affair.
    pub only_declared: bool,
    /// The provider's or Terraform's page that describes it.
    pub source: &'static str,
    rows: &'static [Attribute],
    /// Rows that every resource and data source has.
    shared: &'static [Attribute],
    blocks: &'static [&'static Table],
    /// Nested blocks that steer Terraform alone.
    free: &'static [&'static str],
    /// What tells two blocks of this kind apart, beside their whole content.
    identity: &'static [&'static str],
    /// What no argument can tell by itself.
    together: Option<Together>,
}

/// Looks at a whole body: what is wrong, and the argument or block that it is about.
type Together = fn(&Record) -> Vec<(&'static str, Invalid)>;

/// One argument.
#[derive(Debug)]
pub struct Attribute {
    /// As the provider spells it.
    pub name: &'static str,
    /// What it holds, and so how it compares: a list whose order means nothing is a set here.
    pub kind: Kind,
    /// Whether the block must have it.
    pub required: bool,
    /// Whether a change makes Terraform replace or destroy something.
    pub replaces: bool,
    /// The provider's major version that brought it.
    pub since: u8,
    default: Absence,
    compared: Compared,
    check: Option<fn(&Datum) -> Vec<Invalid>>,
}

/// What absence of an argument is the same as.
#[derive(Clone, Copy, Debug)]
enum Absence {
    /// Nothing but absence.
    Itself,
    /// This text. To the provider's SDK `""` is no value.
    Text(&'static str),
    /// This boolean.
    Bool(bool),
    /// This number.
    Number(&'static str),
    /// A list of nothing.
    List,
    /// A map of nothing.
    Map,
    /// This configuration of a provider.
    Provider(&'static str),
}

/// What of an argument is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// The value.
    Value,
    /// The value, letter case aside: IAM's actions and condition keys.
    Folded,
    /// The value; `arn:P:iam::ACCOUNT:root` is the account's id.
    Principals,
    /// Which secret it names: `.id` of a container is its `.arn`.
    SecretArn,
    /// What it refers to: another reference is another value, whatever either turns out to be.
    /// `.id` is a role's name and a policy's ARN.
    Reference,
    /// An issuer's address, which the provider keeps without `https://`.
    Issuer,
    /// A set of characters: order and repetition mean nothing.
    Characters,
    /// IAM JSON, by its meaning.
    Policy,
    /// Nothing: it steers Terraform alone.
    Nothing,
}

/// The table of a resource's or data source's type, or of a nested block by its name; an
/// empty one for what secretform doesn't know.
pub fn table(name: &str) -> &'static Table {
    rows::ALL.iter().find(|table| table.name == name).copied().unwrap_or(&rows::NONE)
}

/// Every table, nested blocks' included.
pub fn tables() -> &'static [&'static Table] {
    rows::ALL
}

impl Table {
    /// The arguments that are compared, in the order in which they are written.
    pub fn attributes(&self) -> impl Iterator<Item = &'static Attribute> {
        self.rows().filter(|row| row.compared != Compared::Nothing)
    }

    /// An argument, also one that is not compared.
    pub fn attribute(&self, name: &str) -> Option<&'static Attribute> {
        self.rows().find(|row| row.name == name)
    }

    /// Every argument.
    pub fn rows(&self) -> impl Iterator<Item = &'static Attribute> {
        self.shared.iter().chain(self.rows)
    }

    /// The nested blocks that are compared.
    pub fn blocks(&self) -> impl Iterator<Item = (&'static str, &'static Table)> {
        self.blocks.iter().map(|table| (table.name, *table))
    }

    /// A nested block that is compared.
    pub fn block(&self, name: &str) -> Option<&'static Table> {
        self.blocks.iter().find(|table| table.name == name).copied()
    }

    /// Whether a nested block steers Terraform alone.
    pub fn is_free(&self, name: &str) -> bool {
        self.free.contains(&name)
    }

    /// The arguments that tell two blocks of this kind apart: two with the same values here
    /// are one that was changed.
    pub fn identity(&self) -> &'static [&'static str] {
        self.identity
    }

    /// The rules of AWS that a body breaks, each with the path of what breaks it. For what
    /// existing Terraform holds; a model can't be built of such values.
    pub fn faults(&self, record: &Record) -> Vec<(String, Invalid)> {
        let mut out = Vec::new();
        self.faults_at("", record, &mut out);
        out
    }

    fn faults_at(&self, at: &str, record: &Record, out: &mut Vec<(String, Invalid)>) {
        for row in self.rows() {
            let value = record.get(row.name).map(|value| value.clone().converted(row.kind));
            let found = value.iter().flat_map(|value| row.check(value));
            out.extend(found.map(|invalid| (format!("{at}{}", row.name), invalid)));
        }
        if let Some(together) = self.together {
            out.extend(together(record).into_iter().map(|(name, invalid)| (format!("{at}{name}"), invalid)));
        }
        for (name, table) in self.blocks() {
            for (index, block) in record.blocks(name).iter().enumerate() {
                table.faults_at(&format!("{at}{name}[{index}]."), block, out);
            }
        }
    }
}

impl Attribute {
    /// What is compared.
    pub fn compared(&self) -> Compared {
        self.compared
    }

    /// What absence is the same as, if it is the same as a value.
    pub fn default_value(&self) -> Option<Datum> {
        Some(match self.default {
            Absence::Itself => return None,
            Absence::Text(text) => Datum::Text(text.into()),
            Absence::Bool(value) => Datum::Bool(value),
            Absence::Number(number) => Datum::Number(number.to_owned()),
            Absence::List => Datum::List(Vec::new()),
            Absence::Map => Datum::Object(Vec::new()),
            Absence::Provider(name) => Datum::Symbol(Expression::plain(name)),
        })
    }

    /// A value, or an element of one, in one spelling of those that mean the same here.
    pub fn normal(&self, value: &Datum) -> Datum {
        match value {
            Datum::List(items) => Datum::List(items.iter().map(|item| self.normal(item)).collect()),
            Datum::Concat(items, lists) => {
                Datum::Concat(items.iter().map(|item| self.normal(item)).collect(), lists.clone())
            }
            Datum::Text(text) => Datum::text(match self.compared {
                Compared::Folded => text.map_literals(str::to_ascii_lowercase),
                Compared::Issuer => without_scheme(text),
                Compared::Principals => root_account(text).unwrap_or_else(|| text.clone()),
                Compared::Characters => text.map_literals(|literal| {
                    let mut characters: Vec<char> = literal.chars().collect();
                    characters.sort_unstable();
                    characters.dedup();
                    characters.into_iter().collect()
                }),
                _ => text.clone(),
            }),
            Datum::Symbol(symbol) if matches!(self.compared, Compared::SecretArn | Compared::Reference) => {
                Datum::Symbol(attribute_of_id(symbol.canonical()).unwrap_or_else(|| symbol.clone()))
            }
            other => other.clone(),
        }
    }

    /// The rules of AWS that a value breaks. One that isn't of the argument's type breaks
    /// none of them: that is for Terraform to say.
    pub fn check(&self, value: &Datum) -> Vec<Invalid> {
        self.check.map(|check| check(value)).unwrap_or_default()
    }
}

/// The account of `arn:P:iam::ACCOUNT:root`: twelve digits, or an expression.
///
/// Source: IAM User Guide, *AWS JSON policy elements: Principal*, "AWS account principals".
pub(crate) fn root_account(text: &Text) -> Option<Text> {
    let arn = super::iam::Arn::parse(text)?;
    let is = |field: &Text, literal: &str| field.as_literal() == Some(literal);
    let root = is(&arn.service, "iam") && arn.region.is_empty() && is(&arn.resource, "root");
    (root && super::AccountId::new(arn.account.clone()).is_ok()).then_some(arn.account)
}

/// The attribute that `.id` is, by the provider's documentation.
fn attribute_of_id(canonical: &str) -> Option<Expression> {
    const IDS: [(&str, &str); 3] =
        [("aws_secretsmanager_secret.", "arn"), ("aws_iam_policy.", "arn"), ("aws_iam_role.", "name")];
    let address = canonical.strip_suffix(".id")?;
    let (_, attribute) = IDS.iter().find(|(type_name, _)| address.starts_with(type_name))?;
    Some(Expression::plain(format!("{address}.{attribute}")))
}

fn without_scheme(text: &Text) -> Text {
    let mut out = Text::new();
    for (at, part) in text.parts().iter().enumerate() {
        match part {
            Part::Literal(literal) if at == 0 => {
                out.push_str(literal.strip_prefix("https://").unwrap_or(literal));
            }
            Part::Literal(literal) => out.push_str(literal),
            Part::Symbol(symbol) => out.push_symbol(symbol.clone()),
        }
    }
    out
}

#[cfg(test)]
mod tests;
