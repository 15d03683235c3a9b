data "aws_iam_policy_document" "github_actions" {
  statement {
    sid     = "SecretsManagerAccess"
    actions = ["secretsmanager:GetSecretValue"]
    resources = [
      "arn:aws:secretsmanager:${var.aws_region}:${var.aws_account_id}:secret:terraform/*",
      "arn:aws:secretsmanager:${var.aws_region}:${var.aws_account_id}:secret:prefect/*",
      "arn:aws:secretsmanager:${var.aws_region}:${var.aws_account_id}:secret:airbyte/*"
    ]
  }
}

resource "aws_iam_role_policy" "read" {
  role   = aws_iam_role.github_actions.name
  policy = data.aws_iam_policy_document.github_actions.json
}
