resource "aws_secretsmanager_secret" "airbyte_api_credentials" {
  lifecycle {
    ignore_changes = [description]
  }
}
