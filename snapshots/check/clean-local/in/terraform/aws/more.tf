locals {
  name = "airbyte/api-credentials"
}
