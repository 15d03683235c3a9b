variable "roles" {
  type    = list(string)
  default = []
}
