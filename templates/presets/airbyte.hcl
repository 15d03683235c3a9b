preset "airbyte" {
  about = "Airbyte Cloud: its API, and the Snowflake user that it loads with"
}

group "airbyte" {
  title = "Airbyte Credentials"

  secret "api-credentials" {
    description = "Airbyte Cloud API credentials for Prefect integration"

    field "api_key" {
      description = "Settings > API Keys; shown once"
      sensitive   = true
    }
    field "workspace_id" {
      format = "uuid"
    }
    field "api_url" {
      format  = "url"
      default = "https://api.airbyte.com/v1"
    }
  }

  secret "snowflake-credentials" {
    description = "Snowflake SVC_AIRBYTE credentials for Airbyte connector"
  }
}
