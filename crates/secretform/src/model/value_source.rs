//! Where a secret's value comes from. Never the value.

use super::checked::{checked, checked_text, whole_number};
use super::{Datum, Errors, Expression, Invalid, InvalidKind, Record, Setting, Text};

/// Where the value of a secret comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValueSource {
    /// People set it, or a rotation does: Terraform has the container alone.
    #[default]
    Manual,
    /// Secrets Manager makes a password that is in no state, plan or log.
    Generated(Box<GeneratedValue>),
    /// A partner of AWS holds it: a managed external secret of this type.
    External(SecretType),
    /// A version resource that people wrote; it stays theirs.
    Terraform,
}

impl ValueSource {
    /// The sources as the spec names them.
    pub const WORDS: [&'static str; 4] = ["manual", "generated", "external", "terraform"];

    /// As the spec names it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Generated(_) => "generated",
            Self::External(_) => "external",
            Self::Terraform => "terraform",
        }
    }

    /// How it is made, if it is generated.
    pub fn generated(&self) -> Option<&GeneratedValue> {
        match self {
            Self::Generated(generated) => Some(generated),
            _ => None,
        }
    }

    /// The type of the managed external secret, if it is one.
    pub fn external(&self) -> Option<&SecretType> {
        match self {
            Self::External(secret_type) => Some(secret_type),
            _ => None,
        }
    }
}

/// The type of a managed external secret, such as `SnowflakeKeyPairAuthentication`.
///
/// Source: Secrets Manager API Reference, *CreateSecret*, `Type`; provider 6, `type`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecretType(Text);

checked_text!(SecretType);

impl SecretType {
    /// A type by its name: new partners of AWS bring new ones, so they are no closed list.
    pub fn new(name: impl Into<Text>) -> Result<Self, Invalid> {
        let name = name.into();
        let good =
            name.literals().flat_map(str::chars).all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
        if good && !name.is_empty() && name.known_chars() <= 256 {
            Ok(Self(name))
        } else {
            Err(Invalid::new(InvalidKind::SecretType, name))
        }
    }
}

whole_number! {
    /// How many characters a generated password has.
    ///
    /// Source: Secrets Manager API Reference, *GetRandomPassword*, `PasswordLength`.
    PasswordLength(u16), 1..=4096, PasswordLength
}

whole_number! {
    /// The version of a generated value: a higher one makes a new value.
    ///
    /// Source: the provider's `secret_string_wo_version`.
    ValueVersion(u32), 1..=2_147_483_647, ValueVersion
}

/// What characters a generated password has, argument by argument of the provider's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Characters {
    /// No lower-case letters.
    ExcludeLowercase,
    /// No digits.
    ExcludeNumbers,
    /// No punctuation.
    ExcludePunctuation,
    /// No upper-case letters.
    ExcludeUppercase,
    /// Blanks too.
    IncludeSpace,
    /// One of every kind at least; AWS's default.
    RequireEachIncludedType,
}

impl Characters {
    /// All of them, in the order in which they are written.
    pub const ALL: [Self; 6] = [
        Self::ExcludeLowercase,
        Self::ExcludeNumbers,
        Self::ExcludePunctuation,
        Self::ExcludeUppercase,
        Self::IncludeSpace,
        Self::RequireEachIncludedType,
    ];

    /// The provider's argument.
    pub fn argument(self) -> &'static str {
        match self {
            Self::ExcludeLowercase => "exclude_lowercase",
            Self::ExcludeNumbers => "exclude_numbers",
            Self::ExcludePunctuation => "exclude_punctuation",
            Self::ExcludeUppercase => "exclude_uppercase",
            Self::IncludeSpace => "include_space",
            Self::RequireEachIncludedType => "require_each_included_type",
        }
    }
}

/// A password that Secrets Manager makes when Terraform runs: the ephemeral
/// `aws_secretsmanager_random_password`, handed on as a write-only argument.
///
/// Source: the provider's documentation of both; Secrets Manager API Reference,
/// *GetRandomPassword*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedValue {
    version: ValueVersion,
    password_length: Option<Setting<PasswordLength>>,
    exclude_characters: Option<Text>,
    characters: Vec<(Characters, Setting<bool>)>,
}

impl GeneratedValue {
    /// A generated value under construction. `version` is raised to make a new one.
    pub fn builder(version: ValueVersion) -> GeneratedValueBuilder {
        let value = Self { version, password_length: None, exclude_characters: None, characters: Vec::new() };
        GeneratedValueBuilder { value, errors: Vec::new() }
    }

    /// Raised to make a new one.
    pub fn version(&self) -> ValueVersion {
        self.version
    }

    /// How many characters it has, where that is said; AWS's default is 32.
    pub fn password_length(&self) -> Option<&Setting<PasswordLength>> {
        self.password_length.as_ref()
    }

    /// Characters that it doesn't have, beside whole kinds of them.
    pub fn exclude_characters(&self) -> Option<&Text> {
        self.exclude_characters.as_ref()
    }

    /// What is said of a kind of characters.
    pub fn characters(&self, which: Characters) -> Option<&Setting<bool>> {
        self.characters.iter().find(|(other, _)| *other == which).map(|(_, said)| said)
    }

