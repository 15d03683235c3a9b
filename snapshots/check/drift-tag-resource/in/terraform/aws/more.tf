resource "aws_secretsmanager_tag" "x" {
  secret_id = aws_secretsmanager_secret.airbyte_api_credentials.id
  key       = "Team"
  value     = "other"
}
