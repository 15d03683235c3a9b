//! Terraform's own words: which blocks there are, how many labels they take, and which
//! strings of JSON are no templates.

/// A block at top level and what its labels are called.
pub(super) const TOP: [(&str, &[&str]); 13] = [
    ("check", &["name"]),
    ("data", &["type", "name"]),
    ("ephemeral", &["type", "name"]),
    ("import", &[]),
    ("locals", &[]),
    ("module", &["name"]),
    ("moved", &[]),
    ("output", &["name"]),
    ("provider", &["name"]),
    ("removed", &[]),
    ("resource", &["type", "name"]),
    ("terraform", &[]),
    ("variable", &["name"]),
];

/// The labels of a nested block of Terraform's own, `around` which the names of blocks are;
/// `None` if Terraform itself knows no such block there.
pub(super) fn nested(around: &[&str], name: &str) -> Option<&'static [&'static str]> {
    const NONE: &[&str] = &[];
    let top = *around.first()?;
    let resource = matches!(top, "resource" | "data" | "ephemeral");
    match (top, &around[1..], name) {
        ("terraform", [], "required_providers" | "cloud") | ("terraform", ["cloud"], "workspaces") => {
            Some(NONE)
        }
        ("terraform", [], "backend") => Some(&["type"]),
        ("terraform", [], "provider_meta") => Some(&["provider name"]),
        ("variable", [], "validation") | ("output", [], "precondition") | ("check", [], "assert") => {
            Some(NONE)
        }
        ("check", [], "data") => Some(&["type", "name"]),
        (_, [], "lifecycle") if resource || matches!(top, "removed") => Some(NONE),
        (_, ["lifecycle"], "precondition" | "postcondition") if resource => Some(NONE),
        ("resource" | "removed", [], "connection")
        | ("resource" | "removed", ["provisioner"], "connection") => Some(NONE),
        ("resource" | "removed", [], "provisioner") => Some(&["type"]),
        (_, _, "dynamic") if resource || matches!(top, "provider") => Some(&["name"]),
        (_, [.., "dynamic"], "content") => Some(NONE),
        (_, [], "timeouts") if resource => Some(NONE),
        _ => None,
    }
}

/// How an argument's strings are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strings {
    /// As templates.
    Templates,
    /// As references: `"aws_kms_key.a"` is the expression `aws_kms_key.a`.
    References,
    /// As they stand, `${` included.
    Literals,
}

/// How the strings of the argument `name` are read, `around` which the names of blocks are.
///
/// Source: Terraform, *JSON Configuration Syntax*, "Block-type-specific Exceptions".
pub(super) fn strings(around: &[&str], name: &str) -> Strings {
    let Some(&top) = around.first() else { return Strings::Templates };
    let resource = matches!(top, "resource" | "data" | "ephemeral");
    match (top, &around[1..], name) {
        (_, [], "depends_on") if resource || matches!(top, "module" | "output") => Strings::References,
        ("check", ["data"], "depends_on" | "provider") => Strings::References,
        (_, [], "provider") if resource || matches!(top, "import") => Strings::References,
        ("resource", ["lifecycle"], "ignore_changes" | "replace_triggered_by") => Strings::References,
        ("resource" | "removed", ["provisioner"], "when" | "on_failure") => Strings::References,
        (_, [.., "dynamic"], "iterator") => Strings::References,
        ("module", [], "providers") => Strings::References,
        ("moved" | "removed", [], "from") | ("moved" | "import", [], "to") => Strings::References,
        ("variable", [], "type") => Strings::References,
        ("terraform", ["required_providers"], _) => Strings::Literals,
        ("variable", [], _) | ("terraform", _, _) => Strings::Literals,
        ("module", [], "source" | "version") | ("provider", [], "alias" | "version") => Strings::Literals,
        ("output", [], "description") => Strings::Literals,
        _ => Strings::Templates,
    }
}
