data "aws_iam_policy_document" "github_actions" {
  statement {
    actions   = ["sts:GetCallerIdentity"]
    resources = ["*"]
  }
}
