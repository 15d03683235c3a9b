variable "regions" {
  type    = set(string)
  default = []
}
