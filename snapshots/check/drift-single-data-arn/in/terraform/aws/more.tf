data "aws_secretsmanager_secret" "api" {
  arn = "arn:aws:secretsmanager:eu-north-1:210987654321:secret:airbyte/api-credentials-AbCdEf"
}
