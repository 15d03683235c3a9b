variable "branches" {
  type    = list(string)
  default = ["main"]
}
