provider "aws" {
  region = "eu-west-1"
}

resource "aws_secretsmanager_secret" "one" {
  name = "one"
}
