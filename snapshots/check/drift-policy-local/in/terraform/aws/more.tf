resource "aws_iam_role_policy" "intern" {
  role   = aws_iam_role.github_actions.name
  policy = jsonencode(local.policy)
}

locals {
  policy = { Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "secretsmanager:*", Resource = "*" }] }
}
