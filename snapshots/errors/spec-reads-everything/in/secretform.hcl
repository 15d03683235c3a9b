terraform {
  directory  = "terraform"
  region     = "eu-west-1"
  account_id = "123456789012"
}

group "legacy" {
  prefix = ""

  secret "token" {}
}

reader "ci" {
  reads = [group.legacy]

  policy_document "ci" {}
}
