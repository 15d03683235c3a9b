//! What the whole page says once: where the spec stands, and the shell that its commands need.

use super::Format;
use super::shell::Shell;
use crate::model::Model;
use crate::render::shape::Node;

/// Says which keys of a value are there and well formed, and shows none of it.
const CHECK: &str = include_str!("../../../templates/runbook_check.py");
/// Makes a probe of a value, for curl.
const PROBE: &str = include_str!("../../../templates/runbook_probe.py");

pub(super) fn page(model: &Model, shell: &Shell, spec: &str, format: Format) -> Node<'static> {
    let variable = |(name, what): (&str, &str)| {
        Node::Map(vec![
            ("name", Node::text(format.verbatim(name.to_owned()))),
            ("is", Node::text(format.code(what))),
        ])
    };
    Node::Map(vec![
        ("spec", Node::text(format.code(spec))),
        ("profile", Node::maybe(model.profile().map(|profile| format.code(profile.as_str())))),
        ("identity", Node::text(format.code(&format!("aws sts get-caller-identity{}", shell.profile())))),
        ("variables", Node::List(shell.variables().map(variable).collect())),
        ("check", Node::text(format.verbatim(CHECK.trim_end()))),
        ("probe", Node::text(format.verbatim(PROBE.trim_end()))),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// They stand between single quotes of a shell.
    #[test]
    fn programs_hold_no_single_quote() {
        for program in [CHECK, PROBE] {
            assert!(!program.contains('\''), "{program}");
        }
    }
}
