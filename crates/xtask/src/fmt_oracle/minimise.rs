//! Makes an input that differs as small as it gets while it still differs in the same way.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use super::{
    compare::{Outcome, compare},
    pieces::cut,
    terraform,
};

/// What is left after so long is small enough.
const PATIENCE: Duration = Duration::from_secs(20);

/// The smallest input found, all candidates of a round in one call of terraform.
pub(crate) fn minimise(input: &[u8], name: &'static str, room: &Path) -> Result<Vec<u8>, String> {
    let lines = input.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let fewer = shrink(lines, name, room)?.concat();
    let pieces = cut(&fewer).into_iter().map(|piece| piece.text.to_vec()).collect();
    let fewer = shrink(pieces, name, room)?.concat();
    if fewer.len() > 200 {
        return Ok(fewer);
    }
    let bytes = fewer.iter().map(|byte| vec![*byte]).collect();
    Ok(shrink(bytes, name, room)?.concat())
}

fn shrink(mut parts: Vec<Vec<u8>>, name: &'static str, room: &Path) -> Result<Vec<Vec<u8>>, String> {
    let mut size = parts.len().div_ceil(2).max(1);
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        let starts: Vec<usize> = (0..parts.len()).step_by(size).collect();
        let without = |start: usize| {
            let end = (start + size).min(parts.len());
            [&parts[..start], &parts[end..]].concat()
        };
        let candidates: Vec<Vec<u8>> = starts.iter().map(|start| without(*start).concat()).collect();
        let verdicts = terraform::format(&candidates, room)?;
        let smaller = candidates.iter().zip(&verdicts).position(|(bytes, verdict)| {
            matches!(compare(bytes, verdict), Outcome::Differs(difference) if difference.name() == name)
        });
        match smaller {
            Some(at) => parts = without(starts[at]),
            None if size == 1 => return Ok(parts),
            None => size = size.div_ceil(2),
        }
        size = size.min(parts.len()).max(1);
        if parts.is_empty() {
            break;
        }
    }
    Ok(parts)
}
