resource "aws_iam_role_policy_attachments_exclusive" "all" {
  role_name   = aws_iam_role.github_actions.name
  policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
}
