//! What the spec declares, by the names that references use.

use std::cell::OnceCell;

use foldhash::{HashMap, HashMapExt};

use crate::model::{Expression, Label, Text};

use super::super::own::Own;
use super::super::types::Spec;
use super::super::value::Around;

/// Groups and secrets by label, and the Terraform label of each secret.
pub(super) struct Names<'s> {
    pub(super) spec: &'s Spec,
    groups: HashMap<&'s str, usize>,
    /// Made when the first reference asks: most specs name no secret by itself.
    secrets: OnceCell<HashMap<(Option<usize>, &'s str), usize>>,
    /// `None` where none can be made, which is said elsewhere.
    pub(super) labels: Vec<Option<Label>>,
}

impl<'s> Names<'s> {
    pub(super) fn new(spec: &'s Spec) -> Self {
        let mut groups = HashMap::with_capacity(spec.groups.len());
        for (at, group) in spec.groups.iter().enumerate() {
            groups.entry(group.label.as_str()).or_insert(at);
        }
        Self { spec, groups, secrets: OnceCell::new(), labels: Vec::with_capacity(spec.secrets.len()) }
    }

    fn secrets(&self) -> &HashMap<(Option<usize>, &'s str), usize> {
        self.secrets.get_or_init(|| {
            let mut secrets = HashMap::with_capacity(self.spec.secrets.len());
            for (at, secret) in self.spec.secrets.iter().enumerate() {
                secrets.entry((secret.group, secret.label.as_str())).or_insert(at);
            }
            secrets
        })
    }

    /// The first group of this label.
    pub(super) fn group(&self, label: &str) -> Option<usize> {
        self.groups.get(label).copied()
    }

    /// The first secret of this label, in a group or outside of groups.
    pub(super) fn secret(&self, group: Option<&str>, label: &str) -> Option<usize> {
        let group = match group {
            Some(group) => Some(self.group(group)?),
            None => None,
        };
        self.secrets().get(&(group, label)).copied()
    }

    /// The first secret of the same group and label as this one.
    pub(super) fn first(&self, at: usize) -> Option<usize> {
        let secret = &self.spec.secrets[at];
        self.secrets().get(&(secret.group, secret.label.as_str())).copied()
    }

    /// The labels of all groups.
    pub(super) fn group_labels(&self) -> impl Iterator<Item = &'s str> {
        self.spec.groups.iter().map(|group| group.label.as_str())
    }

    /// The labels of the secrets of one group, or outside of groups.
    pub(super) fn secret_labels(&self, group: Option<usize>) -> impl Iterator<Item = &'s str> {
        let secrets = self.spec.secrets.iter();
        secrets.filter(move |secret| secret.group == group).map(|secret| secret.label.as_str())
    }

    fn arn(&self, at: usize) -> Option<Text> {
        self.labels.get(at)?.as_ref().map(arn)
    }

    fn arn_of(&self, group: Option<&str>, label: &str) -> Text {
        let known = self.secret(group, label).and_then(|at| self.arn(at));
        // That there is none is said where all uses are checked.
        known.unwrap_or_default()
    }
}

/// `aws_secretsmanager_secret.LABEL.arn`
fn arn(label: &Label) -> Text {
    let text = format!("aws_secretsmanager_secret.{label}.arn");
    Text::symbol(Expression::from_canonical(text.as_str(), text.as_str()))
}

/// No secret is around: only others can be named.
pub(super) struct Nowhere<'a, 's>(pub(super) &'a Names<'s>);

impl Around for Nowhere<'_, '_> {
    fn own(&self, used: &Own) -> Option<Text> {
        match used {
            Own::ArnOf(group, label) => Some(self.0.arn_of(group.as_deref(), label)),
            _ => None,
        }
    }
}

/// The secret around an expression.
pub(super) struct At<'a, 's> {
    pub(super) names: &'a Names<'s>,
    pub(super) secret: usize,
    pub(super) prefix: Option<&'a Text>,
    /// Absent while it is being made.
    pub(super) name: Option<&'a Text>,
}

impl Around for At<'_, '_> {
    fn own(&self, used: &Own) -> Option<Text> {
        let secret = &self.names.spec.secrets[self.secret];
        match used {
            Own::Name => self.name.cloned(),
            Own::Label => Some(secret.label.as_str().into()),
            Own::Group => secret.group.map(|group| self.names.spec.groups[group].label.as_str().into()),
            Own::Prefix => self.prefix.cloned(),
            Own::Arn => self.names.arn(self.secret),
            Own::ArnOf(group, label) => Some(self.names.arn_of(group.as_deref(), label)),
        }
    }
}
