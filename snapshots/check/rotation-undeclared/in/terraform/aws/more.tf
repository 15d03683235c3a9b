resource "aws_secretsmanager_secret_rotation" "other" {
  secret_id           = aws_secretsmanager_secret.payments_webhook_token.id
  rotation_lambda_arn = var.rotation_lambda_arn

  rotation_rules {
    automatically_after_days = 1
  }
}
