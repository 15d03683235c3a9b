//! Terraform's JSON syntax as native text of the same meaning, with the way back to the
//! places in the JSON. So `.tf.json` needs no second reader: the native one reads it all.
//!
//! Source: Terraform, *JSON Configuration Syntax*; tried with Terraform 1.11.4.

mod emit;
mod text;
mod words;

#[cfg(test)]
mod tests;

use super::SyntaxError;
use crate::json;
use crate::source::Span;

/// Where a nested block or argument stands.
#[derive(Clone, Copy, Debug)]
pub struct BlockPath<'a> {
    /// The block at top level: `resource`, `data`, `provider`, …
    pub block: &'a str,
    /// Its first label: a resource's type, a provider's name.
    pub label: Option<&'a str>,
    /// The nested blocks on the way, and at last the name in question: `["statement", "condition"]`.
    pub names: &'a [&'a str],
}

/// A JSON file as native text.
#[derive(Clone, Debug)]
pub struct Translation {
    text: String,
    marks: Vec<Mark>,
}

/// A range of the native text and where it comes from. In order of their starts, those
/// around others first.
#[derive(Clone, Debug)]
struct Mark {
    native: Span,
    json: Span,
    around: Option<usize>,
}

impl Translation {
    /// The native text, to be parsed with [`File::parse`](super::File::parse).
    pub fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// Where a range of the native text comes from: the smallest thing in the JSON that
    /// stands for all of it.
    pub fn span(&self, native: Span) -> Span {
        let mut at = self.marks.partition_point(|mark| mark.native.start <= native.start).checked_sub(1);
        while let Some(mark) = at.and_then(|at| self.marks.get(at)) {
            if mark.native.contains(native) {
                return mark.json;
            }
            at = mark.around;
        }
        Span::default()
    }
}

/// Translates a `.tf.json` file.
///
/// JSON alone doesn't tell a nested block from an argument that holds objects, so `is_block`
/// has to, for what is no word of Terraform's own.
///
/// # Errors
/// All that keeps Terraform from reading the file, as far as it can be known without the
/// providers' schemas; in order of place, never empty.
pub fn translate(
    bytes: &[u8],
    is_block: &dyn Fn(BlockPath<'_>) -> bool,
) -> Result<Translation, Vec<SyntaxError>> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        let error = SyntaxError::new(Span::new(0, 3), "Terraform takes no byte order mark in JSON");
        return Err(vec![error.help("save the file as UTF-8 without one")]);
    }
    emit::file(&json::parse(bytes)?, is_block)
}
