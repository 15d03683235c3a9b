//! The statements of a trust policy as judging looks at them: read from records without
//! refusing anything, for what AWS refuses is judged too.

use crate::model::iam::{Effect, Operator, OperatorSet, OperatorTest, PrincipalType};
use crate::model::{Datum, Part, Record, Text};

/// A statement.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// `None` if only Terraform knows.
    pub(super) effect: Option<Effect>,
    pub(super) actions: Words,
    /// Whether the actions are those that it excepts.
    pub(super) not_actions: bool,
    pub(super) principals: Vec<Principals>,
    /// Whether it speaks of all principals but these.
    pub(super) not_principals: bool,
    pub(super) tests: Vec<Test>,
}

/// Texts that were said, and whether only Terraform knows all of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub(super) known: Vec<Text>,
    pub(super) open: bool,
}

/// One `principals` block.
#[derive(Clone, Debug)]
pub(super) struct Principals {
    pub(super) kind: Option<PrincipalType>,
    pub(super) identifiers: Words,
}

impl Principals {
    /// Whether they are everyone, with or without a type.
    ///
    /// Source: IAM User Guide, *AWS JSON policy elements: Principal*: `"*"` and `{"AWS": "*"}` are
    /// equivalent in a policy of a resource, which a trust policy is.
    pub(super) fn everyone(&self) -> bool {
        let star = || self.identifiers.known.iter().any(|text| text.as_literal() == Some("*"));
        match self.kind {
            Some(PrincipalType::Everyone) => true,
            Some(PrincipalType::Aws) => star(),
            _ => false,
        }
    }

    /// Whether an AWS principal among them has a wildcard.
    pub(super) fn is_wild(&self) -> bool {
        let wild = |text: &Text| text.literals().any(|part| part.contains(['*', '?']));
        matches!(self.kind, Some(PrincipalType::Aws | PrincipalType::Everyone))
            && self.identifiers.known.iter().any(wild)
    }
}

/// What one key is tested for. Blocks of one operator and key are one test, as the provider
/// renders them.
#[derive(Clone, Debug)]
pub(super) struct Test {
    /// `None` if it is unknown, to Terraform or to IAM.
    pub(super) operator: Option<Operator>,
    /// The key as it is written: two spellings are two tests, which must both hold.
    key: Text,
    /// What the key begins with: the host of an issuer, or a service.
    pub(super) host: Text,
    /// What follows, in lower case; `None` if only Terraform knows.
    pub(super) claim: Option<String>,
    pub(super) values: Vec<Value>,
    /// Whether only Terraform knows all values.
    pub(super) open: bool,
    /// The first of its `condition` blocks.
    pub(super) block: usize,
}

/// A value of a test, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) text: Text,
    pub(super) block: usize,
    pub(super) index: usize,
}

/// How a test compares a value that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    EqualIgnoringCase,
    Like,
    /// Whether the key is there at all.
    Existence,
    /// In a way that isn't followed for claims.
    Other,
}

impl Statement {
    pub(super) fn read(record: &Record) -> Self {
        let effect = match record.get("effect") {
            None => Some(Effect::Allow),
            // AWS refuses another case; which of the two is meant is plain.
            Some(Datum::Text(text)) => match text.as_literal() {
                Some(text) if text.eq_ignore_ascii_case("allow") => Some(Effect::Allow),
                Some(text) if text.eq_ignore_ascii_case("deny") => Some(Effect::Deny),
                _ => None,
            },
            Some(_) => None,
        };
        let not_actions = record.get("not_actions").is_some();
        let actions = words(record.get(if not_actions { "not_actions" } else { "actions" }));
        let not_principals = !record.blocks("not_principals").is_empty();
        let blocks = record.blocks(if not_principals { "not_principals" } else { "principals" });
        let principals = blocks.iter().map(|block| Principals {
            kind: literal(block.get("type")).and_then(|kind| PrincipalType::new(kind).ok()),
            identifiers: words(block.get("identifiers")),
        });
        let principals = principals.collect();
        let mut tests: Vec<Test> = Vec::new();
        for (index, block) in record.blocks("condition").iter().enumerate() {
            let test = Test::read(index, block);
            let same = tests.iter_mut().find(|other| {
                (&other.operator, &other.key) == (&test.operator, &test.key)
                    && test.operator.is_some()
                    && test.claim.is_some()
            });
            match same {
                Some(other) => {
                    other.values.extend(test.values);
                    other.open |= test.open;
                }
                None => tests.push(test),
            }
        }
        Self { effect, actions, not_actions, principals, not_principals, tests }
    }

    /// Whether it speaks of an action; `None` if only Terraform knows.
    pub(super) fn speaks_of(&self, action: &str) -> Option<bool> {
        let hit = self.actions.known.iter().any(|pattern| {
            pattern.as_literal().is_some_and(|pattern| crate::access::like(&pattern.to_lowercase(), action))
        });
        let unknown =
            self.actions.open || self.actions.known.iter().any(|pattern| pattern.as_literal().is_none());
        match (hit, unknown) {
            (true, _) => Some(!self.not_actions),
            (false, true) => None,
            (false, false) => Some(self.not_actions),
        }
    }
}

