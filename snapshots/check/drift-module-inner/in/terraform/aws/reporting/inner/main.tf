resource "aws_iam_role_policy" "reporting" {
  role   = "reporting"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "secretsmanager:*", Resource = "*" }] })
}
