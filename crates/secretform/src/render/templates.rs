//! The built-in templates, compiled into the library.

use minijinja::{AutoEscape, Environment, UndefinedBehavior};

/// Every template: its name and its text. `templates/` at the top of the repository holds them.
pub(super) const BUILT_IN: &[(&str, &str)] = &[
    ("secret.tf.j2", include_str!("../../templates/secret.tf.j2")),
    ("secret_policy.tf.j2", include_str!("../../templates/secret_policy.tf.j2")),
    ("random_password.tf.j2", include_str!("../../templates/random_password.tf.j2")),
    ("secret_version.tf.j2", include_str!("../../templates/secret_version.tf.j2")),
    ("secret_rotation.tf.j2", include_str!("../../templates/secret_rotation.tf.j2")),
    ("policy_document.tf.j2", include_str!("../../templates/policy_document.tf.j2")),
    ("oidc_provider.tf.j2", include_str!("../../templates/oidc_provider.tf.j2")),
    ("role.tf.j2", include_str!("../../templates/role.tf.j2")),
    ("policy.tf.j2", include_str!("../../templates/policy.tf.j2")),
    ("role_policy_attachment.tf.j2", include_str!("../../templates/role_policy_attachment.tf.j2")),
    ("banner.tf.j2", include_str!("../../templates/banner.tf.j2")),
    ("policy.json.j2", include_str!("../../templates/policy.json.j2")),
    ("runbook.md.j2", include_str!("../../templates/runbook.md.j2")),
    ("runbook.html.j2", include_str!("../../templates/runbook.html.j2")),
];

/// An environment of all, in which a misspelt name is an error, not an empty string.
pub(super) fn environment() -> Environment<'static> {
    of(|_| true)
}

/// An environment of this one.
pub(super) fn only(name: &str) -> Environment<'static> {
    of(|other| other == name)
}

fn of(has: impl Fn(&str) -> bool) -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let escape = |name: &str| if name.ends_with(".html.j2") { AutoEscape::Html } else { AutoEscape::None };
    environment.set_auto_escape_callback(escape);
    for (name, text) in BUILT_IN.iter().filter(|(name, _)| has(name)) {
        if let Err(error) = environment.add_template(name, text) {
            unreachable!("built-in template {name}: {error}");
        }
    }
    environment
}
