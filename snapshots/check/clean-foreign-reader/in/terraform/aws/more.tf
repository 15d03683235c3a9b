data "aws_iam_policy_document" "payments" {
  statement {
    sid       = "SecretsManagerAccess"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["arn:aws:secretsmanager:${var.aws_region}:${var.aws_account_id}:secret:payments/*"]
  }

  statement {
    actions   = ["secretsmanager:ListSecrets", "secretsmanager:GetRandomPassword", "s3:*"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "payments" {
  name   = "payments"
  policy = data.aws_iam_policy_document.payments.json
}
