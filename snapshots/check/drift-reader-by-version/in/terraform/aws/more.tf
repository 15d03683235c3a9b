data "aws_iam_policy_document" "reporting" {
  statement {
    sid       = "Reporting"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret_version.seed.arn]
  }
}

resource "aws_iam_policy" "reporting" {
  name   = "reporting"
  policy = data.aws_iam_policy_document.reporting.json
}
