data "aws_region" "here" {}

data "aws_caller_identity" "me" {}

provider "aws" {
  region = lookup(var.regions, "x")
}
