locals {
  account = { id = "*", name = "platform" }
}
