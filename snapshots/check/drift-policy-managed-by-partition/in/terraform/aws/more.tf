data "aws_partition" "current" {}

resource "aws_iam_role" "reporting" {
  assume_role_policy  = data.aws_iam_policy_document.github_actions_trust.json
  managed_policy_arns = ["arn:${data.aws_partition.current.partition}:iam::aws:policy/AdministratorAccess"]
}
