variable "modules" {
  default = "./modules"
}

module "reporting" {
  source = "${var.modules}/reporting"
}
