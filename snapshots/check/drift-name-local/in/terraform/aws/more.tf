locals {
  name = "airbyte/other"
}
