variable "grants" {
  type    = list(object({ actions = list(string), resources = list(string) }))
  default = []
}
