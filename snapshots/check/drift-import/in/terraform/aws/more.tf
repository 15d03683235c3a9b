import {
  to = aws_secretsmanager_secret.airbyte_api_credentials
  id = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:payments/live-AbCdEf"
}
