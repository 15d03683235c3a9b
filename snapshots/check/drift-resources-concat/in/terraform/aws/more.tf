variable "extra" {
  type    = list(string)
  default = []
}
