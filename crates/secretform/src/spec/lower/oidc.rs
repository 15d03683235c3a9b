//! `oidc` blocks to roles of the model.

mod arguments;
mod faults;
mod judged;
mod presets;

use std::collections::HashMap;

use crate::model::iam::Statement;
use crate::model::{OidcRole, OidcRoleBuilder};
use crate::source::Span;

use super::super::oidc::{Oidc, Preset};
use super::super::types;
use super::Lowering;
use super::names::Nowhere;

impl Lowering<'_> {
    /// All roles, in the spec's order; `None` for those with errors.
    pub(super) fn roles(&mut self) -> Vec<Option<OidcRole>> {
        let spec = self.names.spec;
        let mut labels: HashMap<&str, Span> = HashMap::new();
        let mut out = Vec::with_capacity(spec.oidc.len());
        for said in &spec.oidc {
            if said.label.is_empty() {
                continue;
            }
            if let Some(first) = labels.insert(&said.label, said.span) {
                let message = format!("the role `{}` is declared twice", said.label);
                self.sink.errors.twice(said.span, first, message).fix("give one of the two another label");
            }
            out.push(self.role(said));
        }
        out
    }

    fn role(&mut self, said: &Oidc) -> Option<OidcRole> {
        let before = self.sink.errors.count();
        let builder = self.arguments(said, OidcRole::builder(said.label.as_str()));
        let (builder, trusted) = match self.trusted(said, builder) {
            Some(builder) => (builder, true),
            None => (OidcRole::builder(said.label.as_str()), false),
        };
        let builder = self.permitted(said, builder);
        if !trusted || self.sink.errors.count() > before {
            return None;
        }
        match builder.build() {
            Ok(role) => self.judged(said, &role).then_some(role),
            Err(errors) => {
                errors.iter().for_each(|invalid| self.sink.refused(said.span, invalid));
                None
            }
        }
    }

    /// The one preset, or the statements of `trust`.
    fn trusted(&mut self, said: &Oidc, mut builder: OidcRoleBuilder) -> Option<OidcRoleBuilder> {
        let Some((preset, others)) = said.presets.split_first() else {
            self.sink
                .errors
                .missing(
                    said.span,
                    format!("nothing says who may assume the role `{}`", said.label),
                    "no preset in it",
                )
                .fix("add `github { … }`, `gitlab { … }` or another preset, or `trust { statement { … } }`");
            return None;
        };
        for other in others {
            let message = format!("`{}` and `{}` both say who may assume the role", preset.name, other.name);
            self.sink
                .errors
                .twice(other.span, preset.span, message)
                .fix("keep one; a role for each system is an `oidc` block for each");
        }
        let provider = said
            .provider
            .as_ref()
            .and_then(|provider| self.sink.text("provider", provider, &Nowhere(&self.names)));
        if preset.name == "trust" {
            for statement in self.trust_statements(said, preset) {
                builder = builder.trust(statement);
            }
            return Some(builder);
        }
        let builder = builder.tokens(self.tokens(said, preset)?, preset.name);
        Some(match provider {
            Some(arn) => builder.provider(arn),
            None => builder,
        })
    }

    fn trust_statements(&mut self, said: &Oidc, preset: &Preset) -> Vec<Statement> {
        for (word, span) in [
            ("claims", said.claims.as_ref().map(|said| said.span)),
            ("audience", said.audience.as_ref().map(|said| said.span)),
            ("provider", said.provider.as_ref().map(|said| said.span)),
        ] {
            if let Some(span) = span {
                self.sink
                    .errors
                    .wrong(
                        span,
                        format!("`{word}` goes with a preset, and here is `trust`"),
                        "says nothing here",
                    )
                    .related(preset.span, "the trust")
                    .fix("say it in the statements of `trust`, as `principals` and `condition`");
            }
        }
        preset.statements.iter().filter_map(|statement| self.trust_statement(statement)).collect()
    }

    fn trust_statement(&mut self, said: &types::Statement) -> Option<Statement> {
        let clauses = &said.clauses;
        let mut lacks = false;
        if clauses.actions.is_none() && clauses.not_actions.is_none() {
            self.sink
                .errors
                .missing(said.span, "a statement needs `actions`", "no `actions` in it")
                .fix("add `actions = [\"sts:AssumeRoleWithWebIdentity\"]`");
            lacks = true;
        }
        if clauses.principals.is_empty() {
            self.sink
                .errors
                .missing(said.span, "a statement of `trust` needs `principals`", "whom does it trust?")
                .fix("add `principals { type = \"Federated\", … }` over several lines");
            lacks = true;
        }
        if lacks {
            return None;
        }
        let mut statement = self.sink.clauses(clauses, None, &Nowhere(&self.names)).trusts();
        if let Some(sid) = self.sink.sid(said.sid.as_ref()) {
            statement = statement.sid(sid);
        }
        self.sink.built(said.span, statement)
    }

    /// What the role may do of its own.
    fn permitted(&mut self, said: &Oidc, mut builder: OidcRoleBuilder) -> OidcRoleBuilder {
        for statement in &said.statements {
            let reads = self.policy_reads(&statement.clauses);
            if let Some(made) = self.sink.statement(statement, &Nowhere(&self.names), reads, None) {
                builder = builder.statement(made);
            }
        }
        builder
    }
}
