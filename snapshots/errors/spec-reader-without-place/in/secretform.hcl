terraform {
  directory  = "terraform"
  region     = "eu-west-1"
  account_id = "123456789012"
}

group "airbyte" {
  secret "api" {}
}

reader "ci" {
  reads = [group.airbyte]
}
