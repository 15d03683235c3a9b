data "aws_iam_policy_document" "wider" {
  statement {
    sid       = "SecretsManagerAccess"
    actions   = ["secretsmanager:*"]
    resources = ["*"]
  }
}
