ephemeral "aws_secretsmanager_secret_version" "x" {
  secret_id = aws_secretsmanager_secret.payments_webhook_token.id
}
