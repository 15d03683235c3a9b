provider "aws" {
  region = "eu\n} trap {"
}

resource "aws_secretsmanager_secret" "a\nb" {
  name = "x\n}\ngroup \"trap\" {}/y"
}

resource "aws_secretsmanager_secret" "c" {
  name = "a/b\u202ec"
}
