//! Statements of policies.

use super::{Action, Condition, Effect, Principals, Resource, Sid};
use crate::model::checked::checked;
use crate::model::{Errors, Expression, Invalid, InvalidKind, Record, Setting, Terms};

/// One statement of a policy. It has actions or the actions it excepts, resources or the
/// resources it excepts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Statement {
    sid: Option<Sid>,
    effect: Setting<Effect>,
    actions: Terms<Action>,
    not_actions: Terms<Action>,
    resources: Terms<Resource>,
    not_resources: Terms<Resource>,
    principals: Vec<Principals>,
    not_principals: Vec<Principals>,
    conditions: Vec<Condition>,
}

impl Statement {
    /// A statement under construction, which allows.
    pub fn builder() -> StatementBuilder {
        StatementBuilder::default()
    }

    /// Its id. An empty one is none.
    pub fn sid(&self) -> Option<&Sid> {
        self.sid.as_ref()
    }

    /// Allow or deny.
    pub fn effect(&self) -> &Setting<Effect> {
        &self.effect
    }

    /// What it speaks of.
    pub fn actions(&self) -> &Terms<Action> {
        &self.actions
    }

    /// What it doesn't speak of, all else being meant; empty unless `actions` is.
    pub fn not_actions(&self) -> &Terms<Action> {
        &self.not_actions
    }

    /// On what.
    pub fn resources(&self) -> &Terms<Resource> {
        &self.resources
    }

    /// On what not, all else being meant; empty unless `resources` is.
    pub fn not_resources(&self) -> &Terms<Resource> {
        &self.not_resources
    }

    /// For whom; empty in an identity policy.
    pub fn principals(&self) -> &[Principals] {
        &self.principals
    }

    /// For all but whom.
    pub fn not_principals(&self) -> &[Principals] {
        &self.not_principals
    }

    /// Under what conditions; all must hold.
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// The neutral form of a `statement` block. The provider's default for `effect` is left out.
    pub fn record(&self) -> Record {
        let mut record = Record::new();
        record.set_some("sid", self.sid.as_ref().map(Sid::datum));
        if self.effect != Setting::Known(Effect::Allow) {
            record.set("effect", self.effect.datum(|effect| effect.datum()));
        }
        for (name, actions) in [("actions", &self.actions), ("not_actions", &self.not_actions)] {
            record.set_some(name, (!actions.is_empty()).then(|| actions.datum(Action::datum)));
        }
        for (name, resources) in [("resources", &self.resources), ("not_resources", &self.not_resources)] {
            record.set_some(name, (!resources.is_empty()).then(|| resources.datum(Resource::datum)));
        }
        for principals in &self.principals {
            record.push("principals", principals.record());
        }
        for principals in &self.not_principals {
            record.push("not_principals", principals.record());
        }
        for condition in &self.conditions {
            record.push("condition", condition.record());
        }
        record
    }

    /// Whether all of it is known before Terraform runs.
    pub fn is_literal(&self) -> bool {
        fn known(record: &Record) -> bool {
            record.arguments().all(|(_, value)| value.is_known())
                && record.nested().all(|(_, blocks)| blocks.iter().all(known))
        }
        known(&self.record())
    }
}

/// A [`Statement`] under construction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct StatementBuilder {
    sid: Option<Sid>,
    effect: Option<Setting<Effect>>,
    actions: Terms<Action>,
    not_actions: Terms<Action>,
    resources: Terms<Resource>,
    not_resources: Terms<Resource>,
    principals: Vec<Principals>,
    not_principals: Vec<Principals>,
    conditions: Vec<Condition>,
    trusts: bool,
    errors: Vec<Invalid>,
}

impl StatementBuilder {
    /// Makes it a trust policy's, which has no resources: it is about its own role.
    ///
    /// Source: IAM User Guide, *IAM JSON policy elements: Resource*.
    pub fn trusts(mut self) -> Self {
        self.trusts = true;
        self
    }

    /// Its id.
    pub fn sid(mut self, sid: impl TryInto<Sid, Error: Into<Invalid>>) -> Self {
        self.sid = checked(sid, &mut self.errors).filter(|sid: &Sid| !sid.is_empty());
        self
    }

    /// Allow, which is the default, or deny.
    pub fn effect(mut self, effect: impl Into<Setting<Effect>>) -> Self {
        self.effect = Some(effect.into());
        self
    }

    /// Adds an action.
    pub fn action(mut self, action: impl TryInto<Action, Error: Into<Invalid>>) -> Self {
        push(&mut self.actions, action, &mut self.errors);
        self
    }

    /// Joins actions that only Terraform can evaluate.
    pub fn join_actions(mut self, actions: Expression) -> Self {
        self.actions.join(actions);
        self
    }

    /// Adds an action that is excepted.
    pub fn not_action(mut self, action: impl TryInto<Action, Error: Into<Invalid>>) -> Self {
        push(&mut self.not_actions, action, &mut self.errors);
        self
    }

    /// Joins excepted actions that only Terraform can evaluate.
    pub fn join_not_actions(mut self, actions: Expression) -> Self {
        self.not_actions.join(actions);
        self
    }

    /// Adds a resource.
    pub fn resource(mut self, resource: impl TryInto<Resource, Error: Into<Invalid>>) -> Self {
        push(&mut self.resources, resource, &mut self.errors);
        self
    }

    /// Joins resources that only Terraform can evaluate.
    pub fn join_resources(mut self, resources: Expression) -> Self {
        self.resources.join(resources);
        self
    }

    /// Adds a resource that is excepted.
    pub fn not_resource(mut self, resource: impl TryInto<Resource, Error: Into<Invalid>>) -> Self {
        push(&mut self.not_resources, resource, &mut self.errors);
        self
    }

