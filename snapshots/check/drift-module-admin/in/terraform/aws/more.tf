module "admin" {
  source = "./admin"
}
