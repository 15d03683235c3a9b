moved {
  from = aws_secretsmanager_secret.other
  to   = aws_secretsmanager_secret.airbyte_api_credentials
}
