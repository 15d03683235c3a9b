# A role for the jobs of one GitHub repository, and what it may read.
terraform {
  directory  = "terraform/aws"
  region     = var.aws_region
  account_id = var.aws_account_id
}

group "airbyte" { external = true }

oidc "deploy" {
  name        = "acme-deploy"
  description = "Assumed by GitHub Actions of acme/platform"
  tags        = { ManagedBy = "terraform" }

  trust {
    statement {
      actions = ["sts:AssumeRoleWithWebIdentity"]
      principals {
        type        = "Federated"
        identifiers = [aws_iam_openid_connect_provider.github.arn]
      }
    }
  }
  statement "WhoAmI" {
    actions   = ["sts:GetCallerIdentity"]
    resources = ["*"]
  }
}

reader "ci" {
  reads = [group.airbyte]
  statement "SecretsManagerAccess" { document = "deploy" }
}
