resource "awscc_secretsmanager_secret" "x" {
  name = "airbyte/extra"
}
