//! The keys of a secret's JSON value: what people must fill in. Never a secret value.

use std::fmt;

use ecow::EcoString;

use super::checked::{checked, try_from};
use super::{Errors, Invalid, InvalidKind};

/// What a field's text must be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Eight, four, four, four and twelve hexadecimal digits.
    Uuid,
    /// An absolute URL.
    Url,
    /// An e-mail address.
    Email,
    /// A host's name.
    Hostname,
    /// 1 to 65535.
    Port,
    /// PEM blocks.
    Pem,
    /// A JSON document.
    Json,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// A regular expression that the whole text matches; begins with `^`.
    Pattern(String),
}

try_from!(Format, &str, String);

impl Format {
    /// The formats that have a name.
    pub const NAMED: [(&'static str, Self); 9] = [
        ("uuid", Self::Uuid),
        ("url", Self::Url),
        ("email", Self::Email),
        ("hostname", Self::Hostname),
        ("port", Self::Port),
        ("pem", Self::Pem),
        ("json", Self::Json),
        ("integer", Self::Integer),
        ("boolean", Self::Boolean),
    ];

    /// A format by its name, or a regular expression.
    pub fn new(format: impl Into<String>) -> Result<Self, Invalid> {
        let text = format.into();
        if let Some((_, named)) = Self::NAMED.into_iter().find(|(name, _)| *name == text) {
            return Ok(named);
        }
        if !text.starts_with('^') {
            return Err(Invalid::new(InvalidKind::Format, text));
        }
        match regex_lite::Regex::new(&text) {
            Ok(_) => Ok(Self::Pattern(text)),
            Err(error) => Err(Invalid::new(InvalidKind::Format, text).detail(error.to_string())),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Pattern(pattern) = self {
            return f.write_str(pattern);
        }
        let name = Self::NAMED.iter().find(|(_, format)| format == self).map_or("", |(name, _)| name);
        f.write_str(name)
    }
}

/// One key of a secret's JSON value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field {
    name: EcoString,
    description: Option<EcoString>,
    required: bool,
    sensitive: bool,
    generated: bool,
    rare: Option<Box<Rare>>,
}

/// What few fields say: behind one pointer, so that the others stay small.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Rare {
    default: Option<String>,
    format: Option<Format>,
    example: Option<String>,
}

impl Field {
    /// A field under construction: required, not sensitive, of any text.
    pub fn builder(name: impl Into<EcoString>) -> FieldBuilder {
        let field = Self {
            name: name.into(),
            description: None,
            required: true,
            sensitive: false,
            generated: false,
            rare: None,
        };
        FieldBuilder { field, errors: Vec::new() }
    }

    fn rare<'f, T>(&'f self, get: impl FnOnce(&'f Rare) -> Option<T>) -> Option<T> {
        self.rare.as_deref().and_then(get)
    }

    /// The key.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where to find its value.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// Whether a value without it is incomplete.
    pub fn is_required(&self) -> bool {
        self.required
    }

    /// Whether its value must be shown to nobody.
    pub fn is_sensitive(&self) -> bool {
        self.sensitive
    }

    /// What it is unless somebody says otherwise. Never there if it is sensitive.
    pub fn default(&self) -> Option<&str> {
        self.rare(|rare| rare.default.as_deref())
    }

    /// What its text must be.
    pub fn format(&self) -> Option<&Format> {
        self.rare(|rare| rare.format.as_ref())
    }

    /// A value that it could have.
    pub fn example(&self) -> Option<&str> {
        self.rare(|rare| rare.example.as_deref())
    }

    /// Whether no person sets it: a rotation does, or what else makes the value.
    pub fn is_generated(&self) -> bool {
        self.generated
    }
}

/// A [`Field`] under construction.
#[derive(Clone, Debug)]
#[must_use]
pub struct FieldBuilder {
    field: Field,
    errors: Vec<Invalid>,
}

impl FieldBuilder {
    fn rare(&mut self) -> &mut Rare {
        self.field.rare.get_or_insert_default()
    }

    /// Where to find its value.
    pub fn description(mut self, description: impl Into<EcoString>) -> Self {
        self.field.description = Some(description.into());
        self
    }

    /// Whether a value without it is incomplete.
    pub fn required(mut self, required: bool) -> Self {
        self.field.required = required;
        self
    }

    /// Whether its value must be shown to nobody.
    pub fn sensitive(mut self, sensitive: bool) -> Self {
        self.field.sensitive = sensitive;
        self
    }

    /// What it is unless somebody says otherwise.
    pub fn default(mut self, default: impl Into<String>) -> Self {
        self.rare().default = Some(default.into());
        self
    }

    /// What its text must be: a [`Format`] or its name.
    pub fn format(mut self, format: impl TryInto<Format, Error: Into<Invalid>>) -> Self {
        self.rare().format = checked(format, &mut self.errors);
        self
    }

    /// A value that it could have.
    pub fn example(mut self, example: impl Into<String>) -> Self {
        self.rare().example = Some(example.into());
        self
    }

    /// Whether no person sets it.
    pub fn generated(mut self, generated: bool) -> Self {
        self.field.generated = generated;
        self
    }

    /// The field, or all that is wrong with it.
    pub fn build(mut self) -> Result<Field, Errors> {
        if self.field.name.is_empty() {
            self.errors.push(Invalid::new(InvalidKind::FieldName, ""));
        }
        // The default itself may be the secret: the message names the key alone.
        if self.field.sensitive && self.field.default().is_some() {
            self.errors.push(Invalid::new(InvalidKind::SensitiveDefault, &self.field.name));
        }
        Errors::none_or(self.errors, || self.field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_have_names_or_are_regular_expressions() {
        for (name, format) in Format::NAMED {
            assert_eq!(Format::new(name).unwrap(), format);
            assert_eq!(format.to_string(), name);
        }
        assert_eq!(Format::new("^sk-\\w+$").unwrap(), Format::Pattern("^sk-\\w+$".to_owned()));
        for bad in ["", "UUID", "sk-.*", "^(", "^[z-a]"] {
            assert_eq!(Format::new(bad).unwrap_err().kind(), InvalidKind::Format, "{bad}");
        }
    }

    #[test]
    fn a_sensitive_field_has_no_default_and_the_error_does_not_show_it() {
        let errors = Field::builder("api_key").sensitive(true).default("hunter2").build().unwrap_err();
        assert_eq!(errors[0].kind(), InvalidKind::SensitiveDefault);
        assert!(!errors.to_string().contains("hunter2"));
        assert!(Field::builder("").build().is_err());
        let field = Field::builder("api_url").format("url").default("https://x").build().unwrap();
        assert!(field.is_required() && !field.is_sensitive());
    }
}