impl Test {
    fn read(index: usize, block: &Record) -> Self {
        // AWS may refuse another case; what is meant is plain.
        let operator = literal(block.get("test")).and_then(Operator::in_any_case);
        let variable = match block.get("variable") {
            Some(Datum::Text(text)) => text.clone(),
            Some(Datum::Symbol(symbol)) => Text::symbol(symbol.clone()),
            _ => Text::new(),
        };
        let (host, claim) = split_key(&variable);
        let Words { known, open } = words(block.get("values"));
        let value = |(at, text)| Value { text, block: index, index: at };
        let values = known.into_iter().enumerate().map(value).collect();
        Self { operator, key: variable, host, claim, values, open, block: index }
    }

    pub(super) fn comparison(&self) -> Comparison {
        use OperatorTest as T;
        match self.operator.map(|operator| operator.test) {
            Some(T::StringEquals | T::StringNotEquals | T::NumericEquals | T::NumericNotEquals | T::Bool) => {
                Comparison::Equal
            }
            Some(T::StringEqualsIgnoreCase | T::StringNotEqualsIgnoreCase) => Comparison::EqualIgnoringCase,
            Some(T::StringLike | T::StringNotLike) => Comparison::Like,
            Some(T::Null) => Comparison::Existence,
            _ => Comparison::Other,
        }
    }

    /// Whether it says what the value is not.
    pub(super) fn is_negated(&self) -> bool {
        use OperatorTest as T;
        self.operator.is_some_and(|operator| {
            matches!(
                operator.test,
                T::StringNotEquals
                    | T::StringNotEqualsIgnoreCase
                    | T::StringNotLike
                    | T::NumericNotEquals
                    | T::DateNotEquals
                    | T::NotIpAddress
                    | T::ArnNotEquals
                    | T::ArnNotLike
            )
        })
    }

    /// Whether it holds where the key isn't there; `None` if that can't be known.
    ///
    /// Source: IAM User Guide, *IAM JSON policy elements: Condition operators*, and *Single-valued
    /// vs. multivalued context keys*.
    pub(super) fn holds_without(&self) -> Option<bool> {
        let operator = self.operator?;
        if operator.test == OperatorTest::Null {
            return self.wants_absence();
        }
        Some(match operator.set {
            _ if operator.if_exists => true,
            Some(OperatorSet::ForAllValues) => true,
            Some(OperatorSet::ForAnyValue) => false,
            None => self.is_negated(),
        })
    }

    /// What a `Null` test wants.
    pub(super) fn wants_absence(&self) -> Option<bool> {
        match self.values.as_slice() {
            [one] if !self.open => match one.text.as_literal()? {
                text if text.eq_ignore_ascii_case("true") => Some(true),
                text if text.eq_ignore_ascii_case("false") => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether it lets a token in only if the claim is there and has one of the values.
    pub(super) fn is_strict(&self) -> bool {
        let compares = !matches!(self.comparison(), Comparison::Existence | Comparison::Other);
        compares && !self.is_negated() && self.holds_without() == Some(false)
    }
}

/// A condition key cut at its first known colon.
pub(super) fn split_key(key: &Text) -> (Text, Option<String>) {
    let mut host = Text::new();
    for (at, part) in key.parts().iter().enumerate() {
        match part {
            Part::Symbol(symbol) => host.push_symbol(symbol.clone()),
            Part::Literal(literal) => match cut(literal) {
                None => host.push_str(literal),
                Some((before, claim)) => {
                    host.push_str(before);
                    let whole = at + 1 == key.parts().len();
                    return (host, whole.then(|| claim.to_ascii_lowercase()));
                }
            },
        }
    }
    (host, None)
}

/// Cuts at the first colon, not at one of an URL, which a key shouldn't have.
fn cut(text: &str) -> Option<(&str, &str)> {
    let from = if text.starts_with("https://") { "https://".len() } else { 0 };
    let at = from + text.get(from..)?.find(':')?;
    Some((&text[..at], &text[at + 1..]))
}

fn literal(value: Option<&Datum>) -> Option<&str> {
    match value {
        Some(Datum::Text(text)) => text.as_literal(),
        _ => None,
    }
}

fn words(value: Option<&Datum>) -> Words {
    let one = |item: &Datum| match item {
        Datum::Text(text) => Some(text.clone()),
        Datum::Symbol(symbol) => Some(Text::symbol(symbol.clone())),
        Datum::Bool(value) => Some(value.to_string().into()),
        Datum::Number(digits) => Some(digits.as_str().into()),
        _ => None,
    };
    let (items, mut open) = match value {
        None => (&[][..], false),
        Some(Datum::List(items)) => (items.as_slice(), false),
        Some(Datum::Concat(items, _)) => (items.as_slice(), true),
        // What a single symbol stands for may be a list.
        Some(Datum::Symbol(_)) => (&[][..], true),
        Some(one) => (std::slice::from_ref(one), false),
    };
    let known: Vec<Text> = items.iter().filter_map(one).collect();
    open |= known.len() < items.len();
    Words { known, open }
}
