resource "aws_secretsmanager_secret" "extra" {
  name = var.name
}

variable "name" {
  type = string
}
