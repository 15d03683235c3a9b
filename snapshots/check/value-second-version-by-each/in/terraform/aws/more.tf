resource "aws_secretsmanager_secret_version" "other" {
  for_each = var.names

  secret_id                = each.key
  secret_string_wo         = var.partner_key
  secret_string_wo_version = 7
}
