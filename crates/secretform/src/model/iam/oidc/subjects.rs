//! The `sub` claims that a role takes.

use crate::model::{Expression, Terms, Text};

/// Texts, one of which a token's claim must be, and whether any of them is a pattern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subjects {
    values: Terms<Text>,
    wild: bool,
}

impl Subjects {
    /// Adds each text of a list, with something before and after it.
    pub(super) fn add(&mut self, list: &Terms<Text>, before: &str, after: &str) {
        for item in list.items() {
            let mut text = Text::from(before);
            text.push(item);
            text.push_str(after);
            self.wild |= is_wild(&text);
            self.values.push(text);
        }
        for joined in list.joined() {
            if before.is_empty() && after.is_empty() {
                self.values.join(joined.clone());
                continue;
            }
            self.wild |= [before, after].iter().any(|text| text.contains(['*', '?']));
            // What stands around is letters, digits and signs that HCL takes in a string as they are.
            let each = |list: &str| format!("[for value in {list} : \"{before}${{value}}{after}\"]");
            self.values.join(Expression::from_canonical(each(joined.source()), each(joined.canonical())));
        }
    }

    /// The texts.
    pub fn values(&self) -> &Terms<Text> {
        &self.values
    }

    /// Whether a text that is known has a wildcard, which `StringEquals` would take for a
    /// plain character.
    pub fn is_wild(&self) -> bool {
        self.wild
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

impl From<Terms<Text>> for Subjects {
    fn from(values: Terms<Text>) -> Self {
        Self { wild: values.items().iter().any(is_wild), values }
    }
}

impl From<Vec<Text>> for Subjects {
    fn from(values: Vec<Text>) -> Self {
        Self::from(Terms::from(values))
    }
}

fn is_wild(text: &Text) -> bool {
    text.literals().any(|literal| literal.contains(['*', '?']))
}
