resource "aws_secretsmanager_secret_rotation" "x" {
  secret_id           = aws_secretsmanager_secret.airbyte_api_credentials.id
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:999999999999:function:mine"

  rotation_rules {
    automatically_after_days = 1
  }
}
