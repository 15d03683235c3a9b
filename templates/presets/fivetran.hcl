preset "fivetran" {
  about = "Fivetran: key and secret of its REST API"
}

group "fivetran" {
  title = "Fivetran"
  url   = "https://fivetran.com/dashboard"

  secret "api-credentials" {
    description = "Fivetran REST API key and secret"
    guide       = <<-EOT
      A system key belongs to the account: Account Settings > General > System Keys, with the permissions that
      its job needs. A scoped key belongs to a user: click the user's name > API Key > Generate API key, which
      replaces the one that the user has. Key and secret are shown once.
    EOT

    field "api_key" {
      description = "the key, shown with its secret"
    }
    field "api_secret" {
      description = "the secret; shown once"
      sensitive   = true
    }
  }
}
