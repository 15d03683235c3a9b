variable "secret_name" {
  type    = string
  default = "airbyte/api-credentials"
}
