//! The elements of a policy: their names in JSON and in Terraform, and what they hold.

/// What an element holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One string.
    Text,
    /// One string, or an array of them.
    Texts,
    /// `"*"`, or strings by type.
    Principals,
    /// Values by key by operator.
    Conditions,
}

/// An element of a statement.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    pub(super) json: &'static str,
    pub(super) terraform: &'static str,
    pub(super) shape: Shape,
}

const fn element(json: &'static str, terraform: &'static str, shape: Shape) -> Element {
    Element { json, terraform, shape }
}

/// In the order in which they are written.
pub(super) const STATEMENT: [Element; 9] = [
    element("Sid", "sid", Shape::Text),
    element("Effect", "effect", Shape::Text),
    element("Principal", "principals", Shape::Principals),
    element("NotPrincipal", "not_principals", Shape::Principals),
    element("Action", "actions", Shape::Texts),
    element("NotAction", "not_actions", Shape::Texts),
    element("Resource", "resources", Shape::Texts),
    element("NotResource", "not_resources", Shape::Texts),
    element("Condition", "condition", Shape::Conditions),
];

/// The elements of a policy itself, in order.
pub(super) const DOCUMENT: [&str; 3] = ["Version", "Id", "Statement"];

/// What a policy without `Version` is (IAM User Guide, *IAM JSON policy elements: Version*).
pub(super) const OLD_VERSION: &str = "2008-10-17";

/// What Terraform's `statement` calls an element of a statement in IAM's JSON.
pub fn terraform_name(json: &str) -> Option<&'static str> {
    STATEMENT.iter().find(|element| element.json == json).map(|element| element.terraform)
}

/// What IAM's JSON calls an argument or block of Terraform's `statement`.
pub fn json_name(terraform: &str) -> Option<&'static str> {
    STATEMENT.iter().find(|element| element.terraform == terraform).map(|element| element.json)
}
