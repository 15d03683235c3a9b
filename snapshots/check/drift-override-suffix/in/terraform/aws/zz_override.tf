resource "aws_secretsmanager_secret" "airbyte_api_credentials" {
  kms_key_id = "alias/x"
}
