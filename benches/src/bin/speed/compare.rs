//! The anchored walk in memory, against a memcmp of the same file.

use std::hint::black_box;

use benches::{input, section::Section, time::duel};
use secretform::existing::{DesiredTexts, walk};

const COUNT: usize = 10_000;
const RUNS: usize = 40;

pub(crate) fn measure(section: &mut Section) {
    let text = input::secrets(COUNT);
    let blocks: Vec<&str> = text.split("\n\n").collect();
    // A block of the input holds one empty line: join each two pieces again.
    let blocks: Vec<String> = blocks.chunks(2).map(|pair| pair.join("\n\n").trim_end().to_owned()).collect();
    let labels: Vec<String> =
        blocks.iter().filter_map(|block| block.split('"').nth(3)).map(str::to_owned).collect();
    let mut desired: DesiredTexts<'_> = blocks
        .iter()
        .zip(&labels)
        .map(|(text, label)| (("resource", "aws_secretsmanager_secret", label.as_str()), text.as_str()))
        .collect();
    let clean = text.clone().into_bytes();
    let mut drifted = text.clone();
    for at in (0..COUNT).step_by(COUNT / 50) {
        let (old, new) = (format!("System {at} API"), format!("System {at} IPA"));
        drifted = drifted.replacen(&old, &new, 1);
    }
    let drifted = drifted.into_bytes();
    for (name, bytes, target) in [("clean", &clean, 1.5), ("50 drifted", &drifted, 2.0)] {
        let copy = bytes.clone();
        let (ours, memcmp) = duel(
            RUNS,
            || walk(bytes, &mut desired).count(),
            || black_box(bytes.as_slice()) == black_box(copy.as_slice()),
        );
        section.time(&format!("10,000 secrets, {name}: walk"), ours);
        section.time("memcmp of the file", memcmp);
        let ratio = ours.processor.as_secs_f64() / memcmp.processor.as_secs_f64();
        section.at_most(&format!("10,000 secrets, {name}: walk ÷ memcmp"), ratio, "×", target);
    }
}
