locals {
  other = "x"
}

locals {
  name = "airbyte/api-credentials"
}
