resource "aws_secretsmanager_secret" "airbyte_api_credentials" {
  description = "Airbyte Cloud API credentials for Prefect integration"
}
