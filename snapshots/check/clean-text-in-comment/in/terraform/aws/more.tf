output "text" {
  value = <<-EOT
    resource "aws_secretsmanager_secret" "airbyte_api_credentials" {
      name = "x"
    }
  EOT
}
