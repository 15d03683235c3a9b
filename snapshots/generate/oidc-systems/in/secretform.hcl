terraform {
  directory  = "terraform/aws"
  region     = var.aws_region
  account_id = var.aws_account_id
}

oidc "gitlab" {
  gitlab {
    project  = "acme/data/platform"
    branches = ["main", "release/*"]
    tags     = ["v*"]
  }
}

oidc "bitbucket" {
  bitbucket {
    workspace      = "acme"
    workspace_id   = "0a1b2c3d-0000-4000-8000-00000000000f"
    repository_id  = "{0a1b2c3d-0000-4000-8000-00000000000f}"
    environment_id = "0a1b2c3d-0000-4000-8000-00000000000f"
  }
}

oidc "circleci" {
  circleci {
    organization_id = "0a1b2c3d-0000-4000-8000-00000000000f"
    project_ids     = ["0a1b2c3d-0000-4000-8000-00000000000f"]
  }
}

oidc "buildkite" {
  buildkite {
    organization = "acme"
    pipelines    = ["deploy", "nightly"]
    branches     = ["main"]
  }
  claims = { organization_id = ["0a1b2c3d-0000-4000-8000-00000000000f"] }
}

oidc "hcp_terraform" {
  path                 = "/ci/"
  max_session_duration = 7200
  hcp_terraform {
    organization = "acme"
    project      = "data"
    workspaces   = ["production"]
    run_phases   = ["apply"]
  }
}

oidc "own" {
  labels = { provider = "id_acme" }
  issuer {
    url      = "https://id.acme.example/ci"
    audience = "aws"
    subjects = ["job:deploy"]
  }
}

oidc "github" {
  github {
    owner            = "acme"
    owner_id         = "1234567"
    repository       = "platform"
    repository_id    = "987654321"
    subject          = "both"
    branches         = ["main"]
    tags             = ["v*"]
    environments     = ["prod:eu"]
    job_workflow_ref = ["acme/ci/.github/workflows/deploy.yml@refs/heads/main"]
  }
  claims = { actor_id = ["7", "8"] }
}

oidc "github_plan" {
  github {
    owner         = "acme"
    owner_id      = "1234567"
    repository    = "platform"
    repository_id = "987654321"
    branches      = var.branches
    pull_request  = true
  }
}

oidc "github_enterprise" {
  labels = { provider = "github_enterprise" }
  github {
    host         = "github.acme.example"
    owner        = "acme"
    repository   = "platform"
    environments = ["production"]
  }
}

oidc "break_glass" {
  force_detach_policies = true
  labels                = { trust = "who_may", document = "what", policy = "may" }
  trust {
    statement "Admins" {
      actions = ["sts:AssumeRole"]
      principals {
        type        = "AWS"
        identifiers = ["arn:aws:iam::${var.aws_account_id}:root"]
      }
      condition {
        test     = "Bool"
        variable = "aws:MultiFactorAuthPresent"
        values   = ["true"]
      }
    }
  }
  statement {
    effect    = "Deny"
    actions   = ["s3:DeleteBucket"]
    resources = ["*"]
  }
}
