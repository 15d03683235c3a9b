//! Things declared twice. The model finds that there are such; here they get both of their places.

use std::collections::HashMap;

use crate::model::{InvalidKind, Label, Region, Text};

use super::Lowering;

/// What the model finds that [`Lowering::check_twins`] says better.
pub(super) fn is_twin(kind: InvalidKind) -> bool {
    matches!(kind, InvalidKind::SecretTwice | InvalidKind::LabelTwice | InvalidKind::NameTwice)
}

impl Lowering<'_> {
    /// One secret declared twice, two of one Terraform label, two of one name in one place.
    pub(super) fn check_twins(&mut self) {
        let spec = self.names.spec;
        let mut labels: HashMap<&str, usize> = HashMap::with_capacity(spec.secrets.len());
        let mut names: HashMap<(&Text, Option<&Text>, Option<String>), usize> =
            HashMap::with_capacity(spec.secrets.len());
        let errors = &mut self.sink.errors;
        for (at, said) in spec.secrets.iter().enumerate() {
            if let Some(first) = self.names.first(at).filter(|first| *first != at) {
                errors
                    .twice(
                        said.label_span,
                        spec.secrets[first].label_span,
                        format!("the secret `{}` is declared twice", said.label),
                    )
                    .fix("call one of them otherwise; `name` says a name that differs from its label");
                continue;
            }
            let Some(label) = self.names.labels.get(at).and_then(Option::as_ref).map(Label::as_str) else {
                continue;
            };
            let first = *labels.entry(label).or_insert(at);
            if first != at {
                let span = said.rare().terraform_label.as_ref().map_or(said.label_span, |said| said.span);
                errors
                    .twice(
                        span,
                        spec.secrets[first].label_span,
                        format!("two secrets have the Terraform label `{label}`"),
                    )
                    .fix("say another for one of them: `label = \"…\"`");
            }
        }
        for (at, secret) in self.secrets.iter().enumerate() {
            let Some(secret) = secret else { continue };
            let said = &spec.secrets[at];
            if self.names.first(at).is_some_and(|first| first != at) {
                continue;
            }
            let region = secret.region().map(Region::as_text);
            let provider = secret.provider().map(ToString::to_string);
            let first = *names.entry((secret.name().as_text(), region, provider)).or_insert(at);
            if first != at {
                let span = said.rare().name.as_ref().map_or(said.label_span, |said| said.span);
                errors
                    .twice(
                        span,
                        spec.secrets[first].label_span,
                        format!("two secrets have the name `{}`", secret.name()),
                    )
                    .fix("a name belongs to one secret in a region and account: say another `name`");
            }
        }
    }
}
