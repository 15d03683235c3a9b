resource "aws_iam_role_policy" "intern" {
  role   = aws_iam_role.github_actions.name
  policy = var.policy
}

variable "policy" {
  type = string
}
