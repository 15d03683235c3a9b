module "access" {
  source = "./access"

  arns = [aws_secretsmanager_secret.airbyte_api_credentials.arn]
}
