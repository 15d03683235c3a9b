resource "aws_secretsmanager_secret" "app_database" {
  name = "app/database"
}
