# -----------------------------------------------------------------------------
# GitHub Actions: OIDC provider, role, and what the role may do
# -----------------------------------------------------------------------------
resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]

  tags = {
    Name      = "github-actions"
    ManagedBy = "terraform"
  }
}

# Only the platform repository's main branch and its production environment.
data "aws_iam_policy_document" "github_actions_trust" {
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
      values = [
        "repo:acme@10364/data-platform@814502:ref:refs/heads/main",
        "repo:acme@10364/data-platform@814502:environment:production",
      ]
    }
  }
}

resource "aws_iam_role" "github_actions" {
  name                 = "github-actions"
  description          = "Assumed by GitHub Actions of acme/data-platform"
  assume_role_policy   = data.aws_iam_policy_document.github_actions_trust.json
  max_session_duration = 3600

  tags = {
    Name      = "github-actions"
    ManagedBy = "terraform"
  }
}

data "aws_iam_policy_document" "github_actions" {
  # Terraform's own state
  statement {
    sid     = "TerraformState"
    actions = ["s3:GetObject", "s3:PutObject", "s3:ListBucket"]
    resources = [
      "arn:aws:s3:::acme-data-platform-state",
      "arn:aws:s3:::acme-data-platform-state/*",
    ]
  }

  statement {
    sid     = "SecretsManagerAccess"
    actions = ["secretsmanager:GetSecretValue"]
    resources = [
      "arn:aws:secretsmanager:${var.aws_region}:${var.aws_account_id}:secret:terraform/*",
      "arn:aws:secretsmanager:${var.aws_region}:${var.aws_account_id}:secret:prefect/*"
    ]
  }

  # Images of the flows
  statement {
    sid       = "RegistryLogin"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid = "RegistryPush"
    actions = [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:CompleteLayerUpload",
      "ecr:InitiateLayerUpload",
      "ecr:PutImage",
      "ecr:UploadLayerPart",
    ]
    resources = ["arn:aws:ecr:${var.aws_region}:${var.aws_account_id}:repository/flows/*"]
  }
}

resource "aws_iam_policy" "github_actions" {
  name        = "github-actions"
  description = "What GitHub Actions may do in this account"
  policy      = data.aws_iam_policy_document.github_actions.json
}

resource "aws_iam_role_policy_attachment" "github_actions" {
  role       = aws_iam_role.github_actions.name
  policy_arn = aws_iam_policy.github_actions.arn
}
