//! Blocks from records: each kind of block has its template.

use std::sync::OnceLock;

use minijinja::{Environment, Error, Value, context};

use super::hcl::Pen;
use super::layout::{BODY, BlockObject};
use super::proof;
use super::templates::{BrokenTemplate, Templates};
use crate::json::Style;
use crate::model::{Address, Model, Record, Says, Secret};
use crate::policy::{NotKnown, statement_json};
use crate::syntax::format;

/// The templates, and what is made with them. Each is compiled when it is first needed: to compile
/// them all takes longer than to check a small repository, which needs two or three.
#[derive(Debug)]
pub struct Renderer {
    templates: Templates,
    /// Those of banners and policies in JSON among them.
    environment: OnceLock<Environment<'static>>,
    /// As [`LAYOUTS`] has them.
    layouts: [OnceLock<Layout>; LAYOUTS.len()],
}

/// What secretform writes, by type, and its template; the first is of any other type.
pub(super) const LAYOUTS: [(&str, &str); 10] = [
    ("aws_iam_policy_document", "policy_document.tf.j2"),
    ("aws_secretsmanager_secret", "secret.tf.j2"),
    ("aws_secretsmanager_secret_policy", "secret_policy.tf.j2"),
    ("aws_secretsmanager_random_password", "random_password.tf.j2"),
    ("aws_secretsmanager_secret_version", "secret_version.tf.j2"),
    ("aws_secretsmanager_secret_rotation", "secret_rotation.tf.j2"),
    ("aws_iam_openid_connect_provider", "oidc_provider.tf.j2"),
    ("aws_iam_role", "role.tf.j2"),
    ("aws_iam_policy", "policy.tf.j2"),
    ("aws_iam_role_policy_attachment", "role_policy_attachment.tf.j2"),
];

/// A block's template, expanded: the text around its label and its body.
#[derive(Debug)]
pub(super) struct Layout {
    before_label: String,
    before_body: String,
    behind: String,
    pub(super) sections: Vec<Vec<String>>,
    /// How often the template says the label, and the body.
    pub(super) labels: usize,
    pub(super) bodies: usize,
    /// Whether it is somebody's own, of whose layout only the formatter can be sure.
    own: bool,
}

impl Layout {
    fn new(templates: &Templates, template: &str) -> Self {
        let own = templates.own(template).map(|_| Self::expanded(&templates.only(template), template));
        let layout = match own {
            Some(Ok(layout)) => Ok(Self { own: true, ..layout }),
            _ => Self::expanded(&Templates::new().only(template), template),
        };
        // The built-in templates name only what they are given; tests render each of them.
        layout.unwrap_or_else(|error| unreachable!("built-in template {template}: {error}"))
    }

    /// The template, expanded.
    pub(super) fn expanded(environment: &Environment<'_>, template: &str) -> Result<Self, Error> {
        // A character that no template has, as in `BODY`.
        const LABEL: char = '\u{f8fd}';
        let block = Value::from_object(BlockObject::default());
        let context = context! { label => LABEL.to_string(), block => block.clone() };
        let text = environment.get_template(template)?.render(context)?;
        let (before_label, rest) = text.split_once(LABEL).unwrap_or((&text, ""));
        let (before_body, behind) = rest.split_once(BODY).unwrap_or((rest, ""));
        let sections = block.downcast_object_ref::<BlockObject>().map(BlockObject::sections);
        Ok(Self {
            before_label: before_label.trim_start().to_owned(),
            before_body: before_body.to_owned(),
            behind: behind.trim_end().to_owned(),
            sections: sections.unwrap_or_default(),
            labels: text.matches(LABEL).count(),
            bodies: text.matches(BODY).count(),
            own: false,
        })
    }

    pub(super) fn block(&self, label: &str, body: &impl Says) -> String {
        let mut out = String::with_capacity(320);
        self.write(&mut out, label, body);
        out
    }

    /// Writes a block over what `out` holds.
    fn write(&self, out: &mut String, label: &str, body: &impl Says) {
        let mut pen = Pen { text: std::mem::take(out), ..Pen::default() };
        pen.text.clear();
        pen.push(&self.before_label);
        pen.quoted(label);
        pen.push(&self.before_body);
        pen.body(body, &self.sections, 2);
        pen.push(&self.behind);
        pen.free |= self.own;
        *out = laid_out(pen);
    }
}

impl Default for Renderer {
    fn default() -> Self {
        Self::new()
    }
}

impl Renderer {
    /// With the built-in templates.
    pub fn new() -> Self {
        Self { templates: Templates::new(), environment: OnceLock::new(), layouts: Default::default() }
    }

    /// With templates of somebody's own, if none of them loses or changes anything.
    ///
    /// # Errors
    /// All that is wrong with them.
    pub fn with(templates: Templates) -> Result<Self, Vec<BrokenTemplate>> {
        let broken = proof::broken(&templates);
        if broken.is_empty() { Ok(Self { templates, ..Self::new() }) } else { Err(broken) }
    }

