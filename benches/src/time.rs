//! How long something takes, by the clock and by the processor. The processor's time is what
//! ratios are made of: on a busy machine the clock measures the others.

use std::{
    hint::black_box,
    io,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use nix::{
    sys::{
        resource::{UsageWho, getrusage},
        time::TimeVal,
    },
    time::{ClockId, clock_gettime},
};

/// One measurement.
#[derive(Clone, Copy, Debug)]
pub struct Spent {
    /// By the clock.
    pub wall: Duration,
    /// By the processor: of this thread, or of a program and all its threads.
    pub processor: Duration,
}

impl Spent {
    const MOST: Self = Self { wall: Duration::MAX, processor: Duration::MAX };

    /// The better of both clocks.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { wall: self.wall.min(other.wall), processor: self.processor.min(other.processor) }
    }

    /// How many times as long `slow` takes the processor.
    pub fn times_quicker_than(self, slow: Self) -> f64 {
        slow.processor.as_secs_f64() / self.processor.as_secs_f64()
    }

    /// Bytes in this time, as megabytes a second of the processor.
    pub fn megabytes_per_second(self, bytes: usize) -> f64 {
        bytes as f64 / 1e6 / self.processor.as_secs_f64()
    }
}

/// The best of `runs` runs in this thread.
pub fn best<T>(runs: usize, mut work: impl FnMut() -> T) -> Spent {
    (0..runs).map(|_| once(&mut work)).fold(Spent::MOST, Spent::or)
}

/// The best of `runs` runs of each of two, in turn, so that both have the same luck.
pub fn duel<T, U>(runs: usize, mut ours: impl FnMut() -> T, mut theirs: impl FnMut() -> U) -> (Spent, Spent) {
    (0..runs).fold((Spent::MOST, Spent::MOST), |(one, other), _| {
        (one.or(once(&mut ours)), other.or(once(&mut theirs)))
    })
}

fn once<T>(work: &mut impl FnMut() -> T) -> Spent {
    let (start, before) = (Instant::now(), thread_time());
    black_box(work());
    Spent { wall: start.elapsed(), processor: thread_time().saturating_sub(before) }
}

fn thread_time() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).map_or(Duration::ZERO, Duration::from)
}

/// A whole program once, its output thrown away.
///
/// # Errors
/// If it can't be started.
pub fn process(command: &mut Command) -> io::Result<Spent> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let (start, before) = (Instant::now(), children_time()?);
    command.status()?;
    Ok(Spent { wall: start.elapsed(), processor: children_time()?.saturating_sub(before) })
}

/// The best of `runs` runs of each of two programs, in turn.
///
/// # Errors
/// If one of them can't be started.
pub fn duel_of_processes(
    runs: usize,
    ours: &mut Command,
    theirs: &mut Command,
) -> io::Result<(Spent, Spent)> {
    let mut best = (Spent::MOST, Spent::MOST);
    for _ in 0..runs {
        best = (best.0.or(process(ours)?), best.1.or(process(theirs)?));
    }
    Ok(best)
}

/// What the programs that this one started and that have ended took the processor.
fn children_time() -> io::Result<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let time = |time: TimeVal| {
        let micros = u64::try_from(time.tv_sec() * 1_000_000 + time.tv_usec()).unwrap_or_default();
        Duration::from_micros(micros)
    };
    Ok(time(usage.user_time()) + time(usage.system_time()))
}

/// `terraform` with these arguments, which looks nothing up on the net.
pub fn terraform(arguments: &[&str]) -> Command {
    let mut command = Command::new("terraform");
    command.args(arguments).env("CHECKPOINT_DISABLE", "1").env_remove("TF_CLI_CONFIG_FILE");
    command
}
