resource "aws_secretsmanager_secret_version" "payments_webhook_token" {
  secret_id                = aws_secretsmanager_secret.payments_webhook_token.id
  secret_string_wo         = ephemeral.aws_secretsmanager_random_password.payments_webhook_token.random_password
  secret_string_wo_version = 1
}
