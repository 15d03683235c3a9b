provider "aws" {
  alias  = "other"
  region = "us-east-1"
}

provider "aws" {
  region              = local.region
  allowed_account_ids = ["123456789012"]
}

locals {
  region = "eu-west-2"
}
