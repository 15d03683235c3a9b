variable "key" {
  type    = string
  default = null
}
