resource "aws_secretsmanager_secret_version" "other" {
  secret_id                = aws_secretsmanager_secret.payments_webhook_token.arn
  secret_string_wo         = var.partner_key
  secret_string_wo_version = 7
}
