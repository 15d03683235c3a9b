# Ours: secretform leaves it alone.
resource "aws_secretsmanager_secret_version" "partner_key" {
  secret_id                = aws_secretsmanager_secret.payments_partner_key.id
  secret_string_wo         = var.partner_key
  secret_string_wo_version = 1
}
