# Every secret of the data platform, and who may read it. `secretform generate`
# writes terraform/aws/secrets.tf, the statement in terraform/aws/oidc.tf and
# iam/prefect-worker.json from this file; `secretform check` keeps them true to it.

terraform {
  directory  = "terraform/aws"
  region     = var.aws_region
  account_id = var.aws_account_id
}

defaults {
  tags = { Name = secret.name, ManagedBy = "terraform" }
}

group "airbyte" { # the prefix airbyte/
  title = "Airbyte Credentials"

  secret "api-credentials" { # airbyte/api-credentials
    description = "Airbyte Cloud API credentials for Prefect integration"

    field "api_key" {
      description = "Settings > API Keys; shown once"
      sensitive   = true
    }
    field "workspace_id" {
      format = "uuid"
    }
    field "api_url" {
      format  = "url"
      default = "https://api.airbyte.com/v1"
    }
  }

  secret "snowflake-credentials" {
    description = "Snowflake SVC_AIRBYTE credentials for Airbyte connector"
  }
}

group "terraform" { external = true } # containers declared elsewhere
group "prefect" { external = true }
group "dlt" { external = true }

reader "ci" {
  reads   = [group.terraform, group.prefect, group.airbyte]
  actions = ["secretsmanager:GetSecretValue"]

  statement "SecretsManagerAccess" { # in data "aws_iam_policy_document" "github_actions"
    file     = "oidc.tf"
    document = "github_actions"
  }
}

reader "prefect-worker" {
  reads   = [group.dlt, group.airbyte]
  actions = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]

  policy_file "iam/prefect-worker.json" {
    region     = "eu-west-2"
    account_id = "*"
  }
}

oidc "github_actions" {
  name        = "github-actions"
  description = "Assumed by GitHub Actions of acme/data-platform"
  tags        = { Name = "github-actions", ManagedBy = "terraform" }

  github {
    owner         = "acme"
    owner_id      = "10364"
    repository    = "data-platform"
    repository_id = "814502"
    branches      = ["main"]
    environments  = ["production"]
  }
}
