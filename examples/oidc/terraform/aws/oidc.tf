resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

data "aws_iam_policy_document" "deploy_trust" {
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
        "repo:acme@1234567/platform@987654321:ref:refs/heads/main",
        "repo:acme@1234567/platform@987654321:environment:production"
      ]
    }
  }
}

resource "aws_iam_role" "deploy" {
  name               = "acme-deploy"
  description        = "Assumed by GitHub Actions of acme/platform"
  assume_role_policy = data.aws_iam_policy_document.deploy_trust.json

  tags = {
    ManagedBy = "terraform"
  }
}

data "aws_iam_policy_document" "deploy" {
  statement {
    sid       = "WhoAmI"
    actions   = ["sts:GetCallerIdentity"]
    resources = ["*"]
  }

  statement {
    sid     = "SecretsManagerAccess"
    actions = ["secretsmanager:GetSecretValue"]
    resources = [
      "arn:aws:secretsmanager:${var.aws_region}:${var.aws_account_id}:secret:airbyte/*"
    ]
  }
}

resource "aws_iam_policy" "deploy" {
  name   = "acme-deploy"
  policy = data.aws_iam_policy_document.deploy.json
}

resource "aws_iam_role_policy_attachment" "deploy" {
  role       = aws_iam_role.deploy.name
  policy_arn = aws_iam_policy.deploy.arn
}
