//! The examples of docs and design mean what they say.

use crate::model::{Datum, Model, Place, Record};

use super::run;

const DIRECTORY: &str = "terraform {\n  directory  = \"terraform/aws\"\n  region     = var.aws_region\n  account_id = var.aws_account_id\n}\n";

/// The model of a spec in which nothing is wrong.
fn model(text: &str) -> Model {
    let (lowered, _, shown) = run(text);
    let lowered = lowered.unwrap_or_else(|| panic!("{shown}\n{text}"));
    assert_eq!(shown, "", "{text}");
    lowered.model
}

/// Below a `terraform` block.
fn of(text: &str) -> Model {
    model(&format!("{DIRECTORY}{text}"))
}

fn show(record: &Record) -> String {
    let mut out: Vec<String> = record.arguments().map(|(name, value)| format!("{name} = {value}")).collect();
    for (name, blocks) in record.nested() {
        out.extend(blocks.iter().map(|block| format!("{name} {{ {} }}", show(block))));
    }
    out.join("; ")
}

/// One argument of the first secret.
fn argument(model: &Model, name: &str) -> Datum {
    model.secrets()[0].record().get(name).cloned().unwrap_or(Datum::Null)
}

#[track_caller]
fn check(text: &str, name: &str, expected: &str) {
    assert_eq!(argument(&of(text), name).to_string(), expected, "{text}");
}

#[test]
fn the_reference_is_what_the_team_wrote() {
    let text = include_str!("../../../../../examples/airbyte/secretform.hcl");
    let (lowered, _, shown) = run(text);
    assert_eq!(shown, "");
    let lowered = lowered.unwrap();
    assert_eq!(lowered.directory, "terraform/aws");
    let model = &lowered.model;
    let secrets: Vec<_> = model
        .secrets()
        .iter()
        .map(|secret| format!("{}: {}", secret.address(), show(&secret.record())))
        .collect();
    assert_eq!(
        secrets,
        [
            "aws_secretsmanager_secret.airbyte_api_credentials: description = \"Airbyte Cloud API credentials for Prefect integration\"; name = \"airbyte/api-credentials\"; tags = { Name = \"airbyte/api-credentials\", ManagedBy = \"terraform\" }",
            "aws_secretsmanager_secret.airbyte_snowflake_credentials: description = \"Snowflake SVC_AIRBYTE credentials for Airbyte connector\"; name = \"airbyte/snowflake-credentials\"; tags = { Name = \"airbyte/snowflake-credentials\", ManagedBy = \"terraform\" }",
        ]
    );
    let fields: Vec<_> = model.secrets()[0].fields().iter().map(|field| field.name()).collect();
    assert_eq!(fields, ["api_key", "workspace_id", "api_url"]);
    assert!(model.secrets()[0].fields()[0].is_sensitive());
    assert_eq!(model.groups()[0].title(), Some("Airbyte Credentials"));
    let grants: Vec<_> = model.grants().collect();
    assert_eq!(grants[0].grant.place(), &Place::statement("github_actions", "oidc.tf").unwrap());
    assert_eq!(
        show(&grants[0].resolved.statement().record()),
        "actions = [\"secretsmanager:GetSecretValue\"]; resources = [\"arn:aws:secretsmanager:${var.aws_region}:${var.aws_account_id}:secret:terraform/*\", \"arn:aws:secretsmanager:${var.aws_region}:${var.aws_account_id}:secret:prefect/*\", \"arn:aws:secretsmanager:${var.aws_region}:${var.aws_account_id}:secret:airbyte/*\"]; sid = \"SecretsManagerAccess\""
    );
    assert_eq!(grants[1].grant.place(), &Place::policy_file("iam/prefect-worker.json").unwrap());
    assert_eq!(
        show(&grants[1].resolved.statement().record()),
        "actions = [\"secretsmanager:GetSecretValue\", \"secretsmanager:DescribeSecret\"]; resources = [\"arn:aws:secretsmanager:eu-west-2:*:secret:dlt/*\", \"arn:aws:secretsmanager:eu-west-2:*:secret:airbyte/*\"]"
    );
    let place = |location: crate::diagnostic::Location| &text[location.span.range()];
    let places = &lowered.places;
    assert_eq!(
        places.secrets.iter().map(|at| place(*at)).collect::<Vec<_>>(),
        ["\"api-credentials\"", "\"snowflake-credentials\""]
    );
    assert_eq!(place(places.readers[0].1[0]), "statement \"SecretsManagerAccess\"");
    assert_eq!(place(places.directory), "\"terraform/aws\"");
}

