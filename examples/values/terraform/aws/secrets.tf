# -----------------------------------------------------------------------------
# Payments
# -----------------------------------------------------------------------------
ephemeral "aws_secretsmanager_random_password" "payments_webhook_token" {
  password_length     = 48
  exclude_punctuation = true
}

resource "aws_secretsmanager_secret" "payments_webhook_token" {
  name        = "payments/webhook-token"
  description = "Signs webhooks to the shop"
}

resource "aws_secretsmanager_secret_version" "payments_webhook_token" {
  secret_id                = aws_secretsmanager_secret.payments_webhook_token.id
  secret_string_wo         = ephemeral.aws_secretsmanager_random_password.payments_webhook_token.random_password
  secret_string_wo_version = 1
}

resource "aws_secretsmanager_secret" "payments_database" {
  name        = "payments/database"
  description = "Login of the payments service"
}

resource "aws_secretsmanager_secret_rotation" "payments_database" {
  secret_id           = aws_secretsmanager_secret.payments_database.id
  rotation_lambda_arn = var.rotation_lambda_arn

  rotation_rules {
    automatically_after_days = 30
    duration                 = "3h"
  }
}

resource "aws_secretsmanager_secret" "payments_partner_key" {
  name = "payments/partner-key"
}
