preset "prefect" {
  about = "Prefect Cloud: the API key of workers and deployments"
}

group "prefect" {
  title = "Prefect"
  url   = "https://app.prefect.cloud"

  secret "api-credentials" {
    description = "Prefect Cloud API credentials"
    guide       = <<-EOT
      Take the key of a service account where the plan has them, so that it outlives its author; else create
      one under the account icon at the bottom left > API Keys > `+`. It can't be shown again.
    EOT

    field "api_key" {
      description = "account icon > API Keys; shown once"
      sensitive   = true
    }
    field "api_url" {
      description = "PREFECT_API_URL: account and workspace are in the URL of the workspace's pages"
      format      = "url"
      example     = "https://api.prefect.cloud/api/accounts/ACCOUNT-ID/workspaces/WORKSPACE-ID"
    }

    probe {
      request = "GET https://api.prefect.cloud/api/me/workspaces"
      headers = { Authorization = "Bearer {api_key}" }
      expect  = "workspace_id"
    }
  }
}