    /// What templates that are expanded for each value, those of banners and of policies in JSON,
    /// lose or change of this model.
    pub fn misread(&self, model: &Model) -> Vec<BrokenTemplate> {
        proof::of_model(self, &self.templates, model)
    }

    /// The order in which blocks of this type, or nested ones, are written.
    pub fn sections(&self, type_name: &str) -> Vec<Vec<String>> {
        if LAYOUTS
            .iter()
            .any(|(known, template)| *known == type_name && self.templates.own(template).is_some())
        {
            return self.layout(type_name).sections.clone();
        }
        let names = |section: Vec<&str>| section.into_iter().map(str::to_owned).collect();
        sections(type_name).into_iter().map(names).collect()
    }

    /// A block of this type as it is written.
    pub(super) fn block_of(&self, type_name: &str, label: &str, record: &Record) -> String {
        self.layout(type_name).block(label, record)
    }

    /// The block at an address of one of the types that secretform writes; any other is a policy
    /// document.
    pub fn block(&self, address: &Address, record: &Record) -> String {
        self.layout(address.type_name()).block(address.label(), record)
    }

    fn layout(&self, type_name: &str) -> &Layout {
        let at = LAYOUTS.iter().position(|(other, _)| *other == type_name).unwrap_or_default();
        self.layouts[at].get_or_init(|| Layout::new(&self.templates, LAYOUTS[at].1))
    }

    /// A `resource "aws_secretsmanager_secret"`, from its type to its closing brace.
    pub fn secret(&self, label: &str, record: &Record) -> String {
        self.layout("aws_secretsmanager_secret").block(label, record)
    }

    /// The block of a secret's container, written over what `out` holds.
    pub fn write_container(&self, out: &mut String, secret: &Secret) {
        self.layout("aws_secretsmanager_secret").write(out, secret.label().as_str(), secret);
    }

    /// A `data "aws_iam_policy_document"`.
    pub fn policy_document(&self, label: &str, record: &Record) -> String {
        self.layout("aws_iam_policy_document").block(label, record)
    }

    /// A `statement` block as it stands alone at the left margin.
    pub fn statement(&self, record: &Record) -> String {
        let mut pen = Pen::default();
        pen.block("statement", record, 0);
        laid_out(pen)
    }

    /// The banner that stands above the first block of a titled group: a title stays in its
    /// comment, whatever it holds.
    pub fn banner(&self, title: &str) -> String {
        self.expand("banner.tf.j2", context! { title => one_line(title) })
    }

    pub(super) fn try_banner(&self, title: &str) -> Result<String, Error> {
        self.try_expand("banner.tf.j2", context! { title => one_line(title) })
    }

    /// A new IAM policy in JSON, with a line end behind it.
    ///
    /// # Errors
    /// If a part isn't known before Terraform runs.
    pub fn policy_file(&self, version: Option<&str>, statements: &[Record]) -> Result<String, NotKnown> {
        let mut text = self.expand("policy.json.j2", Self::policy_context(version, statements)?);
        if !text.ends_with('\n') {
            text.push('\n');
        }
        Ok(text)
    }

    /// What the template of a policy in JSON sees.
    pub(super) fn policy_context(version: Option<&str>, statements: &[Record]) -> Result<Value, NotKnown> {
        let style = Style::default();
        let statements: Vec<String> = statements
            .iter()
            .map(|statement| Ok(style.write(&statement_json(statement)?, "        ", None)))
            .collect::<Result<_, NotKnown>>()?;
        let version = crate::json::escape::quote(version.unwrap_or("2012-10-17"));
        Ok(context! { version, statements })
    }

    pub(super) fn try_expand(&self, template: &str, context: Value) -> Result<String, Error> {
        let environment = self.environment.get_or_init(|| self.templates.environment());
        environment.get_template(template)?.render(context)
    }

    /// By the template, or by the built-in one where somebody's own fails.
    fn expand(&self, template: &str, context: Value) -> String {
        self.try_expand(template, context.clone())
            .or_else(|_| Self::new().try_expand(template, context))
            .unwrap_or_else(|error| unreachable!("built-in template {template}: {error}"))
    }
}

