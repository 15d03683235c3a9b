//! The typed spec to the model: what is inherited joined, references found, rules of AWS kept.

mod convert;
mod grants;
mod names;
mod oidc;
mod probe;
mod readers;
mod references;
mod secrets;
mod statements;
mod twins;
mod values;

use crate::diagnostic::{Diagnostic, Location};
use crate::model::{
    Errors, FileName, Group, Model, ModelBuilder, OidcRole, Profile, Scope, Secret, Subject, Text,
};
use crate::source::Span;

use super::errors;
use super::types::{Override, Spec};
use convert::Sink;
use names::Names;
use readers::Placed;

/// A spec as the model sees it, with the place of everything that it declares.
#[derive(Debug)]
pub struct Lowered {
    /// What is declared.
    pub model: Model,
    /// The Terraform directory, from the spec's folder, as written.
    pub directory: String,
    /// What findings weigh.
    pub rules: Vec<Override>,
    /// Where everything stands.
    pub places: Places,
}

/// Where what a spec declares stands in it; each list is the model's, in its order.
#[derive(Debug)]
pub struct Places {
    /// The `terraform` block.
    pub terraform: Location,
    /// What `directory` says; the block if it says nothing.
    pub directory: Location,
    /// The labels of the groups.
    pub groups: Vec<Location>,
    /// The labels of the secrets.
    pub secrets: Vec<Location>,
    /// The labels of the readers, and type and label of each place.
    pub readers: Vec<(Location, Vec<Location>)>,
    /// The labels of the roles, and the place of each of their statements.
    pub oidc: Vec<(Location, Vec<Location>)>,
}

impl Places {
    /// Where the part of the model stands that an error is about.
    pub fn of(&self, subject: Subject) -> Option<Location> {
        match subject {
            Subject::Group(at) => self.groups.get(at).copied(),
            Subject::Secret(at) => self.secrets.get(at).copied(),
            Subject::Reader(at) => self.readers.get(at).map(|reader| reader.0),
            Subject::Oidc(at) => self.oidc.get(at).map(|role| role.0),
            Subject::Grant(at, place) => self.readers.get(at)?.1.get(place).copied(),
        }
    }
}

/// Lowers a spec: all errors that its words tell together. With an error, found here or before,
/// there is no model; warnings come beside one.
pub fn lower(spec: &Spec) -> (Option<Lowered>, Vec<Diagnostic>) {
    let mut lowering = Lowering {
        sink: Sink::new(errors::Errors::new(spec.source)),
        names: Names::new(spec),
        groups: Vec::with_capacity(spec.groups.len()),
        prefixes: Vec::with_capacity(spec.groups.len()),
        secrets: Vec::with_capacity(spec.secrets.len()),
        scope: Scope::default(),
        profile: None,
    };
    let file = lowering.terraform();
    let profile = spec.terraform.profile.as_ref();
    lowering.profile =
        profile.and_then(|said| lowering.sink.checked(said.span, Profile::new(said.value.as_str())));
    lowering.groups();
    lowering.labels();
    lowering.check_uses();
    for at in 0..spec.secrets.len() {
        let secret = lowering.secret(at);
        lowering.secrets.push(secret);
    }
    let readers = lowering.readers();
    let roles = lowering.roles();
    lowering.finish(file, readers, roles)
}

/// A spec on its way to the model.
pub(super) struct Lowering<'s> {
    sink: Sink,
    names: Names<'s>,
    /// By their place in the spec; `None` for those with errors.
    groups: Vec<Option<Group>>,
    prefixes: Vec<Option<Text>>,
    secrets: Vec<Option<Secret>>,
    /// The directory's.
    scope: Scope,
    profile: Option<Profile>,
}

