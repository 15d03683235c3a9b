resource "aws_secretsmanager_secret" "airbyte_api_credentials" {
  description = "by hand"
}
