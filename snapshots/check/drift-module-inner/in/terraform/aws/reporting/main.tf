# a 19" rack
module "inner" {
  source = ".\u002finner"
}
