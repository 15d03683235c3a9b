//! With a spec that can't be used: what is wrong with the other files, as far as the spec still
//! says which they are. All errors of one run come together.

use super::Inputs;
use super::analysis::Analysis;
use super::declared::outside;
use crate::diagnostic::{Diagnostic, Location, codes};
use crate::existing::{Syntax, terraform_files};
use crate::policy::{self, PolicyKind};
use crate::source::{RepoPath, Source, Span};
use crate::syntax::File;

/// Adds the syntax errors of the Terraform files and policies that the spec names.
pub(super) fn errors(inputs: &Inputs<'_>, folder: &RepoPath, analysis: &mut Analysis) {
    let Some((source, _)) = analysis.sources.iter().next() else { return };
    let (directory, policies) = named(analysis.sources.get(source).bytes());
    let mut joined = |(path, span): Named| {
        let at = Some(Location::new(source, span));
        folder.join(&path).map_err(|error| analysis.errors.push(outside(&error.to_string(), at))).ok()
    };
    let directory = directory.and_then(&mut joined);
    let policies: Vec<RepoPath> = policies.into_iter().filter_map(&mut joined).collect();
    for file in directory.and_then(|path| terraform_files(inputs.directory, &path).ok()).unwrap_or_default() {
        let bytes = match file.read(inputs.directory) {
            Ok(bytes) => bytes,
            Err(error) => {
                analysis.errors.push(Diagnostic::from(&error));
                continue;
            }
        };
        let source = analysis.sources.add(Source::new(file.path.to_string(), bytes));
        let bytes = analysis.sources.get(source).bytes();
        if file.syntax == Syntax::Json {
            analysis.errors.extend(crate::evaluate::json_blocks(source, bytes).err().into_iter().flatten());
        } else {
            let file = File::parse(bytes);
            analysis
                .errors
                .extend(file.errors().iter().map(|error| error.diagnostic(&codes::HCL_SYNTAX, source)));
        }
    }
    for path in policies {
        if let Ok(bytes) = inputs.directory.read(&path) {
            let source = analysis.sources.add(Source::new(path.to_string(), bytes));
            let bytes = analysis.sources.get(source).bytes();
            let read = policy::read_text(source, bytes, PolicyKind::Identity);
            analysis.errors.extend(read.err().into_iter().flatten());
        }
    }
}

/// A path, and where it is said.
type Named = (String, Span);

/// The Terraform directory and the policy files that a spec names, whatever else is wrong in it,
/// and where it does.
fn named(spec: &[u8]) -> (Option<Named>, Vec<Named>) {
    let file = File::parse(spec);
    let body = file.body();
    let terraform = body.blocks().find(|block| block.type_name() == "terraform");
    let directory = terraform.map(|block| {
        let said = block.body().attribute("directory").map(|said| said.value());
        said.and_then(|value| Some((value.literal_string()?, value.span())))
            .unwrap_or_else(|| (".".to_owned(), block.header_span()))
    });
    let readers = body.blocks().filter(|block| block.type_name() == "reader");
    let places = readers.flat_map(|reader| reader.body().blocks().collect::<Vec<_>>());
    let policies = places
        .filter(|place| place.type_name() == "policy_file")
        .filter_map(|place| place.labels().into_iter().next())
        .map(|label| (label.text, label.span))
        .collect();
    (directory, policies)
}
