//! Heredocs: `<<NAME`, text line by line, and the line that holds only the name again.

use super::token::{HEREDOC_STOP, NAME};
use super::{Lexer, Marker, Mode, TokenKind, name};

impl Lexer<'_> {
    /// At a `<`: takes `<<NAME` with its line end, or nothing.
    pub(super) fn open_heredoc(&mut self) -> Option<Mode> {
        if self.byte(self.at + 1) != b'<' {
            return None;
        }
        let start = self.at + 2 + usize::from(self.byte(self.at + 2) == b'-');
        let mut end = match self.byte(start) {
            b'-' | b'0'..=b'9' => return None,
            0x80.. => name::start(self.bytes, start).ok()?,
            _ => start,
        };
        loop {
            while self.bytes.get(end).is_some_and(|&byte| NAME[byte as usize]) {
                end += 1;
            }
            match name::go_on(self.bytes, end) {
                Some(next) => end = next,
                None => break,
            }
        }
        let after = match (self.byte(end), self.byte(end + 1)) {
            (b'\n', _) => end + 1,
            (b'\r', b'\n') => end + 2,
            _ => return None,
        };
        if end == start {
            return None;
        }
        self.push(TokenKind::OpenHeredoc, after);
        Some(Mode::Heredoc { marker: (start as u32, end as u32), line_start: true })
    }

    /// Lexes lines until the heredoc ends, a sequence begins, or the file ends.
    pub(super) fn heredoc(&mut self, marker: Marker, mut line_start: bool) -> bool {
        let mut end = self.at;
        while let Some(&byte) = self.bytes.get(end) {
            if !HEREDOC_STOP[byte as usize] {
                end += 1;
                continue;
            }
            match byte {
                b'\n' => {
                    let cr = usize::from(end > self.at && self.bytes[end - 1] == b'\r');
                    if line_start && self.is_marker(end, marker) {
                        self.push(TokenKind::CloseHeredoc, end - cr);
                        self.close_template();
                        return true;
                    }
                    end += 1;
                    self.push(TokenKind::HeredocText, end);
                    line_start = true;
                }
                // Only as part of a line end.
                b'\r' if self.byte(end + 1) == b'\n' => end += 1,
                b'\r' => {
                    self.text(TokenKind::HeredocText, end);
                    self.push(TokenKind::Invalid, end + 1);
                    end += 1;
                }
                b'$' | b'%' => {
                    self.text(TokenKind::HeredocText, end);
                    line_start = false;
                    if self.dollar(TokenKind::HeredocText, Mode::Heredoc { marker, line_start }) {
                        return true;
                    }
                    end = self.at;
                }
                _ => match name::utf8(self.bytes, end) {
                    Ok((after, _)) => end = after,
                    Err(after) => {
                        self.text(TokenKind::HeredocText, end);
                        self.push(TokenKind::Invalid, after);
                        line_start = false;
                        end = after;
                    }
                },
            }
        }
        self.text(TokenKind::HeredocText, end);
        self.close_template();
        true
    }

    /// Whether the line that ends at `end` holds the marker, blanks of any kind around it, and no more.
    fn is_marker(&self, end: usize, (from, to): Marker) -> bool {
        let marker = &self.bytes[from as usize..to as usize];
        let line = &self.bytes[self.at..end];
        if line.len() < marker.len() {
            return false;
        }
        let trimmed = line.trim_ascii();
        trimmed == marker
            || !trimmed.is_ascii() && str::from_utf8(line).is_ok_and(|text| text.trim().as_bytes() == marker)
    }
}
