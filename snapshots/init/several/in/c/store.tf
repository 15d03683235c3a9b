resource "aws_secretsmanager_secret" "x" {
  name = "app/${var.stage}/x"
}

resource "aws_secretsmanager_secret" "app_b" {
  name = "app/b"
}

resource "aws_secretsmanager_secret" "odd" {
  name = "app/c/d"
}

resource "aws_secretsmanager_secret" "token" {
  name = "token"
}
