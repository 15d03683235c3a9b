//! How long something takes: the best of several runs, for the rest is other programs' noise.

use std::{
    hint::black_box,
    io,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// The best of `runs` runs in this process.
pub fn best<T>(runs: usize, mut work: impl FnMut() -> T) -> Duration {
    (0..runs.max(1))
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

/// The best of `runs` runs of a whole program, output thrown away.
///
/// # Errors
/// If it can't be started.
pub fn best_process(runs: usize, mut command: impl FnMut() -> Command) -> io::Result<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..runs.max(1) {
        let mut command = command();
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let start = Instant::now();
        command.status()?;
        best = best.min(start.elapsed());
    }
    Ok(best)
}

/// `terraform` with these arguments, which looks nothing up on the net.
pub fn terraform(arguments: &[&str]) -> Command {
    let mut command = Command::new("terraform");
    command.args(arguments).env("CHECKPOINT_DISABLE", "1").env_remove("TF_CLI_CONFIG_FILE");
    command
}

/// Bytes in a time, as megabytes a second.
pub fn megabytes_per_second(bytes: usize, time: Duration) -> f64 {
    bytes as f64 / 1e6 / time.as_secs_f64()
}

/// How many times as long `slow` takes.
pub fn times(slow: Duration, quick: Duration) -> f64 {
    slow.as_secs_f64() / quick.as_secs_f64()
}
