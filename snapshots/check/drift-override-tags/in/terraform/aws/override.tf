resource "aws_secretsmanager_secret" "airbyte_api_credentials" {
  tags = { Name = "airbyte/api-credentials" }
}
