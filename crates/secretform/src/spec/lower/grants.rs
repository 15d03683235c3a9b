//! Grants: what a reader reads, as resources of a statement.

use foldhash::{HashSet, HashSetExt as _};

use crate::diagnostic::codes;
use crate::model::iam::{Arn, Resource};
use crate::model::{AccountId, By, Expression, Part, Partition, Region, Scope, Suffix, Text};
use crate::source::Span;

use super::super::types::{Clauses, Said};
use super::Lowering;
use super::names::Nowhere;
use super::references::Target;

/// How a place wants its grants written.
pub(super) struct Manner {
    /// What the place or reader says of region, account and partition.
    pub(super) scope: Scope,
    pub(super) by: By,
    pub(super) suffix: Suffix,
    /// Where to say what the place lacks.
    pub(super) span: Span,
    /// IAM JSON: nothing symbolic can stand there.
    pub(super) json: bool,
}

impl Lowering<'_> {
    /// Region, account and partition as said at one level; `pattern` where grants may say `*`.
    pub(super) fn scope_of(
        &mut self,
        region: Option<&Said>,
        account_id: Option<&Said>,
        partition: Option<&Said>,
        pattern: bool,
    ) -> Scope {
        let around = Nowhere(&self.names);
        let sink = &mut self.sink;
        let mut text = |word, said: Option<&Said>| {
            let said = said?;
            Some((sink.text(word, said, &around)?, said.span))
        };
        let (region, account_id, partition) =
            (text("region", region), text("account_id", account_id), text("partition", partition));
        let make = if pattern { Region::pattern } else { Region::new };
        let region = region.and_then(|(text, span)| sink.checked(span, make(text)));
        let make = if pattern { AccountId::pattern } else { AccountId::new };
        let account_id = account_id.and_then(|(text, span)| sink.checked(span, make(text)));
        let make = if pattern { Partition::pattern } else { Partition::new };
        let partition = partition.and_then(|(text, span)| sink.checked(span, make(text)));
        Scope { partition, region, account_id }
    }

    pub(super) fn account(&mut self, word: &str, said: &Said) -> Option<AccountId> {
        let text = self.sink.text(word, said, &Nowhere(&self.names))?;
        self.sink.checked(said.span, AccountId::new(text))
    }

    /// What the clauses read, as resources in order, each once.
    pub(super) fn resources(&mut self, clauses: &Clauses, manner: &Manner) -> Vec<Resource> {
        let mut out: Vec<Resource> = Vec::new();
        let mut there = HashSet::new();
        let mut silent = false;
        for (target, span) in self.reads(clauses) {
            let Some(resource) = self.resource(&target, span, manner, &mut silent) else { continue };
            if there.insert(resource.clone()) {
                out.push(resource);
            }
        }
        out
    }

    fn resource(
        &mut self,
        target: &Target,
        span: Span,
        manner: &Manner,
        silent: &mut bool,
    ) -> Option<Resource> {
        if let Target::Secret(at) = target
            && manner.by == By::Reference
        {
            let address = self.names.labels[*at].as_ref()?;
            let text = format!("aws_secretsmanager_secret.{address}.arn");
            let symbol = Expression::from_canonical(text.as_str(), text.as_str());
            return Resource::new(Text::symbol(symbol)).ok();
        }
        let (name, own) = self.pattern(target, manner)?;
        let scope = manner.scope.or(&own).or(&self.scope);
        let (Some(region), Some(account)) = (&scope.region, &scope.account_id) else {
            if !*silent && !self.names.spec.terraform.missing {
                self.scopeless(&scope, span, manner);
                *silent = true;
            }
            return None;
        };
        let partition = scope.partition.clone().unwrap_or_default();
        let arn = Arn::secret(
            partition.as_text().clone(),
            region.as_text().clone(),
            account.as_text().clone(),
            &name,
        );
        let resource = Resource::from(arn);
        if manner.json
            && let Some(symbol) = resource.as_text().parts().iter().find_map(symbol)
        {
            if !*silent {
                self.symbolic(symbol.canonical(), span, manner);
                *silent = true;
            }
            return None;
        }
        Some(resource)
    }

    fn symbolic(&mut self, symbol: &str, span: Span, manner: &Manner) {
        let (region, account) = (&manner.scope.region, &manner.scope.account_id);
        let said = region.is_some() && account.is_some();
        let mut detail = self.sink.errors.wrong(
            span,
            format!("a JSON file can't hold the expression `{symbol}` of Terraform's"),
            "not known without Terraform",
        );
        detail.related(manner.span, "granted here");
        if said {
            detail.fix("say it as text, or grant it in a `policy_document` of Terraform's");
        } else {
            detail.fix("say `region` and `account_id` as text in this place; `\"*\"` is any");
        }
    }

    /// The name in the ARN with its end, and where the group or secret itself lives.
    fn pattern(&mut self, target: &Target, manner: &Manner) -> Option<(Text, Scope)> {
        let end = manner.suffix.as_str();
        let (mut name, group, end) = match target {
            Target::Group(at) => (self.prefixes[*at].clone()?, Some(*at), "*"),
            Target::External(at, label) => {
                let mut name = self.prefixes[*at].clone()?;
                name.push_str(label);
                (name, Some(*at), end)
            }
            Target::Secret(at) => {
                let secret = self.secrets[*at].as_ref()?;
                let mut name = secret.name().as_text().clone();
                name.push_str(end);
                let scope = Scope { region: secret.region().cloned(), ..Scope::default() };
                return Some((name, scope));
            }
        };
        name.push_str(end);
        let group = group.and_then(|at| self.groups[at].as_ref())?;
        let scope = Scope {
            region: group.region().cloned(),
            account_id: group.account_id().cloned(),
            partition: None,
        };
        Some((name, scope))
    }

    fn scopeless(&mut self, scope: &Scope, span: Span, manner: &Manner) {
        let missing = match (&scope.region, &scope.account_id) {
            (None, None) => "region and account_id",
            (None, _) => "region",
            _ => "account_id",
        };
        let words: Vec<String> = missing.split(" and ").map(|word| format!("`{word} = …`")).collect();
        self.sink
            .errors
            .add(
                &codes::MISSING_WORD,
                span,
                format!("an ARN needs {missing}, and nothing says it for this grant"),
                format!("no {missing}"),
            )
            .related(manner.span, "granted here")
            .fix(format!("say {} in `terraform`, in the reader, or in its place", words.join(" and ")));
    }

    /// What a resource policy's statement reads.
    pub(super) fn policy_reads(&mut self, clauses: &Clauses) -> Vec<Resource> {
        let Some(reads) = &clauses.reads else { return Vec::new() };
        let manner = Manner {
            scope: Scope::default(),
            by: self.names.spec.terraform.by.unwrap_or_default(),
            suffix: self.names.spec.terraform.suffix.unwrap_or_default(),
            span: reads.span,
            json: false,
        };
        self.resources(clauses, &manner)
    }
}

fn symbol(part: &Part) -> Option<&Expression> {
    match part {
        Part::Symbol(symbol) => Some(symbol),
        Part::Literal(_) => None,
    }
}
