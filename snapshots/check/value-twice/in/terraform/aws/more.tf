ephemeral "aws_secretsmanager_random_password" "payments_webhook_token" {
  password_length = 4
}
