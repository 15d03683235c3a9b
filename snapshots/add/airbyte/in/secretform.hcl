# Who may read which secret. Written by hand, and kept.

terraform {
  directory  = "terraform/aws"
  region     = var.aws_region
  account_id = var.aws_account_id
  profile    = "infrastructure-admin" # for the runbook's commands
}

defaults {
  tags = { Name = secret.name, ManagedBy = "terraform" }
}

group "prefect" {
  secret "api-key" {
    description = "Prefect Cloud API key"

    field "api_key" {
      sensitive = true
    }
  }
}

group "terraform" { external = true } # containers declared elsewhere
group "dlt" { external = true }

reader "ci" {
  reads   = [group.terraform, group.prefect]
  actions = ["secretsmanager:GetSecretValue"]

  statement "SecretsManagerAccess" {
    file     = "oidc.tf"
    document = "github_actions"
  }
}

reader "prefect-worker" {
  reads   = [group.dlt]
  actions = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]

  policy_file "iam/prefect-worker.json" {
    region     = "eu-west-2"
    account_id = "*"
  }
}