    /// Joins excepted resources that only Terraform can evaluate.
    pub fn join_not_resources(mut self, resources: Expression) -> Self {
        self.not_resources.join(resources);
        self
    }

    /// Adds principals.
    pub fn principals(mut self, principals: Principals) -> Self {
        self.principals.push(principals);
        self
    }

    /// Adds principals that are excepted.
    pub fn not_principals(mut self, principals: Principals) -> Self {
        self.not_principals.push(principals);
        self
    }

    /// Adds a condition.
    pub fn condition(mut self, condition: Condition) -> Self {
        self.conditions.push(condition);
        self
    }

    /// The id, if one is said.
    pub(crate) fn said_sid(&self) -> Option<&Sid> {
        self.sid.as_ref()
    }

    /// Whether any action is said, excepted or not.
    pub(crate) fn has_actions(&self) -> bool {
        !self.actions.is_empty() || !self.not_actions.is_empty()
    }

    /// Whether any resource is said, excepted or not.
    pub(crate) fn has_resources(&self) -> bool {
        !self.resources.is_empty() || !self.not_resources.is_empty()
    }

    /// Puts resources before those that are said.
    pub(crate) fn resources_first(mut self, resources: Vec<Resource>) -> Self {
        let mut all: Terms<Resource> = resources.into();
        for resource in self.resources.items() {
            if !all.items().contains(resource) {
                all.push(resource.clone());
            }
        }
        self.resources.joined().iter().for_each(|list| all.join(list.clone()));
        self.resources = all;
        self
    }

    /// The statement, or all that is wrong with it.
    pub fn build(mut self) -> Result<Statement, Errors> {
        let both_or_neither = |a: bool, b: bool| (a == b).then_some(if a { "both" } else { "neither" });
        let actions = both_or_neither(!self.actions.is_empty(), !self.not_actions.is_empty());
        let resources = both_or_neither(!self.resources.is_empty(), !self.not_resources.is_empty());
        let (without, resources) =
            if self.trusts { (self.has_resources().then_some("resources"), None) } else { (None, resources) };
        let principals = !self.principals.is_empty() && !self.not_principals.is_empty();
        let found = [
            (InvalidKind::Actions, InvalidKind::Action, actions),
            (InvalidKind::Resources, InvalidKind::Arn, resources),
            (InvalidKind::TrustResources, InvalidKind::Arn, without),
            (InvalidKind::PrincipalBoth, InvalidKind::Principal, principals.then_some("both")),
        ];
        let shown = self.sid.as_ref().map(ToString::to_string).unwrap_or_default();
        for (kind, of_one, fault) in found {
            // An element that was refused needs no second complaint that there is none.
            let refused = self.errors.iter().any(|error| error.kind() == of_one);
            if let Some(detail) = fault.filter(|_| !refused) {
                self.errors.push(Invalid::new(kind, &shown).detail(detail));
            }
        }
        Errors::none_or(self.errors, || Statement {
            sid: self.sid,
            effect: self.effect.unwrap_or(Setting::Known(Effect::Allow)),
            actions: self.actions,
            not_actions: self.not_actions,
            resources: self.resources,
            not_resources: self.not_resources,
            principals: self.principals,
            not_principals: self.not_principals,
            conditions: self.conditions,
        })
    }
}

fn push<T>(terms: &mut Terms<T>, value: impl TryInto<T, Error: Into<Invalid>>, errors: &mut Vec<Invalid>) {
    if let Some(value) = checked(value, errors) {
        terms.push(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::iam::OperatorTest;

    #[test]
    fn actions_and_resources_are_said_one_way() {
        let kinds = |builder: StatementBuilder| -> Vec<InvalidKind> {
            builder.build().err().into_iter().flatten().map(|error| error.kind()).collect()
        };
        let b = Statement::builder;
        assert_eq!(kinds(b()), [InvalidKind::Actions, InvalidKind::Resources]);
        assert_eq!(kinds(b().action("s3:*").resource("*")), []);
        assert_eq!(kinds(b().not_action("s3:*").not_resource("*")), []);
        assert_eq!(kinds(b().action("s3:*").not_action("s3:*").resource("*")), [InvalidKind::Actions]);
        assert_eq!(kinds(b().action("s3").resource("x")), [InvalidKind::Action, InvalidKind::Arn]);
        assert_eq!(kinds(b().sid("a-b").action("s3:*").resource("*")), [InvalidKind::Sid]);
        assert_eq!(
            kinds(
                b().action("s3:*")
                    .resource("*")
                    .principals(Principals::everyone())
                    .not_principals(Principals::everyone())
            ),
            [InvalidKind::PrincipalBoth]
        );
    }

    #[test]
    fn the_record_is_the_providers_block() {
        let statement = Statement::builder()
            .sid("")
            .action("secretsmanager:GetSecretValue")
            .resource("*")
            .condition(
                Condition::new(OperatorTest::StringEquals, "aws:SourceVpc", vec!["vpc-1".into()]).unwrap(),
            )
            .build()
            .unwrap();
        let record = statement.record();
        assert_eq!(record.arguments().map(|(name, _)| name).collect::<Vec<_>>(), ["actions", "resources"]);
        assert_eq!(record.blocks("condition").len(), 1);
        assert!(statement.is_literal());
        let deny = Statement::builder()
            .effect(Effect::Deny)
            .action("s3:*")
            .join_resources(Expression::reference("local.buckets").unwrap())
            .build()
            .unwrap();
        assert_eq!(deny.record().get("effect"), Some(&Effect::Deny.datum()));
        assert!(!deny.is_literal());
    }
}
