resource "aws_secretsmanager_secret" "payments" {
  name = "payments/live"
}

resource "aws_secretsmanager_secret_policy" "payments" {
  secret_arn = aws_secretsmanager_secret.payments.arn
  policy     = jsonencode({ Version = "2012-10-17", Statement = [] })
}
