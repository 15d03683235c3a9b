//! A condition's values as patterns that are followed letter by letter, all at once.

use super::policy::{Comparison, Test};
use crate::model::{Expression, Part, Text};

/// A letter of a text that is being looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Letter {
    Known(char),
    /// One that stands in no value of the policy: only wildcards match it.
    Fresh,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Letter(char),
    /// `?`
    One,
    /// `*`
    Run,
    /// What only Terraform knows, and the letter that stands for it.
    Symbol(char),
}

/// One value.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    steps: Vec<Step>,
    folded: bool,
    /// The only text that it matches, if it says so letter by letter.
    whole: Option<String>,
}

/// Which of two answers is to be certain where symbols are: that a text gets through, or that
/// none does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Certain,
    Possible,
}

/// What a symbol is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Symbols {
    /// Nothing that a text could hold.
    Nothing,
    /// Itself: a name that nobody knows.
    Itself,
    Anything,
}

/// Stands for the first symbol of a policy while texts are looked for; the others follow it.
const FIRST_SYMBOL: u32 = 0xe000;
const MOST_SYMBOLS: u32 = 0x1000;

/// Whether a letter stands for a symbol.
pub(super) fn is_symbol(c: char) -> bool {
    (FIRST_SYMBOL..FIRST_SYMBOL + MOST_SYMBOLS).contains(&u32::from(c))
}

/// The letter that stands for a symbol: the same for the same.
fn symbol_letter(symbol: &Expression) -> char {
    let hash = symbol
        .canonical()
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    char::from_u32(FIRST_SYMBOL + hash % MOST_SYMBOLS).unwrap_or('\u{e000}')
}

/// The values of a test of which one must match, or none.
#[derive(Clone, Debug)]
pub(super) struct Constraint {
    patterns: Vec<Pattern>,
    negated: bool,
    symbols: Symbols,
}

/// How far each pattern may have come: pairs of pattern and step, sorted.
pub(super) type Reached = Vec<(u32, u32)>;

impl Pattern {
    pub(super) fn new(text: &Text, comparison: Comparison) -> Self {
        let like = comparison == Comparison::Like;
        let folded = comparison == Comparison::EqualIgnoringCase;
        let plain = |text: &&str| !(folded || like && text.contains(['*', '?']));
        let whole = text.as_literal().filter(plain).map(str::to_owned);
        let mut steps = Vec::with_capacity(whole.as_ref().map_or(0, String::len));
        for part in text.parts() {
            match part {
                Part::Symbol(symbol) => steps.push(Step::Symbol(symbol_letter(symbol))),
                Part::Literal(literal) => {
                    for c in literal.chars() {
                        match c {
                            // Several in a row are one.
                            '*' if like && steps.last() == Some(&Step::Run) => {}
                            '*' if like => steps.push(Step::Run),
                            '?' if like => steps.push(Step::One),
                            c if folded => steps.push(Step::Letter(c.to_ascii_lowercase())),
                            c => steps.push(Step::Letter(c)),
                        }
                    }
                }
            }
        }
        Self { steps, folded, whole }
    }

    /// The letters that it speaks of.
    pub(super) fn letters(&self) -> impl Iterator<Item = char> {
        self.steps.iter().filter_map(|step| match step {
            Step::Letter(c) | Step::Symbol(c) => Some(*c),
            _ => None,
        })
    }
}

impl Constraint {
    /// What a test asks of a value that is there, if that can be followed; `only` keeps one of
    /// its values.
    pub(super) fn new(test: &Test, only: Option<usize>, inverted: bool, mode: Mode) -> Option<Self> {
        let comparison = test.comparison();
        if matches!(comparison, Comparison::Existence | Comparison::Other) {
            return None;
        }
        let chosen = test.values.iter().enumerate().filter(|(at, _)| only.is_none_or(|only| only == *at));
        let patterns = chosen.map(|(_, value)| Pattern::new(&value.text, comparison)).collect();
        let negated = test.is_negated() != inverted;
        let symbols = match (mode, negated) {
            (Mode::Certain, false) => Symbols::Itself,
            (Mode::Possible, true) => Symbols::Nothing,
            (Mode::Certain, true) | (Mode::Possible, false) => Symbols::Anything,
        };
        Some(Self { patterns, negated, symbols })
    }

