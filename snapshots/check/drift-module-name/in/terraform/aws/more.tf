module "access" {
  source = "./access"

  paths = ["airbyte/api-credentials"]
}
