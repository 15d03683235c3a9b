data "aws_iam_policy_document" "intern" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["arn:aws:secretsmanager:${var.aws_region}:${var.aws_account_id}:secret:airbyte/*"]
  }
}

resource "aws_iam_policy" "intern" {
  name   = "intern"
  policy = data.aws_iam_policy_document.intern.json
}
