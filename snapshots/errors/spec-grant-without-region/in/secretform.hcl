terraform {
  directory  = "terraform"
  account_id = "123456789012"
}

group "airbyte" {
  secret "api" {}
}

reader "ci" {
  reads = [group.airbyte]

  policy_document "ci" {}
}
