//! Groups: secrets whose names begin alike.

use ecow::EcoString;

use super::checked::checked;
use super::{AccountId, Errors, Invalid, InvalidKind, Prefix, Region, Scope, Url};

/// Words that follow `secret.` and `group.` in a spec's expressions.
const RESERVED: [&str; 5] = ["name", "label", "group", "prefix", "arn"];

/// Secrets under one prefix.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    label: EcoString,
    prefix: Prefix,
    external: bool,
    rare: Option<Box<Rare>>,
}

/// What few groups say: behind one pointer, so that the others stay small.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Rare {
    title: Option<String>,
    url: Option<Url>,
    guide: Option<String>,
    region: Option<Region>,
    account_id: Option<AccountId>,
}

impl Group {
    /// A group under construction, with the prefix `LABEL/` unless another is said.
    pub fn builder(label: impl Into<EcoString>) -> GroupBuilder {
        GroupBuilder { label: label.into(), prefix: None, external: false, rare: None, errors: Vec::new() }
    }

    fn rare<'g, T>(&'g self, get: impl FnOnce(&'g Rare) -> Option<T>) -> Option<T> {
        self.rare.as_deref().and_then(get)
    }

    /// What the spec calls it.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// [`label`](Self::label), of which its secrets have a share.
    pub(super) fn shared_label(&self) -> &EcoString {
        &self.label
    }

    /// What its names begin with.
    pub fn prefix(&self) -> &Prefix {
        &self.prefix
    }

    /// What the banner above its first block says.
    pub fn title(&self) -> Option<&str> {
        self.rare(|rare| rare.title.as_deref())
    }

    /// Where people meet the system whose credentials these are.
    pub fn url(&self) -> Option<&Url> {
        self.rare(|rare| rare.url.as_ref())
    }

    /// What a person does before any of its values can be set; Markdown.
    pub fn guide(&self) -> Option<&str> {
        self.rare(|rare| rare.guide.as_deref())
    }

    /// Whether its containers are declared elsewhere.
    pub fn is_external(&self) -> bool {
        self.external
    }

    /// Where its containers are, if not in the directory's region.
    pub fn region(&self) -> Option<&Region> {
        self.rare(|rare| rare.region.as_ref())
    }

    /// Whose account its containers are in, where it isn't the directory's.
    pub fn account_id(&self) -> Option<&AccountId> {
        self.rare(|rare| rare.account_id.as_ref())
    }

    /// What it says of where its containers are.
    pub(super) fn scope(&self) -> Scope {
        Scope { partition: None, region: self.region().cloned(), account_id: self.account_id().cloned() }
    }
}

/// Whether a group, or a secret outside of groups, may be called so.
pub(crate) fn check_label(label: &str) -> Result<(), Invalid> {
    if label.is_empty() {
        return Err(Invalid::new(InvalidKind::EmptyLabel, label));
    }
    if RESERVED.contains(&label) {
        return Err(Invalid::new(InvalidKind::ReservedLabel, label));
    }
    Ok(())
}

/// A [`Group`] under construction.
#[derive(Clone, Debug)]
#[must_use]
pub struct GroupBuilder {
    label: EcoString,
    prefix: Option<Prefix>,
    external: bool,
    rare: Option<Box<Rare>>,
    errors: Vec<Invalid>,
}

impl GroupBuilder {
    fn rare(&mut self) -> &mut Rare {
        self.rare.get_or_insert_default()
    }

    /// What its names begin with, separator included.
    pub fn prefix(mut self, prefix: impl TryInto<Prefix, Error: Into<Invalid>>) -> Self {
        self.prefix = checked(prefix, &mut self.errors);
        self
    }

    /// What the banner above its first block says.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.rare().title = Some(title.into());
        self
    }

    /// Where people meet the system whose credentials these are.
    pub fn url(mut self, url: impl TryInto<Url, Error: Into<Invalid>>) -> Self {
        self.rare().url = checked(url, &mut self.errors);
        self
    }

    /// What a person does before any of its values can be set; Markdown.
    pub fn guide(mut self, guide: impl Into<String>) -> Self {
        self.rare().guide = Some(guide.into());
        self
    }

    /// Its containers are declared elsewhere.
    pub fn external(mut self, external: bool) -> Self {
        self.external = external;
        self
    }

    /// Where its containers are.
    pub fn region(mut self, region: impl TryInto<Region, Error: Into<Invalid>>) -> Self {
        self.rare().region = checked(region, &mut self.errors);
        self
    }

    /// Whose account its containers are in; for an external group.
    pub fn account_id(mut self, account: impl TryInto<AccountId, Error: Into<Invalid>>) -> Self {
        self.rare().account_id = checked(account, &mut self.errors);
        self
    }

    /// The group, or all that is wrong with it.
    pub fn build(mut self) -> Result<Group, Errors> {
        if let Err(error) = check_label(&self.label) {
            self.errors.push(error);
        }
        let prefix = match self.prefix {
            Some(prefix) => Ok(prefix),
            None => Prefix::new(format!("{}/", self.label)),
        };
        match prefix {
            Ok(prefix) => Errors::none_or(self.errors, || Group {
                label: self.label,
                prefix,
                external: self.external,
                rare: self.rare,
            }),
            Err(error) => {
                self.errors.push(error);
                Err(Errors(self.errors))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_is_the_label_unless_said() {
        assert_eq!(Group::builder("airbyte").build().unwrap().prefix().to_string(), "airbyte/");
        assert!(Group::builder("legacy").prefix("").build().unwrap().prefix().is_empty());
        assert!(Group::builder("my team").build().is_err());
        assert!(Group::builder("my team").prefix("my-team/").build().is_ok());
        for bad in ["", "name", "label", "group", "prefix", "arn"] {
            assert!(Group::builder(bad).build().is_err(), "{bad}");
        }
    }
}
