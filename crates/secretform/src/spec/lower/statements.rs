//! Statements of policies: their words to the model's types.

use crate::diagnostic::codes;
use crate::model::iam::{
    Action, Condition, Effect, Operator, PrincipalType, Principals, Resource, Sid, Statement,
    StatementBuilder,
};
use crate::model::{Setting, Terms, Text};
use crate::source::Span;

use super::super::types::{self, Clauses, Said, Spanned};
use super::super::value::Around;
use super::convert::{Sink, Strings};

impl Sink {
    /// The words of a statement but for `reads` and its Sid; each falls back to `outer`.
    pub(super) fn clauses(
        &mut self,
        clauses: &Clauses,
        outer: Option<&Clauses>,
        around: &dyn Around,
    ) -> StatementBuilder {
        let said = |get: fn(&Clauses) -> Option<&Said>| get(clauses).or_else(|| outer.and_then(get));
        let mut statement = Statement::builder();
        if let Some(effect) = said(|clauses| clauses.effect.as_ref())
            && let Some(effect) = self.effect(effect, around)
        {
            statement = statement.effect(effect);
        }
        // Said here, either of the two forms replaces both of the outer ones.
        let own_actions = clauses.actions.is_some() || clauses.not_actions.is_some();
        let actions = if own_actions { clauses } else { outer.unwrap_or(clauses) };
        if let Some(said) = &actions.actions
            && let Some(found) = self.strings("actions", said, around)
        {
            for action in self.each(&found, Action::new) {
                statement = statement.action(action);
            }
            statement = found.joined.into_iter().fold(statement, StatementBuilder::join_actions);
        }
        if let Some(said) = &actions.not_actions
            && let Some(found) = self.strings("not_actions", said, around)
        {
            for action in self.each(&found, Action::new) {
                statement = statement.not_action(action);
            }
            statement = found.joined.into_iter().fold(statement, StatementBuilder::join_not_actions);
        }
        if let Some(said) = said(|clauses| clauses.resources.as_ref())
            && let Some(found) = self.strings("resources", said, around)
        {
            for resource in self.each(&found, Resource::new) {
                statement = statement.resource(resource);
            }
            statement = found.joined.into_iter().fold(statement, StatementBuilder::join_resources);
        }
        if let Some(said) = said(|clauses| clauses.not_resources.as_ref())
            && let Some(found) = self.strings("not_resources", said, around)
        {
            for resource in self.each(&found, Resource::new) {
                statement = statement.not_resource(resource);
            }
            statement = found.joined.into_iter().fold(statement, StatementBuilder::join_not_resources);
        }
        self.matchers(statement, clauses, outer, around)
    }

    fn matchers(
        &mut self,
        mut statement: StatementBuilder,
        clauses: &Clauses,
        outer: Option<&Clauses>,
        around: &dyn Around,
    ) -> StatementBuilder {
        let own = !clauses.principals.is_empty() || !clauses.not_principals.is_empty();
        let whose = if own { clauses } else { outer.unwrap_or(clauses) };
        for principals in &whose.principals {
            if let Some(principals) = self.principals(principals, around) {
                statement = statement.principals(principals);
            }
        }
        for principals in &whose.not_principals {
            if let Some(principals) = self.principals(principals, around) {
                statement = statement.not_principals(principals);
            }
        }
        let whose = if clauses.conditions.is_empty() { outer.unwrap_or(clauses) } else { clauses };
        for condition in &whose.conditions {
            if let Some(condition) = self.condition(condition, around) {
                statement = statement.condition(condition);
            }
        }
        statement
    }

