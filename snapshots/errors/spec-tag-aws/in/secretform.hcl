terraform {
  directory  = "terraform"
  region     = "eu-west-1"
  account_id = "123456789012"
}

secret "x" {
  tags = { "aws:x" = "y" }
}
