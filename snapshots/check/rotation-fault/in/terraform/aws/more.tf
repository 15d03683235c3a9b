resource "aws_secretsmanager_secret_rotation" "foreign" {
  secret_id           = "elsewhere"
  rotation_lambda_arn = var.rotation_lambda_arn

  rotation_rules {
    automatically_after_days = 30
    duration                 = "3x"
  }
}
