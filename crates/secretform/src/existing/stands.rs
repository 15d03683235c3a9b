//! Where the blocks of a directory stand, by their headers alone.

use std::collections::BTreeMap;

use super::FileText;
use super::root::address;
use super::walk::{Standing, walk};
use crate::diagnostic::Location;
use crate::model::{Address, Mode};
use crate::syntax::ItemKind;

/// The header of each resource, data source and ephemeral resource, the first of its address.
/// Override files hold no blocks of their own, and what can't be read stands nowhere.
pub fn stands(files: &[FileText<'_>]) -> BTreeMap<Address, Location> {
    let mut found = BTreeMap::new();
    for file in files.iter().filter(|file| !file.overrides) {
        if file.json {
            for block in crate::evaluate::json_blocks(file.source, file.bytes).unwrap_or_default() {
                if let Some(address) = address(&block) {
                    found.entry(address).or_insert(block.header);
                }
            }
            continue;
        }
        for standing in walk(file.bytes, &mut ()) {
            let Standing::Other(item) = standing else { continue };
            let ItemKind::Block { type_name, labels, .. } = &item.kind else { continue };
            let mode = match &file.bytes[type_name.range()] {
                b"resource" => Mode::Managed,
                b"data" => Mode::Data,
                b"ephemeral" => Mode::Ephemeral,
                _ => continue,
            };
            if let [kind, label] = labels.as_slice() {
                let address = Address::new(mode, kind.text.clone(), label.text.clone());
                found.entry(address).or_insert(Location::new(file.source, *type_name));
            }
        }
    }
    found
}
