provider "aws" {
  alias  = "north"
  region = "eu-north-1"
}

data "aws_secretsmanager_secret" "api" {
  provider = aws.north
  name     = "airbyte/api-credentials"
}
