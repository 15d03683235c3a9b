//! Lexing and parsing against hcl-edit.

use benches::{
    input,
    section::Section,
    time::{best, duel},
};
use secretform::syntax::{File, lex};

const RUNS: usize = 20;

pub(crate) fn measure(section: &mut Section) {
    match input::files(&input::corpus_directory()) {
        Ok(files) if !files.is_empty() => compare(section, "corpus", &files, 6.0),
        _ => section.missing("the corpus", "set SECRETFORM_CORPUS"),
    }
    compare(section, "10,000 secrets", &[input::secrets(10_000).into_bytes()], 11.0);
}

fn compare(section: &mut Section, name: &str, files: &[Vec<u8>], target: f64) {
    let size: usize = files.iter().map(Vec::len).sum();
    let texts: Vec<&str> = files.iter().filter_map(|file| str::from_utf8(file).ok()).collect();
    let lexed = best(RUNS, || files.iter().map(|file| lex::lex(file).len()).sum::<usize>());
    let (ours, theirs) = duel(
        RUNS,
        || files.iter().map(|file| File::parse(file).errors().len()).sum::<usize>(),
        || texts.iter().filter(|text| text.parse::<hcl_edit::structure::Body>().is_ok()).count(),
    );
    section.speed(&format!("{name}: lex"), size, lexed);
    section.speed(&format!("{name}: lex + parse"), size, ours);
    section.speed(&format!("{name}: hcl-edit"), size, theirs);
    section.at_least(
        &format!("{name}: hcl-edit ÷ lex + parse"),
        ours.times_quicker_than(theirs),
        "×",
        target,
    );
}
