//! Who reads which secret: grants looked up by secret.

use std::ops::Range;

use super::iam::Effect;
use super::{Granted, Model, Read, Secret, Setting};

/// The grants of a model, to be found by what they let somebody read.
#[derive(Debug)]
pub struct Readings<'m> {
    grants: Vec<Granted<'m>>,
    /// By the secret's place in the model, the places in `grants`, ascending.
    of: Vec<Vec<usize>>,
}

impl<'m> Readings<'m> {
    /// Looks at every grant once. A group is every name under its prefix, whichever group the
    /// secret was declared in; what is denied is not read.
    pub fn new(model: &'m Model) -> Self {
        let grants: Vec<Granted<'m>> = model.grants().collect();
        let names = Names::new(model);
        let mut of = vec![Vec::new(); model.secrets().len()];
        for (at, granted) in grants.iter().enumerate() {
            if *granted.resolved.statement().effect() == Setting::Known(Effect::Deny) {
                continue;
            }
            for read in granted.grant.reads() {
                for secret in names.read(model, read) {
                    if of[secret].last() != Some(&at) {
                        of[secret].push(at);
                    }
                }
            }
        }
        Self { grants, of }
    }

    /// The grants that let somebody read the secret at this place of the model, in its order.
    pub fn of(&self, secret: usize) -> impl Iterator<Item = Granted<'m>> {
        self.of.get(secret).into_iter().flatten().map(|at| self.grants[*at])
    }
}

/// The secrets by name.
struct Names {
    sorted: Vec<(String, usize)>,
}

impl Names {
    fn new(model: &Model) -> Self {
        if model.readers().is_empty() {
            return Self { sorted: Vec::new() };
        }
        let name = |(at, secret): (usize, &Secret)| (secret.name().to_string(), at);
        let mut sorted: Vec<_> = model.secrets().iter().enumerate().map(name).collect();
        sorted.sort_unstable();
        Self { sorted }
    }

    fn read(&self, model: &Model, read: &Read) -> Vec<usize> {
        let range = match read {
            Read::Secret(reference) => {
                let secret = model.secret(reference);
                secret.map_or(0..0, |secret| self.exactly(&secret.name().to_string()))
            }
            Read::Group(label) => {
                model.group(label).map_or(0..0, |group| self.under(&group.prefix().to_string()))
            }
            Read::Each(label) => {
                let each = model.secrets().iter().enumerate();
                let of_group = each.filter(|(_, secret)| secret.group() == Some(label));
                return of_group.map(|(at, _)| at).collect();
            }
        };
        self.sorted[range].iter().map(|(_, at)| *at).collect()
    }

    fn under(&self, prefix: &str) -> Range<usize> {
        let start = self.sorted.partition_point(|(name, _)| name.as_str() < prefix);
        let count = self.sorted[start..].partition_point(|(name, _)| name.starts_with(prefix));
        start..start + count
    }

    fn exactly(&self, wanted: &str) -> Range<usize> {
        let start = self.sorted.partition_point(|(name, _)| name.as_str() < wanted);
        let count = self.sorted[start..].partition_point(|(name, _)| name == wanted);
        start..start + count
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Grant, Group, Place, Reader};

    #[test]
    fn groups_are_prefixes_and_what_is_denied_is_not_read() {
        let group = Group::builder("airbyte").build().unwrap();
        let secret = Secret::builder("api").group(&group).build().unwrap();
        let beside = Secret::builder("beside").name("airbyte/beside").build().unwrap();
        let other = Secret::builder("other").build().unwrap();
        let place = |label: &str| Place::policy_document(label, "iam.tf").unwrap();
        let reader = |label: &str, grant| Reader::new(label, [grant]).unwrap();
        let model = Model::builder()
            .region("eu-west-2")
            .account_id("111122223333")
            .reader(reader("all", Grant::builder(place("a")).reads(&group).reads(&secret).build().unwrap()))
            .reader(reader("one", Grant::builder(place("b")).reads(&other).build().unwrap()))
            .reader(reader(
                "each",
                Grant::builder(place("c")).reads(Read::Each("airbyte".to_owned())).build().unwrap(),
            ))
            .reader(reader(
                "denied",
                Grant::builder(place("d"))
                    .reads(&group)
                    .with(|said| said.effect(Effect::Deny))
                    .build()
                    .unwrap(),
            ))
            .group(group)
            .secrets([secret, beside, other])
            .build()
            .unwrap();
        let readings = Readings::new(&model);
        let names = |at| readings.of(at).map(|granted| granted.reader.label()).collect::<Vec<_>>();
        assert_eq!(names(0), ["all", "each"]);
        assert_eq!(names(1), ["all"]);
        assert_eq!(names(2), ["one"]);
        assert!(names(3).is_empty());
    }
}
