locals {
  made = "canary"
}
