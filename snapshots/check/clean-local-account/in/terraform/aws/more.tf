locals {
  account = { id = "123456789012", origins = "*" }
}
