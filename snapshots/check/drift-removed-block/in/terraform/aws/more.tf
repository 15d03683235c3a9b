removed {
  from = aws_secretsmanager_secret.airbyte_api_credentials

  lifecycle {
    destroy = false
  }
}
