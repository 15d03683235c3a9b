resource "aws_secretsmanager_secret" "airbyte_extra" {
  name_prefix = "airbyte/extra-"
}
