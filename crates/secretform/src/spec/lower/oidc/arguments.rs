//! The arguments of the role, its file and labels.

use crate::model::iam::{PermissionsBoundary, RoleDescription, RoleName, RolePath, SessionDuration};
use crate::model::{FileName, Label, OidcRoleBuilder, Setting, Tags};

use super::super::super::oidc::Oidc;
use super::super::Lowering;
use super::super::names::Nowhere;

impl Lowering<'_> {
    pub(super) fn arguments(&mut self, said: &Oidc, mut builder: OidcRoleBuilder) -> OidcRoleBuilder {
        if let Some(file) = &said.file
            && let Some(file) = self.sink.checked(file.span, FileName::new(file.value.as_str()))
        {
            builder = builder.file(file);
        }
        for (of, label) in &said.labels {
            let Some(label) = self.sink.checked(label.span, Label::new(label.value.as_str())) else {
                continue;
            };
            builder = match *of {
                "provider" => builder.provider_label(label),
                "trust" => builder.trust_label(label),
                "document" => builder.document_label(label),
                _ => builder.policy_label(label),
            };
        }
        for (word, said) in &said.arguments {
            builder = self.argument(word, said, builder);
        }
        builder
    }

    fn argument(
        &mut self,
        word: &str,
        said: &super::super::super::types::Said,
        builder: OidcRoleBuilder,
    ) -> OidcRoleBuilder {
        let around = Nowhere(&self.names);
        let sink = &mut self.sink;
        match word {
            "tags" => {
                let mut tags = Tags::new();
                sink.tags(&mut tags, said, &around);
                builder.tags(tags)
            }
            "max_session_duration" => {
                let duration = match sink.number(word, said, &around) {
                    None => None,
                    Some(Setting::Symbol(symbol)) => Some(Setting::Symbol(symbol)),
                    Some(Setting::Known(seconds)) => {
                        sink.checked(said.span, SessionDuration::new(&seconds)).map(Setting::Known)
                    }
                };
                duration.map_or(builder.clone(), |duration| builder.max_session_duration(duration))
            }
            "force_detach_policies" => match sink.switch(word, said, &around) {
                Some(force) => builder.force_detach_policies(force),
                None => builder,
            },
            _ => {
                let Some(text) = sink.text(word, said, &around) else { return builder };
                let span = said.span;
                match word {
                    "name" => sink.checked(span, RoleName::new(text)).map(|it| builder.clone().name(it)),
                    "path" => sink.checked(span, RolePath::new(text)).map(|it| builder.clone().path(it)),
                    "description" => sink
                        .checked(span, RoleDescription::new(text))
                        .map(|it| builder.clone().description(it)),
                    _ => sink
                        .checked(span, PermissionsBoundary::new(text))
                        .map(|it| builder.clone().permissions_boundary(it)),
                }
                .unwrap_or(builder)
            }
        }
    }
}
