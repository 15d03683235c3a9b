preset "databricks" {
  about = "Databricks: OAuth secret of a service principal"
}

group "databricks" {
  title = "Databricks"
  url   = "https://accounts.cloud.databricks.com"

  secret "service-principal" {
    description = "Databricks service principal, for OAuth between machines"
    guide       = "On the service principal's page, Secrets > Generate secret. Client ID and secret are shown together, the secret once; it lives at most two years."

    field "host" {
      description = "the workspace's URL"
      format      = "url"
      example     = "https://dbc-a1b2345c-d6e7.cloud.databricks.com"
    }
    field "client_id" {
      description = "Client ID: the service principal's application ID"
      format      = "uuid"
    }
    field "client_secret" {
      description = "Secrets > Generate secret; shown once"
      sensitive   = true
    }
  }
}
