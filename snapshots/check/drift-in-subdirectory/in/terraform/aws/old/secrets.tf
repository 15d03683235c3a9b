resource "aws_secretsmanager_secret" "airbyte_api_credentials" {
  name        = "airbyte/api-credentials"
  description = "Airbyte Cloud API credentials for Prefect integration"

  tags = {
    Name      = "airbyte/api-credentials"
    ManagedBy = "terraform"
  }
}
