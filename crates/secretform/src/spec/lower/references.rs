//! References to what the spec declares: found, or an error with the nearest name.

use crate::diagnostic::codes;
use crate::diagnostic::suggest::nearest;
use crate::source::Span;

use super::super::own::{Own, Use};
use super::super::types::{Clauses, Reference, Spanned};
use super::Lowering;

/// What a reference names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Every name under a group's prefix.
    Group(usize),
    /// A declared secret.
    Secret(usize),
    /// A secret of an external group.
    External(usize, String),
}

impl Lowering<'_> {
    /// What `reads` names, in order; what isn't declared is an error.
    pub(super) fn targets(&mut self, reads: &[Spanned<Reference>]) -> Vec<(Target, Span)> {
        let mut out = Vec::with_capacity(reads.len());
        for reference in reads {
            self.target(reference, &mut out);
        }
        out
    }

    fn target(&mut self, reference: &Spanned<Reference>, out: &mut Vec<(Target, Span)>) {
        let span = reference.span;
        match &reference.value {
            Reference::Group(group) => {
                if let Some(group) = self.read_group(group, span) {
                    out.push((Target::Group(group), span));
                }
            }
            Reference::Secret(label) => match self.names.secret(None, label) {
                Some(secret) => out.push((Target::Secret(secret), span)),
                None => self.unknown_secret(label, span),
            },
            Reference::InGroup(group, label) => {
                let Some(at) = self.declared_group(group, span) else { return };
                match self.names.secret(Some(group), label) {
                    Some(secret) => out.push((Target::Secret(secret), span)),
                    None if self.names.spec.groups[at].external => {
                        out.push((Target::External(at, label.clone()), span));
                    }
                    None => self.unknown_in_group(at, label, span),
                }
            }
            Reference::Each(group) => {
                let Some(at) = self.declared_group(group, span) else { return };
                let spec = self.names.spec;
                let before = out.len();
                let each = spec.secrets.iter().enumerate().filter(|(_, secret)| secret.group == Some(at));
                out.extend(each.map(|(secret, _)| (Target::Secret(secret), span)));
                if out.len() == before {
                    self.sink
                        .errors
                        .add(
                            &codes::UNKNOWN_REFERENCE,
                            span,
                            format!(
                                "`secret.{group}[*]` is each declared secret of `{group}`, and there is none"
                            ),
                            "none is declared",
                        )
                        .fix(format!("write `group.{group}` for every name under its prefix"));
                }
            }
        }
    }

    /// A group that may be read whole.
    fn read_group(&mut self, label: &str, span: Span) -> Option<usize> {
        let at = self.declared_group(label, span)?;
        let empty = self.prefixes[at].as_ref().is_some_and(crate::model::Text::is_empty);
        if empty {
            self.sink
                .errors
                .wrong(
                    span,
                    format!("`{label}` has the prefix \"\": that is every secret of the account"),
                    "every secret",
                )
                .fix(format!("write `secret.{label}[*]` for each declared one"));
            return None;
        }
        Some(at)
    }

    fn declared_group(&mut self, label: &str, span: Span) -> Option<usize> {
        if let Some(at) = self.names.group(label) {
            return Some(at);
        }
        let suggestion = self.near(label, self.names.group_labels());
        let is_secret = self.names.secret(None, label).is_some();
        let mut detail = self.sink.errors.add(
            &codes::UNKNOWN_REFERENCE,
            span,
            format!("the spec declares no group `{label}`"),
            "not declared",
        );
        match suggestion {
            _ if is_secret => detail.fix(format!("write `secret.{label}`: it is a secret")),
            Some(name) => detail.fix(format!("did you mean `{name}`? else declare `group \"{label}\"`")),
            None => detail.fix(format!(
                "declare `group \"{label}\" {{ external = true }}` if its containers are others', else `group \"{label}\" {{ … }}`"
            )),
        };
        None
    }

    fn unknown_secret(&mut self, label: &str, span: Span) {
        let spec = self.names.spec;
        let grouped = spec.secrets.iter().find(|secret| secret.label == label && secret.group.is_some());
        let home = grouped.and_then(|secret| secret.group).map(|group| spec.groups[group].label.as_str());
        let suggestion = self.near(label, self.names.secret_labels(None));
        let is_group = self.names.group(label).is_some();
        let mut detail = self.sink.errors.add(
            &codes::UNKNOWN_REFERENCE,
            span,
            format!("the spec declares no secret `{label}` outside of groups"),
            "not declared",
        );
        match (home, suggestion) {
            _ if is_group => detail.fix(format!(
                "`{label}` is a group: write `group.{label}`, or `secret.{label}[*]` for each declared secret"
            )),
            (Some(home), _) => detail.fix(format!("write `secret.{home}.{label}`")),
            (None, Some(name)) => detail.fix(format!("did you mean `secret.{name}`?")),
            (None, None) => detail.fix(format!("declare `secret \"{label}\" {{}}`")),
        };
    }

    fn unknown_in_group(&mut self, group: usize, label: &str, span: Span) {
        let name = &self.names.spec.groups[group].label;
        let suggestion = self.near(label, self.names.secret_labels(Some(group)));
        let mut detail = self.sink.errors.add(
            &codes::UNKNOWN_REFERENCE,
            span,
            format!("the group `{name}` declares no secret `{label}`"),
            "not declared",
        );
        match suggestion {
            Some(near) => detail.fix(format!("did you mean `secret.{name}.{near}`?")),
            None => detail.fix(format!(
                "declare `secret \"{label}\" {{}}` in the group, or write `group.{name}` for all of it"
            )),
        };
    }

    /// The nearest name; the hundredth error of a spec gets none, for thousands would take minutes.
    fn near<'n>(&self, label: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
        if self.sink.errors.count() < 100 { nearest(label, names) } else { None }
    }

    /// `secret.….arn` of others, in whichever expression.
    pub(super) fn check_uses(&mut self) {
        let spec = self.names.spec;
        for used in &spec.others {
            let Use { own: Own::ArnOf(group, label), span, .. } = used else { continue };
            let Some(group) = group else {
                if self.names.secret(None, label).is_none() {
                    self.unknown_secret(label, *span);
                }
                continue;
            };
            let Some(at) = self.declared_group(group, *span) else { continue };
            if self.names.secret(Some(group), label).is_some() {
                continue;
            }
            if spec.groups[at].external {
                self.sink
                    .errors
                    .add(
                        &codes::UNKNOWN_REFERENCE,
                        *span,
                        format!("`{group}` is external: its secrets have no address in this directory"),
                        "declared elsewhere",
                    )
                    .fix("write the ARN, or the expression that gives it");
            } else {
                self.unknown_in_group(at, label, *span);
            }
        }
    }

    /// Everything that clauses read.
    pub(super) fn reads(&mut self, clauses: &Clauses) -> Vec<(Target, Span)> {
        match &clauses.reads {
            Some(reads) => self.targets(&reads.value),
            None => Vec::new(),
        }
    }
}
