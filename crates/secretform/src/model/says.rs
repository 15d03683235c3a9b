//! What a block says, whoever holds it: a record, or the thing itself that a record would be
//! made of. Thousands of blocks are rendered without a copy of what they say.

use std::borrow::Cow;

use super::{Datum, Record, Tags, Text};

/// A block's arguments and nested blocks under the provider's own names.
pub trait Says {
    /// An argument, if it is said.
    fn argument(&self, name: &str) -> Option<Argument<'_>>;

    /// The nested blocks of one type, in order.
    fn nested(&self, name: &str) -> Cow<'_, [Record]>;
}

/// An argument's value as its holder has it.
#[derive(Clone, Debug)]
pub enum Argument<'a> {
    /// A value in its neutral form.
    Datum(Cow<'a, Datum>),
    /// See [`Datum::text`].
    Text(&'a Text),
    /// See [`Tags::datum`].
    Tags(&'a Tags),
}

impl Argument<'_> {
    /// The neutral form.
    pub fn into_datum(self) -> Datum {
        match self {
            Self::Datum(datum) => datum.into_owned(),
            Self::Text(text) => Datum::text(text.clone()),
            Self::Tags(tags) => tags.datum(),
        }
    }
}

impl From<Datum> for Argument<'_> {
    fn from(datum: Datum) -> Self {
        Self::Datum(Cow::Owned(datum))
    }
}

impl Says for Record {
    fn argument(&self, name: &str) -> Option<Argument<'_>> {
        self.get(name).map(|datum| Argument::Datum(Cow::Borrowed(datum)))
    }

    fn nested(&self, name: &str) -> Cow<'_, [Record]> {
        Cow::Borrowed(self.blocks(name))
    }
}
