//! What a run would change, as a unified diff made from the splices themselves: the cost is that of
//! the edits, not of the files. Lines of other people's blocks are no context.

use anstyle::{AnsiColor, Effects, Style};

use super::mask::Masks;
use super::{hunk, hygiene};
use crate::source::{Edits, SourceId, Span};

/// The change of one file.
#[derive(Clone, Copy, Debug)]
pub struct FileDiff<'a> {
    /// The path as messages show it.
    pub label: &'a str,
    /// The file in the run's source map, to hide what was told of it.
    pub source: Option<SourceId>,
    /// The bytes before; `None` for a file that comes into being.
    pub before: Option<&'a [u8]>,
    /// What is changed in them.
    pub edits: &'a Edits,
    /// The blocks, in order, whose unchanged lines may be shown around a change.
    pub context: &'a [Span],
}

const HEADER: Style = Style::new().effects(Effects::BOLD);
const PLACE: Style = AnsiColor::Cyan.on_default();
const REMOVED: Style = AnsiColor::Red.on_default();
const ADDED: Style = AnsiColor::Green.on_default();

/// The diff of all files in their order; empty if no line changes.
pub fn render(files: &[FileDiff<'_>], masks: &Masks, color: bool) -> String {
    let mut out = Out { text: String::new(), color };
    for file in files {
        let hunks = hunk::of(file, masks);
        if hunks.is_empty() {
            continue;
        }
        let label = hygiene::inline(file.label);
        let before = if file.before.is_some() { &label } else { "/dev/null" };
        out.line(HEADER, &format!("--- {before}"));
        out.line(HEADER, &format!("+++ {label}"));
        for hunk in hunks {
            out.line(PLACE, &hunk.header());
            for line in hunk.lines {
                match line.mark {
                    hunk::Mark::Same => {
                        let mut text = format!(" {}", line.text);
                        hygiene::break_start(&mut text);
                        out.line(Style::new(), &text);
                    }
                    hunk::Mark::Removed => out.line(REMOVED, &format!("-{}", line.text)),
                    hunk::Mark::Added => out.line(ADDED, &format!("+{}", line.text)),
                }
            }
        }
    }
    out.text
}

struct Out {
    text: String,
    color: bool,
}

impl Out {
    fn line(&mut self, style: Style, text: &str) {
        if self.color && style != Style::new() {
            self.text.push_str(&format!("{style}{text}{style:#}\n"));
        } else {
            self.text.push_str(text);
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests;
