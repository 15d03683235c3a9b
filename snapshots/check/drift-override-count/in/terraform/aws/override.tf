resource "aws_secretsmanager_secret" "airbyte_api_credentials" {
  count = 0
}
