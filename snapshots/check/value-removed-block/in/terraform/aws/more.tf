removed {
  from = aws_secretsmanager_secret_version.payments_webhook_token

  lifecycle {
    destroy = false
  }
}
