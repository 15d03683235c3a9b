terraform {
  directory  = "infra"
  region     = "eu-west-2"
  account_id = "111122223333"
}

secret "token" {
  field "key" {
    required = false
    default  = 5432
    format   = "port"
  }
}

group "empty" {}

group "billing" {
  prefix = "billing-"

  secret "ledger" {}
}

secret "alone" { name = "billing-beside" }

reader "accounting" {
  description = "The accountants"
  reads       = [group.billing]

  policy_document "accounting" {}
}

reader "outsiders" {
  reads  = [secret.token]
  effect = "Deny"

  policy_document "outsiders" {}
}
