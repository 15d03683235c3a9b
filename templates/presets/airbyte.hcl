preset "airbyte" {
  about = "Airbyte Cloud: its API, and the Snowflake user that it loads with"
}

group "airbyte" {
  title = "Airbyte Credentials"
  url   = "https://cloud.airbyte.com"
  guide = <<-EOT
    1. Create the Airbyte Cloud account, and in it one workspace per environment, called as the
       environment is: `production`, `staging`.
    2. Choose each workspace's region near the warehouse that it loads into: US (`us-east-1`) or
       EU (`eu-west-1`).
    3. Set up billing before anything runs in `production`: when the trial ends, syncs stop.
  EOT

  secret "api-credentials" {
    description = "Airbyte Cloud API credentials for Prefect integration"
    guide       = <<-EOT
      In the workspace of the environment open **Settings > API Keys** and create a key named
      `prefect-integration`. It is shown once: copy it straight into the file below.
    EOT

    field "api_key" {
      description = "Settings > API Keys; shown once"
      sensitive   = true
    }
    field "workspace_id" {
      description = "In the URL of the workspace, behind /workspaces/"
      format      = "uuid"
    }
    field "api_url" {
      description = "Where the API answers"
      format      = "url"
      default     = "https://api.airbyte.com/v1"
    }

    probe {
      request = "GET {api_url}/workspaces"
      headers = { Authorization = "Bearer {api_key}" }
      expect  = "production"
    }
  }

  secret "snowflake-credentials" {
    description = "Snowflake SVC_AIRBYTE credentials for Airbyte connector"
    guide       = "The password of the user `SVC_AIRBYTE`, which Airbyte's Snowflake destination signs in with."
  }
}
