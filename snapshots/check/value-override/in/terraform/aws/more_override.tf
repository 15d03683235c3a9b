resource "aws_secretsmanager_secret_version" "payments_webhook_token" {
  secret_string_wo_version = 9
}
