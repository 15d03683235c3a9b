terraform {
  region     = "eu-west-1"
  account_id = "123456789012"
}

group "app" {
  secret "database" {}
}

rule "trust-loose" {
  severity = "off"
  at       = [aws_iam_role.deploy]
  reason   = "Replaced in OPS-812"
}
