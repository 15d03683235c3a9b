//! How long policies may be, and of which characters.

use super::PolicyDocument;
use crate::model::{Datum, Invalid, InvalidKind, Record};

/// What a policy document is used as; each use has its limits.
///
/// Source: IAM User Guide, *IAM and AWS STS quotas*; Secrets Manager API Reference,
/// *PutResourcePolicy*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyUse {
    /// `aws_iam_policy`.
    Managed,
    /// The inline policies of a user, together.
    User,
    /// The inline policies of a group, together.
    Group,
    /// The inline policies of a role, together. The longest that an identity policy can be.
    Role,
    /// A role's trust policy, by the default quota.
    Trust,
    /// A secret's resource policy.
    Secret,
}

impl PolicyUse {
    /// The most characters.
    pub fn limit(self) -> usize {
        match self {
            Self::Managed => 6_144,
            Self::User | Self::Trust => 2_048,
            Self::Group => 5_120,
            Self::Role => 10_240,
            Self::Secret => 20_480,
        }
    }

    fn kind(self) -> InvalidKind {
        match self {
            Self::Managed => InvalidKind::ManagedPolicySize,
            Self::User => InvalidKind::UserPolicySize,
            Self::Group => InvalidKind::GroupPolicySize,
            Self::Role => InvalidKind::RolePolicySize,
            Self::Trust => InvalidKind::TrustPolicySize,
            Self::Secret => InvalidKind::SecretPolicySize,
        }
    }

    /// What is wrong with the JSON of a policy of this use, as AWS would get it.
    pub fn check_json(self, json: &str) -> Vec<Invalid> {
        let mut errors = Vec::new();
        // White space counts in a secret's policy, and its characters are free.
        let length = if self == Self::Secret {
            json.chars().count()
        } else {
            let legal = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{ff}');
            if let Some(c) = json.chars().find(|&c| !legal(c)) {
                errors.push(Invalid::new(InvalidKind::PolicyCharacter, c));
            }
            json.chars().filter(|c| !c.is_ascii_whitespace()).count()
        };
        self.check_length(length, &mut errors);
        errors
    }

    /// What is surely wrong with a document of this use, whatever its expressions stand for.
    pub fn check(self, document: &PolicyDocument) -> Vec<Invalid> {
        let mut errors = Vec::new();
        let mut measure = Measure { white_space: self == Self::Secret, ..Measure::default() };
        measure.record(&document.record());
        if let Some(c) = measure.foreign.filter(|_| self != Self::Secret) {
            errors.push(Invalid::new(InvalidKind::PolicyCharacter, c));
        }
        self.check_length(measure.length, &mut errors);
        errors
    }

    fn check_length(self, length: usize, errors: &mut Vec<Invalid>) {
        if length > self.limit() {
            let shown = format!("{length} characters");
            errors.push(Invalid::new(self.kind(), shown));
        }
    }
}

/// The least number of characters that a document's JSON has: its texts in quotes, and no
/// more of what is around them than the texts need.
#[derive(Default)]
struct Measure {
    length: usize,
    white_space: bool,
    foreign: Option<char>,
}

impl Measure {
    fn record(&mut self, record: &Record) {
        record.arguments().for_each(|(_, value)| self.datum(value));
        record.nested().for_each(|(_, blocks)| blocks.iter().for_each(|block| self.record(block)));
    }

    fn datum(&mut self, datum: &Datum) {
        match datum {
            Datum::Text(text) => {
                self.length += 2;
                text.literals().for_each(|text| self.text(text));
            }
            Datum::List(items) | Datum::Concat(items, _) => items.iter().for_each(|item| self.datum(item)),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            self.length += match c {
                '"' | '\\' => 2,
                c if c.is_ascii_whitespace() && !self.white_space => 0,
                _ => 1,
            };
            if c > '\u{ff}' {
                self.foreign.get_or_insert(c);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::iam::Statement;

    #[test]
    fn lengths_at_the_limit() {
        for used in [PolicyUse::Managed, PolicyUse::User, PolicyUse::Group, PolicyUse::Role, PolicyUse::Trust]
        {
            let mut json = "x".repeat(used.limit());
            json.push_str(" \n\t");
            assert_eq!(used.check_json(&json), []);
            json.push('x');
            assert_eq!(used.check_json(&json).len(), 1, "{used:?}");
        }
        assert_eq!(PolicyUse::Secret.check_json(&" ".repeat(20_480)), []);
        assert_eq!(
            PolicyUse::Secret.check_json(&" ".repeat(20_481))[0].kind(),
            InvalidKind::SecretPolicySize
        );
    }

    #[test]
    fn characters_of_iam_policies() {
        assert_eq!(PolicyUse::Managed.check_json("{\"a\": \"é\u{ff}\"}\r\n\t"), []);
        for bad in ["ł", "→", "\u{1f}", "\0"] {
            assert_eq!(PolicyUse::Managed.check_json(bad)[0].kind(), InvalidKind::PolicyCharacter, "{bad:?}");
        }
        assert_eq!(PolicyUse::Secret.check_json("ł"), []);
    }

    #[test]
    fn a_document_is_measured_by_its_texts() {
        let mut builder = Statement::builder().action("s3:*");
        for at in 0..300 {
            builder = builder.resource(format!("arn:aws:s3:::bucket-{at:03}/*"));
        }
        let document = PolicyDocument::builder().statement(builder.build().unwrap());
        assert!(document.clone().used_as(PolicyUse::Role).build().is_ok());
        let errors = document.used_as(PolicyUse::Managed).build().unwrap_err();
        assert_eq!(errors[0].kind(), InvalidKind::ManagedPolicySize);
    }
}
