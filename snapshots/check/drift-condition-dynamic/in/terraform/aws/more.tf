variable "conditions" {
  type    = map(string)
  default = {}
}
