preset "datadog" {
  about = "Datadog: API key and application key"
}

group "datadog" {
  title = "Datadog"
  url   = "https://app.datadoghq.com/organization-settings"

  secret "api-credentials" {
    description = "Datadog API and application key"
    guide       = "Organization Settings > API Keys > New Key, and Organization Settings > Application Keys > New Key; restrict the application key to the scopes that its job needs."

    field "api_key" {
      description = "Organization Settings > API Keys: takes data in"
      sensitive   = true
    }
    field "app_key" {
      description = "Organization Settings > Application Keys: reads and configures"
      sensitive   = true
    }
    field "site" {
      description = "the site parameter of the organization, such as datadoghq.eu or us5.datadoghq.com"
      format      = "hostname"
      default     = "datadoghq.com"
    }

    probe {
      request = "GET https://api.{site}/api/v2/validate_keys"
      headers = {
        DD-API-KEY         = "{api_key}"
        DD-APPLICATION-KEY = "{app_key}"
      }
      expect = "ok"
    }
  }
}
