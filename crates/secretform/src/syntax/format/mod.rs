//! The layout of `terraform fmt` 1.11.4, byte for byte: blanks between tokens, and three
//! rewrites. Newlines, order, comments and strings stay.
//!
//! ```text
//! tokens ─► rewrite ─► lines (cells, levels) ─► align (runs) ─► output (edits, bytes, or yes)
//! ```
//!
//! Two defects of Terraform lose text and are not copied: an index that is a bare `true`,
//! `false` or `null` (`x[null]` becomes `x[]`), and labels with `$` or `%` (they vanish).
//! And Terraform takes some bytes that are no UTF-8 for letters of a name, which the lexer refuses.
//! `cargo xtask fmt-oracle` compares everything else with the real program.

mod align;
mod label;
mod lines;
mod output;
mod rewrite;
mod spacing;
mod text;
mod width;

#[cfg(test)]
mod tests;

use output::{Bytes, Differs, Extent, Output};
use text::Text;

use super::{Item, SyntaxError, parse};
use crate::source::{Edits, Span};

/// `bytes`, one whole file, as `terraform fmt` would leave them.
///
/// # Errors
/// All that is wrong, if it does not parse; such a file has no layout.
pub fn format(bytes: &[u8]) -> Result<Vec<u8>, Vec<SyntaxError>> {
    let mut out = Bytes::new(bytes);
    whole(bytes, &mut out)?;
    Ok(out.finish())
}

/// What `terraform fmt` would change, as edits of blanks and of the few texts that it rewrites.
///
/// # Errors
/// As [`format()`].
pub fn format_edits(bytes: &[u8]) -> Result<Edits, Vec<SyntaxError>> {
    let mut edits = Edits::new();
    whole(bytes, &mut edits)?;
    Ok(edits)
}

/// Whether `terraform fmt` would leave `bytes` as they are. Stops at the first difference and
/// makes no text.
///
/// # Errors
/// As [`format()`].
pub fn is_formatted(bytes: &[u8]) -> Result<bool, Vec<SyntaxError>> {
    let mut differs = Differs::default();
    whole(bytes, &mut differs)?;
    Ok(!differs.0)
}

/// What would change within one top level item; spans are those of the file.
///
/// A block formatted alone has the bytes that it has in the formatted file; only attributes
/// that stand at top level are aligned with their neighbours.
///
/// # Errors
/// All that is wrong within the item.
pub fn format_item(bytes: &[u8], item: &Item) -> Result<Edits, Vec<SyntaxError>> {
    let mut edits = Edits::new();
    part(bytes, item.span, &mut edits)?;
    Ok(edits)
}

fn whole(bytes: &[u8], output: &mut impl Output) -> Result<(), Vec<SyntaxError>> {
    part(bytes, Span::new(0, bytes.len()), output)
}

fn part(bytes: &[u8], span: Span, output: &mut impl Output) -> Result<(), Vec<SyntaxError>> {
    // The offsets of what a rewrite adds lie past those of the file, and must fit.
    if bytes.len() > u32::MAX as usize / 2 {
        return Err(vec![SyntaxError::new(Span::at(0), "this file is larger than 2 GiB")]);
    }
    let bytes = &bytes[..(span.end as usize).min(bytes.len())];
    let (tokens, nodes, errors) = parse::parse_with_tokens(bytes, span.start as usize);
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut text = Text::new(bytes);
    let rewritten = rewrite::rewrite(&mut text, &tokens, &nodes);
    let tokens_end = tokens.last().map_or(span.start, |token| token.end);
    let extent = Extent { start: span.start as usize, tokens_end: tokens_end as usize, end: bytes.len() };
    output::lay_out(&text, rewritten.as_deref().unwrap_or(&tokens), &extent, output);
    Ok(())
}
