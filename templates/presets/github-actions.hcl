preset "github-actions" {
  about = "GitHub Actions: a GitHub App for what the workflow's own token can't reach"
}

# To reach AWS a workflow needs no secret, only a role that trusts GitHub's OIDC provider.
group "github-actions" {
  title = "GitHub Actions"
  url   = "https://github.com/settings/apps"

  secret "app-credentials" {
    description = "GitHub App credentials of the workflows"
    guide       = <<-EOT
      1. Settings > Developer settings > GitHub Apps (of the organization, if it should outlive its author):
         create an app with the repository permissions that the workflows need and no more.
      2. Install it on the repositories that they reach.
      3. On the app's page, Private keys > Generate a private key: a PEM file is downloaded. GitHub keeps only
         the public part; delete the file when the value is set.
    EOT

    field "app_id" {
      description = "App ID, on the app's page"
      format      = "integer"
    }
    field "installation_id" {
      description = "the number at the end of the installation's URL"
      format      = "integer"
    }
    field "private_key" {
      description = "the PEM file of Generate a private key"
      format      = "pem"
      sensitive   = true
    }
  }
}
