//! Lines and columns of many places, counted in one pass over each file when asked for in order.

use std::collections::BTreeMap;

use crate::source::{Position, SourceId, SourceMap};

/// Remembers how far each file was counted.
#[derive(Default)]
pub(super) struct Places {
    last: BTreeMap<SourceId, (usize, Position)>,
}

impl Places {
    /// Line and column of a byte: as [`Position::of`], which this is tested against.
    pub(super) fn of(&mut self, sources: &SourceMap, id: SourceId, offset: u32) -> Position {
        let source = sources.get(id);
        let bytes = source.bytes();
        let offset = (offset as usize).min(bytes.len());
        let place = match self.last.get(&id) {
            Some((at, place)) if *at <= offset => {
                let between = &bytes[*at..offset];
                let lines = memchr::memchr_iter(b'\n', between).count();
                let line = place.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
                let column = match memchr::memrchr(b'\n', between) {
                    Some(line_break) => 1 + characters(&between[line_break + 1..]),
                    None => place.column.saturating_add(characters(between)),
                };
                Position { line, column }
            }
            _ => source.position(offset as u32),
        };
        // Only a place between characters may be counted on from, and none inside the byte order mark.
        let boundary = bytes.get(offset).is_none_or(|byte| byte & 0xC0 != 0x80);
        if boundary && offset >= 3 {
            self.last.insert(id, (offset, place));
        }
        place
    }
}

fn characters(bytes: &[u8]) -> u32 {
    let count: usize =
        bytes.utf8_chunks().map(|chunk| chunk.valid().chars().count() + chunk.invalid().len()).sum();
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn counting_on_agrees_with_counting_anew() {
        let text = "\u{feff}ab\r\nçdé = \"世界\"\n\n  x".to_owned().into_bytes();
        let mut bytes = text.clone();
        bytes.extend_from_slice(b"\xff\xfe\xe4\xb8\n\xe4");
        bytes.extend_from_slice(&text);
        let mut sources = SourceMap::new();
        let id = sources.add(Source::new("a.tf", bytes.clone()));
        for step in 1..9 {
            let mut places = Places::default();
            for offset in (0..bytes.len() + 3).step_by(step).chain([5, 0, 9]) {
                let offset = u32::try_from(offset).unwrap();
                assert_eq!(
                    places.of(&sources, id, offset),
                    Position::of(&bytes, offset as usize),
                    "{offset} in steps of {step}"
                );
            }
        }
    }
}
