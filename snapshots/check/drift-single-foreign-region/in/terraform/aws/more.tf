provider "aws" {
  alias  = "north"
  region = "eu-north-1"
}

resource "aws_secretsmanager_secret" "token" {
  provider = aws.north
  name     = "prefect/token"
}
