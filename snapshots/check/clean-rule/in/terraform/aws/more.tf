resource "aws_secretsmanager_secret" "airbyte_extra" {
  name = "airbyte/extra"
}
