resource "aws_secretsmanager_secret_policy" "open" {
  secret_arn = var.target
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*", Principal = "*" }]
  })
}

variable "target" {
  type = string
}
