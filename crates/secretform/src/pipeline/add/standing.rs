//! What stands in a spec where a preset's group would: nothing, that group, or something else.

use crate::diagnostic::{Diagnostic, codes};
use crate::scaffold::Preset;
use crate::spec::Lowered;

/// What stands where a group would.
pub(super) enum Standing {
    /// Nothing.
    Free,
    /// The preset's group; the sentence that says so.
    There(String),
    /// Something else.
    Taken(Vec<Diagnostic>),
}

impl Standing {
    /// Whether the group can be put there, stands there, or something else does.
    pub(super) fn of(spec: &Lowered, preset: &Preset, label: &str) -> Self {
        let (model, places) = (&spec.model, &spec.places);
        if let Some(at) = model.groups().iter().position(|group| group.label() == label) {
            return Self::group_there(spec, preset, at);
        }
        let mut errors = Vec::new();
        let mut taken = |at: usize, what: String, label: &str| {
            let message = format!("{what} is taken");
            let mut error = Diagnostic::new(&codes::CANNOT_ADD, message).label(label);
            error.location = places.secrets.get(at).copied();
            errors.push(error.fix("give the group another name with --name"));
        };
        for (at, secret) in model.secrets().iter().enumerate() {
            if secret.group().is_none() && secret.reference().label == label {
                taken(at, format!("the label `{label}`"), "a secret, and a group would be `secret.…` too");
            }
            for new in preset.secrets() {
                if new.name() == secret.name() {
                    taken(at, format!("the name `{}`", new.name()), "this secret's name");
                } else if new.label() == secret.label() {
                    taken(at, format!("the Terraform label `{}`", new.label()), "this secret's label");
                }
            }
        }
        let prefix = preset.group().map(|group| group.prefix());
        for (at, group) in
            model.groups().iter().enumerate().filter(|(_, group)| Some(group.prefix()) == prefix)
        {
            let message = format!("the prefix `{}` is taken", group.prefix());
            let mut error = Diagnostic::new(&codes::CANNOT_ADD, message)
                .label("this group's prefix")
                .fix("give the group another name with --name");
            error.location = places.groups.get(at).copied();
            errors.push(error);
        }
        if errors.is_empty() { Self::Free } else { Self::Taken(errors) }
    }

    /// What the group is that has the preset's name.
    fn group_there(spec: &Lowered, preset: &Preset, at: usize) -> Self {
        let (model, place) = (&spec.model, spec.places.groups.get(at).copied());
        let group = &model.groups()[at];
        let label = group.label();
        let error = |message: String| {
            let mut error = Diagnostic::new(&codes::CANNOT_ADD, message);
            error.location = place;
            error
        };
        if group.is_external() {
            let error = error(format!("the group `{label}` is external"))
                .label("declared elsewhere")
                .reason("its containers are declared elsewhere, and the preset would declare them here too: one name at two addresses")
                .fix(format!(
                    "to have its containers in this spec, remove `external` and this block, and add again; to add others beside it, give --name; to let a reader read it, write `group.{label}` in its `reads`"
                ));
            return Self::Taken(vec![error]);
        }
        let has = |sought: &str| {
            let mut own = model.secrets().iter().filter(|secret| secret.group() == Some(label));
            own.any(|secret| secret.reference().label == sought)
        };
        let labels = preset.secrets().iter().map(|secret| secret.reference().label.as_str());
        let (there, missing): (Vec<&str>, Vec<&str>) = labels.partition(|label| has(label));
        let list = missing.iter().map(|label| format!("`{label}`")).collect::<Vec<_>>().join(", ");
        if there.is_empty() {
            let error = error(format!("the group `{label}` is another one than the preset's"))
                .label("declared here")
                .reason(format!("it has none of the preset's secrets: {list}"))
                .fix("give the new group another name with --name");
            return Self::Taken(vec![error]);
        }
        let but = if missing.is_empty() { String::new() } else { format!(", without {list}") };
        Self::There(format!("the group `{label}` is in the spec already{but}"))
    }
}
