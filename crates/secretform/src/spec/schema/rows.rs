//! How a row of the table is written.

use super::{Attribute, Block, Child, Inherited, Labels, Literal, Takes, Value};

pub(super) const fn row(name: &'static str, takes: Takes, about: &'static str) -> Attribute {
    Attribute { name, takes, required: false, default: None, inherited: Inherited::No, later: false, about }
}
pub(super) const fn literal(name: &'static str, of: Literal, about: &'static str) -> Attribute {
    row(name, Takes::Literal(of), about)
}
pub(super) const fn terraform(name: &'static str, of: Value, about: &'static str) -> Attribute {
    row(name, Takes::Terraform(of), about)
}
/// A word that comes with a later version.
pub(super) const fn later(name: &'static str, takes: Takes, about: &'static str) -> Attribute {
    Attribute { later: true, ..row(name, takes, about) }
}
pub(super) const fn later_literal(name: &'static str, about: &'static str) -> Attribute {
    later(name, Takes::Literal(Literal::Any), about)
}
pub(super) const fn later_terraform(name: &'static str, about: &'static str) -> Attribute {
    later(name, Takes::Terraform(Value::Any), about)
}

impl Attribute {
    pub(super) const fn required(self) -> Self {
        Self { required: true, ..self }
    }
    pub(super) const fn or(self, default: &'static str) -> Self {
        Self { default: Some(default), ..self }
    }
    pub(super) const fn from(self, inherited: Inherited) -> Self {
        Self { inherited, ..self }
    }
}

pub(super) const fn one(block: &'static Block) -> Child {
    Child { block, repeats: false, required: false, inherited: Inherited::No }
}
pub(super) const fn many(block: &'static Block) -> Child {
    Child { repeats: true, ..one(block) }
}

impl Child {
    pub(super) const fn required(self) -> Self {
        Self { required: true, ..self }
    }
    pub(super) const fn from(self, inherited: Inherited) -> Self {
        Self { inherited, ..self }
    }
}

/// A block of which this version knows no more than the name.
pub(super) const fn later_block(name: &'static str, labels: Labels, about: &'static str) -> Block {
    Block { name, title: name, labels, later: true, attributes: &[], blocks: &[], about }
}
