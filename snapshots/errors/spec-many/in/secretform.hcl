terraform {
  directory  = "terraform"
  region     = "eu-west-1"
  account_id = "123456789012"
}

gruop "a" {}

secret "x" {
  descripton              = "x"
  recovery_window_in_days = 3
}

reader "ci" {
  reads = [group.nope]

  policy_document "ci" {}
}