impl Lowering<'_> {
    /// The directory's scope, and the file of containers that nothing else places.
    fn terraform(&mut self) -> Option<FileName> {
        let said = &self.names.spec.terraform;
        self.scope =
            self.scope_of(said.region.as_ref(), said.account_id.as_ref(), said.partition.as_ref(), false);
        let file = said.file.as_ref();
        let name = file.map_or(Model::DEFAULT_FILE, |said| said.value.as_str());
        self.sink.checked(file.map_or(said.span, |said| said.span), FileName::new(name))
    }

    /// What the model made of it, or `None` and its errors.
    fn model_errors<T>(&mut self, span: Span, made: Result<T, Errors>) -> Option<T> {
        match made {
            Ok(made) => Some(made),
            Err(errors) => {
                errors.iter().for_each(|invalid| self.sink.invalid(span, invalid));
                None
            }
        }
    }

    fn finish(
        mut self,
        file: Option<FileName>,
        readers: Vec<Placed>,
        roles: Vec<Option<OidcRole>>,
    ) -> (Option<Lowered>, Vec<Diagnostic>) {
        let spec = self.names.spec;
        let at = |span| Location::new(spec.source, span);
        let said = &spec.terraform;
        let places = Places {
            terraform: at(said.span),
            directory: at(said.directory.as_ref().map_or(said.span, |said| said.span)),
            groups: spec.groups.iter().map(|group| at(group.span)).collect(),
            secrets: spec.secrets.iter().map(|secret| at(secret.label_span)).collect(),
            readers: readers
                .iter()
                .map(|reader| (at(reader.span), reader.places.iter().copied().map(at).collect()))
                .collect(),
            oidc: spec
                .oidc
                .iter()
                .filter(|said| !said.label.is_empty())
                .map(|said| (at(said.span), said.statements.iter().map(|it| at(it.span)).collect()))
                .collect(),
        };
        let model = if spec.failed || self.sink.errors.failed() {
            self.check_twins();
            None
        } else {
            self.model(file, readers, roles, &places)
        };
        let directory = said.directory.as_ref().map_or(".", |said| said.value.as_str()).to_owned();
        let lowered = model.map(|model| Lowered { model, directory, rules: spec.rules.clone(), places });
        (lowered, self.sink.errors.into_vec())
    }

    /// The whole model, or what only the whole could tell.
    fn model(
        &mut self,
        file: Option<FileName>,
        readers: Vec<Placed>,
        roles: Vec<Option<OidcRole>>,
        places: &Places,
    ) -> Option<Model> {
        let secrets = std::mem::take(&mut self.secrets);
        let groups = std::mem::take(&mut self.groups);
        let mut builder = model(self.scope.clone(), file?, groups, secrets, readers)?;
        if let Some(profile) = self.profile.take() {
            builder = builder.profile(profile);
        }
        for role in roles {
            builder = builder.oidc(role?);
        }
        match builder.build_or_return() {
            Ok(model) => Some(model),
            Err((errors, builder)) => {
                if errors.iter().any(|invalid| twins::is_twin(invalid.kind())) {
                    self.secrets = builder.into_secrets().into_iter().map(Some).collect();
                    self.check_twins();
                }
                let others = errors.iter().filter(|invalid| !twins::is_twin(invalid.kind()));
                self.sink.of_model(others, places);
                None
            }
        }
    }
}

/// The builder of the whole model, if every part of it could be built.
fn model(
    scope: Scope,
    file: FileName,
    groups: Vec<Option<Group>>,
    secrets: Vec<Option<Secret>>,
    readers: Vec<Placed>,
) -> Option<ModelBuilder> {
    let mut builder = Model::builder().file(file);
    if let Some(region) = scope.region {
        builder = builder.region(region);
    }
    if let Some(account) = scope.account_id {
        builder = builder.account_id(account);
    }
    if let Some(partition) = scope.partition {
        builder = builder.partition(partition);
    }
    // Both vectors stay where they are: there are thousands of either.
    builder = builder.groups(groups.into_iter().collect::<Option<Vec<_>>>()?);
    builder = builder.secrets(secrets.into_iter().collect::<Option<Vec<_>>>()?);
    for reader in readers {
        builder = builder.reader(reader.reader?);
    }
    Some(builder)
}