#[test]
fn the_page_of_the_spec_shows_a_spec() {
    let page = include_str!("../../../../../docs/spec.md");
    let spec = page.split("## A spec\n\n```hcl\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(model(spec).secrets().len(), 1);
}

#[test]
fn keys_replicas_providers_and_tags_that_join_an_expression() {
    let model = of(r#"
group "billing" {
  provider = aws.core
  tags     = merge(local.tags, { Name = secret.name })
  secret "ledger" {
    description             = "Ledger API key"
    kms_key_id              = aws_kms_key.secrets.arn
    recovery_window_in_days = local.production ? 30 : 7
    tags                    = { Owner = "finance" }
    replica { region = "eu-west-1" }
  }
}
"#);
    assert_eq!(
        show(&model.secrets()[0].record()),
        "description = \"Ledger API key\"; kms_key_id = aws_kms_key.secrets.arn; name = \"billing/ledger\"; provider = aws.core; recovery_window_in_days = local.production ? 30 : 7; tags = merge(local.tags, { Name = \"billing/ledger\", Owner = \"finance\" }); replica { region = \"eu-west-1\" }"
    );
}

#[test]
fn a_resource_policy_has_principals_and_this_secret() {
    let model = of(r#"
group "app" {
  prefix = "${var.env}/app/"
  secret "database" {
    description = "Database of ${var.env}"
    policy {
      statement "AuditorReads" {
        actions = ["secretsmanager:GetSecretValue"]
        principals {
          type        = "AWS"
          identifiers = [var.auditor_role_arn]
        }
      }
    }
  }
}
"#);
    let secret = &model.secrets()[0];
    assert_eq!(
        show(&secret.record()),
        "description = \"Database of ${var.env}\"; name = \"${var.env}/app/database\""
    );
    assert_eq!(
        show(&secret.policy_document_record().unwrap()),
        "statement { actions = [\"secretsmanager:GetSecretValue\"]; resources = [\"*\"]; sid = \"AuditorReads\"; principals { identifiers = [var.auditor_role_arn]; type = \"AWS\" } }"
    );
    assert_eq!(
        show(&secret.policy_record().unwrap()),
        "block_public_policy = true; policy = data.aws_iam_policy_document.app_database_policy.json; secret_arn = aws_secretsmanager_secret.app_database.arn"
    );
}

#[test]
fn a_generated_value() {
    let model = of(r#"
secret "webhook-token" {
  value "generated" {
    password_length = 48
    version         = 1
  }
}
"#);
    let files = crate::render::Renderer::new().files(&model);
    assert_eq!(
        files[0].text,
        r#"ephemeral "aws_secretsmanager_random_password" "webhook_token" {
  password_length = 48
}

resource "aws_secretsmanager_secret" "webhook_token" {
  name = "webhook-token"
}

resource "aws_secretsmanager_secret_version" "webhook_token" {
  secret_id                = aws_secretsmanager_secret.webhook_token.id
  secret_string_wo         = ephemeral.aws_secretsmanager_random_password.webhook_token.random_password
  secret_string_wo_version = 1
}
"#
    );
}

#[test]
fn what_is_said_of_the_secret_around_is_put_in_its_place() {
    check("secret \"t\" { description = secret.name }", "description", "\"t\"");
    check("secret \"t\" { description = \"of ${secret.name}!\" }", "description", "\"of t!\"");
    check("secret \"t\" { description = \"${secret.label}: ${var.x}\" }", "description", "\"t: ${var.x}\"");
    check("secret \"t\" { description = secret.arn }", "description", "aws_secretsmanager_secret.t.arn");
    check("secret \"t\" { description = upper(secret.name) }", "description", "upper(\"t\")");
    check("secret \"t\" { description = upper(\"a ${secret.name} b\") }", "description", "upper(\"a t b\")");
    check(
        "secret \"t\" { description = \"${upper(secret.name)}/x\" }",
        "description",
        "\"${upper(\"t\")}/x\"",
    );
    check("secret \"t\" {\n  description = <<E\n${secret.name}\nE\n}", "description", "\"t\n\"");
    check(
        "secret \"t\" { tags = { (secret.name) = secret.label, \"k-${secret.name}\" = 1 } }",
        "tags",
        "{ t = \"t\", k-t = \"1\" }",
    );
    check(
        "group \"g\" {\n  prefix = var.p\n  secret \"t\" { description = length(secret.prefix) }\n}",
        "description",
        "length(var.p)",
    );
    check(
        "group \"g\" {\n  prefix = \"${var.p}/\"\n  secret \"t\" { description = \"${secret.group} ${secret.prefix}\" }\n}",
        "description",
        "\"g ${var.p}/\"",
    );
    check(
        "group \"g\" {\n  prefix = \"${var.p}/\"\n  secret \"t\" { description = lower(\"x ${secret.prefix} y\") }\n}",
        "description",
        "lower(\"x ${var.p}/ y\")",
    );
    check(
        "secret \"t\" { description = \"%{ if secret.name == \"t\" }yes%{ endif }\" }",
        "description",
        "\"%{ if \"t\" == \"t\" }yes%{ endif }\"",
    );
    check(
        "group \"p\" {\n  prefix = \"p/\"\n  secret \"t\" { name = \"${secret.prefix}${var.k}/${secret.label}\" }\n}",
        "name",
        "\"p/${var.k}/t\"",
    );
    check(
        "secret \"t\" { description = secret.a-b.arn }\nsecret \"a-b\" {}",
        "description",
        "aws_secretsmanager_secret.a_b.arn",
    );
    check(
        "secret \"t\" { description = \"see ${secret.g[\"1x\"].arn}\" }\ngroup \"g\" {\n  secret \"1x\" {}\n}",
        "description",
        "\"see ${aws_secretsmanager_secret.g_1x.arn}\"",
    );
}

#[test]
fn what_spans_lines_stays_an_expression() {
    let model = of("secret \"t\" {\n  description = (\n    var.a ? # one\n    secret.name : \"z\"\n  )\n}\n");
    let Datum::Symbol(symbol) = argument(&model, "description") else { panic!() };
    assert_eq!(symbol.canonical(), "var.a ? \"t\" : \"z\"");
    assert!(symbol.source().starts_with('(') && symbol.source().contains("# one\n"), "{}", symbol.source());
}

#[test]
fn a_for_that_binds_the_name_hides_the_spec() {
    check(
        "secret \"t\" { description = join(\",\", [for secret in var.all : secret.arn]) }",
        "description",
        "join(\",\", [for secret in var.all : secret.arn])",
    );
    check(
        "secret \"t\" { description = join(secret.name, [for group, secret in var.all : \"${group}${secret.x}\" if secret.y]) }",
        "description",
        "join(\"t\", [for group, secret in var.all : \"${group}${secret.x}\" if secret.y])",
    );
    check(
        "secret \"t\" { description = \"%{ for secret in var.all }${secret.z}%{ endfor }${secret.name}\" }",
        "description",
        "\"%{ for secret in var.all }${secret.z}%{ endfor }t\"",
    );
    // The collection is outside of what it binds.
    let (lowered, _, shown) = run(&format!(
        "{DIRECTORY}secret \"t\" {{ description = join(\",\", [for secret in secret.all : secret.x]) }}"
    ));
    assert!(lowered.is_none() && shown.contains("not `all`"), "{shown}");
}

#[test]
fn objects_add_null_takes_away_and_all_else_replaces() {
    const DEFAULTS: &str = "defaults { tags = { Name = secret.name, ManagedBy = \"terraform\" } }\n";
    let tags = |group: &str, secret: &str, expected: &str| {
        let text = format!("{DEFAULTS}group \"g\" {{\n  {group}\n  secret \"s\" {{\n{secret}\n}}\n}}");
        check(&text, "tags", expected);
    };
    tags("", "", "{ Name = \"g/s\", ManagedBy = \"terraform\" }");
    tags("", "tags = { Owner = \"a\" }", "{ Name = \"g/s\", ManagedBy = \"terraform\", Owner = \"a\" }");
    tags(
        "tags = { Owner = \"g\" }",
        "tags = { Name = \"n\", Owner = \"s\" }",
        "{ Name = \"n\", ManagedBy = \"terraform\", Owner = \"s\" }",
    );
    tags("", "tags = { ManagedBy = null }", "{ Name = \"g/s\" }");
    tags("", "tags = null", "null");
    tags("tags = null", "tags = { a = 1 }", "{ a = \"1\" }");
    tags("tags = local.tags", "", "local.tags");
    tags("tags = local.tags", "tags = { a = true }", "merge(local.tags, { a = \"true\" })");
    tags(
        "tags = merge(local.a, local.b, { x = secret.label })",
        "tags = { x = \"y\" }",
        "merge(local.a, local.b, { x = \"y\" })",
    );
    tags("tags = { a = 1 }", "tags = local.tags", "local.tags");
    tags("tags = { a = 1 }", "tags = merge({ b = 1 }, local.tags)", "merge({ b = 1 }, local.tags)");

    let text = "defaults {\n  kms_key_id              = \"alias/a\"\n  recovery_window_in_days = \"7\"\n  file                    = \"a.tf\"\n}\n";
    let model = of(&format!(
        "{text}secret \"a\" {{}}\nsecret \"b\" {{\n  kms_key_id = null\n  file = null\n  recovery_window_in_days = 0\n}}"
    ));
    assert_eq!(
        show(&model.secrets()[0].record()),
        "kms_key_id = \"alias/a\"; name = \"a\"; recovery_window_in_days = 7"
    );
    assert_eq!(show(&model.secrets()[1].record()), "name = \"b\"; recovery_window_in_days = 0");
    assert_eq!(model.secrets()[0].file().map(|file| file.as_str()), Some("a.tf"));
    assert_eq!(model.secrets()[1].file(), None);
}

#[test]
fn what_is_read_is_granted_in_order_and_by_the_nearest_scope() {
    let model = of(r#"
group "a" {
  region = "eu-west-1"
  secret "x" {}
  secret "y" {}
}
group "out" {
  external   = true
  account_id = "123456789012"
}
secret "token" {}
reader "r" {
  reads = [group.a, secret.a[*], secret.token, secret.out.z, group["out"]]
  policy_document "doc" {
    sid = "Read"
    resources = concat(["arn:aws:secretsmanager:*:*:secret:b/*"], local.more)
    statement {
      actions = ["kms:Decrypt"]
      resources = [aws_kms_key.k.arn]
    }
    statement "Deny" {
      effect  = "Deny"
      actions = ["secretsmanager:PutSecretValue"]
      reads   = [secret.a.x]
    }
  }
  statement "Other" {
    document   = "other"
    by         = "reference"
    suffix     = "-*"
    region     = "us-*"
    account_id = "*"
    partition  = "aws-cn"
    actions    = ["secretsmanager:DescribeSecret"]
  }
}
"#);
    let grants: Vec<_> = model.grants().collect();
    let here = "${var.aws_region}";
    let account = "${var.aws_account_id}";
    assert_eq!(
        show(&grants[0].resolved.document().unwrap().record()),
        format!(
            "statement {{ actions = [\"secretsmanager:GetSecretValue\"]; resources = concat([\"arn:aws:secretsmanager:eu-west-1:{account}:secret:a/*\", \"arn:aws:secretsmanager:eu-west-1:{account}:secret:a/x-??????\", \"arn:aws:secretsmanager:eu-west-1:{account}:secret:a/y-??????\", \"arn:aws:secretsmanager:{here}:{account}:secret:token-??????\", \"arn:aws:secretsmanager:{here}:123456789012:secret:out/z-??????\", \"arn:aws:secretsmanager:{here}:123456789012:secret:out/*\", \"arn:aws:secretsmanager:*:*:secret:b/*\"], local.more); sid = \"Read\" }}; statement {{ actions = [\"kms:Decrypt\"]; resources = [aws_kms_key.k.arn] }}; statement {{ actions = [\"secretsmanager:PutSecretValue\"]; effect = \"Deny\"; resources = [\"arn:aws:secretsmanager:eu-west-1:{account}:secret:a/x-??????\"]; sid = \"Deny\" }}"
        )
    );
    assert_eq!(
        show(&grants[1].resolved.statement().record()),
        "actions = [\"secretsmanager:DescribeSecret\"]; resources = [\"arn:aws-cn:secretsmanager:us-*:*:secret:a/*\", aws_secretsmanager_secret.a_x.arn, aws_secretsmanager_secret.a_y.arn, aws_secretsmanager_secret.token.arn, \"arn:aws-cn:secretsmanager:us-*:*:secret:out/z-*\", \"arn:aws-cn:secretsmanager:us-*:*:secret:out/*\"]; sid = \"Other\""
    );
}

#[test]
fn ignore_rules_and_defaults_are_carried() {
    let (lowered, _, shown) = run(&format!(
        "{DIRECTORY}{}",
        r#"
required_version = ">= 0.1"
edition          = 1
defaults { ignore = [description, tags["Name"], tags.Owner] }
secret "a" { label = "Alpha" }
secret "b" {
  ignore = all
  lifecycle { prevent_destroy = true }
}
rule "unmanaged" {
  severity = "note"
  at       = [aws_secretsmanager_secret.legacy, "module.x", aws_secretsmanager_secret.z["k"]]
  reason   = "they go in March"
}
rule "SF304" { severity = "error" }
"#
    ));
    assert_eq!(shown, "");
    let lowered = lowered.unwrap();
    let secrets = lowered.model.secrets();
    assert!(secrets[0].ignore().covers("description") && secrets[0].ignore().covers_key("tags", "Owner"));
    assert!(!secrets[0].ignore().covers("tags"));
    assert!(secrets[1].ignore().covers("kms_key_id"));
    assert_eq!(secrets[0].address().to_string(), "aws_secretsmanager_secret.Alpha");
    assert_eq!(secrets[1].prevent_destroy(), Some(true));
    let at: Vec<_> = lowered.rules[0].at.iter().map(|(address, _)| address.as_str()).collect();
    assert_eq!(at, ["aws_secretsmanager_secret.legacy", "module.x", "aws_secretsmanager_secret.z[\"k\"]"]);
    assert_eq!(lowered.rules[1].severity, Some(crate::diagnostic::Severity::Error));
}

#[test]
fn bytes_may_begin_with_a_mark_and_lines_end_as_on_windows() {
    let text = format!("\u{feff}{DIRECTORY}secret \"t\" {{\r\n  description = \"x\"\r\n}}\r\n");
    assert_eq!(argument(&model(&text), "description").to_string(), "\"x\"");
}
