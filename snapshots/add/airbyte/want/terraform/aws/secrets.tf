resource "aws_secretsmanager_secret" "prefect_api_key" {
  name        = "prefect/api-key"
  description = "Prefect Cloud API key"

  tags = {
    Name      = "prefect/api-key"
    ManagedBy = "terraform"
  }
}

# -----------------------------------------------------------------------------
# Airbyte Credentials
# -----------------------------------------------------------------------------
resource "aws_secretsmanager_secret" "airbyte_api_credentials" {
  name        = "airbyte/api-credentials"
  description = "Airbyte Cloud API credentials for Prefect integration"

  tags = {
    Name      = "airbyte/api-credentials"
    ManagedBy = "terraform"
  }
}

resource "aws_secretsmanager_secret" "airbyte_snowflake_credentials" {
  name        = "airbyte/snowflake-credentials"
  description = "Snowflake SVC_AIRBYTE credentials for Airbyte connector"

  tags = {
    Name      = "airbyte/snowflake-credentials"
    ManagedBy = "terraform"
  }
}