    /// A statement of a policy that says all of its words itself.
    pub(super) fn statement(
        &mut self,
        said: &types::Statement,
        around: &dyn Around,
        reads: Vec<Resource>,
        otherwise: Option<Resource>,
    ) -> Option<Statement> {
        let clauses = &said.clauses;
        if clauses.actions.is_none() && clauses.not_actions.is_none() {
            self.errors
                .missing(said.span, "a statement needs `actions`", "no `actions` in it")
                .fix("add `actions = [\"secretsmanager:GetSecretValue\"]`");
            return None;
        }
        let silent = reads.is_empty() && clauses.resources.is_none() && clauses.not_resources.is_none();
        let mut statement = self.clauses(clauses, None, around).resources_first(reads);
        match (silent, otherwise) {
            (true, Some(resource)) => statement = statement.resource(resource),
            (true, None) if clauses.reads.is_none() => {
                self.errors
                    .missing(said.span, "a statement needs `resources`", "no `resources` in it")
                    .fix("add `resources = [\"*\"]`, or `reads`");
                return None;
            }
            _ => {}
        }
        if let Some(sid) = self.sid(said.sid.as_ref()) {
            statement = statement.sid(sid);
        }
        self.built(said.span, statement)
    }

    /// The statement, or its errors.
    pub(super) fn built(&mut self, span: Span, statement: StatementBuilder) -> Option<Statement> {
        match statement.build() {
            Ok(statement) => Some(statement),
            Err(errors) => {
                errors.iter().for_each(|invalid| self.invalid(span, invalid));
                None
            }
        }
    }

    /// A Sid that was said.
    pub(super) fn sid(&mut self, said: Option<&Spanned<String>>) -> Option<Sid> {
        let said = said?;
        self.checked(said.span, Sid::new(said.value.as_str()))
    }

    fn each<T>(&mut self, found: &Strings, make: fn(Text) -> Result<T, crate::model::Invalid>) -> Vec<T> {
        found.items.iter().filter_map(|(text, span)| self.checked(*span, make(text.clone()))).collect()
    }

    fn effect(&mut self, said: &Said, around: &dyn Around) -> Option<Setting<Effect>> {
        let text = self.text("effect", said, around)?;
        self.choice("effect", said.span, &text, Effect::new)
    }

    /// A word of IAM's, or an expression that is the whole of it.
    fn choice<T>(
        &mut self,
        word: &str,
        span: Span,
        text: &Text,
        make: fn(&str) -> Result<T, crate::model::Invalid>,
    ) -> Option<Setting<T>> {
        if let Some(symbol) = text.as_symbol() {
            return Some(Setting::Symbol(symbol.clone()));
        }
        let Some(literal) = text.as_literal() else {
            self.errors
                .add(
                    &codes::WRONG_TYPE,
                    span,
                    format!("`{word}` is a word of IAM's or an expression, not a piece of each"),
                    "a template",
                )
                .fix("write the whole word, or the whole expression");
            return None;
        };
        self.checked(span, make(literal)).map(Setting::Known)
    }

    fn principals(&mut self, said: &types::Principals, around: &dyn Around) -> Option<Principals> {
        let (kind, identifiers) = (said.kind.as_ref()?, said.identifiers.as_ref()?);
        let text = self.text("type", kind, around)?;
        let kind = self.choice("type", kind.span, &text, PrincipalType::new)?;
        let found = self.strings("identifiers", identifiers, around)?;
        let made = Principals::new(kind, terms(&found));
        self.checked(identifiers.span, made)
    }

    fn condition(&mut self, said: &types::Condition, around: &dyn Around) -> Option<Condition> {
        let (test, variable, values) = (said.test.as_ref()?, said.variable.as_ref()?, said.values.as_ref()?);
        let text = self.text("test", test, around)?;
        let test = self.choice("test", test.span, &text, Operator::new)?;
        let key = self.text("variable", variable, around)?;
        let found = self.strings("values", values, around)?;
        let made = Condition::new(test, key, terms(&found));
        self.checked(said.span, made)
    }
}

pub(super) fn terms(found: &Strings) -> Terms<Text> {
    let mut terms: Terms<Text> = found.items.iter().map(|(text, _)| text.clone()).collect();
    found.joined.iter().for_each(|list| terms.join(list.clone()));
    terms
}
