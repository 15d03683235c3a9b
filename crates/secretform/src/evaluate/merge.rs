//! Override files, merged as Terraform merges them.
//!
//! Source: Terraform, *Override Files*, "Merging Behavior".

use super::block::{Block, Body};

/// Lays `over`, a block of an override file, over a block of the same type and labels:
/// its arguments replace, and its nested blocks replace all of their type, except that
/// `lifecycle` merges argument by argument. A `dynamic` block counts as blocks of its label.
pub fn merge(base: &mut Block, over: &Block) {
    if base.type_name == "terraform" {
        merge_settings(&mut base.body, &over.body);
    } else {
        merge_bodies(&mut base.body, &over.body);
    }
}

fn merge_bodies(base: &mut Body, over: &Body) {
    merge_attributes(base, over);
    let kind = |block: &Block| match (block.type_name.as_str(), block.labels.first()) {
        ("dynamic", Some(label)) => label.clone(),
        _ => block.type_name.clone(),
    };
    let replaced: Vec<String> = over.blocks.iter().map(kind).filter(|kind| kind != "lifecycle").collect();
    base.blocks.retain(|block| !replaced.contains(&kind(block)));
    for block in &over.blocks {
        match base.blocks.iter_mut().find(|other| other.type_name == "lifecycle") {
            Some(lifecycle) if block.type_name == "lifecycle" => {
                merge_bodies(&mut lifecycle.body, &block.body);
            }
            _ => base.blocks.push(block.clone()),
        }
    }
}

fn merge_attributes(base: &mut Body, over: &Body) {
    for attribute in &over.attributes {
        match base.attributes.iter_mut().find(|other| other.name == attribute.name) {
            Some(other) => *other = attribute.clone(),
            None => base.attributes.push(attribute.clone()),
        }
    }
}

/// In `terraform` blocks `required_providers` merges provider by provider.
fn merge_settings(base: &mut Body, over: &Body) {
    merge_attributes(base, over);
    for block in &over.blocks {
        let providers = |other: &&mut Block| {
            other.type_name == "required_providers" && block.type_name == "required_providers"
        };
        if let Some(other) = base.blocks.iter_mut().find(providers) {
            merge_attributes(&mut other.body, &block.body);
        } else {
            base.blocks.retain(|other| other.type_name != block.type_name);
            base.blocks.push(block.clone());
        }
    }
}
