variable "on" {
  type = bool
}
