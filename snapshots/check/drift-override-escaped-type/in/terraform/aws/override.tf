resource "aws_secretsmanager\u005fsecret" "airbyte_api_credentials" {
  description = "by hand"
}
