variable "secrets" {
  type    = bool
  default = true
}
