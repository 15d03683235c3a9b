resource "aws_secretsmanager_secret_version" "x" {
  secret_id     = aws_secretsmanager_secret.airbyte_api_credentials.id
  secret_string = "canary-value"
}
