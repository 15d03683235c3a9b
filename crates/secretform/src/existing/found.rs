//! A block that was found, as the record that compare takes, with the place of every part.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::diagnostic::Location;
use crate::evaluate::{Block, Body, Value};
use crate::model::{Datum, Record, Text};

/// A record and where each of its parts stands.
#[derive(Clone, Debug)]
pub struct Found {
    /// What it says.
    pub record: Record,
    /// Where each part stands.
    pub origins: Origins,
    /// Nested blocks made by `dynamic`, which only Terraform can expand: their path and place.
    pub dynamic: Vec<(String, Location)>,
}

/// Places by path: `tags["Name"]`, `replica[0].region`, `statement[1].resources[2]`.
#[derive(Clone, Debug)]
pub struct Origins {
    /// The block's own place.
    pub whole: Location,
    /// Its type and labels.
    pub header: Location,
    places: BTreeMap<String, Location>,
}

impl Origins {
    /// Places in a block that stands at `whole`.
    pub fn new(whole: Location, header: Location) -> Self {
        Self { whole, header, places: BTreeMap::new() }
    }

    /// Adds a place.
    pub fn insert(&mut self, path: impl Into<String>, location: Location) {
        self.places.insert(path.into(), location);
    }

    /// The place of `path`, or of the nearest thing around it; the header at last.
    pub fn nearest(&self, path: &str) -> Location {
        let mut path = path;
        loop {
            if let Some(location) = self.places.get(path) {
                return *location;
            }
            match path.rfind(['.', '[']) {
                Some(at) => path = &path[..at],
                None => return self.header,
            }
        }
    }

    /// The place of exactly `path`.
    pub fn get(&self, path: &str) -> Option<Location> {
        self.places.get(path).copied()
    }
}

impl Found {
    /// Reads a block.
    pub fn read(block: &Block) -> Self {
        let mut origins = Origins::new(block.location, block.header);
        let mut dynamic = Vec::new();
        let record = read_body(&block.body, "", &mut origins, &mut dynamic);
        Self { record, origins, dynamic }
    }
}

fn read_body(
    body: &Body,
    prefix: &str,
    origins: &mut Origins,
    dynamic: &mut Vec<(String, Location)>,
) -> Record {
    let mut record = Record::new();
    for attribute in &body.attributes {
        let path = format!("{prefix}{}", attribute.name);
        read_value(&attribute.value, &path, origins);
        record.set(attribute.name.clone(), attribute.value.datum.clone());
    }
    for block in &body.blocks {
        let name = match (block.type_name.as_str(), block.labels.first()) {
            ("dynamic", Some(label)) => {
                dynamic.push((format!("{prefix}{label}"), block.header));
                continue;
            }
            _ => block.type_name.clone(),
        };
        let at = format!("{prefix}{name}[{}]", record.blocks(&name).len());
        origins.insert(at.clone(), block.location);
        let nested = read_body(&block.body, &format!("{at}."), origins, dynamic);
        record.push(name, nested);
    }
    record
}

fn read_value(value: &Value, path: &str, origins: &mut Origins) {
    origins.insert(path, value.location);
    let keys: Option<&Vec<(Text, Datum)>> = match &value.datum {
        Datum::Object(entries) | Datum::Merge(_, entries) => Some(entries),
        _ => None,
    };
    for (at, (_, part)) in value.parts.iter().enumerate() {
        let mut path = path.to_owned();
        match keys.and_then(|keys| keys.get(at)) {
            Some((key, _)) => path.push_str(&key_step(key)),
            None => {
                let _ = write!(path, "[{at}]");
            }
        }
        read_value(part, &path, origins);
    }
}

/// A key as a step of a path: `["Name"]`.
fn key_step(key: &Text) -> String {
    format!("[\"{key}\"]")
}
