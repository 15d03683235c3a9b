//! What must hold among our own functions, whatever terraform says.

use secretform::syntax::{self, Item, ItemKind, next_item};

/// Which of them does not hold for `input`, whose formatted text is `formatted`.
pub(crate) fn broken(input: &[u8], formatted: &[u8]) -> Option<&'static str> {
    if syntax::format_edits(input).is_ok_and(|edits| edits.apply(input) != formatted) {
        return Some("format_edits and format disagree");
    }
    // Unwrapping `"${"${x}"}"` takes two runs, and can leave text that is refused; so can `x.2 .1`,
    // for `.2.1` is one word to HCL.
    let unwraps = input.windows(3).any(|three| three == b"\"${");
    let chains = formatted.split(|byte| *byte == b'.').skip(1);
    let chains = chains.into_iter().any(|part| !part.is_empty() && part.iter().all(u8::is_ascii_digit));
    if !unwraps && !chains && syntax::is_formatted(formatted) != Ok(true) {
        return Some("formatting twice is not once");
    }
    (!blocks_stand_alone(input, formatted)).then_some("a block alone is formatted otherwise")
}

/// A top level block formatted alone has the bytes that it has in the formatted file, unless
/// comments tie its first or last line to its neighbours.
fn blocks_stand_alone(input: &[u8], formatted: &[u8]) -> bool {
    let mut befores = items(input).into_iter();
    items(formatted).iter().all(|after| {
        let Some(before) = befores.next() else { return false };
        let bytes = formatted.get(after.span.range()).unwrap_or_default();
        let is_block = matches!(after.kind, ItemKind::Block { .. });
        let end = after.span.end as usize;
        let rest = formatted[end..].iter().position(|byte| *byte == b'\n').unwrap_or(formatted.len() - end);
        let mut lines = formatted[after.span.start as usize..end + rest].split(|byte| *byte == b'\n');
        let (first, last) = (lines.next(), lines.next_back());
        let is_tied = [first, last].into_iter().flatten().any(|line| {
            line.contains(&b'#') || line.windows(2).any(|two| two == b"//" || two == b"/*" || two == b"*/")
        });
        if !is_block || is_tied {
            return true;
        }
        syntax::format_item(input, &before).is_ok_and(|edits| {
            let alone = edits.apply(input);
            let rest = input.len() - before.span.end as usize;
            alone.get(before.span.start as usize..alone.len() - rest) == Some(bytes)
        })
    })
}

fn items(bytes: &[u8]) -> Vec<Item> {
    let (mut items, mut tokens, mut at) = (Vec::new(), Vec::new(), 0);
    while let Some(Ok(item)) = next_item(bytes, at, &mut tokens) {
        at = item.span.end as usize;
        items.push(item);
    }
    items
}
