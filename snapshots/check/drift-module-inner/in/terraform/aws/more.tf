module "reporting" {
  source = "./reporting"
}
