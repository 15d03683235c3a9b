//! What `generate` writes where nothing stands is what the model alone renders to.

use super::{GenerateOptions, Inputs, generate};
use crate::render::{FilePlace, Renderer};
use crate::source::{MemoryDirectory, RepoPath, Source, SourceMap};

/// Texts by name, sorted.
type Files = Vec<(String, String)>;

/// What `generate` writes from nothing, and what the model alone renders to.
fn both(spec: &str) -> (Files, Files) {
    let path = RepoPath::new("secretform.hcl").unwrap();
    let mut directory = MemoryDirectory::new();
    directory.insert(path.clone(), spec.as_bytes());
    let inputs = Inputs { directory: &directory, spec: path, templates: None };
    let outcome = generate(&inputs, &GenerateOptions::default());
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let mut written: Vec<_> =
        outcome.files.iter().map(|file| (file.path.to_string(), text(file.after()))).collect();
    let source = SourceMap::new().add(Source::new("secretform.hcl", spec.as_bytes()));
    let (lowered, diagnostics) = crate::spec::read(source, spec.as_bytes());
    let model = lowered.unwrap_or_else(|| panic!("{diagnostics:?}")).model;
    let name = |place: FilePlace| match place {
        FilePlace::Terraform(name) => name,
        FilePlace::Policy(path) => path,
    };
    let mut rendered: Vec<_> =
        Renderer::new().files(&model).into_iter().map(|file| (name(file.place), file.text)).collect();
    written.sort();
    rendered.sort();
    (written, rendered)
}

#[test]
fn a_model_renders_to_what_generate_writes_from_nothing() {
    let spec = r#"
terraform {
  region     = var.region
  account_id = "111122223333"
}
group "airbyte" {
  title = "Airbyte Credentials"
  secret "api" {
    description = "a ${var.b} \"quoted\""
    tags        = merge(local.tags, { Name = secret.name })
    policy {
      statement "A" {
        actions = ["secretsmanager:GetSecretValue"]
        principals {
          type        = "AWS"
          identifiers = ["111122223333"]
        }
      }
    }
  }
  secret "other" { file = "other.tf" }
}
secret "token" {}
reader "ci" {
  reads = [group.airbyte, secret.token]
  statement "Reads" { document = "ci" }
  statement "Again" {
    document = "ci"
    by       = "reference"
  }
  policy_document "worker" { file = "worker.tf" }
  policy_file "iam/worker.json" { region = "eu-west-2" }
  statement "Joins" { document = "deploy" }
}
oidc "deploy" {
  github {
    owner        = "acme"
    repository   = "platform"
    subject      = "name"
    environments = ["prod"]
  }
  statement "WhoAmI" {
    actions   = ["sts:GetCallerIdentity"]
    resources = ["*"]
  }
}
oidc "plan" {
  file     = "plan.tf"
  audience = "plan"
  github {
    owner        = "acme"
    repository   = "platform"
    subject      = "name"
    pull_request = true
  }
}
"#;
    let (written, rendered) = both(spec);
    assert_eq!(written.len(), 7);
    assert_eq!(written, rendered);
}

#[test]
fn the_example_renders_to_its_files() {
    let read = |path: &str| {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/airbyte/");
        std::fs::read_to_string(format!("{root}{path}")).unwrap()
    };
    let (_, rendered) = both(&read("secretform.hcl"));
    let file = |name: &str| rendered.iter().find(|(other, _)| other == name).unwrap().1.clone();
    assert_eq!(file("secrets.tf"), read("terraform/aws/secrets.tf"));
    assert_eq!(file("iam/prefect-worker.json"), read("iam/prefect-worker.json"));
}

#[test]
fn a_role_is_what_the_language_page_shows() {
    let (_, rendered) = both(
        r#"
terraform {
  directory  = "terraform/aws"
  region     = var.aws_region
  account_id = var.aws_account_id
}
oidc "deploy" {
  provider = aws_iam_openid_connect_provider.github.arn
  github {
    owner         = "acme"
    owner_id      = "1234567"
    repository    = "platform"
    repository_id = "987654321"
    branches      = ["main"]
  }
  statement "WhoAmI" {
    actions   = ["sts:GetCallerIdentity"]
    resources = ["*"]
  }
}
"#,
    );
    let expected = r#"data "aws_iam_policy_document" "deploy_trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:acme@1234567/platform@987654321:ref:refs/heads/main"]
    }
  }
}

resource "aws_iam_role" "deploy" {
  name               = "deploy"
  assume_role_policy = data.aws_iam_policy_document.deploy_trust.json
}

data "aws_iam_policy_document" "deploy" {
  statement {
    sid       = "WhoAmI"
    actions   = ["sts:GetCallerIdentity"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "deploy" {
  name   = "deploy"
  policy = data.aws_iam_policy_document.deploy.json
}

resource "aws_iam_role_policy_attachment" "deploy" {
  role       = aws_iam_role.deploy.name
  policy_arn = aws_iam_policy.deploy.arn
}
"#;
    assert_eq!(rendered, [("oidc.tf".to_owned(), expected.to_owned())]);
}
