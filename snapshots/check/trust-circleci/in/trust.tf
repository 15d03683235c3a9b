resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://oidc.circleci.com/org/11111111-1111-1111-1111-111111111111"
  client_id_list = ["11111111-1111-1111-1111-111111111111"]
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "oidc.circleci.com/org/11111111-1111-1111-1111-111111111111:aud"
      values   = ["11111111-1111-1111-1111-111111111111"]
    }
  }
}

resource "aws_iam_role" "deploy" {
  name               = "deploy"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
