//! From the model to what is wanted in the files, rendered.

use std::collections::BTreeMap;

use super::view::{Declared, SecretFacts};
use super::wanted::{WantedBlock, WantedPolicy, WantedStatement};
use crate::diagnostic::{Diagnostic, Location, codes};
use crate::model::{Group, Model, Place, Record};
use crate::render::Renderer;
use crate::source::RepoPath;
use crate::spec::{Lowered, Places};

/// Everything that a spec wants, in its order.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) facts: Declared,
    pub(super) blocks: Vec<WantedBlock>,
    pub(super) statements: Vec<WantedStatement>,
    pub(super) policies: Vec<WantedPolicy>,
    /// Titles of groups, by label.
    pub(super) titles: BTreeMap<String, String>,
    /// Where containers go that nothing else places.
    pub(super) default_file: Option<String>,
}

impl Wanted {
    /// What a lowered spec wants; `folder` is the spec's own.
    pub(super) fn new(
        lowered: &Lowered,
        folder: &RepoPath,
        renderer: &Renderer,
        errors: &mut Vec<Diagnostic>,
    ) -> Self {
        let model = &lowered.model;
        let default_file = Some(model.file().as_str().to_owned());
        let mut wanted = Self { facts: facts(model), default_file, ..Self::default() };
        for group in model.groups() {
            if let Some(title) = group.title() {
                wanted.titles.insert(group.label().to_owned(), title.to_owned());
            }
        }
        for index in 0..model.secrets().len() {
            wanted.secret(model, &lowered.places, index, renderer);
        }
        wanted.grants(model, &lowered.places, folder, renderer, errors);
        wanted
    }

    /// The names of all files of the directory that the spec names.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        let blocks = self.blocks.iter().filter_map(|block| block.file.as_deref());
        let statements = self.statements.iter().filter_map(|statement| statement.file.as_deref());
        blocks.chain(statements).chain(self.default_file.as_deref())
    }

    fn secret(&mut self, model: &Model, places: &Places, index: usize, renderer: &Renderer) {
        let secret = &model.secrets()[index];
        let mut add = |address, record: Record| {
            let mut block = WantedBlock::new(renderer, address, &record);
            block.secret = Some(index);
            block.file = secret.file().map(|file| file.as_str().to_owned());
            block.group = secret.group().map(str::to_owned);
            block.ignore = secret.ignore().clone();
            block.declared = places.secrets.get(index).copied();
            self.blocks.push(block);
        };
        if let Some(record) = secret.policy_document_record() {
            add(secret.policy_document_address(), record);
        }
        add(secret.address(), secret.record());
        if let Some(record) = secret.policy_record() {
            add(secret.policy_address(), record);
        }
    }

    fn grants(
        &mut self,
        model: &Model,
        places: &Places,
        folder: &RepoPath,
        renderer: &Renderer,
        errors: &mut Vec<Diagnostic>,
    ) {
        let mut locations = places.readers.iter().flat_map(|(_, places)| places.iter().copied());
        for granted in model.grants() {
            let declared: Option<Location> = locations.next();
            let ignore = granted.grant.ignore().clone();
            let document = granted.resolved.document();
            match granted.grant.place() {
                Place::Statement { file, .. } => {
                    let Some(address) = granted.grant.place().address() else { continue };
                    self.statements.push(WantedStatement {
                        document: address,
                        record: granted.resolved.statement().record(),
                        file: Some(file.as_str().to_owned()),
                        ignore,
                        declared,
                        reader: granted.reader.label().to_owned(),
                    });
                }
                Place::PolicyDocument { file, .. } => {
                    let (Some(address), Some(document)) = (granted.grant.place().address(), document) else {
                        continue;
                    };
                    let mut block = WantedBlock::whole(renderer, address, document.record());
                    block.file = Some(file.as_str().to_owned());
                    block.ignore = ignore;
                    block.declared = declared;
                    self.blocks.push(block);
                }
                Place::PolicyFile { path } => {
                    let Some(document) = document else { continue };
                    match folder.join(path.as_str()) {
                        Ok(path) => {
                            self.policies.push(WantedPolicy {
                                path,
                                record: document.record(),
                                ignore,
                                declared,
                            });
                        }
                        Err(error) => errors.push(outside(&error.to_string(), declared)),
                    }
                }
            }
        }
    }
}

/// A path of the spec that leaves the repository.
pub(super) fn outside(message: &str, at: Option<Location>) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(&codes::OUTSIDE_REPOSITORY, message.to_owned());
    diagnostic.location = at;
    diagnostic
}

fn facts(model: &Model) -> Declared {
    let prefix = |group: &Group| group.prefix().as_text().clone();
    let own = |group: &&Group| !group.is_external() && !group.prefix().is_empty();
    let scope = model.scope();
    Declared {
        secrets: model
            .secrets()
            .iter()
            .map(|secret| SecretFacts {
                address: secret.address(),
                name: secret.name().as_text().clone(),
                ignore: secret.ignore().clone(),
            })
            .collect(),
        prefixes: model.groups().iter().filter(own).map(prefix).collect(),
        external: model.groups().iter().filter(|group| group.is_external()).map(prefix).collect(),
        partition: scope.partition.as_ref().map(|partition| partition.as_text().clone()),
        region: scope.region.as_ref().map(|region| region.as_text().clone()),
        account_id: scope.account_id.as_ref().map(|account| account.as_text().clone()),
    }
}
