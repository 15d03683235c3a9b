data "aws_iam_policy_document" "reporting" {
  statement {
    sid       = "Reporting"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_iam_role.github_actions.arn == "" ? "x" : "*"]
  }
}

resource "aws_iam_policy" "reporting" {
  name   = "reporting"
  policy = data.aws_iam_policy_document.reporting.json
}
