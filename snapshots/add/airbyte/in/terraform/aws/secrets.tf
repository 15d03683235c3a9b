resource "aws_secretsmanager_secret" "prefect_api_key" {
  name        = "prefect/api-key"
  description = "Prefect Cloud API key"

  tags = {
    Name      = "prefect/api-key"
    ManagedBy = "terraform"
  }
}
