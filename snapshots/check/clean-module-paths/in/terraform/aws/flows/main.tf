locals {
  here   = ["./", "./", "./", "./", "./", "./", "./", "./", "./", "./", "./", "./"]
  image  = "./image/build.sh"
  script = "${path.module}/flow.sh"
}
