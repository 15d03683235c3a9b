resource "aws_secretsmanager_secret_policy" "api" {
  secret_arn = aws_secretsmanager_secret.airbyte_api_credentials.arn
  policy     = "{}"
}