    /// The neutral form of the ephemeral block, without what it shares with its container.
    pub(super) fn record(&self) -> Record {
        let mut record = Record::new();
        let length = self.password_length.as_ref();
        record.set_some("password_length", length.map(|length| length.datum(|length| length.datum())));
        record.set_some("exclude_characters", self.exclude_characters.clone().map(Datum::text));
        for (which, said) in &self.characters {
            record.set(which.argument(), said.datum(|said| Datum::Bool(*said)));
        }
        record
    }

    /// The rules that one argument can't tell.
    fn check(&self, errors: &mut Vec<Invalid>) {
        use Characters as C;
        let excludes = [C::ExcludeLowercase, C::ExcludeNumbers, C::ExcludePunctuation, C::ExcludeUppercase];
        // What only Terraform knows may go either way: it breaks no rule.
        let surely = |which, value: bool| self.characters(which) == Some(&value.into());
        let perhaps = |which, value: bool| self.characters(which).is_some() && !surely(which, !value);
        let left_out = excludes.iter().all(|which| surely(*which, true));
        if left_out && !perhaps(C::IncludeSpace, true) {
            errors.push(Invalid::new(InvalidKind::PasswordEmpty, ""));
        }
        let kinds = excludes.iter().filter(|which| !perhaps(**which, true)).count();
        let each = !perhaps(C::RequireEachIncludedType, false);
        if let Some(Setting::Known(length)) = self.password_length
            && each
            && usize::from(length.get()) < kinds
        {
            errors.push(Invalid::new(InvalidKind::PasswordShort, length).detail(format!("{kinds} kinds")));
        }
    }
}

/// A [`GeneratedValue`] under construction.
#[derive(Clone, Debug)]
#[must_use]
pub struct GeneratedValueBuilder {
    value: GeneratedValue,
    errors: Vec<Invalid>,
}

impl GeneratedValueBuilder {
    /// How many characters it has.
    pub fn password_length(mut self, length: impl TryInto<PasswordLength, Error: Into<Invalid>>) -> Self {
        self.value.password_length = checked(length, &mut self.errors).map(Setting::Known);
        self
    }

    /// The same, by an expression.
    pub fn password_length_expression(mut self, length: Expression) -> Self {
        self.value.password_length = Some(Setting::Symbol(length));
        self
    }

    /// Characters that it doesn't have.
    pub fn exclude_characters(mut self, characters: impl Into<Text>) -> Self {
        let characters = characters.into();
        if characters.known_chars() > 4096 {
            let count = format!("{} characters", characters.known_chars());
            self.errors.push(Invalid::new(InvalidKind::ExcludeCharacters, &characters).detail(count));
        }
        self.value.exclude_characters = Some(characters);
        self
    }

    /// Whether a kind of characters is left out, in, or required.
    pub fn characters(mut self, which: Characters, said: impl Into<Setting<bool>>) -> Self {
        self.value.characters.retain(|(other, _)| *other != which);
        self.value.characters.push((which, said.into()));
        self
    }

    /// The source, or all that is wrong with it.
    pub fn build(mut self) -> Result<GeneratedValue, Errors> {
        self.value.check(&mut self.errors);
        Errors::none_or(self.errors, || self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version() -> ValueVersion {
        ValueVersion::new(1).unwrap()
    }

    fn kinds(builder: GeneratedValueBuilder) -> Vec<InvalidKind> {
        builder.build().err().into_iter().flatten().map(|error| error.kind()).collect()
    }

    #[test]
    fn a_password_has_1_to_4096_characters_and_a_version_is_positive() {
        for good in ["1", "48", "4096", "4.8e1"] {
            assert!(PasswordLength::new(good).is_ok(), "{good}");
        }
        for bad in ["0", "4097", "-1", "1.5", "", "x"] {
            assert_eq!(PasswordLength::new(bad).unwrap_err().kind(), InvalidKind::PasswordLength, "{bad}");
        }
        for bad in ["0", "-1", "1.5", "2147483648"] {
            assert_eq!(ValueVersion::new(bad).unwrap_err().kind(), InvalidKind::ValueVersion, "{bad}");
        }
    }

    #[test]
    fn something_must_be_left_to_make_it_of_and_each_kind_needs_room() {
        use Characters as C;
        let of = |excluded: &[Characters]| {
            excluded.iter().fold(GeneratedValue::builder(version()), |it, which| it.characters(*which, true))
        };
        let all = [C::ExcludeLowercase, C::ExcludeNumbers, C::ExcludePunctuation, C::ExcludeUppercase];
        assert_eq!(kinds(of(&all)), [InvalidKind::PasswordEmpty]);
        assert_eq!(kinds(of(&all).characters(C::IncludeSpace, true)), []);
        assert_eq!(kinds(of(&[]).password_length(3)), [InvalidKind::PasswordShort]);
        assert_eq!(kinds(of(&all[..1]).password_length(3)), []);
        assert_eq!(kinds(of(&[]).password_length(3).characters(C::RequireEachIncludedType, false)), []);
        let symbol = Setting::Symbol(Expression::reference("var.x").unwrap());
        assert_eq!(kinds(of(&[]).password_length(3).characters(C::ExcludeNumbers, symbol)), []);
    }

    #[test]
    fn a_type_is_a_name() {
        assert!(SecretType::new("SnowflakeKeyPairAuthentication").is_ok());
        assert!(SecretType::new(Expression::reference("var.type").unwrap()).is_ok());
        for bad in ["", "Snowflake Key", &"x".repeat(257)] {
            assert_eq!(SecretType::new(bad).unwrap_err().kind(), InvalidKind::SecretType);
        }
    }
}
