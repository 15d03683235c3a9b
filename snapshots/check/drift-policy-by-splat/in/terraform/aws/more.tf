resource "aws_secretsmanager_secret_policy" "open" {
  secret_arn = one(aws_secretsmanager_secret.airbyte_api_credentials[*].arn)
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*", Principal = "*" }]
  })
}
