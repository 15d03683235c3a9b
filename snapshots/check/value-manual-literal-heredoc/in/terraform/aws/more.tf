resource "aws_secretsmanager_secret_version" "other" {
  secret_id                = aws_secretsmanager_secret.payments_database.id
  secret_string_wo         = <<-EOT
    {"username": "payments", "password": "canary"}
  EOT
  secret_string_wo_version = 7
}
