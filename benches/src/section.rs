//! The table that `speed` prints: one figure a row, with its target where there is one.

use crate::time::Spent;

/// The figures of one subject.
#[derive(Debug, Default)]
pub struct Section {
    rows: Vec<[String; 3]>,
    missed: usize,
}

impl Section {
    /// Without figures.
    pub fn new() -> Self {
        Self::default()
    }

    /// A time: the processor's, and the clock's.
    pub fn time(&mut self, what: &str, spent: Spent) {
        let [processor, wall] = [spent.processor, spent.wall].map(|time| time.as_secs_f64() * 1e3);
        self.rows.push([what.to_owned(), format!("{processor:.2} ms (clock {wall:.2})"), String::new()]);
    }

    /// How quick something is that took bytes.
    pub fn speed(&mut self, what: &str, bytes: usize, spent: Spent) {
        self.time(&format!("{what}, {:.0} MB/s", spent.megabytes_per_second(bytes)), spent);
    }

    /// A number that should be at least `target`.
    pub fn at_least(&mut self, what: &str, number: f64, unit: &str, target: f64) {
        self.judged(what, number, unit, number >= target, &format!("≥ {target}"));
    }

    /// A number that should be at most `target`.
    pub fn at_most(&mut self, what: &str, number: f64, unit: &str, target: f64) {
        self.judged(what, number, unit, number <= target, &format!("≤ {target}"));
    }

    /// Something that could not be measured, and why.
    pub fn missing(&mut self, what: &str, why: &str) {
        self.rows.push([what.to_owned(), format!("NOT MEASURED: {why}"), String::new()]);
    }

    fn judged(&mut self, what: &str, number: f64, unit: &str, is_met: bool, target: &str) {
        self.missed += usize::from(!is_met);
        let verdict = if is_met { "met" } else { "MISSED" };
        self.rows.push([what.to_owned(), format!("{number:.1} {unit}"), format!("{target}: {verdict}")]);
    }

    /// How many targets were missed.
    pub fn missed(&self) -> usize {
        self.missed
    }

    /// As a Markdown table.
    pub fn table(&self) -> String {
        let rows =
            self.rows.iter().map(|[what, figure, target]| format!("| {what} | {figure} | {target} |\n"));
        format!("| what | figure | target |\n| --- | ---: | --- |\n{}", rows.collect::<String>())
    }
}
