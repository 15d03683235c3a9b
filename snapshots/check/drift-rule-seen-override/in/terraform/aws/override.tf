resource "aws_secretsmanager_secret_policy" "api" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "*", Resource = "*" }] })
}
