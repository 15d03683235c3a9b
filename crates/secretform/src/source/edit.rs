//! Splices over one text: replaced ranges that never overlap.

use super::Span;

/// Replaces the bytes of `span` by `text`; an empty span inserts, an empty text deletes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What goes.
    pub span: Span,
    /// What comes.
    pub text: String,
}

/// A set of edits over one text, in order of place; insertions at one place keep the order
/// in which they were added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    edits: Vec<Edit>,
}

/// Two edits claim the same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// The span that was refused.
    pub span: Span,
}

impl std::fmt::Display for Overlap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "two edits claim bytes {}..{}", self.span.start, self.span.end)
    }
}

impl std::error::Error for Overlap {}

impl Edits {
    /// Without edits.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an edit.
    ///
    /// # Errors
    /// If it overlaps one that is already there.
    pub fn push(&mut self, span: Span, text: impl Into<String>) -> Result<(), Overlap> {
        let at =
            self.edits.partition_point(|edit| (edit.span.start, edit.span.end) <= (span.start, span.end));
        let clash = |edit: &Edit| {
            edit.span.start < span.end && span.start < edit.span.end
                || (!span.is_empty() && edit.span == span)
        };
        if at > 0 && clash(&self.edits[at - 1]) || self.edits.get(at).is_some_and(clash) {
            return Err(Overlap { span });
        }
        self.edits.insert(at, Edit { span, text: text.into() });
        Ok(())
    }

    /// All edits, in order of place.
    pub fn iter(&self) -> impl Iterator<Item = &Edit> {
        self.edits.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// `bytes` with all edits made.
    pub fn apply(&self, bytes: &[u8]) -> Vec<u8> {
        let mut out =
            Vec::with_capacity(bytes.len() + self.edits.iter().map(|edit| edit.text.len()).sum::<usize>());
        let mut at = 0;
        for edit in &self.edits {
            out.extend_from_slice(&bytes[at..edit.span.start as usize]);
            out.extend_from_slice(edit.text.as_bytes());
            at = edit.span.end as usize;
        }
        out.extend_from_slice(&bytes[at..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_apply_in_order_of_place_and_never_overlap() {
        let mut edits = Edits::new();
        edits.push(Span::new(4, 5), "E").unwrap();
        edits.push(Span::at(1), "x").unwrap();
        edits.push(Span::at(1), "y").unwrap();
        edits.push(Span::new(1, 2), "B").unwrap();
        assert!(edits.push(Span::new(3, 5), "no").is_err());
        assert!(edits.push(Span::new(1, 2), "no").is_err());
        assert_eq!(edits.apply(b"abcdef"), b"axyBcdEf");
    }
}
