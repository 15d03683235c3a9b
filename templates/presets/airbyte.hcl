preset "airbyte" {
  about = "Airbyte Cloud: its API, and the Snowflake user that it loads with"
}

group "airbyte" {
  title = "Airbyte Credentials"
  url   = "https://cloud.airbyte.com"
  guide = <<-EOT
    1. Create the account, and one workspace per environment: `production`, `staging`.
    2. Choose each workspace's region near the warehouse: US (us-east-1) or EU (eu-west-1).
    3. Set billing up before production.
    4. Deploy through CI/CD, then set the values.
  EOT

  secret "api-credentials" {
    description = "Airbyte Cloud API credentials for Prefect integration"
    guide       = "In the workspace, Settings > API Keys: create a key named `prefect-integration`. It is shown once, to be copied."

    field "api_key" {
      description = "Settings > API Keys; shown once"
      sensitive   = true
    }
    field "workspace_id" {
      description = "the UUID in the workspace's URL"
      format      = "uuid"
    }
    field "api_url" {
      format  = "url"
      default = "https://api.airbyte.com/v1"
    }

    probe {
      request = "GET {api_url}/workspaces"
      headers = { Authorization = "Bearer {api_key}" }
      expect  = "production"
    }
  }

  secret "snowflake-credentials" {
    description = "Snowflake SVC_AIRBYTE credentials for Airbyte connector"
  }
}
