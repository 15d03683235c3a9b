resource "aws_secretsmanager_secret" "m" {
  name = "m"
}
