terraform {
  directory  = var.dir
  region     = "eu-west-1"
  account_id = "123456789012"
}
