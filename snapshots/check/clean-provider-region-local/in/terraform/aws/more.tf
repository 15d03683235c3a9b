locals {
  region = var.aws_region
}
