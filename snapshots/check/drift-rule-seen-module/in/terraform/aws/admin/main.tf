resource "aws_iam_role_policy" "admin" {
  role   = "admin"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}
