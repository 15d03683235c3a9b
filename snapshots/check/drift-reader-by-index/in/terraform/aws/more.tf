data "aws_iam_policy_document" "reporting" {
  statement {
    sid       = "Reporting"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.airbyte_api_credentials["arn"]]
  }
}

resource "aws_iam_policy" "reporting" {
  name   = "reporting"
  policy = data.aws_iam_policy_document.reporting.json
}
