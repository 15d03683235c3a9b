resource "aws_secretsmanager_secret" "airbyte_api\u005fcredentials" {
  description = "by hand"
}
