terraform { directory = "terraform/aws" }

oidc "deploy" {
  github {
    owner         = "acme:*"
    owner_id      = "acme"
    repository    = "*"
    repository_id = "987654321"
  }
  claims = { sub = ["x"], event_name = ["push"] }
}

oidc "other" {
  github {
    owner      = "acme"
    repository = "platform"
    branches   = ["main"]
  }
  gitlab {
    project  = "acme/*"
    branches = ["main"]
  }
}
