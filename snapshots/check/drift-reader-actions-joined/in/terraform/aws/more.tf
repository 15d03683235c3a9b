data "aws_iam_policy_document" "reporting" {
  statement {
    sid       = "Reporting"
    actions   = concat(["s3:GetObject"], var.more_actions)
    resources = ["arn:aws:secretsmanager:*:*:secret:airbyte/*"]
  }
}

resource "aws_iam_policy" "reporting" {
  name   = "reporting"
  policy = data.aws_iam_policy_document.reporting.json
}
