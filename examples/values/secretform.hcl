# Where values come from: Secrets Manager makes one, a rotation replaces one, Terraform sets one.
terraform {
  directory  = "terraform/aws"
  region     = var.aws_region
  account_id = var.aws_account_id
}

group "payments" {
  title = "Payments"

  # Made when Terraform runs, in no state, plan or log; a higher version makes a new one.
  secret "webhook-token" {
    description = "Signs webhooks to the shop"

    value "generated" {
      password_length     = 48
      exclude_punctuation = true
      version             = 1
    }
  }

  # People set it once, a function replaces it from then on.
  secret "database" {
    description = "Login of the payments service"

    field "username" { description = "The database's user" }
    field "password" {
      sensitive = true
      generated = true
    }

    rotation {
      rotation_lambda_arn = var.rotation_lambda_arn

      rotation_rules {
        automatically_after_days = 30
        duration                 = "3h"
      }
    }
  }

  # The version in partner.tf stays people's own.
  secret "partner-key" {
    value "terraform" {}
  }
}
