variable "grants" {
  type    = list(list(string))
  default = []
}
