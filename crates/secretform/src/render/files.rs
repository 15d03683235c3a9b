//! A whole model to the files that hold it, as `generate` writes them where nothing stands yet.

use std::collections::BTreeSet;

use super::Renderer;
use crate::model::{Address, Granted, Model, Place, Record};

/// A file of a model, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderedFile {
    /// Where it stands.
    pub place: FilePlace,
    /// All of it.
    pub text: String,
}

/// Where a rendered file stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FilePlace {
    /// A file of the Terraform directory, by its name.
    Terraform(String),
    /// A file of IAM JSON, by its path from the spec's folder.
    Policy(String),
}

impl Renderer {
    /// Every file that a model needs, in the model's order: containers and what stands beside
    /// them, documents that readers own whole, documents of single statements, IAM JSON.
    pub fn files(&self, model: &Model) -> Vec<RenderedFile> {
        let mut files = Files::default();
        self.containers(model, &mut files);
        let mut shared: Vec<(&str, Address, Record)> = Vec::new();
        let mut policies = Vec::new();
        for Granted { grant, resolved, .. } in model.grants() {
            match (grant.place(), resolved.document()) {
                (Place::Statement { document, file }, _) => {
                    let address = Address::policy_document(document.as_str());
                    let statement = resolved.statement().record();
                    match shared.iter_mut().find(|(_, other, _)| *other == address) {
                        Some((_, _, record)) => record.push("statement", statement),
                        None => {
                            let mut record = Record::new();
                            record.push("statement", statement);
                            shared.push((file.as_str(), address, record));
                        }
                    }
                }
                (Place::PolicyDocument { label, file }, Some(document)) => {
                    files.add(file.as_str(), &self.policy_document(label.as_str(), &document.record()));
                }
                (Place::PolicyFile { path }, Some(document)) => policies.push((path, document)),
                // A model resolves each grant that owns a document to one.
                (_, None) => {}
            }
        }
        self.roles(model, &mut files, &mut shared);
        for (file, address, record) in shared {
            files.add(file, &self.policy_document(address.label(), &record));
        }
        for (path, document) in policies {
            let statements: Vec<Record> = document.statements().iter().map(|it| it.record()).collect();
            // A model refuses expressions in JSON, so all of it is known.
            if let Ok(text) = self.policy_file(Some(document.version().as_str()), &statements) {
                files.0.push(RenderedFile { place: FilePlace::Policy(path.as_str().to_owned()), text });
            }
        }
        files.0
    }

    /// Roles for CI systems: identity provider, trust, role, document, policy, attachment.
    fn roles(&self, model: &Model, files: &mut Files, shared: &mut Vec<(&str, Address, Record)>) {
        let mut providers: Vec<_> = model.providers().iter().collect();
        for role in model.oidc() {
            let file = role.file().as_str();
            let own = role.provider().map(|provider| provider.address());
            if let Some(at) = own.and_then(|own| providers.iter().position(|it| it.address() == own)) {
                let provider = providers.remove(at);
                files.add(provider.file().as_str(), &self.block(&provider.address(), &provider.record()));
            }
            files.add(file, &self.block(&role.trust_address(), &role.trust().record()));
            files.add(file, &self.block(&role.role_address(), &role.role_record()));
            if !model.permits(role) {
                continue;
            }
            let address = role.document_address();
            let mut document = Record::new();
            for statement in role.statements() {
                document.push("statement", statement.record());
            }
            if let Some(at) = shared.iter().position(|(_, other, _)| *other == address) {
                for statement in shared.remove(at).2.blocks("statement") {
                    document.push("statement", statement.clone());
                }
            }
            files.add(file, &self.block(&address, &document));
            files.add(file, &self.block(&role.policy_address(), &role.policy_record()));
            files.add(file, &self.block(&role.attachment_address(), &role.attachment_record()));
        }
    }

    fn containers(&self, model: &Model, files: &mut Files) {
        let mut titled = BTreeSet::new();
        for secret in model.secrets() {
            let file = secret.file().unwrap_or(model.file()).as_str();
            let group = secret.group().and_then(|label| model.group(label));
            let mut blocks: Vec<String> = secret
                .blocks()
                .filter_map(|block| {
                    Some(self.block(&secret.block_address(block), &secret.block_record(block)?))
                })
                .collect();
            let title = group.and_then(|group| Some((group.label(), group.title()?)));
            if let Some((_, title)) = title.filter(|(label, _)| titled.insert((*label, file))) {
                blocks[0] = format!("{}\n{}", self.banner(title).trim_end_matches('\n'), blocks[0]);
            }
            blocks.iter().for_each(|block| files.add(file, block));
        }
    }
}

#[derive(Default)]
struct Files(Vec<RenderedFile>);

impl Files {
    /// Adds a block to a file of the Terraform directory, an empty line before it.
    fn add(&mut self, name: &str, block: &str) {
        let place = FilePlace::Terraform(name.to_owned());
        let file = match self.0.iter().position(|file| file.place == place) {
            Some(at) => &mut self.0[at],
            None => {
                self.0.push(RenderedFile { place, text: String::new() });
                let last = self.0.len() - 1;
                &mut self.0[last]
            }
        };
        if !file.text.is_empty() {
            file.text.push('\n');
        }
        file.text.push_str(block);
        file.text.push('\n');
    }
}
