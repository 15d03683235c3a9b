resource "aws_iam_role_policy" "reporting" {
  role = "reporting"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = []
    statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*" }]
  })
}
