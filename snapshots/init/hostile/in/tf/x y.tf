resource "aws_secretsmanager_secret" "sp" {
  name = "sp/ace"
}
