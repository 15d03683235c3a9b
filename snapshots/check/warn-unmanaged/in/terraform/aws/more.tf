resource "aws_secretsmanager_secret" "payments" {
  name = "payments/live"
}
