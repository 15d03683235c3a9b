locals {
  token = aws_secretsmanager_secret.payments_webhook_token.id
}

resource "aws_secretsmanager_secret_version" "other" {
  secret_id                = local.token
  secret_string_wo         = var.partner_key
  secret_string_wo_version = 7
}
