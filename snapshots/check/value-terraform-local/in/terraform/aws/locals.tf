locals {
  x = "${local.y}!"
  y = trimspace("canary")
}
