module "flows" {
  source = "./flows"
}