/// A title in a line of its own, whatever it holds.
pub(super) fn one_line(title: &str) -> String {
    title.chars().map(|c| if c.is_control() || is_line_end(c) { ' ' } else { c }).collect()
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What was written, by the formatter where it alone knows the layout.
fn laid_out(pen: Pen) -> String {
    if !pen.free {
        return pen.text;
    }
    match format(pen.text.as_bytes()).map(String::from_utf8) {
        Ok(Ok(formatted)) => formatted,
        _ => pen.text,
    }
}

/// The order of what stands in a block: names of arguments and nested blocks by section.
/// `type_name` is that of a nested block, or of a resource or data source.
pub fn sections(type_name: &str) -> Vec<Vec<&'static str>> {
    match type_name {
        "aws_secretsmanager_secret" => vec![
            vec!["provider", "count", "for_each"],
            vec![
                "region",
                "name",
                "name_prefix",
                "type",
                "description",
                "kms_key_id",
                "recovery_window_in_days",
                "force_overwrite_replica_secret",
                "policy",
            ],
            vec!["tags"],
            vec!["replica"],
            vec!["lifecycle"],
        ],
        "aws_secretsmanager_secret_policy" => vec![
            vec!["provider", "count", "for_each"],
            vec!["region", "secret_arn", "policy", "block_public_policy"],
        ],
        "aws_secretsmanager_random_password" => vec![
            vec!["provider"],
            vec![
                "region",
                "password_length",
                "exclude_characters",
                "exclude_lowercase",
                "exclude_numbers",
                "exclude_punctuation",
                "exclude_uppercase",
                "include_space",
                "require_each_included_type",
            ],
        ],
        "aws_secretsmanager_secret_version" => vec![
            vec!["provider", "count", "for_each"],
            vec!["region", "secret_id", "secret_string_wo", "secret_string_wo_version"],
        ],
        "aws_secretsmanager_secret_rotation" => vec![
            vec!["provider", "count", "for_each"],
            vec![
                "region",
                "secret_id",
                "rotation_lambda_arn",
                "external_secret_rotation_role_arn",
                "rotate_immediately",
            ],
            vec!["external_secret_rotation_metadata"],
            vec!["rotation_rules"],
            vec!["depends_on"],
        ],
        "external_secret_rotation_metadata" => vec![vec!["key", "value"]],
        "rotation_rules" => vec![vec!["automatically_after_days", "schedule_expression", "duration"]],
        "aws_iam_openid_connect_provider" => vec![
            vec!["provider", "count", "for_each"],
            vec!["url", "client_id_list", "thumbprint_list"],
            vec!["tags"],
            vec!["lifecycle"],
        ],
        "aws_iam_role" => vec![
            vec!["provider", "count", "for_each"],
            vec![
                "name",
                "name_prefix",
                "path",
                "description",
                "assume_role_policy",
                "max_session_duration",
                "permissions_boundary",
                "force_detach_policies",
            ],
            vec!["tags"],
            vec!["lifecycle"],
        ],
        "aws_iam_policy" => vec![
            vec!["provider", "count", "for_each"],
            vec!["name", "name_prefix", "path", "description", "policy"],
            vec!["tags"],
            vec!["lifecycle"],
        ],
        "aws_iam_role_policy_attachment" => {
            vec![vec!["provider", "count", "for_each"], vec!["role", "policy_arn"], vec!["lifecycle"]]
        }
        "aws_iam_policy_document" => vec![vec!["version", "policy_id"], vec!["statement"]],
        "statement" => vec![
            vec!["sid", "effect", "actions", "not_actions", "resources", "not_resources"],
            vec!["principals"],
            vec!["not_principals"],
            vec!["condition"],
        ],
        "replica" => vec![vec!["region", "kms_key_id"]],
        "principals" | "not_principals" => vec![vec!["type", "identifiers"]],
        "condition" => vec![vec!["test", "variable", "values"]],
        "lifecycle" => vec![vec!["create_before_destroy", "prevent_destroy", "ignore_changes"]],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Datum, Expression, Text};

    /// Patches put a new argument where the templates would: the two orders are one.
    #[test]
    fn templates_and_patches_have_one_order() {
        let renderer = Renderer::new();
        for (type_name, _) in LAYOUTS {
            let layout = renderer.layout(type_name);
            assert_eq!(layout.sections, sections(type_name), "{type_name}");
        }
    }

    #[test]
    fn what_is_rendered_is_formatted_and_reads_back_whatever_it_holds() {
        let hostile = ["${x} %{y} $${ \" \\ \n \t \u{1b}[0m", "漢字 \u{202e}", "a$", "%", "$${", ""];
        let mut record = Record::new();
        let text = |text: &str| Datum::Text(text.into());
        record.set("name", text("a/b"));
        let mut tags = Vec::new();
        for (at, value) in hostile.iter().enumerate() {
            tags.push((Text::from(*value), text(value)));
            let mut mixed = Text::from(*value);
            mixed.push_symbol(Expression::reference("var.x").unwrap());
            mixed.push_str(value);
            tags.push((Text::from(format!("k{at}")), Datum::text(mixed)));
        }
        record.set("tags", Datum::Object(tags.clone()));
        let out = Renderer::new().secret("l", &record);
        assert_eq!(crate::syntax::is_formatted(out.as_bytes()), Ok(true), "{out}");
        let file = crate::syntax::File::parse(out.as_bytes());
        let block = file.body().blocks().next().unwrap();
        assert!(file.errors().is_empty());
        let read = block.body().attribute("tags").map(|tags| crate::evaluate::datum(tags.value()));
        assert_eq!(read, Some(Datum::Object(tags)));
    }
}
