//! The syntax layer step by step, for whoever makes it quicker: `cargo bench -p benches`.

use benches::input;
use divan::{Bencher, black_box, counter::BytesCount};
use secretform::syntax;

fn main() {
    divan::main();
}

/// The corpus in one text if it is there, else secrets.
fn files() -> Vec<Vec<u8>> {
    let files = input::files(&input::corpus_directory()).unwrap_or_default();
    if files.is_empty() { vec![input::secrets(10_000).into_bytes()] } else { files }
}

fn over_files(bencher: Bencher<'_, '_>, work: impl Fn(&[u8]) -> usize + Sync) {
    let files = files();
    let size: usize = files.iter().map(Vec::len).sum();
    bencher
        .counter(BytesCount::new(size))
        .bench(|| files.iter().map(|file| work(black_box(file))).sum::<usize>());
}

#[divan::bench]
fn lex(bencher: Bencher<'_, '_>) {
    over_files(bencher, |file| syntax::lex::lex(file).len());
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    over_files(bencher, |file| syntax::File::parse(file).errors().len());
}

#[divan::bench]
fn is_formatted(bencher: Bencher<'_, '_>) {
    over_files(bencher, |file| usize::from(syntax::is_formatted(file) == Ok(true)));
}

#[divan::bench]
fn format(bencher: Bencher<'_, '_>) {
    over_files(bencher, |file| syntax::format(file).map_or(0, |out| out.len()));
}
