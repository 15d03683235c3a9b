//! What the oracle prints: each difference, made small, and a table of counts.

use std::path::Path;

use super::{
    cases::{Case, RealFile, Set},
    compare::{Difference, Outcome, compare},
    minimise::minimise,
    terraform,
};

/// Differences that are made small; the others are only named.
const SHOWN: usize = 5;

/// All outcomes so far.
pub(crate) struct Report {
    outcomes: Vec<(Case, Outcome)>,
}

impl Report {
    /// Without outcomes.
    pub(crate) fn new() -> Self {
        Self { outcomes: Vec::new() }
    }

    /// Prints a line.
    #[expect(clippy::print_stdout, reason = "a chore talks to a person")]
    pub(crate) fn say(&self, line: &str) {
        println!("{line}");
    }

    /// Adds outcomes.
    pub(crate) fn add(&mut self, outcomes: Vec<(Case, Outcome)>) {
        self.outcomes.extend(outcomes);
        self.outcomes.sort_by_key(|(case, _)| (case.set as usize, case.number));
    }

    /// Whether nothing differs.
    pub(crate) fn clean(&self) -> bool {
        !self.outcomes.iter().any(|(_, outcome)| matches!(outcome, Outcome::Differs(_)))
    }

    /// Prints every difference, the first ones made small.
    pub(crate) fn differences(&self, corpus: &[RealFile], seed: u64, room: &Path) -> Result<(), String> {
        let differ = self.outcomes.iter().filter_map(|(case, outcome)| match outcome {
            Outcome::Differs(difference) => Some((case, difference)),
            _ => None,
        });
        for (at, (case, difference)) in differ.enumerate() {
            self.say(&format!("\n{}: {}", case.label(corpus), difference.name()));
            if at < SHOWN {
                let small = minimise(&case.bytes(corpus, seed), difference.name(), room)?;
                self.show(&small, room)?;
            }
        }
        Ok(())
    }

    fn show(&self, small: &[u8], room: &Path) -> Result<(), String> {
        self.say(&format!("  input     {}", small.escape_ascii()));
        let verdicts = terraform::format(&[small], room)?;
        let Some(Outcome::Differs(difference)) = verdicts.first().map(|verdict| compare(small, verdict))
        else {
            return Ok(());
        };
        match difference {
            Difference::Bytes { ours, theirs } => {
                self.say(&format!("  ours      {}", ours.escape_ascii()));
                self.say(&format!("  terraform {}", theirs.escape_ascii()));
            }
            Difference::WeRefuse(reason) => self.say(&format!("  reason    {reason}")),
            _ => {}
        }
        Ok(())
    }

    /// Prints the counts.
    pub(crate) fn table(&self) {
        self.say(
            "\n| set | files | same bytes | both refuse | terraform's defects | terraform crashed | differ |",
        );
        self.say("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        for set in Set::ALL {
            let count = |wanted: fn(&Outcome) -> bool| {
                self.outcomes.iter().filter(|(case, outcome)| case.set == set && wanted(outcome)).count()
            };
            self.say(&format!(
                "| {} | {} | {} | {} | {} | {} | {} |",
                set.name(),
                count(|_| true),
                count(|outcome| *outcome == Outcome::Same),
                count(|outcome| *outcome == Outcome::BothRefuse),
                count(|outcome| *outcome == Outcome::Defect),
                count(|outcome| *outcome == Outcome::Crashed),
                count(|outcome| matches!(outcome, Outcome::Differs(_))),
            ));
        }
    }
}
