resource "aws_secretsmanager_secret_policy" "open" {
  secret_arn = data.aws_secretsmanager_secret.target.arn
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*", Principal = "*" }]
  })
}

data "aws_secretsmanager_secret" "target" {
  name = "airbyte/api-credentials"
}
