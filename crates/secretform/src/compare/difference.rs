//! One thing that differs, and the path to it within its block.

use std::fmt;

use crate::model::{Datum, Text};

/// A step from a block towards one of its values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// An argument by name.
    Argument(String),
    /// An entry of a map.
    Key(Text),
    /// An element of the list that was found.
    Element(usize),
    /// An element that is not in the list that was found.
    NewElement,
    /// The n-th nested block of a type, among those found.
    Block(String, usize),
    /// A nested block of a type that was not found.
    NewBlock(String),
}

/// A path within a block; its text is that of the places in `existing`: `tags["Name"]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(Vec<Step>);

impl Path {
    /// The block itself.
    pub fn new() -> Self {
        Self::default()
    }

    /// One step further.
    #[must_use]
    pub fn then(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    /// The steps.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// This path seen from the block that `prefix` leads to.
    #[must_use]
    pub fn within(&self, prefix: &Path) -> Self {
        let mut steps = prefix.0.clone();
        steps.extend(self.0.iter().cloned());
        Self(steps)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            let dot = if at > 0 { "." } else { "" };
            match step {
                Step::Argument(name) | Step::NewBlock(name) => write!(f, "{dot}{name}")?,
                Step::Key(key) => write!(f, "[\"{key}\"]")?,
                Step::Element(index) => write!(f, "[{index}]")?,
                Step::NewElement => {}
                Step::Block(name, index) => write!(f, "{dot}{name}[{index}]")?,
            }
        }
        Ok(())
    }
}

/// How two records differ at one path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DifferenceKind {
    /// Declared, and not there.
    Missing,
    /// There, and not declared.
    Extra,
    /// There with another value.
    Changed,
    /// It can't be known before Terraform runs.
    Unknown,
    /// An argument or block that secretform doesn't know.
    UnknownArgument,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Where in the block.
    pub path: Path,
    /// How.
    pub kind: DifferenceKind,
    /// What is declared, if a value is.
    pub expected: Option<Datum>,
    /// What is there, if a value is.
    pub found: Option<Datum>,
    /// A declared nested block that is missing.
    pub block: Option<crate::model::Record>,
    /// Whether Terraform would replace the resource to make it equal.
    pub replaces: bool,
}

impl Difference {
    /// A difference without values.
    pub fn new(path: Path, kind: DifferenceKind) -> Self {
        Self { path, kind, expected: None, found: None, block: None, replaces: false }
    }

    /// Sets what is declared and what is there.
    #[must_use]
    pub fn values(mut self, expected: Option<Datum>, found: Option<Datum>) -> Self {
        (self.expected, self.found) = (expected, found);
        self
    }

    /// Sets the declared block that is missing.
    #[must_use]
    pub fn block(mut self, block: crate::model::Record) -> Self {
        self.block = Some(block);
        self
    }

    /// Sets whether it replaces.
    #[must_use]
    pub fn replaces(mut self, replaces: bool) -> Self {
        self.replaces = replaces;
        self
    }
}
