resource "aws_secretsmanager_secret_version" "other" {
  secret_id                = "payments/webhook-token"
  secret_string_wo         = var.partner_key
  secret_string_wo_version = 7
}
