//! Readers and the places of their grants to the model.

use std::collections::HashMap;

use crate::model::iam::Statement;
use crate::model::{self, By, FileName, Label, PolicyPath, Read, SecretRef};
use crate::source::Span;

use super::super::types::{Place, PlaceKind, Reader, Reference, Spanned};
use super::Lowering;
use super::grants::Manner;
use super::names::Nowhere;

/// A reader and where it and its places stand.
pub(super) struct Placed {
    pub(super) reader: Option<model::Reader>,
    pub(super) span: Span,
    pub(super) places: Vec<Span>,
}

impl Lowering<'_> {
    /// All readers, in the spec's order.
    pub(super) fn readers(&mut self) -> Vec<Placed> {
        let spec = self.names.spec;
        self.check_places();
        let mut labels: HashMap<&str, Span> = HashMap::new();
        let mut out = Vec::with_capacity(spec.readers.len());
        for said in &spec.readers {
            if said.label.is_empty() {
                continue;
            }
            if let Some(first) = labels.insert(&said.label, said.span) {
                self.sink
                    .errors
                    .twice(said.span, first, format!("the reader `{}` is declared twice", said.label))
                    .fix("join the two in one block: a reader may have several places");
            }
            out.push(self.reader(said));
        }
        out
    }

    fn reader(&mut self, said: &Reader) -> Placed {
        let mut out = Placed { reader: None, span: said.span, places: Vec::new() };
        if said.places.is_empty() {
            if !said.unreadable {
                self.sink
                    .errors
                    .missing(said.span, format!("the reader `{}` has no place: nothing grants it", said.label), "no place in it")
                    .fix("add `statement \"SID\" { document = \"LABEL\" }`, `policy_document \"LABEL\" {}` or `policy_file \"PATH\" {}`");
            }
            return out;
        }
        let mut grants = Vec::with_capacity(said.places.len());
        for place in &said.places {
            out.places.push(place.span);
            grants.push(self.grant(said, place));
        }
        let Some(grants) = grants.into_iter().collect::<Option<Vec<_>>>() else { return out };
        let made = model::Reader::new(said.label.as_str(), grants);
        out.reader = self.model_errors(said.span, made).map(|reader| match &said.description {
            Some(text) => reader.described(text.as_str()),
            None => reader,
        });
        out
    }

    fn grant(&mut self, reader: &Reader, place: &Place) -> Option<model::Grant> {
        let spec = self.names.spec;
        let (own, outer) = (&place.grant, &reader.grant);
        let by = own.by.as_ref().or(outer.by.as_ref());
        let json = matches!(place.kind, PlaceKind::File { .. });
        if let Some(by) = by.filter(|by| json && by.value == By::Reference) {
            self.sink
                .errors
                .wrong(
                    by.span,
                    "a JSON file can't refer to a container of Terraform's",
                    "no reference in JSON",
                )
                .related(place.span, "the file")
                .fix("say `by = \"arn\"` in this place");
            return None;
        }
        let fallback = spec.terraform.by.filter(|by| !(json && *by == By::Reference)).unwrap_or_default();
        let region = own.region.as_ref().or(outer.region.as_ref());
        let account_id = own.account_id.as_ref().or(outer.account_id.as_ref());
        let partition = own.partition.as_ref().or(outer.partition.as_ref());
        let manner = Manner {
            scope: self.scope_of(region, account_id, partition, true),
            by: by.map_or(fallback, |by| by.value),
            suffix: own.suffix.or(outer.suffix).or(spec.terraform.suffix).unwrap_or_default(),
            span: place.span,
            json,
        };
        let statements = self.others(place, &manner);
        let kind = self.place(&place.kind);

        let whose = if own.clauses.reads.is_some() { &own.clauses } else { &outer.clauses };
        let said = own.clauses.resources.is_some()
            || own.clauses.not_resources.is_some()
            || outer.clauses.resources.is_some()
            || outer.clauses.not_resources.is_some();
        if whose.reads.is_none() && !said {
            self.sink
                .errors
                .missing(
                    place.span,
                    format!("the reader `{}` reads nothing here", reader.label),
                    "no `reads`",
                )
                .fix("add `reads = [group.airbyte]` to the reader, or `resources`");
            return None;
        }
        // For its errors; the model comes to the same resources.
        let before = self.sink.errors.count();
        self.resources(whose, &manner);
        let base = self.sink.clauses(&own.clauses, Some(&outer.clauses), &Nowhere(&self.names));
        let sid = self.sink.sid(place.sid.as_ref());
        if self.sink.errors.count() > before {
            return None;
        }
        let mut builder = model::Grant::builder(kind?).with(|_| base).by(manner.by).suffix(manner.suffix);
        builder = scoped(builder, &manner.scope)
            .ignore(own.ignore.clone().or_else(|| outer.ignore.clone()).unwrap_or_default());
        if let Some(sid) = sid {
            builder = builder.sid(sid);
        }
        for reference in whose.reads.iter().flat_map(|reads| &reads.value) {
            builder = builder.reads(read(&reference.value));
        }
        for statement in statements? {
            builder = builder.statement(statement);
        }
        self.model_errors(place.span, builder.build())
    }

    /// The statements beside the grant, in what is owned whole.
    fn others(&mut self, place: &Place, manner: &Manner) -> Option<Vec<Statement>> {
        let mut out = Vec::with_capacity(place.statements.len());
        for said in &place.statements {
            let reads = self.resources(&said.clauses, manner);
            out.push(self.sink.statement(said, &Nowhere(&self.names), reads, None));
        }
        out.into_iter().collect()
    }

    fn place(&mut self, kind: &PlaceKind) -> Option<model::Place> {
        let file = |lowering: &mut Self, said: &Option<Spanned<String>>| match said {
            Some(said) => lowering.sink.checked(said.span, FileName::new(said.value.as_str())),
            None => FileName::new(model::Place::DEFAULT_FILE).ok(),
        };
        Some(match kind {
            PlaceKind::Statement { document, file: said } => {
                let label = self.sink.checked(document.span, Label::new(document.value.as_str()));
                model::Place::Statement { file: file(self, said)?, document: label? }
            }
            PlaceKind::Document { label, file: said } => {
                let label = self.sink.checked(label.span, Label::new(label.value.as_str()));
                model::Place::PolicyDocument { file: file(self, said)?, label: label? }
            }
            PlaceKind::File { path } => {
                let path = self.sink.checked(path.span, PolicyPath::new(path.value.as_str()))?;
                model::Place::PolicyFile { path }
            }
        })
    }

    /// No two owners of one document, file or statement.
    fn check_places(&mut self) {
        let spec = self.names.spec;
        let mut owned: HashMap<(bool, &str), Span> = HashMap::new();
        let mut statements: HashMap<(&str, &str), Span> = HashMap::new();
        let errors = &mut self.sink.errors;
        for place in spec.readers.iter().flat_map(|reader| &reader.places) {
            let (file, name) = match &place.kind {
                PlaceKind::Document { label, .. } => (false, label),
                PlaceKind::File { path } => (true, path),
                PlaceKind::Statement { document, .. } => {
                    let Some(sid) = &place.sid else { continue };
                    if let Some(first) = statements.insert((&document.value, &sid.value), sid.span) {
                        errors
                            .twice(
                                sid.span,
                                first,
                                format!(
                                    "the statement `{}` of `{}` is declared twice",
                                    sid.value, document.value
                                ),
                            )
                            .fix("a Sid stands once in a document: say another, or join the two readers");
                    }
                    continue;
                }
            };
            if let Some(first) = owned.insert((file, &name.value), name.span) {
                errors
                    .twice(name.span, first, format!("`{}` is owned by two", name.value))
                    .fix("join the two: further statements are `statement` blocks in it");
            }
        }
        for place in spec.readers.iter().flat_map(|reader| &reader.places) {
            let PlaceKind::Statement { document, .. } = &place.kind else { continue };
            if let Some(owner) = owned.get(&(false, document.value.as_str())) {
                errors
                    .twice(
                        document.span,
                        *owner,
                        format!("`{}` is owned whole, so it has no other statements", document.value),
                    )
                    .fix("make this a `statement` block of the `policy_document`, or name another document");
            }
        }
    }
}

fn scoped(mut builder: model::GrantBuilder, scope: &model::Scope) -> model::GrantBuilder {
    if let Some(region) = &scope.region {
        builder = builder.region(region.as_text().clone());
    }
    if let Some(account) = &scope.account_id {
        builder = builder.account_id(account.as_text().clone());
    }
    match &scope.partition {
        Some(partition) => builder.partition(partition.as_text().clone()),
        None => builder,
    }
}

fn read(reference: &Reference) -> Read {
    match reference {
        Reference::Group(group) => Read::Group(group.clone()),
        Reference::Secret(label) => Read::Secret(SecretRef::ungrouped(label.as_str())),
        Reference::InGroup(group, label) => Read::Secret(SecretRef::in_group(group.as_str(), label.as_str())),
        Reference::Each(group) => Read::Each(group.clone()),
    }
}
