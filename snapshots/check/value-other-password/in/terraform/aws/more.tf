ephemeral "aws_secretsmanager_random_password" "short" {
  password_length = 4
}
