//! Conditions of statements.

use std::fmt;

use crate::model::checked::try_from;
use crate::model::{Datum, Invalid, InvalidKind, Record, Setting, Terms, Text};

macro_rules! tests {
    ($($name:ident)*) => {
        /// How a condition compares a key with its values.
        ///
        /// Source: IAM User Guide, *IAM JSON policy elements: Condition operators*.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum OperatorTest { $(#[doc = concat!("`", stringify!($name), "`")] $name,)* }

        impl OperatorTest {
            /// Every one there is.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// As IAM writes it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }
        }
    };
}

tests! {
    StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase StringLike StringNotLike
    NumericEquals NumericNotEquals NumericLessThan NumericLessThanEquals NumericGreaterThan
    NumericGreaterThanEquals
    DateEquals DateNotEquals DateLessThan DateLessThanEquals DateGreaterThan DateGreaterThanEquals
    Bool BinaryEquals IpAddress NotIpAddress ArnEquals ArnNotEquals ArnLike ArnNotLike Null
}

/// How a condition treats a key with several values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OperatorSet {
    /// `ForAllValues:`
    ForAllValues,
    /// `ForAnyValue:`
    ForAnyValue,
}

impl OperatorSet {
    /// As IAM writes it, colon included.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ForAllValues => "ForAllValues:",
            Self::ForAnyValue => "ForAnyValue:",
        }
    }
}

/// A condition's operator: `StringEquals`, `ForAnyValue:StringLikeIfExists`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Operator {
    /// How several values of a key are treated.
    pub set: Option<OperatorSet>,
    /// How one value is compared.
    pub test: OperatorTest,
    /// Whether it holds for a key that isn't there.
    pub if_exists: bool,
}

try_from!(Operator, &str);

impl Operator {
    /// An operator as IAM writes it.
    pub fn new(name: &str) -> Result<Self, Invalid> {
        Self::spelled(name, |a, b| a == b)
    }

    /// An operator in whichever case: `stringlike`, `foranyvalue:StringLike`.
    pub(crate) fn in_any_case(name: &str) -> Option<Self> {
        Self::spelled(name, str::eq_ignore_ascii_case).ok()
    }

    fn spelled(name: &str, same: impl Fn(&str, &str) -> bool) -> Result<Self, Invalid> {
        let in_set = |set: OperatorSet| {
            let (word, rest) = name.split_once(':')?;
            same(word, set.as_str().trim_end_matches(':')).then_some((Some(set), rest))
        };
        let sets = [OperatorSet::ForAllValues, OperatorSet::ForAnyValue];
        let (set, rest) = sets.into_iter().find_map(in_set).unwrap_or((None, name));
        let end = rest.len().saturating_sub("IfExists".len());
        let (base, if_exists) = match rest.split_at_checked(end) {
            Some((base, end)) if same(end, "IfExists") => (base, true),
            _ => (rest, false),
        };
        let test = OperatorTest::ALL.iter().copied().find(|test| same(test.as_str(), base));
        match test {
            // Null itself tests for existence.
            Some(OperatorTest::Null) if if_exists => {
                Err(Invalid::new(InvalidKind::Operator, name).detail("Null takes no IfExists"))
            }
            Some(test) => Ok(Self { set, test, if_exists }),
            None => Err(Invalid::new(InvalidKind::Operator, name)),
        }
    }
}

impl From<OperatorTest> for Setting<Operator> {
    fn from(test: OperatorTest) -> Self {
        Self::Known(Operator { set: None, test, if_exists: false })
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.set.map_or("", OperatorSet::as_str))?;
        f.write_str(self.test.as_str())?;
        f.write_str(if self.if_exists { "IfExists" } else { "" })
    }
}

/// One test of one key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Condition {
    test: Setting<Operator>,
    variable: Text,
    values: Terms<Text>,
}

impl Condition {
    /// A condition, if IAM takes it.
    pub fn new(
        test: impl Into<Setting<Operator>>,
        variable: impl Into<Text>,
        values: impl Into<Terms<Text>>,
    ) -> Result<Self, Invalid> {
        let (test, variable, values) = (test.into(), variable.into(), values.into());
        let variable = Self::check_key(variable)?;
        if values.is_empty() {
            return Err(Invalid::new(InvalidKind::ConditionValues, variable));
        }
        Ok(Self { test, variable, values })
    }

    /// The key, if it can be one. The key of a tag may hold blanks.
    pub(crate) fn check_key(variable: Text) -> Result<Text, Invalid> {
        let is_key = |text: &str| {
            text.split_once(':').is_some_and(|(service, key)| {
                !service.is_empty() && !service.contains(char::is_whitespace) && !key.is_empty()
            })
        };
        if variable.as_literal().is_some_and(|text| !is_key(text)) {
            return Err(Invalid::new(InvalidKind::ConditionKey, variable));
        }
        Ok(variable)
    }

    /// How it compares.
    pub fn test(&self) -> &Setting<Operator> {
        &self.test
    }

    /// The key.
    pub fn variable(&self) -> &Text {
        &self.variable
    }

    /// What it is compared with.
    pub fn values(&self) -> &Terms<Text> {
        &self.values
    }

    /// The neutral form of a `condition` block.
    pub fn record(&self) -> Record {
        let mut record = Record::new();
        record.set("test", self.test.datum(|test| Datum::Text(test.to_string().into())));
        record.set("variable", Datum::text(self.variable.clone()));
        record.set("values", self.values.datum(|text| Datum::text(text.clone())));
        record
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_are_read_and_written_alike() {
        for test in OperatorTest::ALL {
            for set in ["", "ForAllValues:", "ForAnyValue:"] {
                for exists in ["", "IfExists"] {
                    let name = format!("{set}{}{exists}", test.as_str());
                    match Operator::new(&name) {
                        Ok(operator) => assert_eq!(operator.to_string(), name),
                        Err(_) => assert!(*test == OperatorTest::Null && exists == "IfExists", "{name}"),
                    }
                }
            }
        }
        for bad in ["", "stringEquals", "StringEqual", "ForAll:StringLike", "ForAllValues:", "IfExists"] {
            assert!(Operator::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn operators_are_told_in_any_case() {
        for (name, expected) in [
            ("StringLike", "StringLike"),
            ("stringlikeifexists", "StringLikeIfExists"),
            ("forAnyValue:STRINGEQUALS", "ForAnyValue:StringEquals"),
        ] {
            assert_eq!(Operator::in_any_case(name).unwrap().to_string(), expected);
        }
        for bad in ["", "ifexists", "stringequal", "forany:stringlike", "nullifexists", "ä", "éIfExists"] {
            assert_eq!(Operator::in_any_case(bad), None, "{bad}");
        }
    }

    #[test]
    fn conditions() {
        let values = || vec![Text::from("x")];
        assert!(Condition::new(OperatorTest::StringEquals, "aws:ResourceTag/cost center", values()).is_ok());
        for bad in ["", "SourceVpc", ":x", "aws:", "a b:c"] {
            let error = Condition::new(OperatorTest::StringEquals, bad, values()).unwrap_err();
            assert_eq!(error.kind(), InvalidKind::ConditionKey, "{bad}");
        }
        assert!(Condition::new(OperatorTest::StringEquals, "aws:SourceVpc", Vec::new()).is_err());
    }
}
