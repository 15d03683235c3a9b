resource "aws_secretsmanager_secret" "foreign" {
  name = "payments/live"
}
