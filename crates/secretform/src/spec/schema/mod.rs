//! The table of the spec language: every block and attribute, and what each takes. Unknown
//! words, `SF008`, required words and the reference in `docs/spec.md` all come from here.

#[cfg(test)]
mod docs;
mod grants;
mod oidc;
mod rows;
mod table;
mod values;

pub use table::ROOT;

/// What may stand as an attribute's value (section 1 of `docs/spec.md`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// **L**: must be known before Terraform runs.
    Literal(Literal),
    /// **R**: a list of what this spec declares.
    References,
    /// **A**: a traversal into Terraform.
    Address,
    /// **T**: any expression of Terraform's, converted to this type.
    Terraform(Value),
}

/// The type of a literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Literal {
    /// A string without `${`.
    String,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// A string, number, boolean, list or object of them.
    Any,
    /// One of these strings.
    Choice(&'static [&'static str]),
    /// A list of strings or of Terraform addresses.
    Addresses,
    /// Strings by key.
    Map,
    /// Names of attributes as in Terraform's `ignore_changes`, or `all`.
    Attributes,
}

/// The type to which Terraform converts an expression's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A string.
    String,
    /// A number.
    Number,
    /// A boolean.
    Bool,
    /// A list or set of strings.
    Strings,
    /// Strings by key.
    Map,
    /// Whatever.
    Any,
}

/// From where an attribute or block comes that its block doesn't say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inherited {
    /// From nowhere.
    No,
    /// `†`: from the group, then from `defaults`.
    Group,
    /// `‡`: from the reader.
    Reader,
}

/// How many labels a block has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Labels {
    /// None.
    None,
    /// One, of this meaning.
    One(&'static str),
    /// One or none.
    Optional(&'static str),
}

/// An attribute of a block.
#[derive(Debug)]
pub struct Attribute {
    /// As written.
    pub name: &'static str,
    /// What may stand there.
    pub takes: Takes,
    /// Whether it must be there.
    pub required: bool,
    /// What holds if it is absent, as the spec would say it.
    pub default: Option<&'static str>,
    /// Whether a block above may say it.
    pub inherited: Inherited,
    /// Whether it comes with a later version.
    pub later: bool,
    /// What it means, for the reference.
    pub about: &'static str,
}

/// A block within a block.
#[derive(Debug)]
pub struct Child {
    /// Which.
    pub block: &'static Block,
    /// Whether there may be more than one.
    pub repeats: bool,
    /// Whether it must be there.
    pub required: bool,
    /// Whether a block above may say it.
    pub inherited: Inherited,
}

/// A block, as it stands in one kind of place.
#[derive(Debug)]
pub struct Block {
    /// As written.
    pub name: &'static str,
    /// The heading of its section in the reference.
    pub title: &'static str,
    /// Its labels.
    pub labels: Labels,
    /// Whether it comes with a later version.
    pub later: bool,
    /// Its attributes.
    pub attributes: &'static [Attribute],
    /// The blocks in it.
    pub blocks: &'static [Child],
    /// What it means, for the reference.
    pub about: &'static str,
}

impl Block {
    /// The attribute of this name.
    pub fn attribute(&self, name: &str) -> Option<&'static Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// The block of this name in it.
    pub fn block(&self, name: &str) -> Option<&'static Child> {
        self.blocks.iter().find(|child| child.block.name == name)
    }

    /// What may stand in it in this version: attributes, then blocks.
    pub fn words_now(&self) -> impl Iterator<Item = &'static str> + use<> {
        let attributes = self.attributes.iter().filter(|attribute| !attribute.later);
        let blocks = self.blocks.iter().filter(|child| !child.block.later);
        attributes.map(|attribute| attribute.name).chain(blocks.map(|child| child.block.name))
    }

    /// All that may stand in it, in a later version too: attributes, then blocks.
    pub fn words(&self) -> impl Iterator<Item = &'static str> + use<> {
        let attributes = self.attributes.iter().map(|attribute| attribute.name);
        attributes.chain(self.blocks.iter().map(|child| child.block.name))
    }
}

impl Takes {
    /// The letter of its kind.
    pub fn letter(self) -> char {
        match self {
            Self::Literal(_) => 'L',
            Self::References => 'R',
            Self::Address => 'A',
            Self::Terraform(_) => 'T',
        }
    }

    /// The type in words.
    pub fn words(self) -> String {
        match self {
            Self::Literal(Literal::String) => "string".to_owned(),
            Self::Literal(Literal::Bool) => "boolean".to_owned(),
            Self::Literal(Literal::Integer) => "whole number".to_owned(),
            Self::Literal(Literal::Any) => "any literal".to_owned(),
            Self::Literal(Literal::Choice(words)) => {
                words.iter().map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(", ")
            }
            Self::Literal(Literal::Map) => "map of strings".to_owned(),
            Self::Literal(Literal::Addresses) => "list of addresses".to_owned(),
            Self::Literal(Literal::Attributes) => "list of attributes, or `all`".to_owned(),
            Self::References => "list of `group`s and `secret`s".to_owned(),
            Self::Address => "address".to_owned(),
            Self::Terraform(Value::String) => "string".to_owned(),
            Self::Terraform(Value::Number) => "number".to_owned(),
            Self::Terraform(Value::Bool) => "boolean".to_owned(),
            Self::Terraform(Value::Strings) => "list of strings".to_owned(),
            Self::Terraform(Value::Map) => "map of strings".to_owned(),
            Self::Terraform(Value::Any) => "any".to_owned(),
        }
    }
}
