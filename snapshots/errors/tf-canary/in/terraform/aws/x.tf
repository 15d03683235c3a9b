resource "aws_secretsmanager_secret_version" "x" {
  secret_id     = "x"
  secret_string = "canary" "canary"
}
