//! What all texts that obey a rule have in common, and how builders take them.

use super::Invalid;

/// What a builder was given, if it can be that; else what is wrong goes to `errors`.
pub(crate) fn checked<T>(
    value: impl TryInto<T, Error: Into<Invalid>>,
    errors: &mut Vec<Invalid>,
) -> Option<T> {
    value.try_into().map_err(|error| errors.push(error.into())).ok()
}

/// For a tuple struct over [`Text`](super::Text) with a checking `new(impl Into<Text>)`:
/// reading it, its neutral form, and making one from plain text where the type is asked for.
macro_rules! checked_text {
    ($name:ty) => {
        impl $name {
            /// The text, literal or in part symbolic.
            pub fn as_text(&self) -> &$crate::model::Text {
                &self.0
            }

            /// The whole text, if all of it is known.
            pub fn as_literal(&self) -> Option<&str> {
                self.0.as_literal()
            }

            /// The neutral form.
            pub fn datum(&self) -> $crate::model::Datum {
                $crate::model::Datum::text(self.0.clone())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        $crate::model::checked::try_from!(
            $name,
            &str,
            String,
            $crate::model::Text,
            $crate::model::Expression
        );
    };
}

/// `TryFrom` by way of `new`, for each type that `new` takes.
macro_rules! try_from {
    ($name:ty, $($from:ty),+) => {
        $(impl TryFrom<$from> for $name {
            type Error = $crate::model::Invalid;
            fn try_from(value: $from) -> Result<Self, Self::Error> {
                Self::new(value)
            }
        })+
    };
}

/// A whole number within a range, written as Terraform takes numbers: `30`, `"30"`, `3e1`.
macro_rules! whole_number {
    ($(#[$doc:meta])* $name:ident($of:ty), $range:expr, $kind:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($of);

        impl $name {
            /// A number, if it is within its range.
            pub fn new(number: impl ToString) -> Result<Self, $crate::model::Invalid> {
                let text = number.to_string();
                let whole = $crate::model::datum::number(&text).and_then(|number| number.parse().ok());
                match whole.filter(|whole| ($range).contains(whole)) {
                    Some(whole) => Ok(Self(whole)),
                    None => Err($crate::model::Invalid::new($crate::model::InvalidKind::$kind, text)),
                }
            }

            /// The number.
            pub fn get(self) -> $of {
                self.0
            }

            /// The neutral form.
            pub fn datum(self) -> $crate::model::Datum {
                $crate::model::Datum::Number(self.0.to_string())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        $crate::model::checked::try_from!($name, u16, u32, i32, i64, &str);
    };
}

pub(crate) use {checked_text, try_from, whole_number};