    /// The text with its symbols as people read them.
    pub(super) fn with_symbols(test: &Test, text: &str) -> String {
        let parts = test.values.iter().flat_map(|value| value.text.parts());
        let symbols: Vec<&Expression> = parts
            .filter_map(|part| match part {
                Part::Symbol(symbol) => Some(symbol),
                Part::Literal(_) => None,
            })
            .collect();
        let mut out = String::new();
        for c in text.chars() {
            match symbols.iter().find(|symbol| is_symbol(c) && symbol_letter(symbol) == c) {
                Some(symbol) => out.push_str(&format!("${{{}}}", symbol.canonical())),
                None => out.push(c),
            }
        }
        out
    }

    pub(super) fn letters(&self) -> impl Iterator<Item = char> {
        self.patterns.iter().flat_map(Pattern::letters)
    }

    pub(super) fn start(&self) -> Reached {
        self.settled((0..self.patterns.len()).map(|at| (index(at), 0)).collect())
    }

    pub(super) fn step(&self, reached: &Reached, letter: Letter) -> Reached {
        self.settled(reached.iter().filter_map(|at| self.after(*at, letter)).collect())
    }

    /// Whether the constraint can still be met if this letter follows. Most letters follow
    /// nowhere: to ask first spares a step for each of them.
    pub(super) fn takes(&self, reached: &Reached, letter: Letter) -> bool {
        self.negated || reached.iter().any(|at| self.after(*at, letter).is_some())
    }

    /// Whether no text with a fresh letter in it can meet the constraint: its values have no
    /// wildcards.
    pub(super) fn refuses_fresh(&self) -> bool {
        let wild = |step: &Step| match step {
            Step::Letter(_) => false,
            Step::Symbol(_) => self.symbols == Symbols::Anything,
            Step::One | Step::Run => true,
        };
        let loose = |pattern: &Pattern| pattern.whole.is_none() && pattern.steps.iter().any(wild);
        !self.negated && !self.patterns.iter().any(loose)
    }

    /// The only texts that meet the constraint, if it writes them out.
    pub(super) fn whole(&self) -> Option<impl Iterator<Item = &str>> {
        let plain = !self.negated && self.patterns.iter().all(|pattern| pattern.whole.is_some());
        plain.then(|| self.patterns.iter().filter_map(|pattern| pattern.whole.as_deref()))
    }

    /// Where a letter leads from one place.
    fn after(&self, (pattern, at): (u32, u32), letter: Letter) -> Option<(u32, u32)> {
        let it = self.patterns.get(pattern as usize)?;
        let next = match it.steps.get(at as usize)? {
            Step::Run => Some(at),
            Step::Symbol(_) if self.symbols == Symbols::Anything => Some(at),
            Step::Symbol(c) if self.symbols == Symbols::Itself => {
                (letter == Letter::Known(*c)).then_some(at + 1)
            }
            Step::Symbol(_) => None,
            Step::One => Some(at + 1),
            Step::Letter(wanted) => {
                let hit = match letter {
                    Letter::Known(c) if it.folded => c.to_ascii_lowercase() == *wanted,
                    Letter::Known(c) => c == *wanted,
                    Letter::Fresh => false,
                };
                hit.then_some(at + 1)
            }
        };
        next.map(|at| (pattern, at))
    }

    /// Whether what has been read so far can be all.
    pub(super) fn accepts(&self, reached: &Reached) -> bool {
        let matched = reached.iter().any(|(pattern, at)| {
            self.patterns.get(*pattern as usize).is_some_and(|it| it.steps.len() == *at as usize)
        });
        matched != self.negated
    }

    /// A text that the first of its patterns matches, if that is known.
    pub(super) fn example(&self) -> Option<String> {
        let letter = |step: &Step| match step {
            Step::Letter(c) => Some(*c),
            Step::One | Step::Run => Some('x'),
            Step::Symbol(_) => None,
        };
        self.patterns.first()?.steps.iter().map(letter).collect()
    }

    /// Whether a whole text does.
    pub(super) fn holds(&self, text: &str) -> bool {
        if let Some(mut texts) = self.whole() {
            return texts.any(|whole| whole == text);
        }
        let end = text.chars().fold(self.start(), |reached, c| self.step(&reached, Letter::Known(c)));
        self.accepts(&end)
    }

    /// Runs may be empty.
    fn settled(&self, mut reached: Reached) -> Reached {
        let mut at = 0;
        while let Some(&(pattern, step)) = reached.get(at) {
            let skips = match self.patterns.get(pattern as usize).and_then(|it| it.steps.get(step as usize)) {
                Some(Step::Run) => true,
                Some(Step::Symbol(_)) => self.symbols == Symbols::Anything,
                _ => false,
            };
            if skips {
                reached.push((pattern, step + 1));
            }
            at += 1;
        }
        reached.sort_unstable();
        reached.dedup();
        reached
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
