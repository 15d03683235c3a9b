//! The blocks whose defaults are secret.

use super::value::line_end;

/// Parts of `sensitive`: either survives most slips of the fingers.
const WORDS: [&[u8]; 2] = [b"sensi", b"nsitive"];

/// So far from the word its `=` is looked for.
const NEARBY: usize = 256;

/// Which `field` and `variable` blocks say `sensitive`: their `default` and `example` are hidden.
pub(super) struct Fields {
    /// Where each block begins, and whether it says so; the first stands for the text before any.
    blocks: Vec<(usize, bool)>,
}

impl Fields {
    /// Finds them.
    pub(super) fn of(bytes: &[u8], json: bool) -> Self {
        let mut blocks = vec![(0, false)];
        // In JSON no header says where the next block begins: the file counts as one.
        if !json {
            let headers = ["field", "variable"].iter().flat_map(|word| {
                memchr::memmem::find_iter(bytes, word)
                    .filter(|at| {
                        let before = bytes[..*at].trim_ascii_end();
                        let own_line = bytes[before.len()..*at].contains(&b'\n');
                        let follows = bytes.get(at + word.len());
                        (own_line || matches!(before.last(), None | Some(b'{' | b'}')))
                            && matches!(follows, Some(b' ' | b'\t' | b'"'))
                    })
                    .map(|at| (at, false))
            });
            blocks.extend(headers);
            blocks.sort_unstable();
        }
        let mut fields = Self { blocks };
        for at in WORDS.iter().flat_map(|word| memchr::memmem::find_iter(bytes, word)) {
            let nearby = &bytes[at..bytes.len().min(at + NEARBY)];
            let line = &nearby[..line_end(nearby, 0)];
            let value = memchr::memchr2(b'=', b':', line).map(|length| at + length + 1);
            if value.is_none_or(|value| !bytes[value..].trim_ascii_start().starts_with(b"false")) {
                let block = fields.block_at(at);
                fields.blocks[block].1 = true;
            }
        }
        fields
    }

    fn block_at(&self, at: usize) -> usize {
        self.blocks.partition_point(|(start, _)| *start <= at).saturating_sub(1)
    }

    /// Whether the block around `at` says so.
    pub(super) fn sensitive_at(&self, at: usize) -> bool {
        self.blocks.get(self.block_at(at)).is_some_and(|(_, sensitive)| *sensitive)
    }
}
