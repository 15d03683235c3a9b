terraform {
  directory  = "terraform"
  region     = secret.name
  account_id = "123456789012"
}
