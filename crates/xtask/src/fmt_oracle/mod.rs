//! Formats tens of thousands of files with the library and with the real terraform, and
//! compares bytes and verdicts.

mod breaker;
mod cases;
mod compare;
mod edges;
mod generate;
mod losses;
mod minimise;
mod pieces;
mod properties;
mod relay;
mod report;
mod terraform;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use cases::{Case, RealFile, Set};
use compare::{Difference, Outcome, compare};
use report::Report;

const USAGE: &str = "usage: cargo xtask fmt-oracle [--sample] [--seed N] [--count N]
  --sample    a fixed small part, for CI
  --seed N    other random files (default 1)
  --count N   how many files to generate (default 34000; with --sample 3000)";

/// Files for one call of terraform: its start is paid once for all.
const BATCH: usize = 1000;

struct Options {
    sample: bool,
    seed: u64,
    count: usize,
}

/// The chore: exit 0 if nothing differs.
pub(crate) fn run(args: &[String]) -> Result<ExitCode, String> {
    let options = options(args)?;
    let mut report = Report::new();
    let version = terraform::version().ok_or("terraform is not on the path: NOTHING WAS COMPARED")?;
    let directory = cases::corpus_directory();
    let corpus = cases::corpus(&directory).unwrap_or_default();
    if corpus.is_empty() {
        report.say(&format!(
            "NO CORPUS at {} (name it by SECRETFORM_CORPUS): only edges and generated files are compared",
            directory.display()
        ));
    }
    let cases = plan(&options, corpus.len());
    report.say(&format!("{version}, seed {}, {} files", options.seed, cases.len()));
    let room = std::env::temp_dir().join(format!("fmt-oracle-{}", std::process::id()));
    let done = compare_all(&cases, &corpus, &options, &room, &mut report)
        .and_then(|()| report.differences(&corpus, options.seed, &room.join("small")));
    let _ = std::fs::remove_dir_all(&room);
    done?;
    report.table();
    Ok(if report.clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn options(args: &[String]) -> Result<Options, String> {
    let mut options = Options { sample: false, seed: 1, count: 0 };
    let mut count = None;
    let mut args = args.iter();
    let number = |arg: Option<&String>| arg.and_then(|arg| arg.parse::<u64>().ok()).ok_or(USAGE);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--sample" => options.sample = true,
            "--seed" => options.seed = number(args.next())?,
            "--count" => count = usize::try_from(number(args.next())?).ok(),
            _ => return Err(USAGE.to_owned()),
        }
    }
    options.count = count.unwrap_or(if options.sample { 3000 } else { 34_000 });
    Ok(options)
}

/// All of the corpus and of its copies, or for a sample each 16th.
fn plan(options: &Options, corpus: usize) -> Vec<Case> {
    let step = if options.sample { 16 } else { 1 };
    let every =
        |set, count: usize, step: usize| (0..count).step_by(step).map(move |number| Case { set, number });
    every(Set::Corpus, corpus, step)
        .chain(every(Set::Relaid, corpus * 4, step + step / 2))
        .chain(every(Set::Broken, corpus * 3, step))
        .chain(every(Set::Edges, edges::EDGES.len(), 1))
        .chain(every(Set::Generated, options.count, 1))
        .collect()
}

fn compare_all(
    cases: &[Case],
    corpus: &[RealFile],
    options: &Options,
    room: &Path,
    report: &mut Report,
) -> Result<(), String> {
    let batches: Vec<&[Case]> = cases.chunks(BATCH).collect();
    let next = AtomicUsize::new(0);
    let found: Mutex<Vec<(Case, Outcome)>> = Mutex::new(Vec::new());
    let work = |room: PathBuf| -> Result<(), String> {
        while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
            let inputs: Vec<Vec<u8>> = batch.iter().map(|case| case.bytes(corpus, options.seed)).collect();
            let verdicts = terraform::format(&inputs, &room)?;
            let mut outcomes: Vec<Outcome> =
                inputs.iter().zip(&verdicts).map(|(input, verdict)| compare(input, verdict)).collect();
            excuse_losses(&inputs, &mut outcomes, &room)?;
            let outcomes = batch.iter().copied().zip(outcomes);
            found.lock().unwrap_or_else(PoisonError::into_inner).extend(outcomes);
        }
        Ok(())
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let work = &work;
        let running: Vec<_> = (0..threads)
            .map(|at| room.join(at.to_string()))
            .map(|room| scope.spawn(move || work(room)))
            .collect();
        running.into_iter().try_for_each(|one| one.join().unwrap_or(Err("a thread died".to_owned())))
    })?;
    report.add(found.into_inner().unwrap_or_else(PoisonError::into_inner));
    Ok(())
}

/// What differs because terraform loses text is its defect, if nothing differs without that text.
fn excuse_losses(inputs: &[Vec<u8>], outcomes: &mut [Outcome], room: &Path) -> Result<(), String> {
    let suspects: Vec<(usize, Vec<u8>)> = outcomes
        .iter()
        .enumerate()
        .filter(|(_, outcome)| matches!(outcome, Outcome::Differs(Difference::Bytes { .. })))
        .filter_map(|(at, _)| Some((at, losses::without_losses(&inputs[at])?)))
        .collect();
    if suspects.is_empty() {
        return Ok(());
    }
    let harmless: Vec<&[u8]> = suspects.iter().map(|(_, input)| input.as_slice()).collect();
    let verdicts = terraform::format(&harmless, room)?;
    for ((at, input), verdict) in suspects.iter().zip(&verdicts) {
        if compare(input, verdict) == Outcome::Same {
            outcomes[*at] = Outcome::Defect;
        }
    }
    Ok(())
}
