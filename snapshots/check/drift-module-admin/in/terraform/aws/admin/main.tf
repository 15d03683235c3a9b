resource "aws_iam_role_policy" "all" {
  role   = "github-actions"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}
