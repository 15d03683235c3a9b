//! The document that `docs/list-json.md` describes.

use serde::Serialize;

use super::{Listing, place};
use crate::model::{self, Format, Granted, Readings, Setting, Url};
use crate::report::json::document;
use crate::report::place::Places;

/// The version of the document. It rises when a member is taken away or means something else; new
/// members may come without.
pub const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    groups: Vec<Group<'a>>,
    secrets: Vec<Secret<'a>>,
    readers: Vec<Reader<'a>>,
}

#[derive(Serialize)]
struct Group<'a> {
    group: &'a str,
    prefix: String,
    title: Option<&'a str>,
    url: Option<&'a str>,
    external: bool,
}

#[derive(Serialize)]
struct Secret<'a> {
    name: String,
    reference: String,
    group: Option<&'a str>,
    description: Option<String>,
    address: String,
    file: Option<&'a str>,
    line: Option<u32>,
    source: &'static str,
    fields: Vec<Field<'a>>,
    readers: Vec<&'a str>,
}

#[derive(Serialize)]
struct Field<'a> {
    key: &'a str,
    description: Option<&'a str>,
    required: bool,
    sensitive: bool,
    generated: bool,
    format: Option<String>,
    default: Option<&'a str>,
    example: Option<&'a str>,
}

#[derive(Serialize)]
struct Reader<'a> {
    reader: &'a str,
    description: Option<&'a str>,
    grants: Vec<Grant<'a>>,
}

#[derive(Serialize)]
struct Grant<'a> {
    reads: Vec<String>,
    resources: Vec<String>,
    not_resources: Vec<String>,
    actions: Vec<String>,
    not_actions: Vec<String>,
    effect: String,
    place: String,
    sid: Option<String>,
    file: Option<&'a str>,
    line: Option<u32>,
}

/// The document, ending in a line break.
pub fn json(listing: &Listing<'_>) -> String {
    let Listing { model, sources, .. } = *listing;
    let mut places = Places::default();
    let readings = Readings::new(model);
    let secrets = model.secrets().iter().enumerate().map(|(at, secret)| {
        let stands = listing.secrets.get(at).and_then(Option::as_ref);
        let stands = place(sources, &mut places, stands);
        let mut readers: Vec<&str> = readings.of(at).map(|granted| granted.reader.label()).collect();
        readers.dedup();
        Secret {
            name: secret.name().to_string(),
            reference: secret.reference().to_string(),
            group: secret.group(),
            description: secret.description().map(ToString::to_string),
            address: secret.address().to_string(),
            file: stands.map(|(file, _)| file),
            line: stands.map(|(_, line)| line),
            source: secret.value().word(),
            fields: secret.fields().iter().map(field).collect(),
            readers,
        }
    });
    let secrets = secrets.collect();
    let mut stands = listing.grants.iter();
    let mut grants = model.grants();
    let readers = model.readers().iter().map(|reader| {
        let own = grants.by_ref().take(reader.grants().len()).map(|granted| {
            let stands = place(sources, &mut places, stands.next().and_then(Option::as_ref));
            grant(granted, stands)
        });
        let grants = own.collect();
        Reader { reader: reader.label(), description: reader.description(), grants }
    });
    let readers = readers.collect();
    let groups = model.groups().iter().map(group).collect();
    document(&Document { schema: SCHEMA, groups, secrets, readers })
}

fn group(group: &model::Group) -> Group<'_> {
    Group {
        group: group.label(),
        prefix: group.prefix().to_string(),
        title: group.title(),
        url: group.url().map(Url::as_str),
        external: group.is_external(),
    }
}

fn field(field: &model::Field) -> Field<'_> {
    Field {
        key: field.name(),
        description: field.description(),
        required: field.is_required(),
        sensitive: field.is_sensitive(),
        generated: field.is_generated(),
        format: field.format().map(Format::to_string),
        default: field.default(),
        example: field.example(),
    }
}

fn grant<'a>(granted: Granted<'a>, stands: Option<(&'a str, u32)>) -> Grant<'a> {
    let statement = granted.resolved.statement();
    Grant {
        reads: granted.grant.reads().iter().map(ToString::to_string).collect(),
        resources: statement.resources().texts(),
        not_resources: statement.not_resources().texts(),
        actions: statement.actions().texts(),
        not_actions: statement.not_actions().texts(),
        effect: match statement.effect() {
            Setting::Known(effect) => effect.to_string(),
            Setting::Symbol(effect) => format!("${{{}}}", effect.source()),
        },
        place: granted.grant.place().to_string(),
        sid: granted.grant.sid().map(ToString::to_string),
        file: stands.map(|(file, _)| file),
        line: stands.map(|(_, line)| line),
    }
}
