import {
  for_each = toset(["a"])
  to       = aws_secretsmanager_secret.airbyte_api_credentials
  id       = "payments/live"
}
