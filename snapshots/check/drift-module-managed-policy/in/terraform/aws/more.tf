module "reporting" {
  source = "./reporting"
  role   = "reporting"
}
