data "aws_iam_policy_document" "reporting" {
  statement {
    actions   = ["secretsmanager:DescribeSecret"]
    resources = local.readable
  }
}

output "reporting" {
  value = data.aws_iam_policy_document.reporting.json
}
