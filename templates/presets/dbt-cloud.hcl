preset "dbt-cloud" {
  about = "dbt Cloud: a service token for its API"
}

group "dbt-cloud" {
  title = "dbt Cloud"
  url   = "https://cloud.getdbt.com"

  secret "api-credentials" {
    description = "dbt Cloud service token and account"
    guide       = <<-EOT
      Click the account's name > Account settings > Service tokens, create a token and give it the permission
      sets that its job needs and no more. It is shown once.
    EOT

    field "token" {
      description = "Account settings > Service tokens; shown once"
      sensitive   = true
    }
    field "account_id" {
      description = "the number of the account, in the URL of its settings"
      format      = "integer"
    }
    field "access_url" {
      description = "the account's access URL, in Account settings"
      format      = "url"
      default     = "https://cloud.getdbt.com"
    }

    probe {
      request = "GET {access_url}/api/v2/accounts/{account_id}/projects/"
      headers = { Authorization = "Bearer {token}" }
      expect  = "\"data\""
    }
  }
}
