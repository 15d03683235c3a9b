resource "aws_secretsmanager_secret_version" "seed" {
  secret_id = aws_secretsmanager_secret.other.id
}
