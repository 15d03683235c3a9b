//! Where a generated file is written: tokens with random blanks, newlines and comments between.

use fastrand::Rng;

/// The text so far and the hand that it is written in.
pub(crate) struct Pen {
    /// Chance.
    pub rng: Rng,
    /// The text so far.
    pub out: String,
    /// How many attributes there are.
    pub serial: usize,
    /// How many brackets are open within which a newline may stand.
    pub free: usize,
    neat: bool,
    comments: u8,
    newlines: u8,
    slips: u8,
}

impl Pen {
    /// A new file in a hand of its own.
    pub(crate) fn new(mut rng: Rng) -> Self {
        let neat = rng.bool();
        let comments = if rng.bool() { 0 } else { rng.u8(0..6) };
        let newlines = if rng.bool() { 0 } else { rng.u8(0..25) };
        let slips = if rng.u8(0..4) == 0 { 1 } else { 0 };
        Self { rng, out: String::new(), serial: 0, free: 0, neat, comments, newlines, slips }
    }

    /// True in `percent` of a hundred cases.
    pub(crate) fn chance(&mut self, percent: u8) -> bool {
        self.rng.u8(0..100) < percent
    }

    /// One of `texts`.
    pub(crate) fn one<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        self.rng.choice(texts.iter().copied()).unwrap_or_default()
    }

    /// Text as it is.
    pub(crate) fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// A token, after a random gap.
    pub(crate) fn token(&mut self, text: &str) {
        if text.is_empty() || (self.slips > 0 && self.rng.u16(0..400) < u16::from(self.slips)) {
            return;
        }
        self.gap();
        let joins = |char: Option<char>| {
            char.is_some_and(|char| {
                char.is_alphanumeric() || matches!(char, '_' | '-' | '\u{301}' | '\u{94d}')
            })
        };
        let meets = joins(self.out.chars().next_back()) && joins(text.chars().next());
        if meets && !self.chance(1) {
            self.out.push(' ');
        }
        self.out.push_str(text);
    }

    /// One of `texts` as a token.
    pub(crate) fn token_of(&mut self, texts: &[&str]) {
        let text = self.one(texts);
        self.token(text);
    }

    /// One of `texts` right after the token before.
    pub(crate) fn tight_of(&mut self, texts: &[&str]) {
        let text = self.one(texts);
        self.tight(text);
    }

    /// A token that stands right after the one before, but for rare blanks.
    pub(crate) fn tight(&mut self, text: &str) {
        if self.chance(6) {
            self.token(text);
        } else {
            self.out.push_str(text);
        }
    }

    fn gap(&mut self) {
        let start = self.out.is_empty() || self.out.ends_with('\n');
        if !start || !self.neat {
            let gap = if self.neat {
                self.one(&[" "])
            } else {
                self.one(&["", "", " ", " ", "  ", "    ", "\t", " \t"])
            };
            self.out.push_str(gap);
        }
        if self.free > 0 && self.chance(self.newlines) {
            self.line_end();
        }
        if self.chance(self.comments / 2) {
            let comment = self.one(&["/* c */ ", "/**/", "/* 漢 */ ", "/* a\nb */ ", "/* } */ "]);
            self.out.push_str(comment);
        }
    }

    /// Ends the line, at times after a comment, at times with empty lines.
    pub(crate) fn line_end(&mut self) {
        if self.chance(self.comments * 4) {
            let comment = self.one(&[" # c", "# {", "  // d", "#", " # é漢", "# क्‍ष 👩‍👩‍👧", " // \"${"]);
            self.out.push_str(comment);
        } else if self.chance(if self.neat { 0 } else { 8 }) {
            let blanks = self.one(&[" ", "\t", "   "]);
            self.out.push_str(blanks);
        }
        self.out.push('\n');
        if self.chance(8) {
            let empty = self.one(&["\n", "\n\n", "  \n", "\t\n"]);
            self.out.push_str(empty);
        }
    }

    /// The blanks that a line starts with.
    pub(crate) fn indent(&mut self, depth: usize) {
        if self.neat {
            self.out.push_str(&"  ".repeat(depth));
        } else {
            let blanks = self.one(&["", " ", "  ", "      ", "\t"]);
            self.out.push_str(blanks);
        }
    }
}
