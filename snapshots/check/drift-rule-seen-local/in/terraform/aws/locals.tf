locals {
  readable = ["*"]
}
